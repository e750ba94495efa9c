"""The sheet that a register hands out to be filled in, and the filled sheet with errors marked."""

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlsxwriter
from django import forms
from django.utils.translation import gettext as _
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter

from laoqu.access.models import Association
from laoqu.access.rules import of_association, rows
from laoqu.register.fields import MoneyFormField
from laoqu.register.forms import ABOUT_THE_CHANGE, form_class
from laoqu.register.importing import Checked
from laoqu.register.names import NameField, name_of
from laoqu.register.registry import Register
from laoqu.register.sheet_rows import KEY, UNREAD
from laoqu_engines.document.wording import clean_text
from laoqu_engines.reader.grids import Grid

ROWS = 500
"""So many rows of a template carry drop-downs."""
MOST_CHOICES = 2_000
HEAD = 2
"""Row of the heads, counted from 0: below the title and the hint."""
RED = PatternFill("solid", fgColor="FFC7CE")


def write_template(register: Register, user: object, association: Association) -> bytes:
    """An empty sheet with heads, drop-downs (township → village cascade) and a hint a column."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        _Template(book, register, user, association).write()
    return stream.getvalue()


class _Template:
    """Writes the template: the page to fill in, and a hidden page with the lists."""

    def __init__(
        self, book: Any, register: Register, user: object, association: Association
    ) -> None:
        self.book, self.register, self.user, self.association = book, register, user, association
        self.page = book.add_worksheet(str(register.label)[:31])
        self.lists = book.add_worksheet(_("选项"))
        self.lists.hide()
        self.list_column = 0
        self.fields = form_class(register, user, association).base_fields

    def write(self) -> None:
        """The whole template."""
        columns = self._columns()
        title = self.book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.page.merge_range(0, 0, 0, max(len(columns) - 1, 1), str(self.register.label), title)
        self.page.write(1, 0, _("带 * 的必填；编号空着就是新记一行；不要改表头。"))
        for column, (label, name, field) in enumerate(columns):
            self._head(column, label, field)
            self._choices(column, name, field)
        self.page.freeze_panes(HEAD + 1, 1)
        self.page.set_landscape()
        self.page.set_paper(8)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(HEAD)

    def _columns(self) -> list[tuple[str, str, forms.Field | None]]:
        columns: list[tuple[str, str, forms.Field | None]] = []
        if self.register.is_ledger:
            columns.append((_("编号"), KEY, None))
        for name, field in self.fields.items():
            if name in ABOUT_THE_CHANGE:
                continue
            if name == "places":
                columns.append((_("镇（街道）"), "township", None))
                columns.append((_("村"), "places", field))
            else:
                columns.append((str(field.label), name, field))
        return columns

    def _head(self, column: int, label: str, field: forms.Field | None) -> None:
        required = field is not None and field.required
        look: dict[str, Any] = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
        if required:
            look["bg_color"] = "#FFF1A8"
        unit = _("（万元）") if isinstance(field, MoneyFormField) else ""
        self.page.write(
            HEAD, column, f"{label}{unit}{'*' if required else ''}", self.book.add_format(look)
        )
        if field is not None and field.help_text:
            self.page.write_comment(HEAD, column, str(field.help_text))
        kept = {} if isinstance(field, MoneyFormField) else {"num_format": "@"}
        self.page.set_column(column, column, 16, self.book.add_format(kept))

    def _choices(self, column: int, name: str, field: forms.Field | None) -> None:
        options: list[str] = []
        strict = True
        if name == "township":
            self._cascade(column)
            return
        if name == "places":
            return
        if isinstance(field, forms.BooleanField):
            options = [_("是"), _("否")]
        elif isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            options = [str(label) for key, label in choices if key != ""]
        elif isinstance(field, NameField) and not field.many:
            strict = False
            found = of_association(rows(self.user, field.model), self.association)[:MOST_CHOICES]
            options = [name_of(row) for row in found]
        if options:
            self._list(column, options, strict=strict)

    def _list(self, column: int, options: list[str], *, strict: bool) -> None:
        source = self._write_list(options)
        rule = {"validate": "list", "source": f"={source}"}
        rule["error_type"] = "stop" if strict else "warning"
        rule["error_title"] = _("不在名单里")
        rule["error_message"] = _("请从下拉名单里选。")
        self.page.data_validation(HEAD + 1, column, HEAD + ROWS, column, rule)

    def _write_list(self, options: list[str]) -> str:
        column = self.list_column
        self.list_column += 1
        for row, option in enumerate(options):
            self.lists.write_string(row, column, option)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        return f"'{self.lists.get_name()}'!${letter}$1:${letter}${len(options)}"

    def _cascade(self, column: int) -> None:
        """镇 → 村: a list of townships, and for each a named list of its villages."""
        places: Any = self.fields["places"]
        villages: dict[str, list[str]] = defaultdict(list)
        found = rows(self.user, places.model).filter(
            area_code__startswith=self.association.area_code, level="village"
        )
        for place in found.select_related("parent"):
            villages[place.parent.name].append(place.name)
        if not villages:
            return
        self._list(column, list(villages), strict=False)
        for township, names in villages.items():
            self.book.define_name(township, f"={self._write_list(names)}")
        letter = xlsxwriter.utility.xl_col_to_name(column)
        self.page.data_validation(
            HEAD + 1,
            column + 1,
            HEAD + ROWS,
            column + 1,
            {
                "validate": "list",
                "source": f"=INDIRECT(${letter}{HEAD + 2})",
                "error_type": "warning",
                "error_message": _("这个镇的名单里没有这个村。几个村用顿号隔开时不用管这条提示。"),
            },
        )


def mark_errors(checked: Checked, data: bytes) -> bytes:
    """The user's own sheet with every bad cell red and explained; other formats become .xlsx.

    A column of its own at the end says the same in words that can be printed.
    """
    sheet = checked.sheet
    book = _own_book(data) or _copied_book(sheet.grids)
    notes: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for row in checked.bad:
        grid, header = sheet.grids[row.grid], sheet.headers[row.grid]
        assert header is not None
        for name, sentences in row.errors.items():
            column = header.columns.get(name, min(header.columns.values()))
            told = sentences if name in header.columns else row.sentences_of(name)
            notes[grid.name, row.number, column + 1] += told
        last = max(map(len, grid.rows)) + 1
        page = _page(book, grid.name)
        _write(page, header.last + 1, last, UNREAD)
        _write(page, row.number, last, "\n".join(row.sentences()))
        page.column_dimensions[get_column_letter(last)].width = 50
    for (name, number, column), sentences in notes.items():
        cell = _first_of_merged(_page(book, name), number, column)
        cell.fill = RED
        cell.comment = Comment("\n".join(sentences), _("老区"), height=120, width=320)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _own_book(data: bytes) -> Any:
    """The workbook as the user made it; None where it is no .xlsx that can be written again."""
    try:
        return openpyxl.load_workbook(io.BytesIO(data))
    except Exception:  # it raises whatever its parts raise, also for files that Excel opens
        return None


def _copied_book(grids: Sequence[Grid]) -> Any:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in grids:
        page = book.create_sheet(grid.name or _("表"))
        for number, words in enumerate(grid.rows, 1):
            for column, text in enumerate(words, 1):
                _write(page, number, column, text)
    return book


def _page(book: Any, name: str) -> Any:
    return book[name] if name in book.sheetnames else book.worksheets[0]


def _write(page: Any, row: int, column: int, text: str) -> None:
    """A text that is never a formula."""
    cell = page.cell(row, column, clean_text(text))
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _first_of_merged(page: Any, row: int, column: int) -> Any:
    """The cell itself, or the first of the merged cells that it is part of."""
    cell = page.cell(row, column)
    for span in page.merged_cells.ranges:
        if cell.coordinate in span:
            return page.cell(span.min_row, span.min_col)
    return cell
