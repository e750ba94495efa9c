"""What a plan says, made ready to be read: by need, by fund, by village, and beside another."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from laoqu.areas.funds.models import Fund
from laoqu.areas.needs.models import Need
from laoqu.coordination.rounds.models import Departure, Progress, Round, RoundNeed, Rule, Solution
from laoqu.coordination.rounds.problem import Material, villages_name
from laoqu.coordination.rounds.scoring import Help, Score
from laoqu_engines.allocation import Problem
from laoqu_engines.allocation.fairness import Fairness, fairness
from laoqu_engines.values.money import wan_yuan

Payments = dict[str, dict[str, int]]
"""Fen by code of the fund, by code of the need; only what is paid."""


def payments_of(rows: Sequence[dict[str, Any]]) -> Payments:
    """The payments of a plan's JSON."""
    found: Payments = defaultdict(dict)
    for row in rows:
        found[row["need"]][row["channel"]] = row["amount_fen"]
    return dict(found)


@dataclass(frozen=True)
class Paid:
    """One payment towards a need."""

    fund: Fund
    fen: int

    def words(self) -> str:
        """“资金名 30万元”."""
        return f"{self.fund.name} {wan_yuan(self.fen)}"


@dataclass(frozen=True)
class NeedRow:
    """One need in a plan: what it gets, from whom, and why."""

    chosen: RoundNeed
    score: Score
    points: float
    """The score as the plan was worked out with."""
    cost_fen: int
    paid: tuple[Paid, ...]
    told: str = ""
    """The engine's reason, with names in place of codes."""
    estimate: bool = False
    departure: Departure | None = None

    @property
    def need(self) -> Need:
        """The need itself."""
        return self.chosen.need

    @property
    def villages(self) -> str:
        """Its village, or all of them."""
        return villages_name(self.need)

    @property
    def paid_fen(self) -> int:
        """What it gets in all."""
        return sum(one.fen for one in self.paid)

    def paid_words(self) -> str:
        """Who pays how much, on one line."""
        return "、".join(one.words() for one in self.paid)

    def cost_words(self) -> str:
        """What it costs the funds."""
        return wan_yuan(self.cost_fen)

    def total_words(self) -> str:
        """What it gets, in 万元."""
        return wan_yuan(self.paid_fen)


@dataclass(frozen=True)
class FundRow:
    """One fund in a plan."""

    fund: Fund
    budget_fen: int
    paid_fen: int
    fee_fen: int
    price: float | None

    @property
    def left_fen(self) -> int:
        """What of the budget stays."""
        return self.budget_fen - self.paid_fen - self.fee_fen

    @property
    def percent(self) -> int:
        """How much of the budget is used."""
        return (
            round((self.budget_fen - self.left_fen) * 100 / self.budget_fen)
            if self.budget_fen
            else 0
        )

    def words(self) -> dict[str, str]:
        """Its amounts in 万元."""
        return {
            "budget": wan_yuan(self.budget_fen),
            "paid": wan_yuan(self.paid_fen),
            "fee": wan_yuan(self.fee_fen) if self.fee_fen else "",
            "left": wan_yuan(self.left_fen),
        }

    def price_words(self) -> str:
        """What one more 万元 would bring, in words."""
        if self.price is None:
            return _("这种算法不算")
        if not self.price:
            return _("钱够用，再加也不多办") if self.left_fen else _("再加也不多办，卡在别处")
        return _("再加 1 万元，总得分约多 %(more)s") % {"more": f"{self.price * 10_000:.2f}"}


@dataclass(frozen=True)
class VillageRow:
    """What a village received before, and receives now."""

    name: str
    helped: tuple[Help, ...]
    fen: int
    needs: int

    @property
    def words(self) -> dict[str, str]:
        """Its amounts in 万元; several villages of one need are not added up."""
        one = self.helped[0] if len(self.helped) == 1 else None
        before = {
            "sole": wan_yuan(int(one.sole * 100)) if one else "—",
            "shared": wan_yuan(int(one.shared * 100)) if one else "—",
            "upper": wan_yuan(int(one.upper_bound * 100)) if one else "—",
        }
        return {**before, "now": wan_yuan(self.fen)}


