"""Tables: a full grid as wide as the text, widths in w:gridCol and in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from .blocks import Run, Table
from .look import FANGSONG, HEITI, SIZE_4, SIZE_SMALL_4, ParagraphLook, RunLook, border, twips
from .wording import DocumentError, width_in_characters

CAPTION_TEXT = RunLook(HEITI, SIZE_4)
HEADING_TEXT = RunLook(HEITI, SIZE_SMALL_4)
CELL_TEXT = RunLook(FANGSONG, SIZE_SMALL_4)
UNIT_TEXT = CELL_TEXT
_NARROWEST, _WIDEST = 3.0, 16.0  # characters a column asks for
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CELL_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 50), ("left", 60), ("bottom", 50), ("right", 60))
)
_GRID = "".join(border(side, "single", 4, "000000") for side in _SIDES)


def column_widths(table: Table, total: int) -> list[int]:
    """Column widths in twips that add up to `total`: as told in mm, the others by their content."""
    if not table.columns or any(len(row) != len(table.columns) for row in table.rows):
        raise DocumentError(f"表格“{table.caption}”有的行与表头的列数不一样，请检查这张表。")
    told = [column.width_mm for column in table.columns]
    free = total - sum(twips(width) for width in told if width is not None)
    asked = [_asked(table, index) if width is None else 0.0 for index, width in enumerate(told)]
    wanted = sum(asked)
    shares = [
        twips(width) if width is not None else max(free, total // 4) * ask / wanted
        for width, ask in zip(told, asked, strict=True)
    ]
    scale = total / sum(shares)
    edges = [round(edge * scale) for edge in accumulate(shares, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _asked(table: Table, index: int) -> float:
    """Characters of the longest cell of a column, within bounds that keep the others readable."""
    texts = [table.columns[index].heading]
    texts += [
        cell.text if isinstance(cell, Run) else cell for cell in (r[index] for r in table.rows)
    ]
    return min(_WIDEST, max(_NARROWEST, *map(width_in_characters, texts)))


def row_xml(
    texts: Sequence[str],
    widths: Sequence[int],
    aligns: Sequence[str],
    *,
    heading: bool = False,
    keep_next: bool = False,
) -> str:
    """One w:tr that is never broken over two pages; a heading row repeats on every page."""
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p>{_cell_look(align, heading or keep_next).xml()}{text}</w:p></w:tc>"
        for text, width, align in zip(texts, widths, aligns, strict=True)
    ]
    repeat = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_look(align: str, keep_next: bool) -> ParagraphLook:
    return ParagraphLook(align=align, line=240, rule="auto", keep_next=keep_next)


def table_xml(widths: Sequence[int], rows: Sequence[str]) -> str:
    """One w:tbl of finished rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_GRID}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f"{_CELL_MARGINS}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
