"""Who wants what, and how much: the claimants of a problem, in whole numbers.

A need without `supporters` is wanted by its own village, whose utility is the need's benefit and
whose weight is its people; a village whose people are not known counts as the average of the
others. A supporter of weight w and utility u stands for w equal persons with utility u each, so its
utility is w · u. A claimant named with several weights has the greatest.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import gcd, lcm
from operator import attrgetter
from typing import Self

import numpy as np

from laoqu_engines.allocation.fields import ProblemError
from laoqu_engines.allocation.problem import Problem, Supporter
from laoqu_engines.allocation.purses import Ints

MOST = 2**62
TOO_FINE = "支持者的weight或utility相差太大或小数位太多，请取整后再写。"
ID: Callable[[Supporter], str] = attrgetter("id")
WEIGHT: Callable[[Supporter], Fraction] = attrgetter("weight")
UTILITY: Callable[[Supporter], Fraction] = attrgetter("utility")


@dataclass(frozen=True)
class Want:
    """Who wants something: the utility of `claimants[k]` is `unit` · `parts[k]`, all positive."""

    claimants: Ints
    parts: Ints
    unit: Fraction


class Claims:
    """The claimants by number: their ids, their whole `weights`, and who wants each need.

    `named` are the claimants of each need, those without utility for it too: they want nothing of
    it, but have their share of the money like voters who leave a ballot empty.
    """

    def __init__(self, problem: Problem) -> None:
        supporters = _supporters(problem)
        named = [list(map(ID, found)) for found in supporters]
        self.ids = tuple(dict.fromkeys(chain.from_iterable(named)))
        number = dict(zip(self.ids, range(len(self.ids)), strict=True)).__getitem__
        self.named = [np.fromiter(map(number, ids), np.int64, len(ids)) for ids in named]
        weights = [_Column.of(found, WEIGHT) for found in supporters]
        self.weights = _weights(len(self.ids), self.named, weights)
        self.wants = [
            _want(who, weight, _Column.of(found, UTILITY))
            for who, weight, found in zip(self.named, weights, supporters, strict=True)
        ]

    def together(self, places: Sequence[int]) -> Want:
        """Who wants these needs, as one thing."""
        wants = [self.wants[place] for place in places]
        if len(wants) == 1:
            return wants[0]
        totals: dict[int, Fraction] = {}
        for want in wants:
            for claimant, part in zip(want.claimants.tolist(), want.parts.tolist(), strict=True):
                totals[claimant] = totals.get(claimant, Fraction(0)) + part * want.unit
        parts, unit = _whole(totals.values())
        return Want(np.array(list(totals), np.int64), parts, unit)


def heads(problem: Problem) -> dict[str, Fraction]:
    """People by village; where they are not known, the average of the other villages."""
    people = problem.people_by_village()
    known = [count for count in people.values() if count]
    average = Fraction(sum(known), len(known)) if known else Fraction(1)
    return {village: Fraction(count) or average for village, count in people.items()}


def _supporters(problem: Problem) -> list[Sequence[Supporter]]:
    weights = heads(problem)
    found: list[Sequence[Supporter]] = []
    for need in problem.needs:
        weight = weights[need.village]
        own = Supporter(need.village, weight, need.benefit / weight)
        if need.supporters is not None:
            found.append(need.supporters)
        else:
            found.append((own,) if need.benefit else ())
    return found


@dataclass(frozen=True)
class _Column:
    """The different values of a field, and which of them each supporter has (None: the only)."""

    values: list[Fraction]
    which: Ints | None = None

    @classmethod
    def of(cls, found: Sequence[Supporter], field: Callable[[Supporter], Fraction]) -> Self:
        """Values are told apart by identity, which is quick; equal ones may come twice."""
        every = list(map(field, found))
        if not every or (every[0] is every[-1] and every.count(every[0]) == len(every)):
            return cls(every[:1])
        unlike = {id(value): value for value in every}
        places = dict(zip(unlike, range(len(unlike)), strict=True)).__getitem__
        which = np.fromiter(map(places, map(id, every)), np.int64, len(every))
        return cls(list(unlike.values()), which)


def _want(claimants: Ints, weights: _Column, utilities: _Column) -> Want:
    """Weight times utility; who has none of it does not want the need."""
    if weights.which is None and utilities.which is None:
        ones = np.ones(len(claimants), np.int64)
        units = [w * u for w, u in zip(weights.values, utilities.values, strict=True)]
        if not any(units):
            return Want(claimants[:0], ones[:0], Fraction(1))
        return Want(claimants, ones, units[0])
    one = np.zeros(len(claimants), np.int64)
    pairs = one if weights.which is None else weights.which * len(utilities.values)
    pairs = pairs + (one if utilities.which is None else utilities.which)
    kinds, which = np.unique(pairs, return_inverse=True)
    places = (divmod(kind, len(utilities.values)) for kind in kinds.tolist())
    parts, unit = _whole(weights.values[w] * utilities.values[u] for w, u in places)
    each = parts[which]
    return Want(claimants[each > 0], each[each > 0], unit)


def _whole(totals: Iterable[Fraction]) -> tuple[Ints, Fraction]:
    """These numbers as whole parts of the greatest common unit."""
    values = list(totals)
    scale = lcm(*(value.denominator for value in values))
    whole = [int(value * scale) for value in values]
    unit = gcd(*whole) or 1
    parts = [value // unit for value in whole]
    if sum(parts) >= MOST:
        raise ProblemError(TOO_FINE)
    return np.array(parts, np.int64), Fraction(unit, scale)


def _weights(count: int, claimants: Sequence[Ints], columns: Sequence[_Column]) -> Ints:
    """The greatest weight that each claimant is named with, as whole parts of one unit."""
    unlike = {id(value): value for column in columns for value in column.values}
    whole = dict(zip(unlike, _whole(unlike.values())[0].tolist(), strict=True))
    weights = np.zeros(count, np.int64)
    for who, column in zip(claimants, columns, strict=True):
        values = np.array([whole[id(value)] for value in column.values], np.int64)
        each = values if column.which is None else values[column.which]
        weights[who] = np.maximum(weights[who], each)
    if sum(weights.tolist()) >= MOST:
        raise ProblemError(TOO_FINE)
    return weights
