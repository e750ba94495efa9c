"""The best whole-fen plan under a model, with a proven bound.

Large models: the linear relaxation gives the bound; a few hundred needs whose reduced cost leaves
them open go to HiGHS (the core, Balas and Zemel 1980); what is found fixes by reduced cost all
needs that no better plan could change, and the rest is searched to the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from laoqu_engines.allocation.covers import covers
from laoqu_engines.allocation.model import Cut, Model
from laoqu_engines.allocation.rows import (
    Effort,
    Numbers,
    Program,
    Relaxation,
    Solved,
    solve,
)
from laoqu_engines.allocation.settle import More, Settled, settle

DIRECT = 600
CORE, CORE_NODES, NODES, MOST_NODES = 400, 500, 20_000, 2_000_000
COVER_ROUNDS = 10
LEAD, LITTLE = 1e-3, 1e-6
CLOSE, PROVED = 1e-9, 1e-7


class Infeasible(Exception):
    """No plan keeps all rules."""


@dataclass(frozen=True)
class Kept:
    """A tier already decided: its benefit must not fall below this."""

    needs: Sequence[int]
    benefit: Fraction


@dataclass(frozen=True)
class Found:
    """An exact plan, the solver's columns behind it, and the bound on the objective."""

    settled: Settled
    values: Numbers
    bound: float


@dataclass
class Work:
    """What searches took so far, and whether all of them were carried to the proof."""

    steps: int = 0
    proved: bool = True


