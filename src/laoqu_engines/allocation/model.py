"""The problem as a program: a yes-or-no column per need, sums of divisible needs, and flows.

Columns: z (need funded), p (sum of a divisible need), y (money from a channel to a class of needs
that the same channels may pay). Sums are in `unit` fen, so that HiGHS sees numbers it can hold;
where every cost is small the unit is one fen and all sums are whole numbers.
Identical channels (same needs, no match) are one purse.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np

from laoqu_engines.allocation.payments import eligible
from laoqu_engines.allocation.problem import Limit, Need, Problem
from laoqu_engines.allocation.rows import INFINITE, Numbers, Places, Program, Rows

FINE_FEN = 10**6


@dataclass(frozen=True)
class Cut:
    """Σ value · z ≥ least, which every exact plan keeps and an inexact one broke."""

    needs: tuple[int, ...]
    values: tuple[int, ...]
    least: int


@dataclass(frozen=True)
class Model:
    """A program and what its columns and rows mean. `purses`: channels that act as one."""

    problem: Problem
    unit: int
    program: Program
    paid_column: Places
    paid_value: Numbers
    purses: tuple[tuple[int, ...], ...]
    purse_row: tuple[int, ...]
    limit_row: dict[int, int]
    decimals: int
    members: tuple[frozenset[int], ...]
    able: tuple[tuple[int, ...], ...]
    divided: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many needs there are, which is how many yes-or-no columns come first."""
        return len(self.problem.needs)

    @property
    def fine(self) -> bool:
        """Whether every sum is a whole number of fen."""
        return self.unit == 1

    def benefit(self, needs: Sequence[int] | Places) -> Numbers:
        """Objective over all columns: the benefit of these needs, to be made large."""
        objective = np.zeros(len(self.program.objective))
        for i in needs:
            need = self.problem.needs[i]
            share = self.paid_value[i] * self.unit / need.cost_fen if need.divisible else 1.0
            objective[self.paid_column[i]] -= float(need.benefit) * share
        return objective

    def money(self) -> Numbers:
        """Objective: all money paid, in units."""
        objective = np.zeros(len(self.program.objective))
        np.add.at(objective, self.paid_column, self.paid_value)
        return objective

    def amounts(self, values: Numbers) -> tuple[Places, Numbers]:
        """The needs funded and the sum of each in fen, not yet whole for divisible ones."""
        chosen = np.flatnonzero(values[: self.count] > 0.5)
        return chosen, values[self.paid_column[chosen]] * self.paid_value[chosen] * self.unit

    def pinned_in(self, i: int) -> "Model":
        """The model with one need pinned in, and rows of its own."""
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        lower[i] = upper[i] = 1
        rows = self.program.rows.copy()
        return replace(self, program=replace(self.program, lower=lower, upper=upper, rows=rows))

    def with_purses_open(self, purses: Sequence[int]) -> "Model":
        """The model with one more column for each of these purses: money beyond what it has."""
        program, rows = self.program, self.program.rows.copy()
        first = len(program.objective)
        for column, k in enumerate(purses, first):
            rows.extend(self.purse_row[k], column, -1.0)
        zeros = np.zeros(len(purses))
        return replace(
            self,
            program=Program(
                np.concatenate([program.objective, zeros]),
                np.concatenate([program.lower, zeros]),
                np.concatenate([program.upper, zeros + INFINITE]),
                np.concatenate([program.whole, zeros > 0]),
                rows,
            ),
        )


def build(problem: Problem, twins: bool = True) -> Model:
    """The model of a problem. With `twins`, of needs alike the earlier in the list comes first."""
    return _Builder(problem).model(twins)


