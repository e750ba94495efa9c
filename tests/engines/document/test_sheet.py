"""Sheets: what Excel finds in the cells, on the page and in the file."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from laoqu_engines.document import DocumentError
from laoqu_engines.document.sheet import (
    Sheet,
    SheetColumn,
    Value,
    sheet_name,
    write_csv,
    write_workbook,
)

AT = datetime(2025, 1, 20, tzinfo=UTC)
COLUMNS = (
    SheetColumn("编码"),
    SheetColumn("单位"),
    SheetColumn("金额", "money", total=True),
    SheetColumn("户数", "number", total=True),
    SheetColumn("日期", "date"),
)
ROWS: list[tuple[Value, ...]] = [
    ("140881100200", "交通运输局", Decimal("7.25"), 12, date(2024, 5, 1)),
    ("140881100201", "教育局", Decimal("300"), None, date(2024, 11, 30)),
]


def opened(*sheets: Sheet) -> list[Worksheet]:
    data = write_workbook(sheets, author="永济市老促会", created_at=AT)
    return list(openpyxl.load_workbook(BytesIO(data)).worksheets)


def one(*rows: tuple[Value, ...], columns: tuple[SheetColumn, ...] = COLUMNS) -> Worksheet:
    return opened(Sheet("表", columns, rows))[0]


def test_title_unit_headings_rows_and_totals_stand_below_each_other() -> None:
    (page,) = opened(Sheet("帮扶", COLUMNS, ROWS, title="2024年帮扶资金", unit="万元"))
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    assert [line[0] for line in lines[:2]] == ["2024年帮扶资金", "单位：万元"]
    assert lines[2] == ["编码", "单位", "金额", "户数", "日期"]
    assert lines[3] == ["140881100200", "交通运输局", 7.25, 12, datetime(2024, 5, 1)]
    assert lines[5] == ["合计", None, 307.25, 12, None]


def test_codes_stay_texts_with_all_their_digits() -> None:  # X7
    page = one(("622202199001011234567", "", None, None, None))
    cell = page["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("622202199001011234567", "s", "@")


def test_a_number_too_long_for_excel_is_written_as_text() -> None:  # X7
    columns = (SheetColumn("数", "number"),)
    page = one((1234567890123456,), (123456789012345,), (float("inf"),), columns=columns)
    assert [page[f"A{n}"].value for n in (2, 3, 4)] == ["1234567890123456", 123456789012345, "inf"]


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C"])
def test_text_is_never_a_formula(text: str) -> None:  # X14
    cell = one(("", text, None, None, None))["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.parametrize("kind", ["text", "number", "money", "date"])
def test_a_formula_in_a_column_of_any_kind_is_text(kind: str) -> None:  # X14
    cell = one(("=1+1",), columns=(SheetColumn("=A1", kind),))["A2"]  # type: ignore[arg-type]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_page_prints_on_landscape_paper_with_its_headings_on_every_page() -> None:
    sheet = Sheet("帮扶", COLUMNS, ROWS, title="2024年帮扶资金", unit="万元", paper="A3")
    (page,) = opened(sheet)
    assert page.page_setup.paperSize == 8
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.freeze_panes == "A4"
    assert page.print_title_rows == "$1:$3"


def test_columns_are_wide_enough_for_their_text_and_no_wider_than_the_limit() -> None:
    page = one(("1", "单" * 10, None, None, None), ("1", "位" * 99, None, None, None))
    assert page.column_dimensions["A"].width < 10
    assert 40 < page.column_dimensions["B"].width < 44


def test_a_date_before_excel_can_count_is_text() -> None:
    columns = (SheetColumn("日期", "date"),)
    page = one((date(1899, 5, 1),), (datetime(1937, 7, 7, 8, 30),), columns=columns)
    assert page["A2"].value == "1899-05-01"
    assert page["A3"].value == datetime(1937, 7, 7, 8, 30)


@pytest.mark.parametrize("text", ["长" * 40_000, "🏡" * 20_000, "长" + "𠮷" * 20_000])
def test_a_text_longer_than_a_cell_is_cut_with_a_mark(text: str) -> None:
    value = one((text, "", None, None, None))["A2"].value
    assert 31_900 < len(value.encode("utf-16-le")) / 2 < 32_767
    assert value.endswith("余下部分见台账）")


def test_sheet_names_are_made_acceptable_and_unique() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(name, taken) for name in ("资金/项目", "资金/项目", "", "History", "长" * 40)
    ]
    assert names == ["资金－项目", "资金－项目_2", "表", "History_2", "长" * 31]
    assert len(sheet_name("长" * 31, taken)) <= 31
    assert sheet_name("村" * 30 + "𠮷", taken) == "村" * 30
    assert sheet_name("'" + "户" * 30 + "'户", taken) == "户" * 30


def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = [Sheet("一", COLUMNS, ROWS, "标题", "万元"), Sheet("二", COLUMNS, [])]
    first, second = (write_workbook(sheets, author="会", created_at=AT) for _ in range(2))
    assert first == second
    with ZipFile(BytesIO(first)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_rows_may_come_from_an_iterator() -> None:
    def rows() -> Iterator[tuple[Value, ...]]:
        yield from (("1", "局", n, n, None) for n in range(1000))

    page = one(*rows())
    assert page.max_row == 1002
    assert page["C1002"].value == 499500


def test_a_row_of_another_length_is_refused_with_its_number() -> None:
    with pytest.raises(DocumentError, match="第2行"):
        one(ROWS[0], ("少",))


def test_csv_begins_with_a_byte_order_mark_and_disarms_formulas() -> None:  # X13 X14
    data = write_csv(Sheet("表", COLUMNS, [*ROWS, ("=1+1", "-", Decimal("-2.50"), True, None)]))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert lines[1] == ["140881100200", "交通运输局", "7.25", "12", "2024-05-01"]
    assert lines[3] == ["'=1+1", "-", "-2.50", "是", ""]


@settings(deadline=None, max_examples=20)
@given(st.text(max_size=60))
def test_any_text_gives_a_sheet_that_opens_and_no_formula(text: str) -> None:  # X14
    (page,) = opened(Sheet(text, (SheetColumn(text),), [(text,)], title=text, unit=text))
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
