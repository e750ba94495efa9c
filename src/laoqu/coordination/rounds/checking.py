"""Does a plan as the meeting changed it keep every rule? Apart from the engine, to the fen."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from laoqu.coordination.rounds.problem import Material
from laoqu.coordination.rounds.results import Payments
from laoqu_engines.allocation import Limit, Need, Problem
from laoqu_engines.values.money import wan_yuan


@dataclass(frozen=True)
class Fault:
    """A rule that a plan breaks. The meeting may overrule it where it is not `hard`."""

    words: str
    hard: bool


class Check:
    """The faults of a plan over the problem of a round."""

    def __init__(self, material: Material, payments: Payments) -> None:
        self.material = material
        self.problem = Problem.from_json(material.to_json())
        self.needs = {need.id: need for need in self.problem.needs}
        self.payments = {code: own for code, own in payments.items() if code in self.needs}
        self.paid = {code: sum(own.values()) for code, own in self.payments.items()}

    @override(settings.LANGUAGE_CODE)
    def faults(self) -> list[Fault]:
        """All broken rules, those that nobody may overrule first."""
        hard = [*self._channels(), *self._earmarks(), *self._needs(), *self._groups()]
        return [
            *(Fault(words, True) for words in hard),
            *(Fault(words, False) for words in self._limits()),
        ]

    def _name(self, code: str) -> str:
        return f"{code} {self.material.needs[code].name}"

    def _fund(self, code: str) -> str:
        fund = self.material.funds.get(code)
        return fund.name if fund else code

    def _channels(self) -> Iterator[str]:
        """No fund gives more than its budget, its fee included."""
        spent: dict[str, int] = defaultdict(int)
        for own in self.payments.values():
            for code, fen in own.items():
                spent[code] += fen
        for channel in self.problem.channels:
            whole = spent[channel.id] + channel.fee_fen(spent[channel.id])
            if whole > channel.budget_fen:
                yield _("“%(fund)s”要出 %(whole)s，超过这次可用的 %(budget)s") % {
                    "fund": self._fund(channel.id),
                    "whole": wan_yuan(whole),
                    "budget": wan_yuan(channel.budget_fen),
                }

    def _earmarks(self) -> Iterator[str]:
        """Every payment is one that its fund may make, with its match."""
        channels = {channel.id: channel for channel in self.problem.channels}
        for code, own in self.payments.items():
            for fund, fen in own.items():
                told = {"fund": self._fund(fund), "need": self._name(code)}
                if fund not in channels:
                    yield _("“%(fund)s”没有纳入这个方案，不能给“%(need)s”出钱") % told
                    continue
                earmark = self.material.earmarks[code, fund]
                if not earmark.allowed:
                    yield _("“%(fund)s”不能给“%(need)s”出钱，") % told + earmark.why
                elif fen > channels[fund].most_fen(self.paid[code]):
                    yield _("“%(fund)s”给“%(need)s”出钱，别的资金还没有配足") % told

    def _needs(self) -> Iterator[str]:
        """A need is paid in full, or in part where that was allowed; never more than it costs."""
        for code, fen in self.paid.items():
            need = self.needs[code]
            told = {
                "need": self._name(code),
                "paid": wan_yuan(fen),
                "cost": wan_yuan(need.cost_fen),
                "least": wan_yuan(need.least_fen),
            }
            if fen > need.cost_fen:
                yield _("“%(need)s”安排了 %(paid)s，超过要出的 %(cost)s") % told
            elif fen < need.least_fen:
                yield _("“%(need)s”只安排了 %(paid)s，至少要 %(least)s 才办得成") % told

    def _groups(self) -> Iterator[str]:
        """Of needs that overlap one at most; none without what has to come before it."""
        groups: dict[str, list[str]] = defaultdict(list)
        for code in self.paid:
            need = self.needs[code]
            if need.group:
                groups[need.group].append(code)
            for wanted in need.requires:
                if wanted not in self.paid:
                    yield _("“%(need)s”要先办“%(first)s”，它还没有安排") % {
                        "need": self._name(code),
                        "first": self._name(wanted),
                    }
        for members in groups.values():
            if len(members) > 1:
                yield _("%(needs)s可能是重复建设，只能办一条") % {
                    "needs": "、".join(f"“{self._name(code)}”" for code in members)
                }

    def _limits(self) -> Iterator[str]:
        """The rules that the meeting set itself, in their own words, and its pins."""
        for limit, set_by in zip(self.problem.limits, self.material.limits, strict=True):
            if not self._kept(limit):
                yield _("没有做到“%(limit)s”") % {"limit": set_by.words()}
        for need in self.problem.needs:
            told = {"need": self._name(need.id)}
            if need.pinned == "in" and need.id not in self.paid:
                yield _("“%(need)s”标了一定要办，却没有安排") % told
            if need.pinned == "out" and need.id in self.paid:
                yield _("“%(need)s”标了这次不办，却安排了钱") % told

    def _kept(self, limit: Limit) -> bool:
        inside = [self.paid.get(n.id, 0) for n in self.problem.needs if limit.scope.holds(n)]
        if limit.kind == "cap":
            return sum(inside) <= limit.amount_fen
        if limit.kind == "floor":
            return sum(inside) >= limit.amount_fen
        if limit.kind == "share":
            return sum(inside) >= limit.at_least * sum(self.paid.values())
        if limit.kind == "serve":
            return sum(1 for fen in inside if fen) >= limit.at_least
        return self._unserved_come_first(limit.years)

    def _unserved_come_first(self, years: int) -> bool:
        """No long unserved village is passed over for a need that its money could have paid."""
        waiting = [n for n in self.problem.needs if n.years_unserved >= years and not self._free(n)]
        passed = [need for need in waiting if need.id not in self.paid and need.pinned != "out"]
        served = [self.needs[code] for code in self.paid]
        later = [n for n in served if n.years_unserved < years and not n.continuing]
        return not any(self._could_pay(first, other) for first in passed for other in later)

    def _free(self, need: Need) -> bool:
        """Whether no fund may pay the need at all, so that nothing is owed to it."""
        return not any(channel.may_pay(need) for channel in self.problem.channels)

    def _could_pay(self, first: Need, other: Need) -> bool:
        """Whether the money of `other` would have paid `first` in full."""
        channels = {channel.id: channel for channel in self.problem.channels}
        own = self.payments[other.id].items()
        return sum(fen for code, fen in own if channels[code].may_pay(first)) >= first.cost_fen
