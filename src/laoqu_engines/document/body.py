"""Blocks to the body of a Word document, as one string of WordprocessingML.

Strings instead of python-docx calls: a paragraph costs microseconds, and the children of every
property list stand in schema order because look.py writes them so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from xml.sax.saxutils import escape

from .blocks import (
    AttachmentNote,
    Attendance,
    Block,
    ByLine,
    FigureNote,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Salutation,
    Signature,
    Table,
    Title,
)
from .look import (
    CHARACTER,
    FANGSONG,
    HEITI,
    KAITI,
    LINE,
    SIZE_2,
    TEXT_WIDTH,
    XIAOBIAOSONG,
    ParagraphLook,
    RunLook,
)
from .tables import (
    CAPTION_TEXT,
    CELL_TEXT,
    HEADING_TEXT,
    UNIT_TEXT,
    column_widths,
    row_xml,
    table_xml,
)
from .wording import HeadingCounter, clean_text, date_text, width_in_characters

BODY_TEXT = RunLook(spacing=-5)
BODY = ParagraphLook(align="both", first=2 * CHARACTER)
_FLUSH = ParagraphLook(align="both")
_CENTRED = ParagraphLook(align="center")
_GAP = ParagraphLook(line=160)
_HEADING_FONTS = {1: HEITI, 2: KAITI, 3: FANGSONG, 4: FANGSONG}
_COMMENT_MARK = (
    '<w:commentRangeEnd w:id="{0}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    '<w:commentReference w:id="{0}"/></w:r>'
)


def run_xml(text: str, look: RunLook) -> str:
    """One w:r; line feeds become line breaks and tabs tab stops."""
    inner = escape(clean_text(text))
    if "\n" in inner:
        inner = inner.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    if "\t" in inner:
        inner = inner.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{look.xml()}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def paragraph_xml(look: ParagraphLook, content: str = "") -> str:
    """One w:p."""
    return f"<w:p>{look.xml()}{content}</w:p>"


@dataclass(slots=True)
class BodyWriter:
    """Writes blocks one after another; afterwards `notes` holds the figures in comment order."""

    comments: bool
    title_space: int = 0
    notes: list[FigureNote] = field(default_factory=list)
    _counter: HeadingCounter = field(default_factory=HeadingCounter)
    _previous: Block | None = None
    _space: int = 0
    _page_break: bool = False
    _keep_next: bool = False

    def write(self, blocks: Sequence[Block]) -> str:
        """The WordprocessingML of all blocks."""
        parts: list[str] = []
        for block, keep in zip(blocks, _kept_with_signature(blocks), strict=True):
            self._keep_next = keep
            under_title = isinstance(self._previous, Title | ByLine)
            self._space = LINE if under_title and not isinstance(block, ByLine) else 0
            parts.extend(self._block(block))
            self._previous = block
        return "".join(parts)

    @singledispatchmethod
    def _block(self, block: Block) -> Iterable[str]:
        raise TypeError(f"not a block: {block!r}")

    @_block.register
    def _(self, block: Title) -> Iterable[str]:
        look = replace(_CENTRED, style="Title", before=self.title_space, keep_next=True)
        yield self._paragraph(look, run_xml(block.text, RunLook(XIAOBIAOSONG, SIZE_2)))

    @_block.register
    def _(self, block: ByLine) -> Iterable[str]:
        yield self._paragraph(_CENTRED, run_xml(block.text, RunLook(KAITI, spacing=-5)))

    @_block.register
    def _(self, block: Salutation) -> Iterable[str]:
        text = block.text.rstrip(":：") + "："
        yield self._paragraph(replace(_FLUSH, keep_next=True), run_xml(text, BODY_TEXT))

    @_block.register
    def _(self, block: Heading) -> Iterable[str]:
        mark = self._counter.mark(block.level, block.text)
        font = _HEADING_FONTS[block.level]
        text = RunLook(font, bold=block.level == 3, spacing=-5)
        content = run_xml(mark + block.text, text) + self._runs(block.body, BODY_TEXT)
        look = replace(BODY, style=f"Heading{block.level}", keep_next=True)
        yield self._paragraph(look, content)

    @_block.register
    def _(self, block: Paragraph) -> Iterable[str]:
        yield self._paragraph(BODY, self._runs(block.runs, BODY_TEXT))

    @_block.register
    def _(self, block: Table) -> Iterable[str]:
        centred = replace(_CENTRED, keep_next=True)
        if block.caption:
            yield self._paragraph(centred, run_xml(block.caption, CAPTION_TEXT))
        if block.unit:
            look = replace(centred, align="right", line=400)
            yield self._paragraph(look, run_xml(f"单位：{block.unit}", UNIT_TEXT))
        if self._page_break or self._space:
            yield self._paragraph(replace(_GAP, keep_next=True), "")
        widths = column_widths(block, TEXT_WIDTH)
        aligns = [column.align for column in block.columns]
        heads = [run_xml(column.heading, HEADING_TEXT) for column in block.columns]
        rows = [row_xml(heads, widths, ["center"] * len(heads), heading=True)]
        last = len(block.rows) - 1
        for number, cells in enumerate(block.rows):
            bold = block.totals and number == last
            texts = [self._runs((_as_run(cell, bold),), CELL_TEXT) for cell in cells]
            keep = self._keep_next if number == last else block.totals and number == last - 1
            rows.append(row_xml(texts, widths, aligns, keep_next=keep))
        yield table_xml(widths, rows)
        yield self._paragraph(_GAP, "")

    @_block.register
    def _(self, block: AttachmentNote) -> Iterable[str]:
        names = [name.rstrip("。；;，, ") for name in block.names]
        numbered = len(names) > 1
        for number, name in enumerate(names, start=1):
            mark = f"{number}. " if numbered else ""
            label = "附件：" if number == 1 else ""
            hang = round(CHARACTER * width_in_characters(label + mark))
            left = 2 * CHARACTER + round(CHARACTER * width_in_characters("附件：" + mark))
            look = replace(_FLUSH, align="left", left=left, first=-hang)
            look = replace(look, before=LINE if number == 1 else 0)
            yield self._paragraph(look, run_xml(label + mark + name, BODY_TEXT))

    @_block.register
    def _(self, block: Signature) -> Iterable[str]:
        day = date_text(block.signed_on)
        name_left, day_left = signature_indents(block.name, day, block.with_seal)
        lines = 2 if block.with_seal else 1
        look = ParagraphLook(left=name_left, before=lines * LINE, keep_next=True)
        yield self._paragraph(look, run_xml(block.name, BODY_TEXT))
        yield self._paragraph(ParagraphLook(left=day_left), run_xml(day, BODY_TEXT))

    @_block.register
    def _(self, block: PageBreak) -> Iterable[str]:
        self._page_break = True
        return ()

    @_block.register
    def _(self, block: Attendance) -> Iterable[str]:
        label = f"{block.label}："
        hang = round(CHARACTER * width_in_characters(label))
        before = 0 if isinstance(self._previous, Attendance) else LINE
        look = replace(_FLUSH, before=before, left=2 * CHARACTER + hang, first=-hang)
        content = run_xml(label, RunLook(HEITI, spacing=-5)) + run_xml(block.names, BODY_TEXT)
        yield self._paragraph(look, content)

    def _paragraph(self, look: ParagraphLook, content: str) -> str:
        """A paragraph with what its place asks for: new page, blank line after the title."""
        if self._keep_next or self._page_break or self._space:
            look = replace(
                look,
                keep_next=look.keep_next or self._keep_next,
                page_break=self._page_break,
                before=max(look.before, self._space),
            )
            self._page_break, self._space = False, 0
        return paragraph_xml(look, content)

    def _runs(self, runs: Iterable[Run], look: RunLook) -> str:
        return "".join([self._run(run, look) for run in runs])

    def _run(self, run: Run, look: RunLook) -> str:
        xml = run_xml(run.text, replace(look, bold=True) if run.bold else look)
        if run.note is None or not self.comments:
            return xml
        number = len(self.notes)
        self.notes.append(run.note)
        return f'<w:commentRangeStart w:id="{number}"/>{xml}{_COMMENT_MARK.format(number)}'


def _as_run(cell: str | Run, bold: bool) -> Run:
    run = Run(cell) if isinstance(cell, str) else cell
    return replace(run, bold=True) if bold else run


def _kept_with_signature(blocks: Sequence[Block]) -> list[bool]:
    """Per block: whether it must stay on one page with the next, so that no signature is alone."""
    keeps = [False] * len(blocks)
    for index in range(len(blocks) - 2, -1, -1):
        following = blocks[index + 1]
        keeps[index] = isinstance(following, Signature) or (
            isinstance(following, AttachmentNote) and keeps[index + 1]
        )
    return keeps


def signature_indents(name: str, day: str, with_seal: bool) -> tuple[int, int]:
    """Left indents (twips) of 署名 and 成文日期, by GB/T 9704-2012, 7.3.5.

    With a seal: the date ends 4 characters from the right, the name is centred on it. Without:
    the name ends 2 characters from the right and the date begins 2 characters after the name
    does; where the date is too long for that, it ends 2 characters from the right instead.
    """
    line = TEXT_WIDTH / CHARACTER
    name_width, day_width = width_in_characters(name), width_in_characters(day)
    if with_seal:
        day_left = line - 4 - day_width
        name_left = day_left + (day_width - name_width) / 2
    else:
        name_left = min(line - 2 - name_width, line - 4 - day_width)
        day_left = name_left + 2
    return max(0, round(name_left * CHARACTER)), max(0, round(day_left * CHARACTER))
