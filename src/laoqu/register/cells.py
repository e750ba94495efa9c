"""How one value of a row is shown, the same in list, detail, print and sheet."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.names import name_of
from laoqu.register.sealed import Sealed
from laoqu_engines.values.money import wan_yuan
from laoqu_engines.values.period import Period

EMPTY = "—"


def label_of(model: type[models.Model], path: str) -> Any:
    """The Chinese label of a field or of a described method of the model."""
    try:
        field: Any = model._meta.get_field(path)
    except FieldDoesNotExist:
        described = getattr(getattr(model, path), "short_description", None)
        return described or gettext_lazy("名称")
    return field.verbose_name


def is_number(model: type[models.Model], path: str) -> bool:
    """Whether the column holds numbers, which are aligned to the right."""
    try:
        field = model._meta.get_field(path)
    except FieldDoesNotExist:
        return False
    return isinstance(field, MoneyField | models.DecimalField | models.PositiveIntegerField) and (
        path not in ("year", "issue_year")
    )


def raw(row: models.Model, path: str) -> Any:
    """The value itself: a number, a text, a row or a list of rows; a sealed number masked."""
    value = getattr(row, path)
    if hasattr(value, "all"):
        return list(value.all())
    if isinstance(value, Sealed):
        return value.masked
    return value() if callable(value) else value


def text_of(row: models.Model, path: str) -> str:
    """The value in words; “—” where there is none."""
    value = raw(row, path)
    if value is None or value in ("", []):
        return EMPTY
    display = getattr(row, f"get_{path}_display", None)
    if display is not None:
        return str(display())
    return _worded(row, path, value)


def _worded(row: models.Model, path: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else EMPTY
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if isinstance(value, models.Model):
        return name_of(value)
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, Decimal):
        return _number(row, path, value)
    try:
        field = row._meta.get_field(path)
    except FieldDoesNotExist:
        return str(value)
    if isinstance(field, PartialDateField):
        period = Period.parse(value)
        return period.chinese() if period else value
    return str(value)


def _number(row: models.Model, path: str, value: Decimal) -> str:
    """Money in 万元, a count with its unit, each with 约 where the document was vague."""
    if isinstance(row._meta.get_field(path), MoneyField):
        about = getattr(row, "approximate", False)
        return (_("约") if about else "") + wan_yuan(int(value * 100))
    about = getattr(row, "count_approximate", getattr(row, "approximate", False))
    number = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return (_("约") if about and path == "count" else "") + number + getattr(row, "unit", "")
