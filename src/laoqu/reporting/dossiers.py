"""一村一档 and the file of a department: all that the ledger has of one village, or of one unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet

from laoqu.access.rules import rows
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.services import Totals, totals_by_village
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.register.cells import EMPTY, label_of, text_of
from laoqu.register.models import Passage, Source
from laoqu.register.registry import Register, record_url, register_of
from laoqu.register.tables import with_relations

OF_A_VILLAGE = {
    "village-statistics": "place",
    "successions": "successor",
    "liaison-villages": "place",
    "needs": "places",
    "projects": "places",
    "contributions": "places",
    "visits": "places",
    "performances": "places",
    "trainings": "places",
    "surveys": "places",
    "lectures": "places",
    "heritage-sites": "place",
    "showings": "place",
    "book-issues": "place",
}
OF_A_DEPARTMENT = {
    "council-seats": "organisation",
    "liaison-villages": "organisation",
    "contributions": "funder",
    "projects": "department",
    "needs": "lead",
    "funds": "manager",
    "visits": "host",
    "performances": "host",
    "trainings": "host",
    "surveys": "host",
    "recommendations": "handler",
    "subscriptions": "subscriber",
}
"""Which registers a file is made of, in their order, and the field that leads to its subject."""


@dataclass(frozen=True)
class Part:
    """The rows of one register: headers, and for each row its address and cells."""

    label: Any
    headers: Sequence[Any]
    lines: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class YearOfMoney:
    """The money of one year; every line counts once, whatever it covers."""

    year: int
    lines: int
    totals: Totals

    @property
    def shared(self) -> Decimal:
        """Lines for several villages together, or without a village."""
        return self.totals.joint + self.totals.unplaced


@dataclass(frozen=True)
class Dossier:
    """A file, ready to be shown and printed."""

    subject: Model
    before: Sequence[Model]
    """Places or units that became part of it; their rows are in the file too."""
    facts: Sequence[tuple[Any, str]]
    money: Sequence[YearOfMoney]
    all_money: Totals
    parts: Sequence[Part]
    passages: Sequence[Passage]

    @property
    def lines(self) -> int:
        """How many lines of money there are."""
        return sum(year.lines for year in self.money)

    @property
    def all_shared(self) -> Decimal:
        """As `YearOfMoney.shared`, over all years."""
        return self.all_money.joint + self.all_money.unplaced


def village_file(user: object, place: Place) -> Dossier:
    """All that this person may see of a village and of those merged into it."""
    return _dossier(user, place, place.with_predecessors(), OF_A_VILLAGE)


def department_file(user: object, organisation: Organisation) -> Dossier:
    """All that this person may see of a unit and of those merged into it."""
    return _dossier(user, organisation, organisation.with_predecessors(), OF_A_DEPARTMENT)


def _dossier(
    user: object, subject: Any, whole: Sequence[Any], registers: dict[str, str]
) -> Dossier:
    """Made of the countable rows of the registers there are."""
    found = {
        slug: _rows(user, Register.registers[slug], path, whole)
        for slug, path in registers.items()
        if slug in Register.registers
    }
    parts = [_part(Register.registers[slug], registers[slug], own) for slug, own in found.items()]
    lines = list(
        found["contributions"].filter(amount__isnull=False).prefetch_related("places__parent")
    )
    return Dossier(
        subject,
        whole[1:],
        _facts(subject),
        _by_year(lines),
        totals_by_village(lines),
        [part for part in parts if part.lines],
        _passages(user, found.values()),
    )


def _rows(user: object, register: Register, path: str, whole: Sequence[Any]) -> QuerySet[Any]:
    """The rows of a register that lead to the subject, each once, the oldest first."""
    inner = register.model._default_manager.filter(**{f"{path}__in": whole})
    own = rows(user, register.model).filter(pk__in=inner.order_by().values("pk"))
    return register.countable(own).order_by("year", "code")


def _part(register: Register, path: str, own: QuerySet[Any]) -> Part:
    """The columns of the list, without the subject itself, and the year that the code says."""
    columns = [column for column in register.columns if column not in (path, "year")]
    return Part(
        register.label,
        [label_of(register.model, column) for column in columns],
        [
            (record_url(row), [text_of(row, column) for column in columns])
            for row in with_relations(register, own)
        ],
    )


def _facts(subject: Model) -> list[tuple[Any, str]]:
    register = register_of(type(subject))
    assert register is not None
    names = [name for section in register.form for name in section.fields]
    shown = [(label_of(type(subject), name), text_of(subject, name)) for name in names]
    return [(label, value) for label, value in shown if value != EMPTY]


def _by_year(lines: Sequence[Contribution]) -> list[YearOfMoney]:
    made = []
    by_year = attrgetter("year")
    for number, group in groupby(sorted(lines, key=by_year), key=by_year):
        of_year = list(group)
        made.append(YearOfMoney(number, len(of_year), totals_by_village(of_year)))
    return made


def _passages(user: object, found: Any) -> list[Passage]:
    """What the rows cite, each passage once, of sources that this person may read."""
    keys: set[int] = set()
    for own in found:
        keys.update(own.order_by().exclude(passages=None).values_list("passages", flat=True))
    readable = rows(user, Source).order_by().values("pk")
    return list(Passage.objects.filter(pk__in=keys, source__in=readable).select_related("source"))
