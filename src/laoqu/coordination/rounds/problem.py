"""The question a round puts to the engine, as its file has it, made from the registers.

Needs and funds are called by their codes, villages and townships by their names, so that the
engine's sentences can be read as they are.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from laoqu.access.rules import rows
from laoqu.areas.funds.models import Fund, Verdict, use_text
from laoqu.areas.funds.services import judge
from laoqu.areas.needs.models import Need
from laoqu.areas.places.models import Place
from laoqu.areas.projects.stages import UNFINISHED
from laoqu.coordination.overlaps.models import OPEN, OverlapPair, Relation
from laoqu.coordination.overlaps.models import Stage as OverlapStage
from laoqu.coordination.rounds.models import LimitKind, Round, RoundChannel, RoundLimit, RoundNeed
from laoqu.coordination.rounds.scoring import Background, Score
from laoqu.register.models import State
from laoqu_engines.values.money import from_yuan


@dataclass(frozen=True)
class Earmark:
    """Whether a fund may pay for a need, and the clause or place that says so."""

    allowed: bool
    why: str


def cost(need: Need) -> int:
    """What the funds are to pay, in fen: the estimate without what the village raises itself."""
    return from_yuan((need.estimated or 0) - (need.self_raised or 0))


def township_of(place: Place) -> Place | None:
    """The township a place lies in; itself where it is one."""
    here: Place | None = place
    while here is not None and here.level != "township":
        here = here.parent
    return here


def villages_name(need: Need) -> str:
    """The village of a need, or all of them joined: together they are one claimant."""
    return "、".join(place.full_name for place in need.places.all())


class Material:
    """What a round is made of, read from the registers in a fixed number of queries."""

    def __init__(self, found: Round) -> None:
        self.round = found
        places = Prefetch("need__places", Place.objects.select_related("parent__parent"))
        self.chosen: list[RoundNeed] = list(
            found.chosen.select_related("need", "after__need").prefetch_related(
                places, "need__projects"
            )
        )
        self.channels: list[RoundChannel] = list(
            found.channels.select_related("fund__policy", "fund__manager").prefetch_related(
                "fund__places", "fund__policy__clauses"
            )
        )
        self.limits: list[RoundLimit] = list(found.limits.select_related("place__parent"))
        self.needs: dict[str, Need] = {one.need.code: one.need for one in self.chosen}
        self.funds: dict[str, Fund] = {one.fund.code: one.fund for one in self.channels}

    @cached_property
    def background(self) -> Background:
        """Income and help of the villages."""
        return Background(self.round, list(self.needs.values()))

    @cached_property
    def scores(self) -> dict[str, Score]:
        """The score of each need, by its code."""
        return {code: self.background.score(need) for code, need in self.needs.items()}

    @cached_property
    def earmarks(self) -> dict[tuple[str, str], Earmark]:
        """Whether a fund may pay for a need, by the codes of need and fund."""
        return {
            (need.code, fund.code): _earmark(need, fund)
            for need in self.needs.values()
            for fund in self.funds.values()
        }

    @cached_property
    def categories(self) -> dict[str, str]:
        """The category by which the engine knows each need.

        Needs of one category that the clauses judge differently from most of their kind get a
        category of their own, since earmarks of the engine speak of categories.
        """
        judged = {
            code: tuple(_by_clause(need, fund).allowed for fund in self.funds.values())
            for code, need in self.needs.items()
        }
        usual: dict[str, Counter[tuple[bool, ...]]] = {}
        for code, need in self.needs.items():
            usual.setdefault(need.category, Counter())[judged[code]] += 1
        most = {name: counts.most_common(1)[0][0] for name, counts in usual.items()}
        return {
            code: str(need.get_category_display())
            + ("" if judged[code] == most[need.category] else f"（{code}）")
            for code, need in self.needs.items()
        }

    @override(settings.LANGUAGE_CODE)
    def to_json(self) -> dict[str, Any]:
        """The problem as the engine's file has it, the same in whatever language one reads."""
        return {
            "needs": [self._need(one) for one in self.chosen],
            "channels": [self._channel(one) for one in self.channels],
            "limits": [_limit(one) for one in self.limits],
            "villages": self._villages(),
        }

    def _villages(self) -> list[dict[str, Any]]:
        """What each village may have received at most in the years before."""
        received = {
            villages_name(need): self.background.received(need)
            for need in self.needs.values()
            if need.places.all()
        }
        return [{"id": name, "earlier_fen": from_yuan(received[name])} for name in sorted(received)]

    def _need(self, one: RoundNeed) -> dict[str, Any]:
        need = one.need
        townships = {township.name for p in need.places.all() if (township := township_of(p))}
        return {
            "id": need.code,
            "village": villages_name(need) or need.code,
            "township": townships.pop() if len(townships) == 1 else None,
            "category": self.categories[need.code],
            "cost_fen": cost(need),
            "benefit": float(self.scores[need.code].value),
            "people": need.people or 0,
            "divisible": one.divisible,
            "min_stage_fen": from_yuan(one.min_stage) if one.min_stage else None,
            "group": self.groups.get(need.code),
            "requires": [one.after.need.code] if one.after else [],
            "continuing": any(project.stage in UNFINISHED for project in need.projects.all()),
            "years_unserved": self.background.years_unserved(need),
            "pinned": one.pin or None,
        }

    def _channel(self, one: RoundChannel) -> dict[str, Any]:
        fund = one.fund
        within = [need for need in self.needs.values() if _by_place(need, fund).allowed]
        return {
            "id": fund.code,
            "funder": str(fund.manager or fund.name),
            "budget_fen": from_yuan(one.budget),
            "categories": sorted(
                {
                    self.categories[need.code]
                    for need in self.needs.values()
                    if _by_clause(need, fund).allowed
                }
            ),
            "places": sorted({villages_name(need) for need in within})
            if fund.places.all()
            else None,
            "deadline": fund.spend_by or None,
            "fee_share": float(one.fee_percent / 100),
            "match_share": float(one.match_percent / 100),
        }

    @cached_property
    def groups(self) -> dict[str, str]:
        """The groups of needs that may be one work, by the code of each: one at most is funded."""
        asked = Q(stage__in=OPEN, relation__in=(Relation.DUPLICATE, Relation.PART_OF))
        pairs = rows(self.round.association, OverlapPair).filter(
            asked | Q(stage=OverlapStage.CONFIRMED),
            first_code__in=self.needs,
            second_code__in=self.needs,
        )
        found: dict[str, set[str]] = {}
        for codes in pairs.exclude(state=State.VOID).values_list("first_code", "second_code"):
            together = set(codes).union(*(found.get(code, set()) for code in codes))
            found.update(dict.fromkeys(together, together))
        return {code: _("可能重复：") + "、".join(sorted(found[code])) for code in found}


