"""From the solver's numbers to whole fen: exact payments, or the cut that forbids this choice.

The solver works in floating point, so its choice may break a rule by a fen. Here sums are whole
numbers. Where a choice cannot be paid exactly, a cut says so and the solver looks again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from laoqu_engines.allocation.model import Cut, Model
from laoqu_engines.allocation.payments import Flow
from laoqu_engines.allocation.plan import Payment
from laoqu_engines.allocation.problem import Limit
from laoqu_engines.allocation.rows import Numbers


@dataclass(frozen=True)
class Settled:
    """What every need gets to the fen, who pays, and what more the channel with `more` pays."""

    amounts: dict[str, int]
    payments: tuple[Payment, ...]
    extra_fen: int = 0


@dataclass(frozen=True)
class More:
    """One channel may pay more than it has; divisible needs stay at these sums where they can."""

    channel: int
    amounts: Mapping[str, int]


def settle(model: Model, values: Numbers, more: More | None = None) -> Settled | Cut:
    """The exact plan of a solution, or a cut that every exact plan keeps and this one breaks."""
    found = _Settling(model, values, True, more).result()
    if isinstance(found, Settled) or model.fine:
        return found
    return _Settling(model, values, False, more).result()


class _Settling:
    """One attempt. `open` are divisible needs that start a little low and are topped up exactly,
    first to the solver's sum, then as far as it goes; with `snap`, sums next to the full cost are
    the full cost."""

    def __init__(self, model: Model, values: Numbers, snap: bool, more: More | None) -> None:
        self.model, self.problem, self.more = model, model.problem, more
        chosen, sums = model.amounts(values)
        self.chosen = {int(i) for i in chosen}
        self.amounts: dict[str, int] = {}
        self.open: list[int] = []
        self.slack = slack = 2 + int(model.unit * 1e-5)
        for i, about in zip(chosen, sums, strict=True):
            need, fen = self.problem.needs[i], int(np.rint(about))
            full = not need.divisible or (snap and fen >= need.cost_fen - slack)
            known = more.amounts.get(need.id, 0) if more else 0
            if known and abs(known - fen) <= slack and not model.fine:
                fen = known
            elif full and not model.fine:
                fen = need.cost_fen
            elif not model.fine:
                fen -= slack
                self.open.append(int(i))
            self.amounts[need.id] = min(max(fen, need.least_fen), need.cost_fen)

    def result(self) -> Settled | Cut:
        flow = Flow(self.problem, self.amounts, {self.problem.needs[i].id for i in self.open})
        short = flow.missing(self.more.channel) if self.more else flow.run()
        if isinstance(short, set):
            return self._short(short)
        self.sums = {place: self._sum(place) for place in self.model.limit_row}
        self.total = sum(self.amounts.values())
        self.open.sort(
            key=lambda i: -self.problem.needs[i].benefit / self.problem.needs[i].cost_fen
        )
        for most in (self.slack, self.model.unit * 10**7):
            for i in self.open:
                self._top_up(i, most, flow)
        for place, found in self.sums.items():
            limit = self.problem.limits[place]
            if not self._kept(limit, found, self.total):
                return self._broken(limit, self.model.members[place])
        return Settled(self.amounts, flow.payments(), short or 0)

    def _sum(self, place: int) -> int:
        needs = self.problem.needs
        inside = self.chosen.intersection(self.model.members[place])
        if self.problem.limits[place].kind == "serve":
            return len(inside)
        return sum(self.amounts[needs[i].id] for i in inside)

    def _kept(self, limit: Limit, found: int, total: int) -> bool:
        if limit.kind == "cap":
            return found <= limit.amount_fen
        if limit.kind == "floor":
            return found >= limit.amount_fen
        if limit.kind == "share":
            return found >= limit.at_least * total
        return limit.kind != "serve" or found >= limit.at_least

    def _top_up(self, i: int, most: int, flow: Flow) -> None:
        """Give need `i` up to `most` more, as far as cost, caps, shares and money allow."""
        need, limits = self.problem.needs[i], self.problem.limits
        inside = [place for place in self.sums if i in self.model.members[place]]
        room = min(most, need.cost_fen - self.amounts[need.id])
        for place, found in self.sums.items():
            limit = limits[place]
            if limit.kind == "cap" and place in inside:
                room = min(room, limit.amount_fen - found)
            elif limit.kind == "share" and limit.at_least and place not in inside:
                room = min(room, int(found / limit.at_least) - self.total)
        given = flow.more(need, room) if room > 0 else 0
        self.amounts[need.id] += given
        self.total += given
        for place in inside:
            self.sums[place] += given if limits[place].kind != "serve" else 0

    def _short(self, channels: set[int]) -> Cut:
        """The needs that these channels must pay, if that is more than they have."""
        money = sum(self.problem.channels[j].payable_fen for j in channels)
        weights = {i: self._drawn(i, channels) for i in self.chosen}
        return self._cover(weights, money) or self._never_again()

    def _drawn(self, i: int, channels: set[int]) -> int:
        """The least that a need must draw from these channels when it is funded."""
        need = self.problem.needs[i]
        others = [j for j in self.model.able[i] if j not in channels]
        most = (self.problem.channels[j].most_fen(need.least_fen) for j in others)
        if not need.divisible:
            return max(0, need.cost_fen - sum(most))
        if any(not self.problem.channels[j].match_share for j in others):
            return 0
        part = 1 - sum(1 - self.problem.channels[j].match_share for j in others)
        return max(0, int(part * need.least_fen))

    def _broken(self, limit: Limit, members: Collection[int]) -> Cut:
        needs, inside = self.problem.needs, self.chosen.intersection(members)
        if limit.kind == "cap":
            weights = {i: needs[i].least_fen for i in inside}
            return self._cover(weights, limit.amount_fen) or self._never_again()
        best = sum(needs[i].cost_fen for i in inside)
        outside = self.chosen.difference(members) if limit.kind == "share" else set()
        worst = best + sum(needs[i].least_fen for i in outside)
        if limit.kind == "floor" and best < limit.amount_fen:
            return _change(set(), set(members) - inside)
        if limit.kind == "share" and best < limit.at_least * worst:
            return _change(outside, set(members) - inside)
        return self._never_again()

    def _cover(self, weights: dict[int, int], most: int) -> Cut | None:
        """Not all of the largest needs that together exceed `most`, nor others as large."""
        cover, total = 0, 0
        ordered = sorted(weights, key=lambda i: (-weights[i], i))
        for i in ordered:
            cover, total = cover + 1, total + weights[i]
            if total > most:
                return Cut(tuple(ordered[:cover]), (-1,) * cover, 1 - cover)
        return None

    def _never_again(self) -> Cut:
        """Another choice than this one."""
        return _change(self.chosen, set(range(len(self.problem.needs))) - self.chosen)


def _change(leave: Iterable[int], join: Iterable[int]) -> Cut:
    """At least one need of `leave` is dropped or one of `join` funded."""
    out, in_ = sorted(leave), sorted(join)
    return Cut((*out, *in_), (-1,) * len(out) + (1,) * len(in_), 1 - len(out))
