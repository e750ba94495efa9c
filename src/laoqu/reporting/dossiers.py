"""一村一档 and the file of a department: all that the ledger has of one village, or of one unit."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from laoqu.access.rules import is_inside, rows
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.services import (
    VillageTotal,
    pieces,
    share_of,
    totals_by_village,
    with_parts,
)
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
    "requests": "place",
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
    "requests": "addressee",
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
class Money:
    """What was given in a year, or over all years; every line counts once, whatever it covers."""

    year: int | None
    lines: int
    sole: Decimal
    shared: Decimal
    """Of lines for several villages together, or without a village."""

    @property
    def most(self) -> Decimal:
        """All of a department's money; for a village the upper bound."""
        return self.sole + self.shared


@dataclass(frozen=True)
class Helped:
    """A village that a department helped, and the years in which it did."""

    total: VillageTotal
    years: Sequence[int]


@dataclass(frozen=True)
class Dossier:
    """A file, ready to be shown and printed."""

    subject: Model
    before: Sequence[Model]
    """Places or units that became part of it; their rows are in the file too."""
    facts: Sequence[tuple[Any, str]]
    profile: Model | None
    """The newest statistics of a village, whose words are in `profile_facts`."""
    profile_facts: Sequence[tuple[Any, str]]
    money: Sequence[Money]
    all_money: Money
    helped: Sequence[Helped]
    parts: Sequence[Part]
    passages: Sequence[Passage]


Split = Callable[[Sequence[Contribution]], tuple[Decimal, Decimal]]
"""What of some lines is sole, and what is shared."""


def village_file(user: object, place: Place) -> Dossier:
    """All that this person may see of a village and of those merged into it."""
    whole = place.with_predecessors()
    return _dossier(user, whole, OF_A_VILLAGE, lambda lines: share_of(lines, whole))


def department_file(user: object, organisation: Organisation) -> Dossier:
    """All that this person may see of a unit and of those merged into it."""
    return _dossier(user, organisation.with_predecessors(), OF_A_DEPARTMENT, _given)


def _dossier(user: object, whole: Sequence[Any], paths: dict[str, str], split: Split) -> Dossier:
    """Made of the countable rows of the registers there are."""
    found = {
        slug: _rows(user, Register.registers[slug], path, whole)
        for slug, path in paths.items()
        if slug in Register.registers
    }
    parts = [_part(Register.registers[slug], paths[slug], own) for slug, own in found.items()]
    profile = found["village-statistics"].last() if "village-statistics" in found else None
    lines = list(with_parts(found["contributions"].filter(amount__isnull=False)))
    return Dossier(
        whole[0],
        whole[1:],
        _facts(user, whole[0]),
        profile,
        _facts(user, profile) if profile else [],
        [
            _money(year, [line for line in lines if line.year == year], split)
            for year in sorted({line.year for line in lines})
        ],
        _money(None, lines, split),
        _helped(lines),
        [part for part in parts if part.lines],
        _passages(user, found.values()),
    )


def _given(lines: Sequence[Contribution]) -> tuple[Decimal, Decimal]:
    totals = totals_by_village(lines)
    return totals.sole, totals.joint + totals.unplaced


def _money(year: int | None, lines: Sequence[Contribution], split: Split) -> Money:
    return Money(year, len(lines), *split(lines))


def _helped(lines: Sequence[Contribution]) -> list[Helped]:
    years: dict[Place, set[int]] = defaultdict(set)
    for line in lines:
        for piece in pieces(line):
            for place in piece.places:
                years[place].add(line.year)
    totals = totals_by_village(lines).villages
    return [Helped(total, sorted(years[total.place])) for total in totals]


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


def _facts(user: object, subject: Model) -> list[tuple[Any, str]]:
    register = register_of(type(subject))
    assert register is not None
    inside = is_inside(user, subject)
    written = [name for section in register.form for name in section.fields]
    names = [n for n in (*written, *register.shown) if register.shows(n, inside=inside)]
    shown = [(label_of(type(subject), name), text_of(subject, name)) for name in names]
    return [(label, value) for label, value in shown if value != EMPTY]


def _passages(user: object, found: Any) -> list[Passage]:
    """What the rows cite, each passage once, of sources that this person may read."""
    keys: set[int] = set()
    for own in found:
        keys.update(own.order_by().exclude(passages=None).values_list("passages", flat=True))
    readable = rows(user, Source).order_by().values("pk")
    return list(Passage.objects.filter(pk__in=keys, source__in=readable).select_related("source"))
