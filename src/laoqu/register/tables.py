"""The list of a register as a table: sortable columns, right-aligned numbers, a totals row."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db import models
from django.utils.html import format_html

from laoqu.register.cells import is_number, label_of, text_of
from laoqu.register.links import named
from laoqu.register.registry import Register, record_url


class RowColumn(tables.Column):  # type: ignore[misc]
    """Shows one field of a row in words; the first column leads to the row."""

    def __init__(self, path: str, *, leads: bool, number: bool, **kwargs: Any) -> None:
        css = "number" if number else ""
        super().__init__(
            empty_values=(), attrs={"td": {"class": css}, "th": {"class": css}}, **kwargs
        )
        self.path, self.leads = path, leads

    def render(self, record: models.Model) -> Any:
        shown = text_of(record, self.path)
        return (
            format_html('<a href="{}">{}</a>', record_url(record), shown) if self.leads else shown
        )


def table_for(register: Register) -> type[tables.Table]:
    """The table class of a register's list."""
    model = register.model
    attributes: dict[str, Any] = {
        path: RowColumn(
            path,
            leads=index == 0,
            number=is_number(model, path),
            verbose_name=label_of(model, path),
            accessor="pk",
            order_by=_order(register, path),
            orderable=_sortable(model, path),
        )
        for index, path in enumerate(register.columns)
    }
    attributes["Meta"] = type("Meta", (), {"template_name": "register/table.html"})
    return type(f"{model.__name__}Table", (tables.Table,), attributes)


def _order(register: Register, path: str) -> tuple[str, ...]:
    """What a column is sorted by, rows with the same value in their usual order."""
    if not _sortable(register.model, path):
        return ()
    return (register.order.get(path, path), *map(str, register.model._meta.ordering or ()))


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than it must to say “more than 10,000”: counting takes longest of all."""

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        """The rows, or one more than `MOST` where there are still more."""
        found: Any = self.object_list.data.data  # type: ignore[attr-defined]
        number: int = found.order_by()[: self.MOST + 1].count()
        return number


def _sortable(model: type[models.Model], path: str) -> bool:
    names = {field.name: field for field in model._meta.get_fields()}
    return path in names and not names[path].many_to_many


def with_relations(register: Register, found: Any, names: Iterable[str] | None = None) -> Any:
    """The rows with every relation that `names` (else the columns) show, fetched at once."""
    names = register.columns if names is None else names
    fields = {field.name: field for field in register.model._meta.get_fields()}
    single = [n for n in names if n in fields and fields[n].many_to_one]
    single += [f"{n}__parent" for n in single if hasattr(fields[n].related_model, "parent")]
    several = [n for n in names if n in fields and fields[n].many_to_many]
    return found.select_related(*single).prefetch_related(
        *(models.Prefetch(n, queryset=named(fields[n].related_model)) for n in several)
    )