class _Builder:
    def __init__(self, problem: Problem) -> None:
        self.problem, self.rows = problem, Rows()
        needs = problem.needs
        most = max((need.cost_fen for need in needs), default=1)
        self.unit = 1 if most <= FINE_FEN else 10 ** (len(str(most)) - 6)
        self.cost = np.array([need.cost_fen for need in needs], float) / self.unit
        count = len(needs)
        self.lower, self.upper = np.zeros(count), np.ones(count)
        self.divided = [i for i, need in enumerate(needs) if need.divisible]
        self.paid_column, self.paid_value = np.arange(count), self.cost.copy()
        self.paid_column[self.divided] = count + np.arange(len(self.divided))
        self.paid_value[self.divided] = 1.0
        self.columns = count + len(self.divided)
        self.flow_whole: list[bool] = []
        self.purses: list[tuple[int, ...]] = []
        self.purse_row: list[int] = []

    def model(self, twins: bool) -> Model:
        self._flows()
        self._pins()
        self._stages()
        self._relations()
        for earlier, later in _twins(self.problem.needs) if twins else ():
            self.rows.add([earlier, later], [1.0, -1.0], lower=0)
        index = Members(self.problem)
        members = tuple(index.of(limit) for limit in self.problem.limits)
        limit_row = dict(self._limits(members))
        count, parts, flows = len(self.cost), len(self.divided), len(self.flow_whole)
        fine = self.unit == 1
        whole = np.array([True] * count + [fine] * parts + self.flow_whole, bool)
        upper = np.concatenate([self.upper, self.cost[self.divided], np.full(flows, INFINITE)])
        lower = np.concatenate([self.lower, np.zeros(parts + flows)])
        program = Program(np.zeros(len(whole)), lower, upper, whole, self.rows)
        return Model(
            self.problem,
            self.unit,
            program,
            self.paid_column,
            self.paid_value,
            tuple(self.purses),
            tuple(self.purse_row),
            limit_row,
            _decimals(self.problem),
            tuple(frozenset(found.tolist()) for found in members),
            tuple(self.able),
            tuple((i, int(self.paid_column[i])) for i in self.divided),
        )

    def _flows(self) -> None:
        """Money of the purses to classes of needs."""
        channels = self.problem.channels
        self.able = eligible(self.problem)
        classes: dict[tuple[int, ...], list[list[int]]] = {}
        for i, found in enumerate(self.able):
            alone = self.unit == 1 and any(channels[j].match_share for j in found)
            groups = classes.setdefault(found, [[]])
            groups.append([i]) if alone else groups[0].append(i)
        self.purses = _purses(self.problem, classes)
        purse_of = {j: k for k, purse in enumerate(self.purses) for j in purse}
        flows: dict[int, list[int]] = defaultdict(list)
        for found, groups in classes.items():
            purses = sorted({purse_of[j] for j in found})
            for members in groups:
                if members:
                    self._class(np.array(members), purses, flows)
        for k, purse in enumerate(self.purses):
            money = sum(channels[j].payable_fen for j in purse)
            self.purse_row.append(self.rows.add(flows[k], 1.0, upper=money / self.unit))

    def _class(self, members: Places, purses: list[int], flows: dict[int, list[int]]) -> None:
        """Σ paid to the class = Σ flows into it; a channel with match gives only its part."""
        needs, first = self.problem.needs, self.columns
        columns = np.arange(first, first + len(purses))
        self.columns += len(purses)
        paid, values = self.paid_column[members], self.paid_value[members]
        alone = len(members) == 1 and needs[members[0]].divisible and self.unit == 1
        self.flow_whole += [alone] * len(purses)
        self.rows.add(
            np.concatenate([paid, columns]),
            np.concatenate([values, -np.ones(len(purses))]),
            lower=0,
            upper=0,
        )
        for column, k in zip(columns, purses, strict=True):
            flows[k].append(int(column))
            channel = self.problem.channels[self.purses[k][0]]
            if channel.match_share:
                most = [
                    float(1 - channel.match_share)
                    if needs[i].divisible
                    else channel.most_fen(needs[i].cost_fen) / self.unit
                    for i in members
                ]
                self.rows.add(np.append(paid, column), np.append(-np.array(most), 1.0), upper=0)

    def _pins(self) -> None:
        for i, need in enumerate(self.problem.needs):
            if need.pinned == "out":
                self.upper[i] = 0
            elif need.pinned == "in":
                self.lower[i] = 1

    def _stages(self) -> None:
        """least · z ≤ p ≤ cost · z."""
        for i in self.divided:
            column = int(self.paid_column[i])
            least = self.problem.needs[i].least_fen / self.unit
            self.rows.add([column, i], [1.0, -self.cost[i]], upper=0)
            self.rows.add([column, i], [1.0, -least], lower=0)

    def _relations(self) -> None:
        needs = self.problem.needs
        place = {need.id: i for i, need in enumerate(needs)}
        groups: dict[str, list[int]] = defaultdict(list)
        for i, need in enumerate(needs):
            if need.group is not None:
                groups[need.group].append(i)
            for wanted in need.requires:
                self.rows.add([i, place[wanted]], [1.0, -1.0], upper=0)
        for members in groups.values():
            if len(members) > 1:
                self.rows.add(members, 1.0, upper=1)

    def _limits(self, found: Sequence[Places]) -> Iterator[tuple[int, int]]:
        for place, (limit, members) in enumerate(zip(self.problem.limits, found, strict=True)):
            if limit.kind == "unserved_first":
                continue
            if limit.kind == "serve":
                yield place, self.rows.add(members, 1.0, lower=float(limit.at_least))
                continue
            columns, values = self.paid_column[members], self.paid_value[members]
            if limit.kind == "share":
                part = -float(limit.at_least) * self.paid_value
                part[members] += values
                yield place, self.rows.add(self.paid_column, part, lower=0)
                continue
            sum_ = limit.amount_fen / self.unit
            cap = limit.kind == "cap"
            yield (
                place,
                self.rows.add(
                    columns, values, -INFINITE if cap else sum_, sum_ if cap else INFINITE
                ),
            )


