"""Figures (数据项): a named number = a register + a filter + a measure.

A figure's page is the list of its register with that filter; the list shows the same number,
computed from the same rows. A ratio names two figures, each of which opens its own list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.register.filters import filterset_for
from laoqu.register.registry import Register
from laoqu_engines.values.money import wan_yuan


@dataclass(frozen=True)
class Rows:
    """How many rows."""

    label = _("行数")

    def of(self, found: QuerySet[Any]) -> int:
        return found.count()


@dataclass(frozen=True)
class Sum:
    """The sum of one field over the rows; money comes as Decimal yuan."""

    field: str
    label = _("合计")

    def of(self, found: QuerySet[Any]) -> Any:
        return found.aggregate(total=models.Sum(self.field))["total"] or 0


@dataclass(frozen=True)
class Distinct:
    """How many different values (or combinations of values) of some fields the rows have.

    `only` narrows the values, e.g. to villages among the places of a line.
    """

    fields: tuple[str, ...]
    only: tuple[tuple[str, Any], ...] = ()
    label = _("不重复计数")

    def values(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """The different values themselves."""
        present = {f"{name}__isnull": False for name in self.fields}
        model: Any = found.model
        inside = model._default_manager.filter(
            pk__in=found.order_by().values("pk"), **present, **dict(self.only)
        )
        values: QuerySet[Any] = inside.order_by().values_list(*self.fields).distinct()
        return values

    def of(self, found: QuerySet[Any]) -> int:
        return self.values(found).count()


Measure = Rows | Sum | Distinct


@dataclass(frozen=True)
class Figure:
    """A named number. `filter` holds parameters of the list; “{year}” stands for the year."""

    key: str
    label: Any
    definition: Any
    unit: Any
    register: str
    measure: Measure
    filter: dict[str, str] = field(default_factory=dict)

    def parameters(
        self, year: int, association: Association | None = None, **more: str
    ) -> dict[str, str]:
        """The list's parameters for one year, of one association's rows; `more` narrows further."""
        filled = {name: value.format(year=year) for name, value in self.filter.items()}
        if association is not None:
            filled["association"] = association.area_code
        return {"year": str(year), **filled, **more}

    def url(self, year: int, association: Association | None = None, **more: str) -> str:
        """The list whose total, row count or distinct count is the number."""
        query = urlencode({**self.parameters(year, association, **more), "figure": self.key})
        return f"{Register.registers[self.register].url()}?{query}"

    def rows(
        self, user: object, year: int, association: Association | None = None, **more: str
    ) -> QuerySet[Any]:
        """The rows behind the number: what the list shows to this person."""
        register = Register.registers[self.register]
        filters = filterset_for(register, user)(
            self.parameters(year, association, **more), rows(user, register.model), request=None
        )
        if not filters.form.is_valid():
            raise ValueError(f"figure {self.key}: {filters.form.errors.as_text()}")
        return register.countable(filters.qs)

    def value(
        self, user: object, year: int, association: Association | None = None
    ) -> Decimal | int:
        """The number for one person, year and association."""
        return self.measure.of(self.rows(user, year, association))

    def shown(self, value: Any) -> str:
        """The number as it is written in a text, with its unit."""
        if self.unit == "元":
            return wan_yuan(int(Decimal(value) * 100))
        number = f"{value:f}".rstrip("0").rstrip(".") if "." in str(value) else value
        return f"{number}{self.unit}"


@dataclass(frozen=True)
class Ratio:
    """A stated ratio of two figures, each of which opens its own list."""

    key: str
    label: Any
    definition: Any
    of: Figure
    to: Figure
    unit: Any = "%"

    def value(
        self, user: object, year: int, association: Association | None = None
    ) -> Decimal | None:
        """The ratio in percent to one decimal; None where the second figure is zero."""
        base = Decimal(self.to.value(user, year, association))
        if not base:
            return None
        part = Decimal(self.of.value(user, year, association))
        return (part * 100 / base).quantize(Decimal("0.1"))

    def shown(self, value: Any) -> str:
        """The ratio as it is written in a text."""
        return "—" if value is None else f"{value}%"


FIGURES: dict[str, Figure | Ratio] = {}


def declare(*figures: Figure | Ratio) -> None:
    """Make figures known under their keys."""
    for figure in figures:
        if figure.key in FIGURES:
            raise ValueError(f"two figures are called {figure.key}")
        FIGURES[figure.key] = figure


def figure_called(name: str) -> Figure | None:
    """The figure of this Chinese name or key; ratios are no figures of rows."""
    with translation.override(settings.LANGUAGE_CODE):
        found = (f for f in FIGURES.values() if name in (f.key, str(f.label)))
        return next((f for f in found if isinstance(f, Figure)), None)


def figures() -> Iterable[Figure | Ratio]:
    """All declared figures."""
    return FIGURES.values()
