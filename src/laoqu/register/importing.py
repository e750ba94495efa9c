"""Sheets in: each row of a sheet is the register's own form, checked before anything is saved.

Names, keys and numbers are looked up for all rows at once in the user's rows. The rows are written
in one transaction, each with its history entry, through `writing.write_rows`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import CHANGE, of_association, rows
from laoqu.register.fields import PartialDateFormField
from laoqu.register.forms import ABOUT_THE_CHANGE, RecordForm, form_class
from laoqu.register.names import NameField, NamesField, resolve_names, split_names
from laoqu.register.registry import Register
from laoqu.register.sheet_doubts import doubts, exported_at, formulas_without_value, has_macros
from laoqu.register.writing import write_rows
from laoqu_engines.reader.documents import DocumentError
from laoqu_engines.reader.grids import TOTAL_ROW, Grid, Header, find_header, read_grids
from laoqu_engines.values.period import Period

MOST_ROWS = 20_000
KEY = "code"
UNIT = re.compile(r"[（(](亿元|万元|元)[）)]")
WHOLE = re.compile(r"合计|总计|共计")
"""Begins a row with the totals of all rows."""
EMPTY_WORDS = {"—", "-", "--", "——", "无", "/", "暂无"}


@dataclass
class ImportRow:
    """One row of the sheet: where it stands, what it says by field, and what is wrong with it."""

    grid: int
    number: int
    """The row's number in Excel."""
    values: dict[str, str]
    form: RecordForm | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)
    """Sentences by field; those of the whole row under ""."""
    unchanged: bool = False
    total: bool = False
    """Whether it states totals of other rows, so that it is no row of the register."""

    @property
    def good(self) -> bool:
        """Whether the row can be saved and changes something."""
        return not self.errors and not self.unchanged

    def sentences(self) -> list[str]:
        """What is wrong, each sentence with the name of its field in front."""
        fields = self.form.fields if self.form is not None else {}
        return [
            f"{fields[name].label}：{error}" if name in fields else error
            for name, errors in self.errors.items()
            for error in errors
        ]


@dataclass
class Checked:
    """A sheet after checking: its rows, its columns by field, and remarks for the user."""

    rows: list[ImportRow]
    headers: list[Header | None]
    remarks: list[str]

    @property
    def good(self) -> list[ImportRow]:
        """Rows that can be saved and change something."""
        return [row for row in self.rows if row.good]

    @property
    def bad(self) -> list[ImportRow]:
        """Rows that cannot be saved as they are."""
        return [row for row in self.rows if row.errors]


def check_sheet(
    register: Register, data: bytes, filename: str, user: object, association: Association
) -> Checked:
    """Read and check every row without saving any. Errors: `DocumentError` with a sentence."""
    _refuse(data, filename)
    grids = read_grids(data, filename)
    labels = _labels(register, user, association)
    headers = [find_header(grid, lambda head: _meaning(head, labels)) for grid in grids]
    if not any(headers):
        raise DocumentError(
            _("没有在表里找到表头。请下载本台账的模板，把内容贴进去再上传；至少要有：%(names)s。")
            % {"names": "、".join(list(labels)[1:4])}
        )
    found: list[ImportRow] = []
    totals: list[ImportRow] = []
    remarks: list[str] = []
    for index, (grid, header) in enumerate(zip(grids, headers, strict=True)):
        if header is not None:
            for row in _rows(index, grid, header):
                (totals if row.total else found).append(row)
            if header.unknown:
                told = "、".join(header.unknown)
                remarks.append(_("这些列没有用上：%(names)s。") % {"names": told})
    if not found:
        raise DocumentError(_("表头下面没有内容，请填好以后再上传。"))
    if len(found) > MOST_ROWS:
        raise DocumentError(
            _("表里有 %(n)s 行，一次最多 %(most)s 行，请分成几个文件上传。")
            % {"n": len(found), "most": MOST_ROWS}
        )
    made = _check_rows(register, found, user, association, exported_at(data))
    answers = [answer for field in _name_fields(made).values() for answer in field.known.values()]
    notes = [answer.note for answer in answers if answer.note]
    remarks += doubts(found, totals, made.base_fields, notes)
    return Checked(found, headers, remarks)


