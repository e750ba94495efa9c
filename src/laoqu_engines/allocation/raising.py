"""Raising the least satisfied village first, then the next: the course of the rule `max_min`.

A village's satisfaction is the benefit that its needs bring it, per head. Of two plans the fairer
is the one whose satisfactions, sorted upwards, are greater at the first place where they differ
(leximin; Rawls 1971, Sen 1970). Level after level is decided by whole-number programs; heights are
compared as fractions. See docs/engines/allocation.md for the steps and limits.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, gcd, lcm

import numpy as np

from laoqu_engines.allocation.claims import heads
from laoqu_engines.allocation.model import Model, build, tier_benefit, tiers
from laoqu_engines.allocation.problem import Problem
from laoqu_engines.allocation.rows import Numbers, Places
from laoqu_engines.allocation.search import CLOSE, Found, Infeasible, Kept, Search

NODES = 5000
STEP, SLACK = Fraction(1, 10**5), 1e-6


@dataclass(frozen=True)
class Village:
    """A village with the places of its needs. Its benefit comes in multiples of `grid`, or in any
    amount (None) where a need is divisible."""

    heads: Fraction
    needs: tuple[int, ...]
    grid: Fraction | None
    most: Fraction

    def least(self, height: Fraction) -> Fraction:
        """The benefit with which the village is at this height."""
        benefit = height * self.heads
        return benefit if self.grid is None else ceil(benefit / self.grid) * self.grid

    def above(self, height: Fraction) -> Fraction:
        """The least benefit that counts as more than this height."""
        benefit = height * self.heads
        if self.grid is None:
            return benefit * (1 + STEP) + self.most * STEP
        return (floor(benefit / self.grid) + 1) * self.grid


@dataclass(frozen=True)
class Level:
    """A height at which at most so many of the open villages stay (None: not yet known)."""

    height: Fraction
    stay: int | None = None


class Raising:
    """The course of the rule over the villages that can get anything.

    `_settled` villages are decided and keep the benefit noted. The others are open: `_levels` tell
    how many of them stay behind and at what height, whichever they are.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.proved = True
        self._base = build(problem, twins=False)
        self._villages = _villages(self._base)
        self._top = max((v.most / v.heads for v in self._villages), default=Fraction(1))
        self._open = list(range(len(self._villages)))
        self._settled: dict[int, Fraction] = {}
        self._levels: list[Level] = []
        self._kept: list[Kept] = []

    def run(self) -> Found:
        """The fairest plan; of several, one that takes least money. Raises `Infeasible`."""
        for tier in tiers(self.problem)[:-1]:
            found = self._best(self._base, self._base.benefit(tier))
            self._kept.append(Kept(tier, tier_benefit(self.problem, tier, found.settled.amounts)))
        found = self._best(self._base, self._base.money())
        try:
            while self._behind() < len(self._open):
                found = self._lift(found)
            model = self._model(self._levels)
            thrifty = self._best(model, model.money())
        except Infeasible:  # by less than the solver can tell: what was reached is the plan
            self.proved = False
            return found
        return max(thrifty, found, key=self._order)

    def _lift(self, found: Found) -> Found:
        """Settle the lowest villages that are neither settled nor behind; `found` is a plan so far.

        Villages at the lowest height of the plan are asked to rise, until some have to stay; then
        it is asked which of these stay in any case. Once it is open who stays behind, it stays
        open: a village that cannot rise might be one of those behind.
        """
        height = self._lowest(found)
        asked, known = self._staying(found, height), False
        while asked:
            found = self._asked(found, height, asked)
            staying = self._staying(found, height)
            if not staying:
                height = self._lowest(found)
                asked, known = self._staying(found, height), False
            elif known or len(staying) == len(asked):
                known = True
                if asked <= staying and not self._levels:
                    break
                asked = set() if self._levels else asked & staying
            else:
                asked, known = staying, True
        for village in asked:
            self._open.remove(village)
            self._settled[village] = self._villages[village].least(height)
        if len(staying) > len(asked):
            self._levels.append(Level(height, len(staying) - len(asked)))
        return found

    def _asked(self, found: Found, height: Fraction, asked: set[int]) -> Found:
        """As many villages as possible above the height; of such plans one in which some of those
        `asked` are, if there is any; and the others high up.

        The objective counts 1 for every village above, up to 1/2 more for those asked, and less
        than any of these for the height of the others, whose optimum need not be proved.
        """
        levels = [*self._levels, Level(height)]
        model = self._model(levels, raised=set(self._open) - asked)
        objective, count = np.zeros(len(model.program.objective)), len(self._open)
        part = 0.5 / len(asked)
        objective[-1 - count : -1] = [-1 - part * (place in asked) for place in self._open]
        objective[-1] = -0.4 * part / float(self._top)
        start = self._start(levels, found, set(self._open) - asked)
        return self._best(model, objective, 0.4 * part / (count + 1), start)

    def _start(self, levels: list[Level], found: Found, raised: set[int]) -> Numbers:
        """A plan in the columns of `_model`."""
        above = [
            float(self._benefit(place, found) >= self._villages[place].above(level.height))
            for level in levels
            for place in self._open
        ]
        heights = sorted(
            height for place, height in self._heights(found).items() if place in raised
        )
        top = heights[min(self._behind(), len(heights) - 1)] if heights else Fraction(0)
        return np.concatenate(
            [found.values[: len(self._base.program.objective)], above, [float(top)]]
        )

    def _lowest(self, found: Found) -> Fraction:
        """The lowest height in a plan of the open villages that are not behind."""
        return sorted(self._heights(found).values())[self._behind()]

    def _behind(self) -> int:
        """How many open villages stay at the levels decided."""
        return sum(level.stay or 0 for level in self._levels)

    def _heights(self, found: Found) -> dict[int, Fraction]:
        """The satisfaction of the open villages in a plan, exactly."""
        return {
            place: self._benefit(place, found) / self._villages[place].heads for place in self._open
        }

    def _benefit(self, village: int, found: Found) -> Fraction:
        return tier_benefit(self.problem, self._villages[village].needs, found.settled.amounts)

    def _order(self, found: Found) -> list[Fraction]:
        """All satisfactions of a plan, sorted upwards."""
        every = enumerate(self._villages)
        return sorted(self._benefit(place, found) / village.heads for place, village in every)

    def _staying(self, found: Found, height: Fraction) -> set[int]:
        """Open villages that are above the levels decided, but not above this height."""
        staying = set()
        for place in self._open:
            village, benefit = self._villages[place], self._benefit(place, found)
            behind = self._levels and benefit < village.above(self._levels[-1].height)
            if not behind and benefit < village.above(height):
                staying.add(place)
        return staying

    def _best(
        self, model: Model, objective: Numbers, gap: float = 0.0, start: Numbers | None = None
    ) -> Found:
        found = Search(model, NODES).best(objective, self._kept, gap, start)
        reached = float(objective @ found.values)
        near = CLOSE * max(1.0, abs(reached)) + gap * abs(reached)
        self.proved = self.proved and reached - found.bound <= near
        return found

    def _model(self, levels: list[Level], raised: set[int] | None = None) -> Model:
        """The model with a column per level and open village (1: above it), level by level.

        With `raised`, a last column is the height that these are at, those behind left out.
        """
        count, first = len(self._open), len(self._base.program.objective)
        model = _widened(self._base, len(levels) * count, [] if raised is None else [self._top])
        rows = model.program.rows
        for place, least in self._settled.items():
            columns, values = self._gain(place)
            rows.add(columns, values, lower=self._scaled(place, least) - self._slack(place))
        for k, place in enumerate(self._open):
            above = [first + count * number + k for number in range(len(levels))]
            self._stairs(model, place, levels, above)
            if raised is not None and place in raised:
                self._raise(model, place, above[len(self._levels) - 1 : len(self._levels)])
        for number, level in enumerate(levels):
            if level.stay is None:
                continue
            here = first + count * number + np.arange(count)
            before = here - count if number else here[:0]
            values = np.concatenate([-np.ones(count), np.ones(len(before))])
            most = level.stay - (0 if number else count)
            rows.add(np.concatenate([here, before]), values, upper=most)
        return model

    def _stairs(self, model: Model, place: int, levels: list[Level], above: list[int]) -> None:
        """At least at the first level; one stair higher for every level that it is above."""
        if not levels:
            return
        village, rows = self._villages[place], model.program.rows
        base = least = village.least(levels[0].height)
        columns, values = self._gain(place)
        rises = []
        for number, level in enumerate(levels):
            following = levels[number + 1 : number + 2]
            higher = max(
                [village.above(level.height), *(village.least(f.height) for f in following)]
            )
            rises.append(-self._scaled(place, higher - base))
            base = higher
        rows.add(
            [*columns, *above],
            [*values, *rises],
            lower=self._scaled(place, least) - self._slack(place),
        )
        for lower, upper in pairwise(above):
            rows.add([lower, upper], [1.0, -1.0], lower=0)

    def _raise(self, model: Model, place: int, above: list[int]) -> None:
        """At least at the height of the last column, if it is above the levels decided."""
        columns, values = self._gain(place)
        height = self._scaled(place, self._villages[place].heads)
        free = height * float(self._top) if above and self._levels else 0.0
        last = len(model.program.objective) - 1
        values = np.concatenate([values, [-height], [-free] * len(above[: bool(free)])])
        columns = np.concatenate([columns, [last], above[: bool(free)]]).astype(np.int64)
        model.program.rows.add(columns, values, lower=-free)

    def _gain(self, place: int) -> tuple[Places, Numbers]:
        """Columns and values of the village's benefit, in its own scale."""
        needs = np.array(self._villages[place].needs)
        columns = self._base.paid_column[needs]
        values = -self._base.benefit(needs)[columns]
        return columns, values / float(self._scale(place))

    def _scaled(self, place: int, benefit: Fraction) -> float:
        return float(benefit / self._scale(place))

    def _slack(self, place: int) -> float:
        """What is left to the solver's rounding: more where sums are of any size."""
        return SLACK if self._villages[place].grid is None else CLOSE

    def _scale(self, place: int) -> Fraction:
        village = self._villages[place]
        return village.grid or village.most