class Result:
    """A plan over the material of its round: the engine's own, or as the meeting changed it."""

    def __init__(self, material: Material, solution: Solution, decided: bool = False) -> None:
        self.material = material
        self.solution = solution
        self.plan: dict[str, Any] = solution.plan or {}
        self.problem: dict[str, Any] = solution.problem
        self.departures: dict[str, Departure] = {}
        if decided:
            own = material.round.departures.filter(withdrawn=False).select_related("need")
            self.departures = {one.need.code: one for one in own}

    @property
    def feasible(self) -> bool:
        """Whether there is a plan at all."""
        return self.plan.get("status") in ("optimal", "feasible")

    @cached_property
    def proposed(self) -> Payments:
        """What the engine proposes."""
        return payments_of(self.plan.get("payments", []))

    @cached_property
    def payments(self) -> Payments:
        """What the engine proposes, with the departures of the meeting in its place."""
        found = {**self.proposed}
        for code, departure in self.departures.items():
            found[code] = {p["channel"]: p["amount_fen"] for p in departure.payments}
        return {code: paid for code, paid in found.items() if paid}

    @cached_property
    def needs(self) -> list[NeedRow]:
        """All needs of the round, those that get most points first."""
        reasons = {one["id"]: one["reason"] for one in self.plan.get("needs", [])}
        asked = {one["id"]: (one["benefit"], one["cost_fen"]) for one in self.problem["needs"]}
        made = [
            NeedRow(
                one,
                self.material.scores[one.need.code],
                *asked.get(one.need.code, (0.0, 0)),
                self._paid(one.need.code),
                self._told(one.need.code, reasons.get(one.need.code, {}).get("text", "")),
                bool(reasons.get(one.need.code, {}).get("estimate")),
                self.departures.get(one.need.code),
            )
            for one in self.material.chosen
        ]
        return sorted(made, key=lambda row: (-row.points, row.need.code))

    @cached_property
    def _names(self) -> dict[str, str]:
        named: dict[str, Any] = {**self.material.needs, **self.material.funds}
        return {code: f"“{row.name}”" for code, row in named.items()}

    def _told(self, need: str, text: str) -> str:
        """Why a need is treated so: of a funded one, by which clause each fund may pay."""
        paid = self.payments.get(need, {})
        clauses = [self.material.earmarks[need, fund].why for fund in paid if fund in self._names]
        return "；".join(dict.fromkeys(clauses)) if paid else self.readable(text)

    def readable(self, text: str) -> str:
        """A sentence of the engine in the words of the pages: names in place of codes."""
        codes = "|".join(re.escape(code) for code in self._names)
        named = re.sub(rf"(?:{codes})(?!\d)", lambda m: self._names[m[0]], text) if codes else text
        return named.replace("总效益", "总得分").replace("效益", "得分")

    @property
    def binding(self) -> list[str]:
        """The rules and funds used to their end, in words."""
        return [self.readable(words) for words in self.plan.get("binding", [])]

    @property
    def conflict(self) -> list[str]:
        """The conditions that clash, in words; leaving out any one of them would do."""
        return [self.readable(words) for words in self.plan.get("conflict", [])]

    def _paid(self, need: str) -> tuple[Paid, ...]:
        own = self.payments.get(need, {})
        return tuple(
            Paid(fund, own[code]) for code, fund in self.material.funds.items() if own.get(code)
        )

    @property
    def funded(self) -> list[NeedRow]:
        """The needs that get money."""
        return [row for row in self.needs if row.paid]

    @property
    def unfunded(self) -> list[NeedRow]:
        """The needs that get none."""
        return [row for row in self.needs if not row.paid]

    @cached_property
    def funds(self) -> list[FundRow]:
        """All funds of the round with what they pay."""
        prices = {one["id"]: one.get("price") for one in self.plan.get("channels", [])}
        made = []
        for told in self.problem["channels"]:
            fund = self.material.funds.get(told["id"])
            if fund is None:
                continue
            paid = sum(own.get(told["id"], 0) for own in self.payments.values())
            fee = -int(-(round(told["fee_share"] * 10**6) * paid) // 10**6)
            made.append(FundRow(fund, told["budget_fen"], paid, fee, prices.get(told["id"])))
        return made

    @cached_property
    def villages(self) -> list[VillageRow]:
        """What each village received before and receives now, those without anything first."""
        helped: dict[str, tuple[Help, ...]] = {}
        money: dict[str, int] = defaultdict(int)
        count: dict[str, int] = defaultdict(int)
        for row in self.needs:
            known = self.material.background.help
            helped[row.villages] = tuple(known[place.pk] for place in row.need.places.all())
            money[row.villages] += row.paid_fen
            count[row.villages] += bool(row.paid)
        made = [VillageRow(name, helped[name], money[name], count[name]) for name in helped]
        return sorted(made, key=lambda row: (row.fen, row.name))

    @property
    def benefit(self) -> float:
        """The points of what is funded, in part where a need is paid in part."""
        return sum(row.points * row.paid_fen / row.cost_fen for row in self.needs if row.cost_fen)

    @property
    def paid_fen(self) -> int:
        """All money of the plan."""
        return sum(row.paid_fen for row in self.needs)

    @property
    def served(self) -> int:
        """How many villages get something."""
        return sum(1 for row in self.villages if row.fen)

    @cached_property
    def fairness(self) -> Fairness:
        """How evenly money reaches the villages: before, by this plan, and both together."""
        paid = {row.need.code: row.paid_fen for row in self.needs}
        return fairness(Problem.from_json(self.problem), paid)

    @property
    def gini(self) -> float:
        """How unevenly the villages share the money of this plan: 0 is even."""
        return self.fairness.plan.gini_by_village

    @property
    def never_served(self) -> tuple[str, ...]:
        """Villages that got nothing before as far as the ledger knows, and get nothing now."""
        return self.fairness.never_served

    def evenness(self) -> list[tuple[str, list[str]]]:
        """The measures in words, each before, by this plan and together."""
        found = self.fairness
        sides = [one for one in (found.before, found.plan, found.after) if one is not None]
        return [
            (_("得到帮扶的村"), [f"{one.coverage:.0%}" for one in sides]),
            (_("村与村的不均程度"), [f"{one.gini_by_village:.2f}" for one in sides]),
            (_("按人头的不均程度"), [f"{one.gini_by_head:.2f}" for one in sides]),
            (_("得到最少的村"), [wan_yuan(one.least_by_village) for one in sides]),
            (_("得到最多的村"), [wan_yuan(one.most_by_village) for one in sides]),
        ]

    def money_words(self) -> str:
        """All money of the plan in 万元."""
        return wan_yuan(self.paid_fen)


@dataclass(frozen=True)
class Difference:
    """What changes for one need from one plan to another."""

    need: Need
    villages: str
    before: str
    after: str
    gain_fen: int

    @property
    def gain_words(self) -> str:
        """How much more or less, in 万元."""
        return ("＋" if self.gain_fen > 0 else "－" if self.gain_fen < 0 else "") + wan_yuan(
            abs(self.gain_fen)
        )


def differences(before: Result, after: Result) -> list[Difference]:
    """The needs that are paid otherwise in `after` than in `before`: those that lose most first."""
    now = {row.need.code: row for row in after.needs}
    found = []
    for row in before.needs:
        other = now.get(row.need.code)
        if other is not None and other.paid != row.paid:
            found.append(
                Difference(
                    row.need,
                    row.villages,
                    row.paid_words() or _("不安排"),
                    other.paid_words() or _("不安排"),
                    other.paid_fen - row.paid_fen,
                )
            )
    return sorted(found, key=lambda one: (one.gain_fen, one.need.code))


def latest(found: Round) -> dict[Rule, Solution]:
    """The last answer of each rule."""
    known: dict[Rule, Solution] = {}
    for solution in found.solutions.order_by("asked_at", "pk"):
        known[Rule(solution.rule)] = solution
    return {rule: known[rule] for rule in Rule if rule in known}


def before(solution: Solution) -> Solution | None:
    """The answer of the same rule that was worked out before this one."""
    earlier = solution.round.solutions.filter(
        rule=solution.rule, progress=Progress.DONE, asked_at__lt=solution.asked_at
    )
    return earlier.exclude(pk=solution.pk).order_by("-asked_at", "-pk").first()
