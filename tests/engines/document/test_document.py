"""The .docx itself: checks B of GB/T 9704 on the file, opened again with python-docx and lxml."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from laoqu_engines.document import (
    Column,
    Document,
    DocumentError,
    FileHead,
    Imprint,
    LetterHead,
    MinutesHead,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Table,
    write_document,
)
from laoqu_engines.document.body import signature_indents

from .samples import (
    DAY,
    MINUTES,
    NOTE,
    NOTICE,
    PARAGRAPH,
    REPORT,
    SAMPLES,
    TABLE,
    document,
    every_sample,
    reopened,
)

FONTS = {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}
# Children in the order of the schema (ECMA-376, part 1, annex A); only those that we may write,
# with | where the schema leaves the order free.
ORDER = {
    "rPr": "rStyle rFonts b bCs color spacing sz szCs lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr tabs autoSpaceDE "
    "autoSpaceDN adjustRightInd snapToGrid spacing ind jc outlineLvl",
    "pBdr": "top left bottom right between",
    "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW vAlign",
    "tbl": "tblPr tblGrid tr",
    "style": "name basedOn qFormat pPr rPr tblPr",
    "sectPr": "headerReference|footerReference pgSz pgMar cols titlePg docGrid",
    "settings": "defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
}


def parts(sample: Document, comments: bool = True) -> dict[str, etree._Element]:
    """Every XML part of the file by name."""
    with ZipFile(BytesIO(write_document(sample, comments=comments))) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def elements(sample: Document, tag: str) -> Iterator[etree._Element]:
    for part in parts(sample).values():
        yield from part.iter(qn(f"w:{tag}"))


@every_sample
def test_the_page_is_a4_with_the_margins_of_the_standard(sample: Document) -> None:  # B1
    section = reopened(sample).sections[0]
    sizes = [section.page_width, section.page_height]
    margins = [section.top_margin, section.left_margin, section.right_margin, section.bottom_margin]
    assert [size.mm for size in sizes] == pytest.approx([210, 297], abs=0.1)
    assert [margin.mm for margin in margins] == pytest.approx([37, 28, 26, 35], abs=0.1)


@every_sample
def test_every_run_of_text_names_an_office_font_for_chinese(sample: Document) -> None:  # B3
    runs = [
        run
        for name, part in parts(sample).items()
        if name != "word/comments.xml"
        for run in part.iter(qn("w:r"))
        if run.find(qn("w:t")) is not None
    ]
    assert len(runs) > 10
    for run in runs:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is not None
        assert fonts.get(qn("w:eastAsia")) in FONTS
        assert fonts.get(qn("w:hint")) == "eastAsia"


def test_each_level_has_its_mark_and_font() -> None:  # B3 B4
    found = [
        (p.style.name, p.runs[0].text, p.runs[0].font.name, bool(p.runs[0].bold))
        for p in reopened(REPORT).paragraphs
        if p.style.name.startswith("Heading")
    ]
    assert found == [
        ("Heading 1", "一、2024年工作", "黑体", False),
        ("Heading 2", "（一）帮扶项目", "楷体_GB2312", False),
        ("Heading 3", "1.修路。", "仿宋_GB2312", True),
        ("Heading 4", "（1）验收", "仿宋_GB2312", False),
        ("Heading 4", "（2）移交", "仿宋_GB2312", False),
        ("Heading 3", "2.打井", "仿宋_GB2312", True),
        ("Heading 2", "（二）送戏下乡", "楷体_GB2312", False),
        ("Heading 1", "二、2025年打算", "黑体", False),
    ]


def test_text_after_a_heading_is_not_bold() -> None:  # B4
    (paragraph,) = [p for p in reopened(REPORT).paragraphs if p.text.startswith("1.修路。")]
    assert [bool(run.bold) for run in paragraph.runs] == [True, False, False, False, True, False]


@every_sample
def test_odd_pages_are_numbered_right_and_even_pages_left(sample: Document) -> None:  # B5
    word = reopened(sample)
    assert word.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (word.sections[0].footer, "RIGHT"),
        (word.sections[0].even_page_footer, "LEFT"),
    ):
        (paragraph,) = footer.paragraphs
        texts = [t.text for t in paragraph._p.iter(qn("w:t"))]
        assert "".join(texts) == "— 1 —"
        assert paragraph.alignment.name == side
        assert [f.get(qn("w:instr")) for f in paragraph._p.iter(qn("w:fldSimple"))] == ["PAGE"]


def test_the_signature_is_kept_with_the_text_before_it() -> None:  # B6
    *_, last, attachment, second, name, day = reopened(REPORT).paragraphs
    assert [p.text for p in (last, name, day)] == [
        "特此报告。",
        "永济市革命老区建设促进会",
        "2025年1月20日",
    ]
    assert [bool(p.paragraph_format.keep_with_next) for p in (last, attachment, second, name)] == [
        True
    ] * 4


def test_a_signature_right_after_a_table_is_kept_with_its_last_row() -> None:  # B6
    word = reopened(document(TABLE, Signature("会", DAY)))
    last_row = word.tables[0].rows[-1]
    gap, name, _day = word.paragraphs[-3:]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in last_row.cells)
    assert gap.text == ""
    assert all(p.paragraph_format.keep_with_next for p in (gap, name))


def test_without_a_seal_the_date_begins_two_characters_after_the_name() -> None:
    name, day = signature_indents("永济市革命老区建设促进会", "2025年1月20日", False)
    assert day - name == 630
    assert name + 12 * 315 == pytest.approx(8844 - 630, abs=2)


def test_without_a_seal_a_long_date_ends_two_characters_from_the_right() -> None:
    name, day = signature_indents("老促会", "2025年10月20日", False)
    assert day - name == 630
    assert day + 7 * 315 == pytest.approx(8844 - 630, abs=2)


def test_with_a_seal_the_name_is_centred_on_the_date() -> None:
    name, day = signature_indents("老促会", "2025年1月20日", True)
    assert day + 6.5 * 315 == pytest.approx(8844 - 4 * 315, abs=2)
    assert name + 1.5 * 315 == pytest.approx(day + 3.25 * 315, abs=2)


def test_a_malformed_document_number_in_a_head_is_refused() -> None:  # B7
    for head in (FileHead("会文件", "永老促发(2025)1号"), LetterHead("会", "永老促函〔2025〕03号")):
        with pytest.raises(DocumentError, match="六角括号"):
            write_document(replace(NOTICE, head=head), comments=False)
    with pytest.raises(DocumentError, match="从1开始"):
        write_document(replace(MINUTES, head=MinutesHead("纪要", 0, "会", DAY)), comments=False)


def test_every_figure_of_the_check_copy_has_one_comment_naming_its_rows() -> None:  # B8
    word = reopened(REPORT, comments=True)
    body = word.element.body
    starts = [mark.get(qn("w:id")) for mark in body.iter(qn("w:commentRangeStart"))]
    ends = [mark.get(qn("w:id")) for mark in body.iter(qn("w:commentRangeEnd"))]
    references = [mark.get(qn("w:id")) for mark in body.iter(qn("w:commentReference"))]
    comments = list(word.comments)
    figures = 3 * 2 + 59
    assert starts == ends == references == [str(n) for n in range(figures)]
    assert [str(comment.comment_id) for comment in comments] == starts
    assert comments[0].text.split("\n") == [
        NOTE.definition,
        "台账12条：" + "、".join(NOTE.codes[:10]) + "等",
        NOTE.address,
    ]
    assert "台账2条：P-1、P-2\n" in comments[1].text
    assert comments[0].author == "永济市革命老区建设促进会"


def test_a_comment_links_to_the_rows_of_its_figure() -> None:  # B8
    plain = replace(NOTE, address="见台账")
    chinese = replace(NOTE, address="https://例.cn/a?乡镇=栲栳&x=1 2")
    notes = (NOTE, chinese, plain, NOTE)
    sample = document(Paragraph(tuple(Run("1", note=note) for note in notes)))
    word = reopened(sample, comments=True)
    links = [c.paragraphs[-1].hyperlinks for c in word.comments]
    assert [c.paragraphs[-1].text for c in word.comments] == [note.address for note in notes]
    assert [link[0].address if link else "" for link in links] == [
        NOTE.address,
        "https://%E4%BE%8B.cn/a?%E4%B9%A1%E9%95%87=%E6%A0%B2%E6%A0%B3&x=1%202",
        "",
        NOTE.address,
    ]


def test_a_comment_stands_around_its_figure() -> None:  # B8
    start = next(elements(REPORT, "commentRangeStart"))
    figure, end = start.getnext(), start.getnext().getnext()
    assert "".join(figure.itertext()) == "1449万元"
    assert end.tag == qn("w:commentRangeEnd")


@every_sample
def test_the_clean_copy_has_no_trace_of_comments(sample: Document) -> None:  # B8
    clean = parts(sample, comments=False)
    assert "word/comments.xml" not in clean
    assert not any("comment" in str(node.tag) for node in clean["word/document.xml"].iter())
    texts = [
        ["".join(p.itertext()) for p in part["word/document.xml"].iter(qn("w:p"))]
        for part in (clean, parts(sample))
    ]
    assert texts[0] == texts[1]


@every_sample
def test_property_children_stand_in_schema_order(sample: Document) -> None:  # B9
    seen = 0
    for name, order in ORDER.items():
        rank = {tag: place for place, tags in enumerate(order.split()) for tag in tags.split("|")}
        for element in elements(sample, name):
            children = [etree.QName(child).localname for child in element]
            places = [rank[child] for child in children]
            assert places == sorted(places), (name, children)
            seen += 1
    assert seen > 50


def test_the_heading_row_repeats_and_no_row_is_broken() -> None:  # B10
    rows = list(elements(REPORT, "tr"))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [
        False
    ] * 60
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_caption_and_unit_stand_over_the_table_and_the_last_row_is_bold() -> None:  # B10
    word = reopened(REPORT)
    texts = [p.text for p in word.paragraphs]
    assert texts[texts.index("2024年帮扶资金一览表") + 1] == "单位：万元"
    bold = [bool(row.cells[1].paragraphs[0].runs[0].bold) for row in word.tables[0].rows]
    assert bold == [False] * 60 + [True]


def test_column_widths_stand_in_grid_and_cells_and_fill_the_line() -> None:  # B10
    grid = [int(column.get(qn("w:w"))) for column in elements(REPORT, "gridCol")]
    cells = [int(width.get(qn("w:w"))) for width in elements(REPORT, "tcW")]
    assert sum(grid) == 8844
    assert grid[0] == pytest.approx(850, abs=2)
    assert cells == grid * 61


def test_a_totals_row_is_kept_with_the_row_before_it() -> None:  # B10
    rows = reopened(REPORT).tables[0].rows
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in rows]
    assert [number for number, keep in enumerate(kept) if keep] == [0, 59]


@pytest.mark.parametrize("told", [(200.0, None), (200.0, 50.0), (10.0, 10.0)])
def test_told_widths_that_do_not_fit_are_scaled_to_the_line(
    told: tuple[float | None, float | None],
) -> None:  # B10
    table = Table(tuple(Column("列", width_mm=width) for width in told), (("一", "二"),))
    grid = [int(column.get(qn("w:w"))) for column in elements(document(table), "gridCol")]
    assert sum(grid) == 8844
    assert min(grid) > 500


@pytest.mark.parametrize(
    "table", [Table((), ()), Table((Column("一"),), (("甲", "乙"),), caption="资金表")]
)
def test_a_table_whose_rows_do_not_fit_is_refused_by_name(table: Table) -> None:
    with pytest.raises(DocumentError, match=f"“{table.caption}”"):
        write_document(document(table), comments=False)


def test_what_follows_a_page_break_begins_a_page_without_an_empty_line() -> None:
    word = reopened(document(Paragraph.of("前"), PageBreak(), Paragraph.of("后")))
    assert [p.text for p in word.paragraphs] == ["前", "后"]
    assert word.paragraphs[1].paragraph_format.page_break_before
    bare = Table((Column("列"),), (("值",),))
    first = reopened(document(Paragraph.of("前"), PageBreak(), bare)).paragraphs[1]
    assert first.paragraph_format.page_break_before


def test_a_salutation_ends_with_one_full_width_colon() -> None:
    texts = [p.text for p in reopened(REPORT).paragraphs]
    assert "各位领导、同志们：" in texts


def test_attachments_are_numbered_and_end_without_a_stop() -> None:
    texts = [p.text for p in reopened(REPORT).paragraphs]
    assert texts[-4:-2] == ["附件：1. 帮扶资金台账", "2. 送戏台账"]
    assert "附件：老区村需求调查表" in [p.text for p in reopened(NOTICE).paragraphs]


def test_the_head_of_a_notice_is_red_and_above_the_title() -> None:
    mark, number, title = reopened(NOTICE).paragraphs[:3]
    assert mark.text == "永济市革命老区建设促进会文件"
    assert str(mark.runs[0].font.color.rgb) == "FF0000"
    assert number.text == "永老促发〔2025〕1号"
    assert title.style.name == "Title"
    assert title.paragraph_format.space_before.pt == pytest.approx(57.9)


def test_the_signer_stands_right_of_the_number_in_a_report_upward() -> None:
    head = FileHead("会文件", "永老促发〔2025〕2号", signer="某某某")
    number = reopened(replace(NOTICE, head=head)).paragraphs[1]
    assert number.text == "\t永老促发〔2025〕2号\t签发人：某某某"
    assert number.runs[-1].font.name == "楷体_GB2312"


def test_an_empty_imprint_leaves_nothing_behind() -> None:
    assert reopened(replace(NOTICE, imprint=Imprint())).tables == []


def test_no_number_is_written_with_a_leading_zero_or_western_brackets() -> None:  # B7
    for sample in SAMPLES.values():
        text = "\n".join("".join(p.itertext()) for p in elements(sample, "p"))
        assert not re.search(r"年0|月0|〕0|\[\d{4}]", text)
        assert "永老促" not in text or re.search(r"〔\d{4}〕[1-9]\d*号", text)


def test_a_figure_without_comments_leaves_the_same_paragraph() -> None:
    assert reopened(document(PARAGRAPH)).paragraphs[0].text == (
        "2024年，各理事单位帮扶资金1449万元，送戏下乡21场，惠及“老区村”群众。"
    )
