"""A register's rows as an .xlsx sheet: numbers as numbers, text never as a formula."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.register.cells import EMPTY, is_number, label_of, raw, text_of
from laoqu.register.fields import MoneyField
from laoqu.register.registry import Register
from laoqu.register.sheet_doubts import OURS
from laoqu_engines.document.sheet import Kind, Sheet, SheetColumn, Value, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAN = Decimal(10_000)


def register_sheet(
    register: Register, found: Sequence[models.Model], totals: dict[str, Decimal | None]
) -> Sheet:
    """The rows, column by column as the list shows them; money in 万元.

    Args:
        totals: what the list's totals line says, by field; written under its column.
    """
    model = register.model
    kinds = {path: _kind(model, path) for path in register.columns}
    rows = [[_value(row, path, kinds[path]) for path in register.columns] for row in found]
    if totals:
        last = [_plain(totals[path], kinds[path]) if path in totals else None for path in kinds]
        rows.append([_("合计"), *last[1:]])
    return Sheet(
        name=str(register.label),
        title=f"{register.label}{_('台账')}",
        unit=_("万元") if "money" in kinds.values() else "",
        columns=tuple(SheetColumn(str(label_of(model, path)), kinds[path]) for path in kinds),
        rows=rows,
    )


def export_sheet(
    register: Register, found: Sequence[models.Model], totals: dict[str, Decimal | None]
) -> HttpResponse:
    """A response that downloads the rows as an .xlsx file."""
    content = write_workbook(
        [register_sheet(register, found, totals)], author=OURS, created_at=timezone.now()
    )
    return sheet_response(content, f"{register.label}{_('台账')}.xlsx")


def sheet_response(content: bytes, filename: str) -> HttpResponse:
    """A response that downloads a workbook under a Chinese file name."""
    name = quote(filename)
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def _kind(model: type[models.Model], path: str) -> Kind:
    if not is_number(model, path):
        return "text"
    return "money" if isinstance(model._meta.get_field(path), MoneyField) else "number"


def _value(row: models.Model, path: str, kind: Kind) -> Value:
    if kind != "text":
        return _plain(raw(row, path), kind)
    shown = text_of(row, path)
    return "" if shown == EMPTY else shown


def _plain(value: Any, kind: Kind) -> Value:
    number: Value = value / WAN if kind == "money" and value is not None else value
    return number