def _villages(model: Model) -> list[Village]:
    """Villages with a need that can bring them anything, by name."""
    problem, people = model.problem, heads(model.problem)
    places: dict[str, list[int]] = defaultdict(list)
    for place, need in enumerate(problem.needs):
        if need.benefit and model.program.upper[place]:
            places[need.village].append(place)
    found = []
    for village, needs in sorted(places.items()):
        benefits = [problem.needs[place].benefit for place in needs]
        divisible = any(problem.needs[place].divisible for place in needs)
        grid = None if divisible else _common(benefits)
        found.append(Village(people[village], tuple(needs), grid, sum(benefits, Fraction(0))))
    return found


def _common(benefits: Sequence[Fraction]) -> Fraction:
    """The greatest number of which all these are multiples."""
    scale = lcm(*(benefit.denominator for benefit in benefits))
    return Fraction(gcd(*(int(benefit * scale) for benefit in benefits)), scale)


def _widened(model: Model, flags: int, tops: Sequence[Fraction]) -> Model:
    """The model with more columns, so many yes-or-no and one up to each top, and own rows."""
    program = model.program
    zeros = np.zeros(flags + len(tops))
    wider = replace(
        program,
        objective=np.concatenate([program.objective, zeros]),
        lower=np.concatenate([program.lower, zeros]),
        upper=np.concatenate([program.upper, np.ones(flags), [float(top) for top in tops]]),
        whole=np.concatenate([program.whole, np.arange(len(zeros)) < flags]),
        rows=program.rows.copy(),
    )
    return replace(model, program=wider)
