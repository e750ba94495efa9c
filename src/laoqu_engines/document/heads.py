"""版头 and 版记: what stands above the red line, and at the foot of the last page.

Source: GB/T 9704-2012, 7.2 (版头), 7.4 (版记), 10.1 (信函格式), 10.3 (纪要格式).
"""

from __future__ import annotations

from .blocks import FileHead, Head, Imprint, LetterHead, MinutesHead
from .body import BODY_TEXT, paragraph_xml, run_xml
from .look import (
    CHARACTER,
    KAITI,
    LINE,
    RED,
    SIZE_4,
    TEXT_WIDTH,
    XIAOBIAOSONG,
    ParagraphLook,
    RunLook,
    border,
    twips,
)
from .wording import DocumentError, check_document_number, date_text, width_in_characters

_LARGEST_MARK = 104  # half points; GB/T 9704: less than 15 mm high
_RIGHT_TAB = f'<w:tab w:val="right" w:pos="{TEXT_WIDTH - CHARACTER}"/>'
_RED_LINE = border("bottom", "single", 18, RED, space=8)  # with the line's own foot: 4 mm
_OVERHANG = -twips(7)  # the letter's lines are 170 mm long, 7 mm more than the text on each side
_IMPRINT_TEXT = RunLook(size=SIZE_4)
_IMPRINT_LINES = (  # 0.35 mm outside, 0.26 mm between
    "<w:tblBorders>"
    + border("top", "single", 8, "000000")
    + border("bottom", "single", 8, "000000")
    + border("insideH", "single", 6, "000000")
    + "</w:tblBorders>"
)


def head_xml(head: Head) -> str:
    """The paragraphs of the head that stand in the body; raises DocumentError on a bad number."""
    if isinstance(head, FileHead):
        return _mark(head.mark, before=twips(35)) + _file_number(head)
    if isinstance(head, MinutesHead):
        return _mark(head.mark, before=twips(35)) + _minutes_number(head)
    look = ParagraphLook(align="right", before=280)
    return paragraph_xml(look, run_xml(check_document_number(head.number), BODY_TEXT))


def _mark(text: str, before: int = 0, line: str = "") -> str:
    """发文机关标志: red, as large as fits one line of the text width."""
    size = min(_LARGEST_MARK, int(TEXT_WIDTH / 10 / max(1.0, width_in_characters(text))))
    look = ParagraphLook(
        align="center",
        before=before,
        line=size * 13,
        left=_OVERHANG if line else 0,
        right=_OVERHANG if line else 0,
        border=line,
    )
    return paragraph_xml(look, run_xml(text, RunLook(XIAOBIAOSONG, size, color=RED)))


def _file_number(head: FileHead) -> str:
    number = run_xml(check_document_number(head.number), BODY_TEXT)
    if not head.signer:
        look = ParagraphLook(align="center", before=2 * LINE, border=_RED_LINE)
        return paragraph_xml(look, number)
    signer = run_xml("\t签发人：", BODY_TEXT) + run_xml(head.signer, RunLook(KAITI, spacing=-5))
    return _two_sides(number + signer, 2 * LINE)


def _minutes_number(head: MinutesHead) -> str:
    if head.number < 1:
        raise DocumentError("会议纪要的期数要从1开始编，请改正。")
    number = ParagraphLook(align="center", before=LINE)
    issued = run_xml(f"{head.issued_by}\t{date_text(head.issued_on)}", BODY_TEXT)
    return paragraph_xml(number, run_xml(f"第{head.number}期", BODY_TEXT)) + _two_sides(
        issued, LINE
    )


def _two_sides(content: str, before: int) -> str:
    """A line over the red line, one character in from both edges.

    The indent is a tab stop, because a left indent would shorten the red line.
    """
    left_tab = f'<w:tab w:val="left" w:pos="{CHARACTER}"/>'
    look = ParagraphLook(before=before, border=_RED_LINE, tabs=left_tab + _RIGHT_TAB)
    return paragraph_xml(look, run_xml("\t", BODY_TEXT) + content)


def letter_header_xml(head: LetterHead) -> str:
    """The first page's header of a letter: the mark and under it a thick and a thin red line."""
    return _mark(head.mark, line=border("bottom", "thickThinSmallGap", 24, RED, space=6))


def letter_footer_xml() -> str:
    """The first page's footer of a letter: a thin and a thick red line instead of a page number."""
    line = border("top", "thinThickSmallGap", 24, RED)
    return paragraph_xml(ParagraphLook(left=_OVERHANG, right=_OVERHANG, line=20, border=line))


def imprint_xml(imprint: Imprint, *, letter: bool) -> str:
    """版记, held at the foot of the page it falls on; a letter's has neither lines nor printer.

    It is a floating table. Word and WPS put it at the foot; LibreOffice before 7.6 leaves one as
    wide as the text where it stands, and drops the lines of a text frame.
    """
    rows = []
    if imprint.copies_to:
        text = f"抄送：{imprint.copies_to.rstrip('。')}。"
        hanging = ParagraphLook(left=1120, right=280, first=-840)
        rows.append(paragraph_xml(hanging, run_xml(text, _IMPRINT_TEXT)))
    if imprint.printed_by and imprint.printed_on and not letter:
        text = f"{imprint.printed_by}\t{date_text(imprint.printed_on)}印发"
        look = ParagraphLook(left=280, tabs=_RIGHT_TAB)
        rows.append(paragraph_xml(look, run_xml(text, _IMPRINT_TEXT)))
    return _foot_table(rows, "" if letter else _IMPRINT_LINES) if rows else ""


def _foot_table(rows: list[str], lines: str) -> str:
    width = f'<w:tcW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
    cells = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>{width}</w:tcPr>{row}</w:tc></w:tr>"
        for row in rows
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" '
        'w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>{lines}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="{TEXT_WIDTH}"/></w:tblGrid>{cells}</w:tbl>'
        + paragraph_xml(ParagraphLook(line=20))  # the table hangs on this paragraph
    )