def _refuse(data: bytes, filename: str) -> None:
    """Workbooks that cannot be read truly."""
    if has_macros(data):
        raise DocumentError(
            _("“%(name)s”带有宏。请另存为不带宏的 .xlsx 再上传。") % {"name": filename}
        )
    cells = formulas_without_value(data)
    if cells:
        raise DocumentError(
            _("%(cells)s 是公式，还没有算出数来。请用 Excel 或 WPS 打开，保存一次再上传。")
            % {"cells": "、".join(cells[:5])}
        )


def _labels(register: Register, user: object, association: Association) -> dict[str, str]:
    """What each head of the template means: label → field name."""
    base = form_class(register, user, association).base_fields
    labels = {_("编号"): KEY} if register.is_ledger else {}
    for name, form_field in base.items():
        if name not in ABOUT_THE_CHANGE:
            labels[str(form_field.label)] = name
    if "places" in base:
        labels.setdefault(_("村"), "places")
        labels[_("镇（街道）")] = "township"
        labels.setdefault(_("地点"), "places")
    return labels


def _meaning(head: str, labels: dict[str, str]) -> str | None:
    """A head as the template has it, or with a unit, a star or blanks more."""
    plain = re.sub(r"[（(](亿元|万元|元|必填|可不填)[）)]|[\s*＊]", "", head).split("/")[-1]
    plain = plain.replace("(", "（").replace(")", "）")
    return labels.get(plain)


def _rows(index: int, grid: Grid, header: Header) -> Iterable[ImportRow]:
    heads = grid.rows[header.first : header.last + 1]
    units = {}
    for name, column in header.columns.items():
        stated = UNIT.search("".join(row[column] for row in heads if column < len(row)))
        if stated:
            units[name] = stated[1]
    for number, row in enumerate(grid.rows[header.last + 1 :], start=header.last + 2):
        first = next((value for value in row if value), "")
        if not first or (TOTAL_ROW.match(first) and not WHOLE.match(first)):
            continue
        values = {
            name: row[column] if column < len(row) else ""
            for name, column in header.columns.items()
        }
        for name, unit in units.items():
            if re.search(r"\d$", values[name]):
                values[name] += unit
        values = {name: "" if word in EMPTY_WORDS else word for name, word in values.items()}
        yield ImportRow(index, number, values, total=bool(WHOLE.match(first)))


def _check_rows(
    register: Register,
    found: Sequence[ImportRow],
    user: object,
    association: Association,
    exported: datetime | None,
) -> type[RecordForm]:
    made = _form_for_many(register, user, association)
    for row in found:
        _with_township(row)
    _look_up(made, found)
    existing = _existing(register, found, user, association)
    blank = _typed(made, None)
    seen: dict[str, int] = {}
    for row in found:
        key = row.values.pop(KEY, "")
        if key and key in seen:
            row.errors[KEY] = [_("编号“%(key)s”与第 %(n)s 行重复。") % {"key": key, "n": seen[key]}]
        elif key and key not in existing:
            row.errors[KEY] = [
                _("台账里没有编号“%(key)s”的行。要新记一行，请把编号空着。") % {"key": key}
            ]
        else:
            seen[key or f"row {row.number}"] = row.number
            own = existing.get(key)
            _check_row(row, made, own, blank if own is None else _typed(made, own))
            if not row.unchanged and exported and getattr(own, "updated_at", exported) > exported:
                sentence = _("您导出以后，别人改过“%(key)s”这一行。请重新导出，改好再上传。")
                row.errors[KEY] = [sentence % {"key": key}]
    return made


class _SharedFields(dict[str, forms.Field]):
    """Fields that all forms of a class share: copying them for each row takes longest of all."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


def _form_for_many(register: Register, user: object, association: Association) -> type[RecordForm]:
    """The register's form class for many rows, each of which is validated as soon as it is made."""
    made = form_class(register, user, association)
    made.base_fields = _SharedFields(made.base_fields)
    return made


def _with_township(row: ImportRow) -> None:
    """The villages with the township of its own column in front."""
    township = row.values.pop("township", "")
    if not township:
        return
    names, is_open = split_names(row.values.get("places", ""))
    whole = [name if name.startswith(township) else f"{township}{name}" for name in names]
    row.values["places"] = "、".join(whole or [township]) + ("等" if is_open else "")


