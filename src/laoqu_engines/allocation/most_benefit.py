"""The rule of most benefit: continuing needs, then long-unserved villages, then the total."""

from dataclasses import dataclass
from fractions import Fraction

from laoqu_engines.allocation.conflict import conflict
from laoqu_engines.allocation.finish import Findings, finish, infeasible
from laoqu_engines.allocation.model import Model, build, tier_benefit, tiers
from laoqu_engines.allocation.plan import Plan
from laoqu_engines.allocation.prices import binding, priced
from laoqu_engines.allocation.problem import Problem
from laoqu_engines.allocation.reasons import MOST_EXACT, Reasons
from laoqu_engines.allocation.search import Found, Infeasible, Kept, Search, bound_of

RULE = "most_benefit"
EXACT = 400


@dataclass(frozen=True)
class Best:
    """The best plan with what was proved: `kept` are the tiers with the benefit each reached,
    `gap` the widest gap of any of them."""

    search: Search
    found: Found
    kept: tuple[Kept, ...]
    bound: Fraction
    gap: float

    @property
    def model(self) -> Model:
        """The model that was searched."""
        return self.search.model


def best(problem: Problem, gap: float) -> Best:
    """The best plan. Up to a few hundred needs the search goes on to gap 0.

    Raises `Infeasible`.
    """
    search = Search(build(problem))
    small = search.model.count <= EXACT
    kept: list[Kept] = []
    worst, bound = 0.0, Fraction(0)
    found: Found | None = None
    *first, everything = tiers(problem)
    total = search.model.benefit(everything)
    for tier in [*first, everything]:
        start = found.values if found else None
        then = total if tier is not everything else None
        aim = 0.0 if small else gap
        found = search.best(search.model.benefit(tier), kept, aim, start, then=then)
        benefit = tier_benefit(problem, tier, found.settled.amounts)
        bound = bound_of(found, benefit)
        worst = max(worst, float((bound - benefit) / bound) if bound else 0.0)
        kept.append(Kept(tier, benefit))
    assert found is not None
    if small and not worst:
        found = _thriftiest(search, kept, found)
    return Best(search, found, tuple(kept), bound, worst)


def _thriftiest(search: Search, kept: list[Kept], found: Found) -> Found:
    """Among plans of equal benefit the one that takes least money."""
    problem = search.model.problem
    other = search.best(search.model.money(), kept, 0.0, found.values)
    fen = sum(other.settled.amounts.values())
    equal = all(
        tier_benefit(problem, tier.needs, other.settled.amounts) == tier.benefit for tier in kept
    )
    return other if equal and fen < sum(found.settled.amounts.values()) else found


def solve(problem: Problem, gap: float, reasons: str) -> Plan:
    """The plan of this rule; `reasons` is exact, estimate or none."""
    try:
        reached = best(problem, gap)
    except Infeasible:
        return infeasible(problem, RULE, conflict(problem))
    prices = priced(reached.search, reached.kept)
    settled = reached.found.settled
    findings = Findings(
        status="optimal" if reached.gap <= gap + 1e-12 else "feasible",
        rule=RULE,
        bound=reached.bound,
        gap=reached.gap,
        prices=prices.channels,
        binding=binding(problem, prices),
    )
    why = Reasons(problem, settled.payments)
    if reasons == "exact" and len(why.unfunded()) <= MOST_EXACT:
        found = why.exact(prices)
    else:
        found = why.plain() if reasons == "none" else why.estimated(prices)
    return finish(problem, settled.payments, found, findings)
