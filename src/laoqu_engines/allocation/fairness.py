"""How evenly the money reaches the villages: by village and by head, before and after the plan.

Counted are the villages that have a need or are listed in the problem. Measures by head leave out
villages whose people are not known. Nothing paid at all is perfectly even: its Gini is 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from laoqu_engines.allocation.problem import Problem


@dataclass(frozen=True)
class Evenness:
    """One distribution of money. Gini is 0 when all get the same, near 1 when one gets all.

    `coverage` is the part of the villages that get anything; money is fen by village and fen by
    head; by head, every person counts with what the own village gets per person.
    """

    coverage: float
    gini_by_village: float
    gini_by_head: float
    least_by_village: int
    most_by_village: int
    least_by_head: float
    most_by_head: float


@dataclass(frozen=True)
class Fairness:
    """The plan alone, the earlier years alone (None if none are given), and both together.

    `never_served` are the villages that get nothing, neither earlier nor now.
    """

    plan: Evenness
    before: Evenness | None
    after: Evenness
    never_served: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As the plan's file has it: the main figures on top, of the plan alone."""
        return {
            "coverage": self.plan.coverage,
            "gini": self.plan.gini_by_head,
            "never_served": list(self.never_served),
            "plan": asdict(self.plan),
            "before": self.before and asdict(self.before),
            "after": asdict(self.after),
        }


def fairness(problem: Problem, paid: Mapping[str, int]) -> Fairness:
    """Of the fen paid by need."""
    people = problem.people_by_village()
    earlier = {village.id: village.earlier_fen for village in problem.villages}
    before = {village: earlier.get(village, 0) for village in people}
    now = dict.fromkeys(people, 0)
    for need in problem.needs:
        now[need.village] += paid.get(need.id, 0)
    after = {village: before[village] + now[village] for village in people}
    return Fairness(
        plan=_evenness(now, people),
        before=_evenness(before, people) if problem.villages else None,
        after=_evenness(after, people),
        never_served=tuple(sorted(village for village, fen in after.items() if not fen)),
    )


def gini(shares: Sequence[tuple[Fraction, int]]) -> Fraction:
    """Gini coefficient of values, each held by so many: twice the area between equal shares and
    the Lorenz curve (Gini 1912, as the mean difference over twice the mean)."""
    total = sum(value * count for value, count in shares)
    count = sum(count for _, count in shares)
    if not total:
        return Fraction(0)
    below, area = Fraction(0), Fraction(0)
    for value, times in sorted(shares):
        area += times * (2 * below + value * times)
        below += value * times
    return 1 - area / (total * count)


def _evenness(fen: Mapping[str, int], people: Mapping[str, int]) -> Evenness:
    by_head = [(Fraction(fen[village], heads), heads) for village, heads in people.items() if heads]
    villages = list(fen.values())
    served = sum(1 for sum_fen in villages if sum_fen)
    return Evenness(
        coverage=served / len(villages) if villages else 0.0,
        gini_by_village=float(gini([(Fraction(sum_fen), 1) for sum_fen in villages])),
        gini_by_head=float(gini(by_head)),
        least_by_village=min(villages, default=0),
        most_by_village=max(villages, default=0),
        least_by_head=float(min(by_head, default=(0, 0))[0]),
        most_by_head=float(max(by_head, default=(0, 0))[0]),
    )
