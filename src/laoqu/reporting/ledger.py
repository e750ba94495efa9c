"""The rows and figures of one association and year, as numbers that a document can show."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Count, Value

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.areas.organisations.models import OrganisationAlias
from laoqu.areas.places.models import Level, Place
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.registry import Register, record_url
from laoqu.reporting.wording import counted
from laoqu_engines.document import FigureNote, Run


class Ledger:
    """What the report of one association and year is written from.

    Args:
        base: what stands before the addresses in notes, e.g. “http://127.0.0.1:8000”; empty on
            our own pages.
    """

    def __init__(self, association: Association, year: int, base: str = "") -> None:
        self.association, self.year, self.base = association, year, base
        self._figures: dict[str, Run] = {}

    def rows(self, key: str, *related: str, several: Sequence[str] = ()) -> list[Any]:
        """The rows behind a figure in the order of the ledger."""
        figure = FIGURES[key]
        assert isinstance(figure, Figure)
        if figure.register not in self.filled:
            return []
        found = figure.rows(self.association, self.year, self.association)
        return list(
            found.select_related(*related).prefetch_related(*several).order_by("code", "pk")
        )

    def figure(self, key: str) -> Run:
        """A figure's number with the rows behind it."""
        if key not in self._figures:
            self._figures[key] = self._figure(key)
        return self._figures[key]

    def _figure(self, key: str) -> Run:
        figure = FIGURES[key]
        assert isinstance(figure, Figure)
        found = figure.rows(self.association, self.year, self.association)
        codes = tuple(found.order_by("code", "pk").values_list("code", flat=True))
        address = figure.url(self.year, self.association)
        note = FigureNote(str(figure.definition), len(codes), codes, self.base + address)
        return Run(figure.shown(figure.measure.of(found)), note=note)

    @cached_property
    def filled(self) -> frozenset[str]:
        """The registers that have any row of this year, asked in one query."""
        slugs = {figure.register for figure in FIGURES.values() if isinstance(figure, Figure)}
        first, *others = (
            rows(self.association, Register.registers[slug].model)
            .filter(association=self.association, year=self.year)
            .order_by()
            .values_list(Value(slug), flat=True)
            for slug in sorted(slugs)
        )
        return frozenset(first.union(*others))

    def number(self, row: Any, path: str, text: str) -> Run:
        """A number that one row of the ledger states in the field `path`."""
        label = row._meta.get_field(path).verbose_name
        definition = f"{row._meta.verbose_name}{row.code}的“{label}”。"
        return Run(text, note=FigureNote(definition, 1, (row.code,), self.base + record_url(row)))

    def count(self, row: Any) -> Run | None:
        """The count that a row states, with its unit."""
        if row.count is None:
            return None
        return self.number(row, "count", counted(row.count, row.unit, row.approximate))

    def where(self, row: Any) -> str:
        """The places of a row: 甲村、乙村等老区村 where the list is open; else as written."""
        places = list(row.places.all()) if hasattr(row, "places") else []
        if not places:
            return str(row.location).strip().rstrip("。，、")
        named = "、".join(
            place.full_name if place.name in self._ambiguous else place.name for place in places
        )
        return f"{named}等老区村" if getattr(row, "open_list", False) else named

    def by(self, organisation: Any) -> str:
        """The name of a body as the subject of a sentence; empty where it is not known."""
        if organisation and organisation.name == self.association.name:
            return self._own_name
        return organisation.name if organisation else ""

    @cached_property
    def _own_name(self) -> str:
        """What the association calls itself in running text: 永济市老促会."""
        called = OrganisationAlias.objects.filter(
            organisation__association=self.association,
            organisation__name=self.association.name,
            name__endswith="老促会",
        )
        return max(called.values_list("name", flat=True), key=len, default=self.association.name)

    @cached_property
    def _ambiguous(self) -> frozenset[str]:
        same = (
            Place.objects.filter(
                area_code__startswith=self.association.area_code,
                level__in=(Level.VILLAGE, Level.NATURAL_VILLAGE),
            )
            .order_by()
            .values("name")
            .annotate(places=Count("pk"))
            .filter(places__gt=1)
        )
        return frozenset(row["name"] for row in same)
