"""What if this need were pinned in? The least extra money with which it costs no other benefit,
and the benefit lost without any: both by solving again under the same rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from laoqu_engines.allocation.model import Cut, Model, build, tier_benefit, tiers
from laoqu_engines.allocation.plan import Change
from laoqu_engines.allocation.problem import Channel, Problem
from laoqu_engines.allocation.rows import Numbers
from laoqu_engines.allocation.search import Found, Infeasible, Kept, Search, Work
from laoqu_engines.allocation.settle import More, Settled, settle


@dataclass(frozen=True)
class Loss:
    """Benefit lost when a need is pinned in, and the needs that make room for it."""

    benefit: Fraction
    dropped: tuple[str, ...]


class Counterfactuals:
    """Questions about the needs that a plan leaves out."""

    def __init__(self, problem: Problem, paid: dict[str, int]) -> None:
        self.problem, self.paid, self.work = problem, paid, Work()
        self.model = build(problem, twins=False)
        self.kept = [Kept(tier, tier_benefit(problem, tier, paid)) for tier in tiers(problem)]

    def loss(self, i: int) -> Loss | None:
        """What pinning need `i` in costs without more money; None if it cannot be."""
        search = Search(self.model.pinned_in(i), work=self.work)
        try:
            amounts = self._best(search).settled.amounts
        except Infeasible:
            return None
        total = self.kept[-1].benefit - tier_benefit(self.problem, self.kept[-1].needs, amounts)
        return Loss(total, tuple(id_ for id_ in self.paid if id_ not in amounts))

    def _best(self, search: Search) -> Found:
        """The best plan with the tiers before the total unharmed, else tier by tier."""
        total = search.model.benefit(self.kept[-1].needs)
        try:
            return search.best(total, self.kept[:-1])
        except Infeasible:
            if len(self.kept) == 1:
                raise
        decided: list[Kept] = []
        for tier in self.kept:
            found = search.best(search.model.benefit(tier.needs), decided)
            benefit = tier_benefit(self.problem, tier.needs, found.settled.amounts)
            decided.append(Kept(tier.needs, benefit))
        return found

    def change(self, i: int) -> Change | None:
        """The least extra money in one channel with which need `i`, pinned in, costs no other
        benefit; None if no money in any one channel does it."""
        able = set(self.model.able[i])
        purses = [k for k, purse in enumerate(self.model.purses) if able & set(purse)]
        try:
            found = self._together(i, purses) or self._apart(i, purses)
        except Infeasible:
            return None
        if found is None:
            return None
        extra, k = found
        added = [(_added(self.problem.channels[j], extra), j) for j in self.model.purses[k]]
        fen, j = min(added)
        return Change(self.problem.channels[j].id, fen)

    def _together(self, i: int, purses: Sequence[int]) -> tuple[int, int] | None:
        """Fen and purse, if with all purses open at once the least is lacking in one alone."""
        model, objective, others = self._opened(i, purses)
        values, least = Search(model, work=self.work).glance(objective, others)
        k = purses[int(np.argmax(values[-len(purses) :]))]
        settled = settle(model, values, More(model.purses[k][0], self.paid))
        if isinstance(settled, Cut) or settled.extra_fen > round(least * model.unit):
            return None
        return (settled.extra_fen, k) if self._unharmed(i, settled) else None

    def _apart(self, i: int, purses: Sequence[int]) -> tuple[int, int] | None:
        """Fen and purse, each purse opened for itself."""
        found = []
        for k in purses:
            model, objective, others = self._opened(i, [k])
            more = More(model.purses[k][0], self.paid)
            try:
                settled = Search(model, work=self.work).best(objective, others, more=more).settled
            except Infeasible:
                continue
            if self._unharmed(i, settled):
                found.append((settled.extra_fen, k))
        return min(found, default=None)

    def _opened(self, i: int, purses: Sequence[int]) -> tuple[Model, Numbers, list[Kept]]:
        """The model with these purses open, the money drawn from them, and what to keep."""
        model = self.model.pinned_in(i).with_purses_open(purses)
        objective = np.zeros(len(model.program.objective))
        objective[-len(purses) :] = 1.0
        others = (Kept([m for m in tier.needs if m != i], tier.benefit) for tier in self.kept)
        return model, objective, [tier for tier in others if tier.needs]

    def _unharmed(self, i: int, settled: Settled) -> bool:
        """Whether the other needs keep their benefit, tier by tier."""
        id_ = self.problem.needs[i].id
        amounts = {name: fen for name, fen in settled.amounts.items() if name != id_}
        return all(
            tier_benefit(self.problem, tier.needs, amounts) >= tier.benefit for tier in self.kept
        )


def _added(channel: Channel, extra_fen: int) -> int:
    """What the budget must grow by, fee included, for the channel to pay so much more."""
    paid = channel.payable_fen + extra_fen
    return paid + channel.fee_fen(paid) - channel.budget_fen if extra_fen else 0
