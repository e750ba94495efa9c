"""What looks doubtful in a sheet though every row could be saved; and whether it is out of date."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from laoqu.register.fields import MoneyFormField, PartialDateFormField
from laoqu_engines.values.money import wan_yuan

if TYPE_CHECKING:
    from laoqu.register.importing import ImportRow

OURS = "老区台账"
"""The author of the sheets that a register exports."""
CREATED = re.compile(r"<dcterms:created[^>]*>([^<]+)<")
AUTHOR = re.compile(r"<dc:creator>([^<]*)<")
FORMULA_WITHOUT_VALUE = re.compile(
    r'<c r="([A-Z]+\d+)"[^>]*><f(?:>[^<]*</f>| [^>]*>[^<]*</f>|[^>]*/>)(?:<v></v>|<v/>)?</c>'
)
AHEAD = re.compile(r"计划|预计|期限|到期|届满|有效期")
"""Dates with such a label may lie ahead."""
LARGE = Decimal(1_000_000_000)
"""Yuan: so much stands in a county's sheet where 元 were written under 万元."""
TOLD = 5


def exported_at(data: bytes) -> datetime | None:
    """When a register exported this very sheet; None where it is somebody's own."""
    words = _part(data, "docProps/core.xml")
    author, created = AUTHOR.search(words), CREATED.search(words)
    if author is None or author[1] != OURS or created is None:
        return None
    moment = parse_datetime(created[1])
    # a workbook knows whole seconds only
    return moment + timedelta(seconds=1) if moment is not None else None


def formulas_without_value(data: bytes) -> list[str]:
    """The cells (“D4”) of an .xlsx whose formula was never calculated, so that they read empty."""
    return FORMULA_WITHOUT_VALUE.findall(_part(data, "xl/worksheets/sheet"))


def has_macros(data: bytes) -> bool:
    """Whether the workbook carries programs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return any(name.endswith("vbaProject.bin") for name in book.namelist())
    except zipfile.BadZipFile:
        return False


def _part(data: bytes, beginning: str) -> str:
    """The texts of the parts of a zipped workbook whose names begin so; empty where none do."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = [name for name in book.namelist() if name.startswith(beginning)]
            return "".join(book.read(name).decode("utf-8", "replace") for name in names)
    except zipfile.BadZipFile:
        return ""


def doubts(
    rows: "Sequence[ImportRow]",
    totals: "Sequence[ImportRow]",
    fields: Mapping[str, forms.Field],
    notes: Sequence[str],
) -> list[str]:
    """Sentences about a checked sheet that the person should look at before saving.

    Args:
        totals: rows of the sheet that state totals.
        notes: what was noticed about names, e.g. a village that has been merged.
    """
    found = [*dict.fromkeys(notes), *_wrong_totals(rows, totals, fields)]
    for name, field in fields.items():
        label = str(field.label)
        if isinstance(field, PartialDateFormField) and not AHEAD.search(label):
            today = timezone.localdate().isoformat()
            late = [r for r in rows if (d := _value(r, name)) and d > today[: len(d)]]
            if late:
                found.append(
                    _("%(rows)s的“%(label)s”还没有到，请核对。")
                    % {"rows": _numbers(late), "label": label}
                )
        if isinstance(field, MoneyFormField):
            large = [row for row in rows if abs(_value(row, name) or 0) >= LARGE]
            if large:
                found.append(
                    _("%(rows)s的“%(label)s”超过 10 亿元，可能原表写的是元，请核对。")
                    % {"rows": _numbers(large), "label": label}
                )
    return found


def _value(row: "ImportRow", name: str) -> Any:
    """What the form read from a cell that the sheet fills; None elsewhere."""
    if row.form is None or not row.values.get(name):
        return None
    return getattr(row.form, "cleaned_data", {}).get(name)


def _numbers(rows: "Sequence[ImportRow]") -> str:
    told = "、".join(str(row.number) for row in rows[:TOLD])
    return _("第 %(numbers)s 行") % {"numbers": told + ("等" if len(rows) > TOLD else "")}


def _wrong_totals(
    rows: "Sequence[ImportRow]",
    totals: "Sequence[ImportRow]",
    fields: Mapping[str, forms.Field],
) -> Iterator[str]:
    for total in totals:
        inside = [row for row in rows if row.grid == total.grid]
        for name, field in fields.items():
            number = isinstance(field, MoneyFormField | forms.IntegerField)
            if not number or not total.values.get(name) or name == "year":
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
