"""Template filters for values of the ledger."""

from decimal import Decimal
from typing import Any

from django import template
from django.db import models

from laoqu.register.registry import record_url
from laoqu_engines.values.money import wan_yuan
from laoqu_engines.values.period import Period

register = template.Library()


@register.filter
def wan(value: Any) -> str:
    """Yuan in 万元: Decimal("14490000") → “1449万元”."""
    return wan_yuan(int(Decimal(value or 0) * 100))


@register.filter
def period(value: str) -> str:
    """A date as precise as it is known: "2024-04" → “2024年4月”."""
    found = Period.parse(value) if value else None
    return found.chinese() if found else ""


@register.filter
def address(row: models.Model) -> str:
    """The detail page of a row."""
    return record_url(row)