def _earmark(need: Need, fund: Fund) -> Earmark:
    by_place = _by_place(need, fund)
    return _by_clause(need, fund) if by_place.allowed else by_place


def _by_place(need: Need, fund: Fund) -> Earmark:
    allowed = list(fund.places.all())
    outside = [
        place.name
        for place in need.places.all()
        if allowed and not any(place.area_code.startswith(area.prefix) for area in allowed)
    ]
    if outside:
        told = {"places": "、".join(outside)}
        return Earmark(False, _("%(places)s不在这笔资金的可用地区") % told)
    return Earmark(True, "")


def _by_clause(need: Need, fund: Fund) -> Earmark:
    """A forbidden use is refused; where a policy names what it allows, one of these must fit."""
    if fund.policy is None:
        return Earmark(True, _("没有写明用途限制"))
    [finding] = judge(use_text(need), [fund.policy])
    named = [(c, words) for c, words in finding.clauses if c.verdict == Verdict.FORBIDDEN]
    named = named or list(finding.clauses)
    if named:
        clause, words = named[0]
        allowed = clause.verdict == Verdict.ALLOWED
        sentence = _("允许") if allowed else _("不允许")
        told = f"{sentence}：{clause.content}（{clause.citation}），" + _("写到“%(words)s”") % {
            "words": "、".join(words)
        }
        return Earmark(allowed, told)
    limited = any(clause.verdict == Verdict.ALLOWED for clause in fund.policy.clauses.all())
    if limited:
        told = _("不在“%(policy)s”列出的用途里") % {"policy": fund.policy.name}
        return Earmark(False, told)
    return Earmark(True, _("没有条款禁止"))


def _limit(one: RoundLimit) -> dict[str, Any]:
    if one.kind == LimitKind.UNSERVED_FIRST:
        return {"kind": one.kind, "years": one.number}
    scope = {}
    if one.place is not None:
        township = one.place.level == "township"
        scope = {
            "township" if township else "village": one.place.name
            if township
            else one.place.full_name
        }
    elif one.category:
        scope = {"category": str(one.get_category_display())}
    made: dict[str, Any] = {"kind": one.kind, "scope": scope}
    if one.kind in (LimitKind.CAP, LimitKind.FLOOR):
        return {**made, "amount_fen": from_yuan(one.amount or 0)}
    share = one.kind == LimitKind.SHARE
    return {**made, "at_least": (one.number or 0) / 100 if share else one.number}