class Search:
    """Searches under one model; cuts learned on the way stay in it. `nodes` bound the effort."""

    def __init__(self, model: Model, nodes: int = NODES, work: Work | None = None) -> None:
        self.model, self._nodes, self.work = model, nodes, work or Work()

    def best(
        self,
        objective: Numbers,
        kept: Sequence[Kept] = (),
        gap: float = 0.0,
        start: Numbers | None = None,
        more: More | None = None,
        then: Numbers | None = None,
    ) -> Found:
        """The plan with the least objective. Raises `Infeasible`.

        `more`: the channel that may pay more than it has. `then`: what counts next, which leads
        the search of large problems to plans that are good for it too.
        """
        scale = self._scale(objective)
        program = replace(self.program(kept), objective=objective / scale)
        lead = None if then is None else objective / scale + LEAD * then / self._scale(then)
        while True:
            solved = self._found(program, gap, start, lead)
            assert solved.values is not None
            found = settle(self.model, solved.values, more)
            if isinstance(found, Settled):
                return Found(found, solved.values, solved.bound * scale)
            start = None
            self._learn(program, found)

    def glance(self, objective: Numbers, kept: Sequence[Kept]) -> tuple[Numbers, float]:
        """The solver's columns and its least objective, not yet settled to the fen."""
        scale = self._scale(objective)
        program = replace(self.program(kept), objective=objective / scale)
        solved = self._found(program, 0.0)
        assert solved.values is not None
        return solved.values, solved.bound * scale

    def _scale(self, objective: Numbers) -> float:
        """What to divide by, so that the solver sees whole numbers, or numbers up to 1."""
        whole = objective * self.model.decimals
        if self.model.decimals and np.abs(whole - np.rint(whole)).max(initial=0) < CLOSE:
            return 1 / self.model.decimals
        return float(np.abs(objective).max(initial=0)) or 1.0

    def _found(
        self,
        program: Program,
        gap: float,
        start: Numbers | None = None,
        lead: Numbers | None = None,
    ) -> Solved:
        """A solution, with more nodes where too few found none. Raises `Infeasible`."""
        nodes = self._nodes
        while True:
            solved = self._solve(program, Effort(gap, nodes), start, lead)
            self.work.steps += solved.work
            if solved.values is not None:
                open_ = solved.objective - solved.bound
                self.work.proved &= open_ <= PROVED * (1 + abs(solved.objective))
                return solved
            if solved.status == "infeasible" or nodes >= MOST_NODES:
                raise Infeasible
            nodes *= 10

    def program(self, kept: Sequence[Kept]) -> Program:
        """The model's program with a row for every tier decided."""
        rows = self.model.program.rows.copy()
        for tier in kept:
            values = self.model.benefit(tier.needs)
            scale = float(np.abs(values).max(initial=0)) or 1.0
            columns = np.flatnonzero(values)
            least = float(tier.benefit) / scale
            rows.add(columns, values[columns] / scale, upper=-least + CLOSE * max(1.0, least))
        return replace(self.model.program, rows=rows)

    def _solve(
        self, program: Program, effort: Effort, start: Numbers | None, lead: Numbers | None
    ) -> Solved:
        count = self.model.count
        if np.count_nonzero(program.lower[:count] < program.upper[:count]) <= DIRECT:
            return solve(program, effort, start)
        relaxed = self._relaxed(program)
        if relaxed.values is None:
            return Solved("infeasible")
        best = self._core(program, relaxed, effort, lead)
        if best.values is None:
            return solve(program, effort, start)
        if best.objective <= relaxed.bound + effort.gap * abs(relaxed.bound):
            return replace(best, bound=relaxed.bound)
        fixed = self._fix(program, relaxed, best.objective - relaxed.bound)
        proof = solve(fixed, effort, best.values)
        bound = max(relaxed.bound, min(proof.bound, best.objective))
        if proof.values is None or proof.objective > best.objective:
            return replace(best, bound=bound)
        return replace(proof, bound=bound)

    def _relaxed(self, program: Program) -> Solved:
        """The relaxation under all cover cuts that it would break."""
        relaxation = Relaxation(program)
        solved = relaxation.solved()
        for _ in range(COVER_ROUNDS):
            cuts = [] if solved.values is None else covers(self.model, solved.values)
            if not cuts:
                break
            for cut in cuts:
                self._learn(program, cut)
                relaxation.add(cut.needs, cut.values, cut.least)
            before, solved = solved.bound, relaxation.solved()
            if solved.bound - before < LITTLE * abs(before):
                break
        return solved

    def _learn(self, program: Program, cut: Cut) -> None:
        for rows in (self.model.program.rows, program.rows):
            rows.add(cut.needs, np.array(cut.values, float), lower=cut.least)

    def _core(
        self, program: Program, relaxed: Solved, effort: Effort, lead: Numbers | None
    ) -> Solved:
        """A good plan that differs from the relaxation only where its prices are undecided."""
        led, guide, gap = program, relaxed, effort.gap
        if lead is not None:
            led, gap = replace(program, objective=lead), effort.gap / 2
            guide = self._relaxed(led)
        target = guide.bound + gap * abs(guide.bound)
        count = self.model.count
        order = np.sort(self._price_of_change(guide))
        size, best = CORE, Solved("stopped")
        while best.values is None and size < 4 * count:
            narrow = self._fix(led, guide, order[min(size, count) - 1])
            best = solve(narrow, Effort(effort.gap / 2, CORE_NODES, target))
            size *= 4
        if best.values is None:
            return best
        return replace(best, objective=float(program.objective @ best.values))

    def _fix(self, program: Program, relaxed: Solved, open_: float) -> Program:
        """Needs that keep their value in the relaxation, as changing it costs more than `open_`."""
        lower, upper = program.lower.copy(), program.upper.copy()
        shut = np.flatnonzero(self._price_of_change(relaxed) > open_ + CLOSE)
        assert relaxed.values is not None
        lower[shut] = upper[shut] = np.rint(relaxed.values[shut])
        return program.bounded(lower, upper)

    def _price_of_change(self, relaxed: Solved) -> Numbers:
        """The least that the objective grows when a need's yes or no turns round: its reduced
        cost, with that of the sum which a divisible need then gets or loses; 0 for a fraction."""
        assert relaxed.values is not None
        assert relaxed.reduced is not None
        model, count = self.model, self.model.count
        near = np.rint(relaxed.values[:count])
        whole = np.abs(near - relaxed.values[:count]) < 1e-7
        found = np.abs(relaxed.reduced[:count])
        for i, column in model.divided:
            need = model.problem.needs[i]
            moved = (need.cost_fen if near[i] else need.least_fen) / model.unit
            at_end = abs(relaxed.values[column] - near[i] * need.cost_fen / model.unit) < 1e-7
            found[i] += abs(relaxed.reduced[column]) * moved if at_end else 0
        return np.where(whole, found, 0)


def bound_of(found: Found, benefit: Fraction) -> Fraction:
    """The proven bound on a benefit; what differs by less than floating point tells is equal."""
    bound = Fraction(-found.bound)
    close = Fraction(CLOSE) * (1 + abs(benefit))
    return benefit if bound <= benefit + close else bound
