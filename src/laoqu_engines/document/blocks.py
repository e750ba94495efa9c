"""The blocks that an office document is made of: frozen values, no Word in them.

A `Document` is a tuple of blocks between an optional head (版头) and an optional imprint (版记).
Its kind follows from the head: none is a report or speech (讲话稿), `FileHead` a red-head notice
(红头通知), `LetterHead` a letter (函), `MinutesHead` the minutes of a meeting (会议纪要).

Text may hold any characters: a line feed becomes a line break, a tab stays a tab, and characters
that a Word file cannot hold (control characters, half surrogates) are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class FigureNote:
    """Where a figure (数据项) comes from: the text of its comment in the check copy (核对稿).

    `codes` are the codes of its ledger rows, in ledger order; a comment names the first ten.
    `row_count` is the number of rows, `address` the link that opens exactly these rows.
    """

    definition: str
    row_count: int
    codes: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look inside a paragraph or cell; with `note` it is a figure of the ledger."""

    text: str
    bold: bool = False
    note: FigureNote | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """标题: the document's title; a line feed says where it may break into lines."""

    text: str


@dataclass(frozen=True, slots=True)
class ByLine:
    """One centred line under the title in 楷体: the date in brackets, the speaker's name."""

    text: str


@dataclass(frozen=True, slots=True)
class Salutation:
    """主送机关 or the address of a speech, flush left; a full-width colon ends it."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4, without its mark: 一、 （一） 1. （1） are counted by the writer.

    `body` is text that goes on in the same paragraph, in the look of the body.
    """

    level: int
    text: str
    body: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, first line indented by two characters."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, *parts: str | Run) -> Paragraph:
        """A paragraph from plain strings and runs in a row."""
        return cls(tuple(Run(part) if isinstance(part, str) else part for part in parts))


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: heading, alignment of its cells, width in mm (None: by content)."""

    heading: str
    align: Align = "left"
    width_mm: float | None = None


Cell: TypeAlias = str | Run


@dataclass(frozen=True, slots=True)
class Table:
    """A full-grid table; every row has as many cells as there are columns.

    `unit` (万元) is written at the top right as 单位：万元; with `totals` the last row is bold.
    The heading row repeats on each page and no row is broken over two pages.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    unit: str = ""
    totals: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明: the names of the attachments, numbered when there are two or more."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期, set for a seal (加盖印章) or without one."""

    name: str
    signed_on: date
    with_seal: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts on a new page."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """出席, 请假 or 列席 of the minutes: a label in 黑体, the names indented after it."""

    label: str
    names: str


Block: TypeAlias = (
    Title
    | ByLine
    | Salutation
    | Heading
    | Paragraph
    | Table
    | AttachmentNote
    | Signature
    | PageBreak
    | Attendance
)


@dataclass(frozen=True, slots=True)
class FileHead:
    """版头 of a red-head file: the mark (…文件), 发文字号, and for reports upward the 签发人."""

    mark: str
    number: str
    signer: str = ""


@dataclass(frozen=True, slots=True)
class LetterHead:
    """版头 of a letter (信函格式): the association's name, red lines, 发文字号 at the right."""

    mark: str
    number: str


@dataclass(frozen=True, slots=True)
class MinutesHead:
    """版头 of minutes: the mark (…会议纪要), the issue number, who issued it and when."""

    mark: str
    number: int
    issued_by: str
    issued_on: date


Head: TypeAlias = FileHead | LetterHead | MinutesHead


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page: copies to (抄送), printed by (印发机关) and when.

    A letter shows only the copies.
    """

    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `title` and `author` go into the file's properties, with `created_at`.

    `created_at` is an argument because the writer has no clock: the same value gives the same
    bytes.
    """

    title: str
    author: str
    created_at: datetime
    blocks: tuple[Block, ...]
    head: Head | None = None
    imprint: Imprint | None = None
