"""The report on screen: the blocks of the document as plain values for a template."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from laoqu_engines.document import (
    ByLine,
    Document,
    Heading,
    Paragraph,
    Run,
    Salutation,
    Table,
    Title,
)
from laoqu_engines.document.wording import HeadingCounter


@dataclass(frozen=True)
class Shown:
    """One block: `kind` chooses the look; `text` with a mark, `runs`, or a table's `rows`."""

    kind: str
    text: str = ""
    runs: tuple[Run, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Run, ...], ...] = ()


def preview(document: Document) -> list[Shown]:
    """The blocks in order, headings counted as the written file counts them."""
    return list(_shown(document))


def _shown(document: Document) -> Iterator[Shown]:
    counter = HeadingCounter()
    for block in document.blocks:
        match block:
            case Title(text):
                yield Shown("title", text)
            case ByLine(text):
                yield Shown("byline", text)
            case Salutation(text):
                yield Shown("salutation", text)
            case Heading(level, text, body):
                yield Shown(f"heading{level}", counter.mark(level, text) + text, body)
            case Paragraph(runs):
                yield Shown("paragraph", runs=runs)
            case Table(columns, rows):
                yield Shown(
                    "table",
                    block.caption,
                    headings=tuple(column.heading for column in columns),
                    rows=tuple(tuple(_run(cell) for cell in row) for row in rows),
                )


def _run(cell: Any) -> Run:
    return cell if isinstance(cell, Run) else Run(cell)
