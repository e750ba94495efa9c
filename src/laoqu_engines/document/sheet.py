"""Safe .xlsx and .csv files for annexes and exports.

Two dangers shape this writer. A text that begins with = + - @ becomes a formula in the reader's
Excel, so every text is written as a text cell of format @ (X14), and a CSV cell gets a leading
apostrophe. A long number typed as a number loses its last digits, so codes, telephone and bank
numbers are texts too (X7). Rows are streamed: memory does not grow with their number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import Literal, TypeAlias

import xlsxwriter

from .look import HEITI, SONGTI
from .wording import DocumentError, clean_text, utc_moment, width_in_characters

Value: TypeAlias = str | int | float | Decimal | date | bool | None
Kind: TypeAlias = Literal["text", "number", "money", "date"]

_PAPER = {"A4": 9, "A3": 8}
_PATTERNS: dict[Kind, str] = {
    "text": "@",
    "number": "General",
    "money": "0.00##",
    "date": "yyyy-mm-dd",
}
_LOOKED_AT = 200  # rows that decide the width of a column
_NARROWEST, _WIDEST = 6.0, 42.0  # half-width characters
_LONGEST_TEXT = 32_000  # Excel holds 32,767 UTF-16 units in a cell
_EDGES = "' \n\t"  # what a sheet's name may not begin or end with
_MOST_ROWS = 1_048_000
_CUT_MARK = "……（太长，余下部分见台账）"
_FORMULA_START = re.compile(r"[=+\-@\t\r＝＋－＠].", re.DOTALL)
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900; earlier dates are texts
_EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: heading, kind, width in half-width characters (None: by content), totalled or not.

    Identity, telephone and bank numbers and codes are of kind text. A money cell is a number in
    the unit that the sheet states.
    """

    heading: str
    kind: Kind = "text"
    width: float | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title row, a unit line (单位：万元), headings, rows, and totals where asked.

    `rows` may be an iterator and is read once; every row has as many values as there are columns.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Value]]
    title: str = ""
    unit: str = ""
    paper: Literal["A4", "A3"] = "A4"
    landscape: bool = True


def write_workbook(sheets: Sequence[Sheet], *, author: str, created_at: datetime) -> bytes:
    """The sheets as the bytes of an .xlsx file; the same sheets give the same bytes.

    Raises DocumentError, a sentence for the user, where a row does not fit its columns or a sheet
    has more rows than Excel can hold.
    """
    stream = BytesIO()
    options = {"constant_memory": True, "default_date_format": _PATTERNS["date"]}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"author": clean_text(author), "created": utc_moment(created_at)})
        taken: set[str] = set()
        for sheet in sheets:
            _SheetWriter(book, sheet, sheet_name(sheet.name, taken)).write()
    return stream.getvalue()


def write_csv(sheet: Sheet) -> bytes:
    """Headings and rows as CSV in UTF-8 with a byte order mark, which Excel needs (X13)."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_csv_cell(column.heading) for column in sheet.columns])
    writer.writerows([_csv_cell(value) for value in row] for row in _checked(sheet))
    return text.getvalue().encode("utf-8-sig")


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts, different from those in `taken`, to which it is added."""
    base = _cut(_FORBIDDEN_IN_NAME.sub("－", clean_text(wanted)).lstrip(_EDGES), 31) or "表"
    name, number = base, 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{_cut(base, 30 - len(str(number)))}_{number}"
    taken.add(name.casefold())
    return name


def _cut(text: str, units: int) -> str:
    """The beginning of a text as Excel counts: a rare character or emoji is two units."""
    beginning = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
    return beginning.rstrip(_EDGES)


def _checked(sheet: Sheet) -> Iterator[Sequence[Value]]:
    for number, row in enumerate(sheet.rows, start=1):
        if len(row) != len(sheet.columns):
            raise DocumentError(f"表“{sheet.name}”第{number}行的列数与表头不一样，请检查。")
        if number > _MOST_ROWS:
            raise DocumentError(f"表“{sheet.name}”超过{_MOST_ROWS}行，请按年份或乡镇分开导出。")
        yield row


def _csv_cell(value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        text = clean_text(value)
        return f"'{text}" if _FORMULA_START.match(text) else text
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _cell_text(value: Value) -> str:
    """A value as the text of a text cell."""
    text = clean_text(value) if isinstance(value, str) else _csv_cell(value)
    if len(text) <= _LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) <= 2 * _LONGEST_TEXT:
        return text
    return _cut(text, _LONGEST_TEXT) + _CUT_MARK


