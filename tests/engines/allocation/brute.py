"""Every plan of a small problem, by trying all sums: the yardstick of the tests."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from laoqu_engines.allocation import Problem
from laoqu_engines.allocation.model import tier_benefit, tiers
from laoqu_engines.allocation.payments import Shortage, pay

Amounts = dict[str, int]


def every(problem: Problem) -> Iterator[Amounts]:
    """Every combination of sums that the needs allow, whether it can be paid or not."""
    sums = [
        [0, *(range(n.least_fen, n.cost_fen + 1) if n.divisible else [n.cost_fen])]
        for n in problem.needs
    ]
    for chosen in product(*sums):
        yield {n.id: fen for n, fen in zip(problem.needs, chosen, strict=True) if fen}


def keeps(problem: Problem, amounts: Amounts) -> bool:
    """Whether these sums keep every rule and can be paid."""
    groups = [n.group for n in problem.needs if n.group and n.id in amounts]
    return (
        len(groups) == len(set(groups))
        and all(n.id in amounts for n in problem.needs if n.pinned == "in")
        and all(n.id not in amounts for n in problem.needs if n.pinned == "out")
        and all(r in amounts for n in problem.needs if n.id in amounts for r in n.requires)
        and _within_limits(problem, amounts)
        and not isinstance(pay(problem, amounts), Shortage)
    )


def _within_limits(problem: Problem, amounts: Amounts) -> bool:
    for limit in problem.limits:
        inside = [amounts.get(n.id, 0) for n in problem.needs if limit.scope.holds(n)]
        kept = {
            "cap": sum(inside) <= limit.amount_fen,
            "floor": sum(inside) >= limit.amount_fen,
            "share": sum(inside) >= limit.at_least * sum(amounts.values()),
            "serve": sum(1 for fen in inside if fen) >= limit.at_least,
        }
        if not kept.get(limit.kind, True):
            return False
    return True


def worth(problem: Problem, amounts: Amounts) -> tuple[Fraction, ...]:
    """Benefit by tier, which is compared from left to right."""
    return tuple(tier_benefit(problem, tier, amounts) for tier in tiers(problem))


def best(problem: Problem) -> tuple[Fraction, ...] | None:
    """The worth of the best plan, None if there is no plan."""
    found: tuple[Fraction, ...] | None = None
    for amounts in every(problem):
        value = worth(problem, amounts)
        if (found is None or value > found) and keeps(problem, amounts):
            found = value
    return found
