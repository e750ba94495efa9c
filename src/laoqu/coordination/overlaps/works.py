"""The ledger as works: every need, project and line of money that stands, one work a village.

A line of money for several works gives one for each of them. An amount for several villages or
works stays joint. What was voided, withdrawn, merged, reversed or removed
is left out.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.needs.models import GONE, Need
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Level, Place
from laoqu.areas.places.services import successors
from laoqu.areas.projects.models import Project
from laoqu.areas.projects.stages import Stage as ProjectStage
from laoqu.register.cells import text_of
from laoqu.register.models import Record, State, lines
from laoqu_engines.overlap import Work

MODELS: tuple[type[Record], ...] = (Need, Project, Contribution)
"""The registers whose rows are works."""

MONEY = {Need: "estimated", Project: "planned", Contribution: "amount"}
DEPARTMENT = {Need: "lead", Project: "department", Contribution: "funder"}
FUND = {Need: "matched_with", Project: "financing", Contribution: ""}
STANDING: dict[type[Record], Q] = {
    Need: ~Q(stage__in=GONE),
    Project: ~Q(stage__in=(ProjectStage.REMOVED, ProjectStage.TERMINATED, ProjectStage.SCRAPPED)),
    Contribution: Q(reverses=None, reversed_by=None),
}


def amount_of(row: Record) -> Decimal | None:
    """What the work costs, or is to cost."""
    return getattr(row, MONEY[type(row)])  # type: ignore[no-any-return]


def department_of(row: Record) -> Organisation | None:
    """The body that leads, builds or pays."""
    return getattr(row, DEPARTMENT[type(row)])  # type: ignore[no-any-return]


def name_of_work(row: Record) -> str:
    """What the work is called: its name, of a line of money what it was for."""
    works = "、".join(lines(row.works))  # type: ignore[attr-defined]
    return works or row.title() if isinstance(row, Contribution) else row.title()


def scale_of(row: Any) -> str:
    """How much of it: the number with its unit."""
    return "" if row.count is None else f"{row.count.normalize():f}{row.unit}"


def content_of(row: Any) -> str:
    """The work and its scale in the words of the row."""
    where = "" if isinstance(row, Contribution) else row.location
    words = [*lines(row.works), scale_of(row), where]
    if not row.works and isinstance(row, Need):
        words.append(row.problem)
    return "；".join(word for word in words if word)


def items_of(row: Any) -> list[tuple[str, str]]:
    """Name and content of each single work: of a line of money one for each line of its works."""
    several = lines(row.works) if isinstance(row, Contribution) else []
    if len(several) > 1:
        return [(item, "") for item in several]
    return [(several[0] if several else row.name if hasattr(row, "name") else "", content_of(row))]


def standing(association: Association, model: type[Record]) -> QuerySet[Any]:
    """The rows of a register that are works, with all that a work is made of fetched at once."""
    places = Place.objects.select_related("parent__parent__parent")
    return (
        model._default_manager.filter(STANDING[model], association=association)
        .exclude(state=State.VOID)
        .select_related(DEPARTMENT[model])
        .prefetch_related(Prefetch("places", places))
    )


def rows_of(association: Association, codes: Iterable[str]) -> dict[str, Record]:
    """The rows that the codes name, standing or not, by code; a query a register."""
    wanted = sorted(set(codes))
    places = Prefetch("places", Place.objects.select_related("parent__parent__parent"))
    found: dict[str, Record] = {}
    for model in MODELS:
        named = [code for code in wanted if code.startswith(model.CODE_PREFIX)]
        if named:
            own = model._default_manager.filter(association=association, code__in=named)
            own = own.select_related(DEPARTMENT[model]).prefetch_related(places)
            found.update({row.code: row for row in own})
    return found


def seen_codes(user: object, association: Association, codes: Iterable[str]) -> set[str]:
    """Those of the codes whose rows this person may see; a query a register."""
    wanted = sorted(set(codes))
    seen: set[str] = set()
    for model in MODELS:
        named = [code for code in wanted if code.startswith(model.CODE_PREFIX)]
        if named:
            own = rows(user, model).filter(association=association, code__in=named)
            seen.update(own.order_by().values_list("code", flat=True))
    return seen


@dataclass(frozen=True)
class Draft:
    """A row as it is being typed or imported, under a name of its own, with the places meant."""

    key: str
    row: Record
    places: Sequence[Place]
    needs: Sequence[Need] = ()
    """The needs that a project says it solves."""


@dataclass
class Works:
    """Works and the rows they were made of, by the key that is their line."""

    association: Association
    works: list[Work] = field(default_factory=list)
    rows: dict[str, Record] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    """The place of each work, by the work's id."""
    unsplit: set[str] = field(default_factory=set)
    """Lines that name several villages and several works, and not which village gets which."""
    linked: set[frozenset[str]] = field(default_factory=set)
    """Pairs of lines that are known to belong together, so that nobody need be asked."""
    successors: Mapping[int, Place] = field(default_factory=dict)

    def add(self, key: str, row: Record, places: Sequence[Place]) -> None:
        """Works for each place of a row, under the village that the place is today."""
        self.rows[key] = row
        money = amount_of(row)
        fen = None if money is None else int(money * 100)
        items = items_of(row)
        if len(items) > 1 and (len(places) > 1 or getattr(row, "open_list", False)):
            self.unsplit.add(key)
        sole = len(places) == 1 and len(items) == 1 and not getattr(row, "open_list", False)
        department = department_of(row)
        common = {
            "county_code": self.association.area_code[:6],
            "department": department.name if department else "",
            "fund": getattr(row, FUND[type(row)]) if FUND[type(row)] else "",
            "year": row.year,
            "status": text_of(row, "stage"),
            "amount_fen": fen if sole else None,
            "joint_amount_fen": None if sole else fen,
            "line": key,
        }
        for number, (name, content) in enumerate(items):
            said = {**common, "name": name, "content": content}
            for place in places:
                today = self.successors.get(place.pk, place)
                made = f"{key}/{place.pk}/{number}"
                self.places[made] = today
                self.works.append(Work(id=made, **{**said, **where(today)}))  # type: ignore[arg-type]
            if not places:
                self.works.append(Work(id=f"{key}//{number}", **said))  # type: ignore[arg-type]

    def link(self, one: str, other: str) -> None:
        """These two belong together by what the ledger says itself."""
        self.linked.add(frozenset((one, other)))


