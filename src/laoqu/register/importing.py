"""Sheets in: each row of a sheet is the register's own form, checked before anything is saved.

Names, keys and numbers are looked up for all rows at once in the user's rows. The rows are written
in one transaction, each with its history entry, through `writing.write_rows`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from laoqu.register.names import NameField, NamesField, name_of, resolve_names, split_names
from laoqu.register.registry import Register
from laoqu.register.sheet_doubts import doubts, exported_at, recorded_already
from laoqu.register.sheet_rows import KEY, ImportRow, SheetRows, read_rows
from laoqu.register.writing import write_rows
from laoqu_engines.values.numbers import parse_number
from laoqu_engines.values.period import Period

COUNT = re.compile(r"(.*?[\d.]+[余多]?|[约近]?[一二三四五六七八九十百千两]+[余多]?)([^\d.]{0,4})")
"""20余项, 约120户, 二十场: a number and what is counted."""


Key = tuple[str, ...]
"""The code of a row, or the words that name a row of a register without codes."""


@dataclass
class Checked:
    """A sheet after checking: its rows, and remarks for the user."""

    sheet: SheetRows
    rows: list[ImportRow]
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
    register: Register,
    data: bytes,
    filename: str,
    user: object,
    association: Association,
    *,
    uploaded_at: datetime | None = None,
) -> Checked:
    """Read and check every row without saving any.

    Args:
        uploaded_at: rows that somebody changed since are refused; where the register itself
            exported the sheet, those changed since the export.
    Errors: `DocumentError` with a sentence where the sheet cannot be read.
    """
    sheet = read_rows(register, data, filename, user, association)
    found = sheet.rows
    made = _check_rows(register, found, user, association, exported_at(data) or uploaded_at)
    answers = [answer for field in _name_fields(made).values() for answer in field.known.values()]
    notes = [answer.note for answer in answers if answer.note]
    remarks = [*sheet.remarks, *doubts(found, sheet.totals, made.base_fields, notes)]
    if register.is_ledger:
        stored: Any = of_association(rows(user, register.model), association)
        remarks += recorded_already(found, stored)
    return Checked(sheet, found, remarks)


def _check_rows(
    register: Register,
    found: Sequence[ImportRow],
    user: object,
    association: Association,
    seen_at: datetime | None,
) -> type[RecordForm]:
    made = _form_for_many(register, user, association)
    for row in found:
        _with_township(row)
    _look_up(made, found)
    keys = [_key(register, row) for row in found]
    existing = _existing(register, keys, user, association)
    mine = _mine(register, existing.values(), user, association)
    blank = _typed(made, None)
    seen: dict[Key, str] = {}
    for row, key in zip(found, keys, strict=True):
        own = existing.get(key) if key else None
        name = "".join(key)
        if key in seen:
            row.errors[KEY] = [_("“%(key)s”与第 %(n)s 行重复。") % {"key": name, "n": seen[key]}]
        elif key and own is None and register.is_ledger:
            row.errors[KEY] = [
                _("台账里没有编号“%(key)s”的行。要新记一行，请把编号空着。") % {"key": name}
            ]
        else:
            _check_row(row, made, own, blank if own is None else _typed(made, own))
            sentence = ""
            if own is not None and own.pk not in mine:
                sentence = _("“%(key)s”这一行不归您改。请把它删去再上传。")
            elif seen_at and getattr(own, "updated_at", seen_at) > seen_at:
                sentence = _("您导出或上传以后，有人改过“%(key)s”这一行。请重新导出，改好再上传。")
            if sentence and not row.unchanged:
                row.errors[KEY] = [sentence % {"key": name}]
        if key:
            seen.setdefault(key, row.where)
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


def _key(register: Register, row: ImportRow) -> Key:
    """The words by which the row is known again; none for a new row."""
    words: Key = (row.values.pop(KEY, ""),)
    if not register.is_ledger:
        words = tuple(row.values.get(name, "") for name in register.known_by)
    return words if any(words) else ()


def _existing(
    register: Register, keys: Sequence[Key], user: object, association: Association
) -> dict[Key, models.Model]:
    """The rows the user may see that the sheet means, with their links, in a few queries."""
    names = (KEY,) if register.is_ledger else register.known_by
    last = {key[-1] for key in keys if key}
    if not last:
        return {}
    shown: Any = of_association(rows(user, register.model), association)
    own = with_all_relations(shown).filter(**{f"{names[-1]}__in": last})
    return {tuple(_word(row, name) for name in names): row for row in own}


def _mine(
    register: Register, found: Iterable[models.Model], user: object, association: Association
) -> set[int]:
    """The keys of those rows that the user may change."""
    own: Any = of_association(rows(user, register.model, CHANGE), association)
    return set(own.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))


def _word(row: models.Model, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else name_of(value) if isinstance(value, models.Model) else value


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
        found = {
            "" if name == "__all__" else name: [str(sentence) for sentence in sentences]
            for name, sentences in form.errors.items()
        }
        row.errors = {**found, **row.errors}
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


def _choices(made: type[RecordForm], values: Mapping[str, str]) -> dict[str, Any]:
    """Labels of choices as their values, 是/否 as booleans, dates and numbers as offices write."""
    typed: dict[str, Any] = dict(values)
    for name, value in values.items():
        form_field = made.base_fields.get(name)
        if isinstance(form_field, forms.BooleanField):
            typed[name] = value in ("是", "有", "√", "1", "True", "对")
        elif isinstance(form_field, PartialDateFormField):
            typed[name] = _date(value, values.get("year", ""))
        elif isinstance(form_field, forms.TypedChoiceField | forms.ChoiceField):
            options: Any = form_field.choices
            labels = {str(label): key for key, label in options}
            typed[name] = labels.get(value, value) or form_field.initial or ""
    for name, value in values.items():
        form_field = made.base_fields.get(name)
        if isinstance(form_field, forms.IntegerField) and not re.fullmatch(r"-?[\d.]*", value):
            typed |= _number(made, name, value, values)
    return typed


def _date(value: str, year: str) -> str:
    """A date that Excel holds as a number, or that leaves out the year of its row."""
    if re.fullmatch(r"\d{5}(\.\d+)?", value):
        period = Period.from_excel_serial(float(value))
    else:
        period = Period.parse(value, year=int(year)) if re.fullmatch(r"\d{4}", year) else None
    return period.iso() if period else value


def _number(
    made: type[RecordForm], name: str, value: str, values: Mapping[str, str]
) -> dict[str, Any]:
    """“20余项” as a count, its unit and 约数; elsewhere only the unit that the label names."""
    match = COUNT.fullmatch(value)
    number = parse_number(match[1]) if match else None
    if match is None or number is None:
        return {}
    label = str(made.base_fields[name].label)
    typed: dict[str, Any] = {name: str(number.value)}
    if name == "count" and "unit" in made.base_fields:
        flag = "count_approximate" if "count_approximate" in made.base_fields else "approximate"
        if number.approximate:
            typed[flag] = True
        if match[2] and values.get("unit", match[2]) not in ("", match[2]):
            return {}
        return typed | ({"unit": match[2]} if match[2] else {})
    return typed if match[2] in label and not number.approximate else {}


def save_rows(checked: Sequence[ImportRow], *, reason: str) -> list[models.Model]:
    """Save the good rows in one transaction. Errors: `ValidationError` when one of them fails."""
    good = [row.form for row in checked if row.good and row.form is not None]
    if not good:
        raise ValidationError(_("没有可以入账的行。"))
    return write_rows(good, reason=reason)
