"""What looks doubtful in a sheet though every row could be saved; and whether it is out of date."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from laoqu.register.fields import MoneyFormField, PartialDateFormField
from laoqu.register.models import State
from laoqu.register.sheet_rows import ImportRow, few, numbers_of
from laoqu_engines.values.money import wan_yuan

OURS = "老区台账"
"""The author of the sheets that a register exports."""
CREATED = re.compile(r"<dcterms:created[^>]*>([^<]+)<")
AUTHOR = re.compile(r"<dc:creator>([^<]*)<")
LARGE = Decimal(1_000_000_000)
"""Yuan: so much stands in a county's sheet where 元 were written under 万元."""
ENOUGH = 3
"""So many columns must agree before two rows are called the same."""
FIRST_MONTH = re.compile(r"\d{4}\.1")
"""What is left of 2024.10 in a cell that holds a number."""


def exported_at(data: bytes) -> datetime | None:
    """When a register exported this very sheet; None where it is somebody's own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            words = book.read("docProps/core.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError):
        return None
    author, created = AUTHOR.search(words), CREATED.search(words)
    if author is None or author[1] != OURS or created is None:
        return None
    moment = parse_datetime(created[1])
    # a workbook knows whole seconds only
    return moment + timedelta(seconds=1) if moment is not None else None


def doubts(
    rows: Sequence[ImportRow],
    totals: Sequence[ImportRow],
    fields: Mapping[str, forms.Field],
    notes: Sequence[str],
) -> list[str]:
    """Sentences about a checked sheet that the person should look at before saving.

    Args:
        totals: rows of the sheet that state totals.
        notes: what was noticed about names, e.g. a village that has been merged.
    """
    found = [*dict.fromkeys(notes), *_wrong_totals(rows, totals, fields), *_twice(rows)]
    for name, field in fields.items():
        label = str(field.label)
        if isinstance(field, PartialDateFormField):
            short = [row for row in rows if FIRST_MONTH.fullmatch(row.values.get(name, ""))]
            if short:
                found.append(
                    _("%(rows)s的“%(label)s”读作 1 月。如果是 10 月，请写成“2024年10月”再上传。")
                    % {"rows": numbers_of(short), "label": label}
                )
        if isinstance(field, PartialDateFormField):
            late = [row for row in rows if field.lies_ahead(_value(row, name))]
            if late:
                found.append(
                    _("%(rows)s的“%(label)s”还没有到，请核对。")
                    % {"rows": numbers_of(late), "label": label}
                )
        if isinstance(field, MoneyFormField):
            large = [row for row in rows if abs(_value(row, name) or 0) >= LARGE]
            if large:
                found.append(
                    _("%(rows)s的“%(label)s”超过 10 亿元，可能原表写的是元，请核对。")
                    % {"rows": numbers_of(large), "label": label}
                )
    return found


def _value(row: ImportRow, name: str) -> Any:
    """What the form read from a cell that the sheet fills; None elsewhere."""
    if row.form is None or not row.values.get(name):
        return None
    return getattr(row.form, "cleaned_data", {}).get(name)


def _twice(rows: Sequence[ImportRow]) -> Iterator[str]:
    """New rows that say the very same as a row above."""
    seen: dict[tuple[str, ...], ImportRow] = {}
    again = []
    for row in rows:
        if row.form is not None and row.form.instance.pk is None:
            first = seen.setdefault(tuple(row.values.values()), row)
            again += [row] if first is not row else []
    if again:
        yield _("%(rows)s与上面的行一模一样，请看是不是重复了。") % {"rows": numbers_of(again)}


def recorded_already(rows: Sequence[ImportRow], stored: QuerySet[Any]) -> Iterator[str]:
    """New rows that say what a row of the register says, in every column of one value they fill.

    Args:
        stored: rows of one ledger register that could have been recorded before.
    """
    new = [row for row in rows if row.form is not None and row.form.instance.pk is None]
    filled = {name for row in new for name, word in row.values.items() if word}
    fields = [field for field in stored.model._meta.concrete_fields if field.name in filled]
    if len(fields) < ENOUGH:
        return
    names = [field.attname for field in fields]
    said = {tuple(getattr(row.form.instance, name) for name in names): row for row in new}  # type: ignore[union-attr]
    years = {row.form.instance.year for row in new}  # type: ignore[union-attr]
    known = stored.filter(year__in=years).exclude(state=State.VOID).values_list("code", *names)
    same = [(said[words], code) for code, *rest in known if (words := tuple(rest)) in said]
    if same:
        sentence = _("%(rows)s和台账里的%(codes)s写的一样，请看是不是已经记过。")
        codes = few(list(dict.fromkeys(code for _row, code in same)))
        found = list({id(row): row for row, _code in same}.values())
        yield sentence % {"rows": numbers_of(found), "codes": codes}


def _wrong_totals(
    rows: Sequence[ImportRow],
    totals: Sequence[ImportRow],
    fields: Mapping[str, forms.Field],
) -> Iterator[str]:
    for total in totals:
        inside = [row for row in rows if row.grid == total.grid]
        for name, field in fields.items():
            number = isinstance(field, MoneyFormField | forms.IntegerField)
            if not number or not total.values.get(name) or name == "year":
                continue
            if any(name in row.errors for row in inside):
                continue
            try:
                stated = Decimal(field.clean(total.values[name]))
            except (ValidationError, TypeError):
                continue
            summed = sum((Decimal(_value(row, name) or 0) for row in inside), Decimal(0))
            if stated != summed:
                words = {"label": field.label, "stated": _shown(field, stated)}
                words["sum"] = _shown(field, summed)
                sentence = _("“%(label)s”的合计写的是 %(stated)s，各行相加是 %(sum)s，请核对。")
                yield sentence % words


def _shown(field: forms.Field, number: Decimal) -> str:
    return wan_yuan(int(number * 100)) if isinstance(field, MoneyFormField) else f"{number:f}"
