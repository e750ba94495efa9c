"""Template filters for values of the ledger, and the way to a page."""

from decimal import Decimal
from typing import Any

from django import template
from django.db import models

from laoqu.register.models import Source
from laoqu.register.registry import Register, record_url, register_of
from laoqu.register.search import Excerpt, excerpts
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
def found_in(source: Source, query: str) -> list[Excerpt]:
    """Where a source tells of what was looked for."""
    return excerpts(source.text, query)


@register.filter
def address(row: models.Model) -> str:
    """The detail page of a row."""
    return record_url(row)


@register.inclusion_tag("register/crumbs.html")
def crumbs(at: Any = None, here: Any = "", query: str = "") -> dict[str, Any]:
    """The way to this page: 查台账 › register › row › `here`.

    `at` is a row, a register or the slug of one; `query` keeps the filter of the list.
    """
    row = at if isinstance(at, models.Model) else None
    listed = register_of(type(row)) if row else Register.registers.get(at, at)
    return {"register": listed, "row": row, "here": here, "query": query}
