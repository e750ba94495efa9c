"""Comparing the ledger with itself: what is found becomes questions, asked once.

A pair that a person decided is asked again only when one of its records says something else than
it did then. A question whose records no longer look alike is closed by itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.places.models import Place
from laoqu.coordination.overlaps.models import OPEN, Level, OverlapPair, Relation, Stage, pairs_of
from laoqu.coordination.overlaps.works import (
    MODELS,
    Draft,
    Works,
    around,
    department_of,
    fingerprint,
    rows_of,
    standing,
    works_of,
)
from laoqu.register.links import Links
from laoqu.register.models import Record, State
from laoqu.register.writing import write_made
from laoqu_engines.overlap import Pair, find_overlaps

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many steps of it are done."""


def _silent(_doing: str, _done: int, _of: int) -> None:
    """Nobody watches."""


SHOWN = tuple(Level)


@dataclass
class Found:
    """What the comparison says of two lines: the likeliest of their pairs, and where they meet."""

    first: str
    second: str
    score: float
    level: str
    relation: str
    reason: str
    facility: str = ""
    """The words by which both name the kind of thing that is built."""
    places: list[Place] = field(default_factory=list)

    @property
    def key(self) -> frozenset[str]:
        """The two lines in no order."""
        return frozenset((self.first, self.second))


def compare(made: Works, pairs: Iterable[Pair], about: set[str] | None = None) -> list[Found]:
    """The pairs of works as pairs of lines, likeliest first; what is linked already is left out.

    Args:
        about: only pairs with one of these lines.
    """
    lines = {work.id: work.line for work in made.works}
    found: dict[frozenset[str], Found] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b)):
        first, second = lines[pair.a], lines[pair.b]
        key = frozenset((first, second))
        if pair.level not in SHOWN or len(key) == 1 or key in made.linked:
            continue
        if _names_no_works(made, key, pair):
            continue
        if about is not None and not key & about:
            continue
        known = found.get(key)
        if known is None:
            said = (pair.score, pair.level, pair.relation, pair.reason, pair.facility[:100])
            known = found[key] = Found(first, second, *said)
            if key & made.unsplit and pair.relation in (Relation.DUPLICATE, Relation.PART_OF):
                known.level, known.relation = Level.MEDIUM, Relation.CANNOT_TELL
                known.reason += _(
                    "但有一条写了几个村、几件事，没有写明哪个村办哪一件，所以不能从材料判断。"
                )
        place = made.places.get(pair.a) or made.places.get(pair.b)
        if place is not None and place not in known.places:
            known.places.append(place)
    return list(found.values())


def _names_no_works(made: Works, key: frozenset[str], pair: Pair) -> bool:
    """Whether a line of money says nothing that could be compared, such as “办实事20余项”."""
    money = any(isinstance(made.rows[line], Contribution) for line in key)
    return money and any(item.name == "general" for item in pair.evidence)


@dataclass
class Outcome:
    """What a check changed: questions that are new, asked again, or closed by themselves."""

    rows: int = 0
    new: list[OverlapPair] = field(default_factory=list)
    again: list[OverlapPair] = field(default_factory=list)
    closed: list[OverlapPair] = field(default_factory=list)


def check_ledger(association: Association, progress: Progress = _silent) -> Outcome:
    """Compare the whole ledger of an association; running it again changes nothing."""
    rows: list[Record] = []
    for number, model in enumerate(MODELS):
        progress(_("读台账"), number, len(MODELS))
        rows += standing(association, model)
    made = works_of(association, rows)
    progress(_("比对"), 0, 1)
    found = compare(made, find_overlaps(made.works).pairs)
    progress(_("比对"), 1, 1)
    return _keep(association, made, found, None, progress)


def check_rows(association: Association, changed: Sequence[Record]) -> Outcome:
    """Compare these rows with all others at their villages."""
    codes = {row.code for row in changed}
    asked = pairs_of(sorted(codes), OverlapPair.objects.filter(association=association))
    beside = {code for pair in asked for code in pair.codes}
    keys = {place.pk for row in changed for place in row.places.all()}  # type: ignore[attr-defined]
    places = list(Place.objects.filter(pk__in=keys).select_related("parent"))
    made = works_of(association, nearby(association, places, codes | beside))
    found = compare(made, find_overlaps(made.works).pairs, codes)
    return _keep(association, made, found, codes, _silent)


def nearby(
    association: Association, places: Sequence[Place], codes: Iterable[str] = ()
) -> list[Record]:
    """The rows that may be about the same spot as one of the places, and those with the codes."""
    spots = Place.objects.filter(around(association, places)).order_by().values("pk")
    condition = Q(places__in=spots) | Q(code__in=list(codes))
    found: list[Record] = []
    for model in MODELS:
        near = model._default_manager.filter(condition, association=association)
        found += standing(association, model).filter(pk__in=near.order_by().values("pk"))
    return found


def drafts_beside_ledger(association: Association, drafts: Sequence[Draft]) -> Works:
    """The works of rows not saved yet, and those of the ledger at their villages."""
    places = list({place.pk: place for draft in drafts for place in draft.places}.values())
    own = {draft.row.code for draft in drafts if draft.row.pk}
    beside = [row for row in nearby(association, places) if row.code not in own]
    return works_of(association, beside, drafts)