def where(place: Place) -> dict[str, str]:
    """The levels above and at a place by their names."""
    fields = {
        Level.COUNTY: "county",
        Level.TOWNSHIP: "township",
        Level.VILLAGE: "village",
        Level.NATURAL_VILLAGE: "natural_village",
    }
    named: dict[str, str] = {}
    level: Place | None = place
    while level is not None and level.level in fields:
        named[fields[Level(level.level)]] = level.name
        level = level.parent if level.level != Level.COUNTY else None
    if place.area_code:
        named["county_code"] = place.area_code[:6]
    return named


def works_of(
    association: Association, found: Iterable[Record], drafts: Sequence[Draft] = ()
) -> Works:
    """The works of rows (with places prefetched) and of drafts; linked rows are noted as such."""
    made = Works(association, successors=successors(association))
    for row in found:
        made.add(row.code, row, list(row.places.all()))  # type: ignore[attr-defined]
    for draft in drafts:
        made.add(draft.key, draft.row, draft.places)
        for need in draft.needs:
            made.link(draft.key, need.code)
    _link_what_belongs_together(made)
    return made


def _link_what_belongs_together(made: Works) -> None:
    """A line and its parts; a project with its needs, and with the money that pays for it.

    Two projects for one need are not linked: they may well be one work built twice.
    """
    money = {row.pk: code for code, row in made.rows.items() if isinstance(row, Contribution)}
    parts: dict[int, list[str]] = defaultdict(list)
    for code, row in made.rows.items():
        if isinstance(row, Contribution) and row.part_of_id:
            parts[row.part_of_id].append(code)
            made.link(code, money.get(row.part_of_id, code))
    with_project: dict[str, list[str]] = defaultdict(list)
    solved = Project.needs.through._default_manager.filter(project__association=made.association)
    for project, need in solved.values_list("project__code", "need__code"):
        with_project[project].append(need)
        made.link(project, need)
    through = Contribution.projects.through._default_manager
    paid = through.filter(contribution__association=made.association)
    for key, line, project in paid.values_list(
        "contribution", "contribution__code", "project__code"
    ):
        for one in (line, *parts[key]):
            for other in (project, *with_project[project]):
                made.link(one, other)
        with_project[project].extend((line, *parts[key]))


def around(association: Association, places: Sequence[Place]) -> Q:
    """The condition on places of rows that may be about the same spot as one of these places.

    The villages themselves, what lies in them, what they were before, and the levels above them.
    """
    before = [key for key, place in successors(association).items() if place in places]
    keys = {place.pk for place in places} | set(before)
    above = {place.parent_id for place in places if place.level != Level.COUNTY} - {None}
    below = [place.prefix for place in places if place.level == Level.TOWNSHIP]
    condition = Q(pk__in=keys | above) | Q(parent__in=keys)
    for prefix in below:
        condition |= Q(area_code__startswith=prefix)
    return condition


def fingerprint(row: Record) -> str:
    """What a record says of its work, in 64 digits: another fingerprint means another content."""
    money = amount_of(row)
    said = [
        name_of_work(row),
        content_of(row),
        str(row.year),
        "" if money is None else str(int(money * 100)),
        str(getattr(row, f"{DEPARTMENT[type(row)]}_id") or ""),
        *sorted(str(place.pk) for place in row.places.all()),  # type: ignore[attr-defined]
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def kind_label(row: Model) -> str:
    """老区需求, 帮扶项目 or 帮扶资金."""
    return str(row._meta.verbose_name)


def place_line(place: Place) -> str:
    """镇 › 村 › 自然村."""
    named = where(place)
    levels = (named.get(level, "") for level in ("township", "village", "natural_village"))
    return " › ".join(level for level in levels if level) or _("全县")