class _SheetWriter:
    """Writes one sheet from top to bottom; rows already written leave memory."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Sheet, name: str) -> None:
        self._sheet = sheet
        self._page: xlsxwriter.worksheet.Worksheet = book.add_worksheet(name)
        self._book = book
        self._line = 0
        self._formats = [self._format(num_format=_PATTERNS[c.kind]) for c in sheet.columns]
        self._text_format = self._format(num_format="@")
        self._totals: list[Decimal] = [Decimal(0)] * len(sheet.columns)

    def _format(self, **extra: str | int | bool) -> xlsxwriter.format.Format:
        look = {"font_name": SONGTI, "font_size": 11, "border": 1, "valign": "vcenter"}
        return self._book.add_format({**look, "text_wrap": True, **extra})

    def write(self) -> None:
        rows = _checked(self._sheet)
        first = list(islice(rows, _LOOKED_AT))
        for index, column in enumerate(self._sheet.columns):
            self._page.set_column(index, index, _width(column, index, first))
        self._write_head()
        for row in chain(first, rows):
            self._write_row(row)
        if any(column.total for column in self._sheet.columns):
            self._write_totals()

    def _write_head(self) -> None:
        page, sheet = self._page, self._sheet
        last = len(sheet.columns) - 1
        lines = [(sheet.title, "center", HEITI, 16)] if sheet.title else []
        lines += [(f"单位：{sheet.unit}", "right", SONGTI, 11)] if sheet.unit else []
        for text, align, font, size in lines:
            look = {"align": align, "valign": "vcenter", "font_name": font, "font_size": size}
            page.set_row(self._line, size * 2)
            if last > 0:
                page.merge_range(self._line, 0, self._line, last, "")
            page.write_string(self._line, 0, clean_text(text), self._book.add_format(look))
            self._line += 1
        heading = self._format(font_name=HEITI, align="center", bg_color="#F2F2F2", num_format="@")
        for index, column in enumerate(sheet.columns):
            page.write_string(self._line, index, clean_text(column.heading), heading)
        self._line += 1
        self._set_page()

    def _set_page(self) -> None:
        page = self._page
        page.freeze_panes(self._line, 0)
        page.repeat_rows(0, self._line - 1)
        page.set_paper(_PAPER[self._sheet.paper])
        if self._sheet.landscape:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        page.set_footer("&C第&P页 共&N页")
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write_row(self, row: Sequence[Value]) -> None:
        page, line = self._page, self._line
        for index, (value, column) in enumerate(zip(row, self._sheet.columns, strict=True)):
            if value is None or value == "":
                page.write_blank(line, index, None, self._formats[index])
            elif column.kind == "date" and isinstance(value, date) and _fits_excel(value):
                page.write_datetime(line, index, value, self._formats[index])
            elif column.kind in ("number", "money") and _is_exact_number(value):
                page.write_number(line, index, value, self._formats[index])
                if column.total:
                    self._totals[index] += Decimal(str(value))
            else:
                page.write_string(line, index, _cell_text(value), self._text_format)
        self._line += 1

    def _write_totals(self) -> None:
        text = self._format(bold=True, num_format="@", align="center")
        for index, column in enumerate(self._sheet.columns):
            if column.total:
                look = self._format(bold=True, num_format=_PATTERNS[column.kind])
                self._page.write_number(self._line, index, self._totals[index], look)
            elif index == 0:
                self._page.write_string(self._line, index, "合计", text)
            else:
                self._page.write_blank(self._line, index, None, text)
        self._line += 1


def _fits_excel(value: date) -> bool:
    return (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY


def _is_exact_number(value: Value) -> bool:
    """Whether Excel keeps every digit; a text, a bool or a longer number is written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    if isinstance(value, int) and abs(value) < 10**_EXACT_DIGITS:
        return True
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= _EXACT_DIGITS


def _width(column: SheetColumn, index: int, rows: Sequence[Sequence[Value]]) -> float:
    if column.width is not None:
        return column.width
    texts = chain([column.heading], (_csv_cell(row[index]) for row in rows))
    widest = max(2 * width_in_characters(line) for text in texts for line in text.split("\n"))
    return min(_WIDEST, max(_NARROWEST, widest + 2))