@transaction.atomic
def _keep(
    association: Association,
    made: Works,
    found: Sequence[Found],
    codes: set[str] | None,
    progress: Progress,
) -> Outcome:
    """Bring the questions in line with what was found, of all rows or of those with the codes."""
    Association.objects.select_for_update().get(pk=association.pk)
    known = OverlapPair.objects.filter(association=association)
    kept = known if codes is None else pairs_of(sorted(codes), known)
    pairs = {frozenset(pair.codes): pair for pair in kept}
    outcome = Outcome(rows=len(made.rows))
    written: list[tuple[Record, Links]] = []
    prints = {code: fingerprint(made.rows[code]) for one in found for code in one.key}
    for number, one in enumerate(found):
        progress(_("记下"), number, len(found))
        pair = pairs.pop(one.key, None)
        if pair is None:
            pair = OverlapPair(association=association)
            outcome.new.append(pair)
        elif not _says_something_new(pair, one, prints):
            continue
        elif not pair.is_open or pair.state == State.VOID:
            outcome.again.append(pair)
        written.append((pair, _ask(pair, made, one, prints)))
    for pair in pairs.values():
        if pair.is_open and pair.first_fingerprint and pair.state != State.VOID:
            _close(pair)
            outcome.closed.append(pair)
            written.append((pair, {}))
    write_made(written, reason=_("系统比对"))
    progress(_("记下"), len(found), len(found))
    return outcome


def _says_something_new(pair: OverlapPair, one: Found, prints: dict[str, str]) -> bool:
    """Whether a record changed or stands again, or an open question would be put differently."""
    if pair.former_stage:  # one of the two had left, and stands again
        return True
    now = tuple(prints[code] for code in pair.codes)
    if (pair.first_fingerprint, pair.second_fingerprint) != now:
        return True
    said = (pair.level, pair.relation, pair.reason)
    return pair.is_open and said != (one.level, one.relation, one.reason)


def _ask(pair: OverlapPair, made: Works, one: Found, prints: dict[str, str]) -> Links:
    """Fill in the question, new or again; a decision that no longer fits is taken back."""
    rows = [made.rows[one.first], made.rows[one.second]]
    if pair.pk:
        pair.version += 1
        pair._change_reason = changed_words(pair, prints) or _("重新比对")
    if not pair.is_open or pair.state == State.VOID:
        pair.stage, pair.state = Stage.PENDING, State.REVIEWED
        pair.conclusion = pair.kept_code = pair.former_stage = pair.ground = pair.decided_on = ""
        pair.decided_by = None
    pair.first_code, pair.second_code = one.first, one.second
    pair.first_fingerprint, pair.second_fingerprint = prints[one.first], prints[one.second]
    pair.year = max(row.year for row in rows)
    pair.facility = one.facility
    pair.score = Decimal(str(round(one.score, 3)))
    pair.level, pair.relation, pair.reason = one.level, one.relation, one.reason
    return _links(rows, one.places)


def _links(rows: Sequence[Record], places: Sequence[Place]) -> Links:
    """Where the two meet, and whom they concern."""
    departments = {department_of(row) for row in rows} - {None}
    met = places or rows[0].places.all()  # type: ignore[attr-defined]
    return {
        "places": [place.pk for place in met],
        "departments": sorted(one.pk for one in departments if one is not None),
    }


def changed_words(pair: OverlapPair, prints: dict[str, str]) -> str:
    """Which of the two records says something else than when they were compared, in words."""
    before = dict(zip(pair.codes, (pair.first_fingerprint, pair.second_fingerprint), strict=True))
    changed = [code for code in pair.codes if before[code] and before[code] != prints.get(code)]
    if not changed:
        return ""
    return _("%(codes)s 改过，请重新研判") % {"codes": "、".join(changed)}


def _close(pair: OverlapPair) -> None:
    pair.state = State.VOID
    pair.first_fingerprint = pair.second_fingerprint = ""
    pair.version += 1
    pair._change_reason = _("记录改过以后不再相像，系统自动撤下")


def complete(pair: OverlapPair) -> None:
    """Check and fill a pair that a person put together by its two codes.

    Errors: `ValidationError` where a code names no record, or the two were compared before.
    """
    found = rows_of(pair.association, pair.codes)
    for name, code in zip(("first_code", "second_code"), pair.codes, strict=True):
        if code not in found:
            raise ValidationError(
                _("%(label)s：需求、项目、帮扶资金里没有编号“%(code)s”，请检查写法。")
                % {"label": _("甲") if name == "first_code" else _("乙"), "code": code}
            )
    others = OverlapPair.objects.filter(association=pair.association).exclude(pk=pair.pk)
    for other in pairs_of([pair.first_code], others).exclude(state=State.VOID):
        if set(other.codes) == set(pair.codes):
            raise ValidationError(
                _("这两条已经在 %(code)s 里比对过，请到那里研判。") % {"code": other.code}
            )
    rows = [found[code] for code in pair.codes]
    first, second = ({p.pk: p for p in row.places.all()} for row in rows)  # type: ignore[attr-defined]
    shared = [place for key, place in first.items() if key in second]
    links = _links(rows, shared or [*first.values(), *second.values()])
    pair.places.set(links["places"])
    pair.departments.set(links["departments"])


def open_for(association: Association, codes: Sequence[str]) -> list[OverlapPair]:
    """The questions about these records that wait for a decision, likeliest first."""
    found = pairs_of(codes, OverlapPair.objects.filter(association=association, stage__in=OPEN))
    return list(found.exclude(state=State.VOID).order_by("-score", "pk"))