def _existing(
    register: Register, found: Sequence[ImportRow], user: object, association: Association
) -> dict[str, models.Model]:
    """The user's own rows that the keys of the sheet name, with their links, in a few queries."""
    keys = {row.values[KEY] for row in found if row.values.get(KEY)}
    if not keys:
        return {}
    mine = of_association(rows(user, register.model, CHANGE), association)
    own: Any = with_all_relations(mine)
    return {row.code: row for row in own.filter(code__in=keys)}


def with_all_relations(found: Any) -> Any:
    """The rows with everything that their forms show, in a few queries."""
    meta = found.model._meta
    single = [f.name for f in meta.fields if f.many_to_one]
    return found.select_related(*single).prefetch_related(*(f.name for f in meta.many_to_many))


def _name_fields(made: type[RecordForm]) -> dict[str, NameField]:
    return {n: field for n, field in made.base_fields.items() if isinstance(field, NameField)}


def _look_up(made: type[RecordForm], found: Sequence[ImportRow]) -> None:
    """Resolve every name of every relation once and hand the answers to the fields."""
    for name, form_field in _name_fields(made).items():
        written: dict[str, None] = {}
        for row in found:
            value = row.values.get(name, "")
            names = split_names(value)[0] if isinstance(form_field, NamesField) else [value]
            written.update(dict.fromkeys(n for n in names if n))
        asked = list(written)
        answers = resolve_names(form_field.model, asked, made.user, made.association)
        form_field.known = dict(zip(asked, answers, strict=True))


def _check_row(
    row: ImportRow,
    made: type[RecordForm],
    existing: models.Model | None,
    shown: dict[str, Any],
) -> None:
    form = made({**shown, **_choices(made, row.values)}, instance=existing)
    row.form = form
    if not form.is_valid():
        row.errors = {
            "" if name == "__all__" else name: [str(sentence) for sentence in sentences]
            for name, sentences in form.errors.items()
        }
    row.unchanged = existing is not None and set(form.changed_data) <= set(ABOUT_THE_CHANGE)
    if row.unchanged:
        row.errors = {}


def check_changes(
    register: Register,
    found: Sequence[models.Model],
    values: dict[str, str],
    user: object,
    association: Association,
) -> list[ImportRow]:
    """What would become of rows whose fields are set to `values`, as if a sheet said so."""
    made = _form_for_many(register, user, association)
    changes = [ImportRow(0, number, dict(values)) for number, _row in enumerate(found, 1)]
    _look_up(made, changes)
    for change, row in zip(changes, found, strict=True):
        _check_row(change, made, row, _typed(made, row))
    return changes


def _typed(made: type[RecordForm], existing: models.Model | None) -> dict[str, Any]:
    """What the form would show before the sheet's values are laid over it."""
    form = made(instance=existing)
    typed = {}
    for bound in form:
        value = bound.value()
        typed[bound.name] = "" if value is None else value
        if bound.field.show_hidden_initial:  # fields whose default is computed
            typed[bound.html_initial_name] = typed[bound.name]
    if existing is not None:
        typed["version"] = getattr(existing, "version", "")
    return typed


def _choices(made: type[RecordForm], values: dict[str, str]) -> dict[str, Any]:
    """Labels of choices as their values, 是/否 as booleans."""
    typed: dict[str, Any] = {}
    for name, value in values.items():
        form_field = made.base_fields.get(name)
        if isinstance(form_field, forms.BooleanField):
            typed[name] = value in ("是", "有", "√", "1", "True", "对")
        elif isinstance(form_field, PartialDateFormField) and re.fullmatch(r"\d{5}", value):
            period = Period.from_excel_serial(int(value))  # a date that Excel holds as a number
            typed[name] = period.iso() if period else value
        elif isinstance(form_field, forms.TypedChoiceField | forms.ChoiceField):
            options: Any = form_field.choices
            labels = {str(label): key for key, label in options}
            typed[name] = labels.get(value, value) or form_field.initial or ""
        else:
            typed[name] = value
    return typed


def save_rows(checked: Sequence[ImportRow], *, reason: str) -> list[models.Model]:
    """Save the good rows in one transaction. Errors: `ValidationError` when one of them fails."""
    good = [row.form for row in checked if row.good and row.form is not None]
    if not good:
        raise ValidationError(_("没有可以入账的行。"))
    return write_rows(good, reason=reason)
