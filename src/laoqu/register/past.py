"""Rows as they were: at a history entry, or at the end of a day."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

from laoqu.register.fields import LAST_YEAR
from laoqu.register.links import LinkHistory, linked_fields, named
from laoqu.register.models import FIRST_YEAR, State

MOST = 2_000
"""So many rows are shown as they were on a day."""


def read_day(request: HttpRequest) -> date | None:
    """The day that the address asks for; None where it names none of our time."""
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def end_of(day: date) -> datetime:
    """The first moment after a day, here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def as_rows(model: type[models.Model], records: list[Any]) -> list[Any]:
    """Rows as they were at history entries, with the links and related rows of that time."""
    found = [record.instance for record in records]
    single = [f for f in model._meta.fields if f.many_to_one]
    _fetch(found, single)
    past = LinkHistory(model, list({row.pk for row in found}))
    links = [past.at(row.pk, getattr(row, "version", 0)) or {} for row in found]
    for field in linked_fields(model):
        wanted = {key for kept in links for key in kept.get(field.name, ())}
        related = named(field.related_model).in_bulk(wanted) if wanted else {}
        for row, kept in zip(found, links, strict=True):
            if field.name in kept:
                was = [related[key] for key in kept[field.name] if key in related]
                row.__dict__.setdefault("_prefetched_objects_cache", {})[field.name] = was
        unnoted = [row for row, kept in zip(found, links, strict=True) if field.name not in kept]
        _fetch(unnoted, [field])
    return found


def _fetch(found: list[Any], fields: list[Any]) -> None:
    """The related rows as they are now, with their names, for all rows at once."""
    models.prefetch_related_objects(
        found, *(models.Prefetch(field.name, named(field.related_model)) for field in fields)
    )


def rows_on(found: models.QuerySet[Any], day: date) -> list[Any]:
    """The rows as they were at the end of a day; those that were not there yet are left out.

    Which rows, and which of them belong together, is asked of today; what they hold, of that day.
    """
    model: Any = found.model
    past = model.history.filter(id__in=found.order_by().values("pk"), history_date__lt=end_of(day))
    newest = past.order_by().values("id").annotate(newest=models.Max("history_id"))
    records = model.history.filter(history_id__in=newest.values("newest")).exclude(history_type="-")
    if hasattr(model, "state"):
        records = records.exclude(state=State.VOID)
    return as_rows(model, list(records.order_by(*model._meta.ordering)[:MOST]))