class Members:
    """The needs of every limit's scope, found through an index."""

    def __init__(self, problem: Problem) -> None:
        self._needs = problem.needs
        self._by: dict[tuple[str, str | None], list[int]] = defaultdict(list)
        for i, need in enumerate(problem.needs):
            self._by["village", need.village].append(i)
            self._by["township", need.township].append(i)
            self._by["category", need.category].append(i)

    def of(self, limit: Limit) -> Places:
        """Places of the needs that the limit speaks of."""
        scope = limit.scope
        for name in ("village", "township", "category"):
            wanted = getattr(scope, name)
            if wanted is not None:
                near = self._by.get((name, wanted), [])
                return np.array([i for i in near if scope.holds(self._needs[i])], np.int64)
        return np.arange(len(self._needs))


def tiers(problem: Problem) -> list[list[int]]:
    """Sets of needs whose benefit counts one after the other; the last is every need."""
    needs = problem.needs
    found = [[i for i, need in enumerate(needs) if need.continuing]]
    years = {limit.years for limit in problem.limits if limit.kind == "unserved_first"}
    for least in sorted(years, reverse=True):
        found.append([i for i, need in enumerate(needs) if need.years_unserved >= least])
    return [*(tier for tier in found if any(needs[i].benefit for i in tier)), [*range(len(needs))]]


def tier_benefit(problem: Problem, tier: Sequence[int], paid: dict[str, int]) -> Fraction:
    """The exact benefit of a tier."""
    needs = (problem.needs[i] for i in tier)
    return sum((need.benefit_of(paid.get(need.id, 0)) for need in needs), Fraction(0))


def _purses(problem: Problem, classes: Collection[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Channels that may pay the same classes and ask for no match, together."""
    may: dict[int, list[int]] = {j: [] for j in range(len(problem.channels))}
    for number, found in enumerate(classes):
        for j in found:
            may[j].append(number)
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for j, numbers in may.items():
        key = (*numbers, "match", j) if problem.channels[j].match_share else (*numbers,)
        alike[key].append(j)
    return [tuple(found) for found in alike.values()]


def _decimals(problem: Problem) -> int:
    """The number that makes every benefit whole, 0 if there is none at hand."""
    if any(need.divisible for need in problem.needs):
        return 0
    found = lcm(*{need.benefit.denominator for need in problem.needs})
    most = max((need.benefit for need in problem.needs), default=Fraction(0))
    return found if found * most <= FINE_FEN else 0


def _twins(needs: Sequence[Need]) -> Iterator[tuple[int, int]]:
    """Needs alike in all that counts: the earlier in the list goes first."""
    required = {wanted for need in needs for wanted in need.requires}
    last: dict[tuple[object, ...], int] = {}
    for i, need in enumerate(needs):
        if need.divisible or need.pinned or need.id in required:
            continue
        where = (need.village, need.township, need.category)
        worth = (need.cost_fen, need.benefit, need.continuing, need.years_unserved)
        key = (*where, *worth, need.group, need.requires)
        if key in last:
            yield last[key], i
        last[key] = i
