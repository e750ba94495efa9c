"""A linear program with whole-number columns, as arrays, and HiGHS to solve it.

HiGHS runs on one thread with a fixed seed and limits that count nodes, never seconds: the same
program gives the same answer. Huangfu and Hall 2018, doi:10.1007/s12532-017-0130-5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
INFINITE = float("inf")
TOLERANCES = (1e-9, 1e-7, 1e-6)
STRICT = 4000


@dataclass
class Rows:
    """Rows as (row, column, value) triplets, with the bounds of each row."""

    row: list[Places] = field(default_factory=list)
    column: list[Places] = field(default_factory=list)
    value: list[Numbers] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(
        self,
        columns: Sequence[int] | Places,
        values: Sequence[float] | Numbers | float,
        lower: float = -INFINITE,
        upper: float = INFINITE,
    ) -> int:
        """One more row; its place."""
        place = len(self.lower)
        found = np.asarray(columns, np.int64)
        self.row.append(np.full(len(found), place, np.int64))
        self.column.append(found)
        self.value.append(np.broadcast_to(np.asarray(values, float), found.shape))
        self.lower.append(lower)
        self.upper.append(upper)
        return place

    def extend(self, place: int, column: int, value: float) -> None:
        """One more value in a row."""
        self.row.append(np.array([place], np.int64))
        self.column.append(np.array([column], np.int64))
        self.value.append(np.array([value]))

    def copy(self) -> "Rows":
        """Rows that can grow apart from these."""
        return Rows(*(list(getattr(self, name)) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Program:
    """Minimise objective · x with lower ≤ x ≤ upper, `whole` columns integer, under `rows`."""

    objective: Numbers
    lower: Numbers
    upper: Numbers
    whole: Flags
    rows: Rows

    def bounded(self, lower: Numbers, upper: Numbers) -> "Program":
        """The same program with other bounds."""
        return replace(self, lower=lower, upper=upper)


@dataclass(frozen=True)
class Effort:
    """When to stop: a relative gap, a number of nodes, a value that is good enough."""

    gap: float = 0.0
    nodes: int = 200_000
    target: float = -INFINITE


@dataclass(frozen=True)
class Solved:
    """`status` is optimal, stopped (nodes used up; `values` may be missing) or infeasible; `work`
    counts the steps of the simplex method."""

    status: str
    values: Numbers | None = None
    bound: float = -INFINITE
    objective: float = INFINITE
    reduced: Numbers | None = None
    duals: Numbers | None = None
    work: int = 0


class Relaxation:
    """The linear relaxation of a program, solved again from where it stood when rows are added."""

    def __init__(self, program: Program) -> None:
        self._solver = _load(program, TOLERANCES[1])

    def add(self, columns: Sequence[int], values: Sequence[int], lower: float) -> None:
        """One more row: Σ value · column ≥ lower."""
        places = np.array(columns, np.int32)
        self._solver.addRow(lower, INFINITE, len(places), places, np.array(values, float))

    def solved(self) -> Solved:
        """The optimum, with reduced costs and duals."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Solved("infeasible")
        found = self._solver.getSolution()
        objective = float(self._solver.getInfo().objective_function_value)
        return Solved(
            "optimal",
            np.asarray(found.col_value),
            objective,
            objective,
            np.asarray(found.col_dual),
            np.asarray(found.row_dual),
        )


def solve(program: Program, effort: Effort, start: Numbers | None = None) -> Solved:
    """The whole-number program. Columns that their bounds fix are taken out first."""
    free = np.flatnonzero(program.lower < program.upper)
    values = program.lower.copy()
    constant = float(program.objective @ np.where(program.lower < program.upper, 0, values))
    small = _without_fixed(program, free)
    if small is None:
        return Solved("infeasible")
    if not len(free):
        return Solved("optimal", values, constant, constant)
    for tolerance in TOLERANCES if len(free) <= STRICT else TOLERANCES[1:]:
        solver = _load(small, tolerance, effort, constant)
        if small.whole.any():
            places = np.arange(len(free), dtype=np.int32)
            solver.changeColsIntegrality(len(free), places, small.whole.astype(np.uint8))
        if start is not None:
            guess = highspy.HighsSolution()
            guess.col_value = start[free].tolist()
            solver.setSolution(guess)
        solver.run()
        found = _read(solver, free, values, constant)
        if found is not None and start is not None and not _agrees(program, found):
            return solve(program, effort)
        if found is not None:
            return found
    return Solved("stopped")


def _agrees(program: Program, found: Solved) -> bool:
    """Whether the columns have the objective that was reported. HiGHS 1.16 may report a better one
    than the start, and yet hand back the start."""
    if found.values is None:
        return True
    reached = float(program.objective @ found.values)
    return abs(reached - found.objective) <= 1e-6 * max(1.0, abs(reached))


def _read(solver: Any, free: Places, values: Numbers, constant: float) -> Solved | None:
    """What HiGHS found; nothing where it could not hold its own tolerance."""
    status, info = solver.getModelStatus(), solver.getInfo()
    work = max(int(info.simplex_iteration_count), 0)
    known, quality = highspy.HighsModelStatus, highspy.SolutionStatus
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
        return Solved("infeasible", work=work)
    if status == known.kSolveError:
        return None
    whole = info.mip_node_count >= 0
    bound = float(info.mip_dual_bound) + constant if whole else -INFINITE
    if info.primal_solution_status == quality.kSolutionStatusNone:
        return Solved("stopped", None, bound, work=work)
    if info.primal_solution_status == quality.kSolutionStatusInfeasible:
        return None
    found = values.copy()
    found[free] = np.asarray(solver.getSolution().col_value)
    objective = float(info.objective_function_value) + constant
    done = "optimal" if status == known.kOptimal else "stopped"
    proven = min(bound, objective) if whole else objective
    return Solved(done, found, proven, objective, work=work)


def _without_fixed(program: Program, free: Places) -> Program | None:
    """The program of the free columns only; nothing when a row of fixed ones alone is broken."""
    rows = program.rows
    if not rows.lower:
        empty = Rows()
    else:
        row, column = np.concatenate(rows.row), np.concatenate(rows.column)
        value = np.concatenate(rows.value)
        place = np.full(len(program.lower), -1)
        place[free] = np.arange(len(free))
        loose = place[column] >= 0
        fixed_sum = np.bincount(
            row[~loose], value[~loose] * program.lower[column[~loose]], len(rows.lower)
        )
        lower, upper = np.array(rows.lower) - fixed_sum, np.array(rows.upper) - fixed_sum
        used = np.bincount(row[loose], minlength=len(rows.lower)) > 0
        slack = 1e-7 * np.maximum(1, np.abs(fixed_sum))
        if np.any(~used & ((lower > slack) | (upper < -slack))):
            return None
        number = np.cumsum(used) - 1
        empty = Rows(
            [number[row[loose]]],
            [place[column[loose]]],
            [value[loose]],
            lower[used].tolist(),
            upper[used].tolist(),
        )
    return Program(
        program.objective[free],
        program.lower[free],
        program.upper[free],
        program.whole[free],
        empty,
    )


def _load(
    program: Program, tolerance: float, effort: Effort | None = None, constant: float = 0
) -> Any:
    """A HiGHS with the program as a linear one."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "primal_feasibility_tolerance": tolerance,
        "dual_feasibility_tolerance": tolerance,
        "mip_feasibility_tolerance": tolerance,
    }
    if effort is not None:
        options |= {
            "mip_rel_gap": effort.gap,
            "mip_abs_gap": 0.0,
            "mip_max_nodes": effort.nodes,
            "objective_target": effort.target - constant,
        }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_lp(program))
    return solver


def _lp(program: Program) -> Any:
    rows = program.rows
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.objective), len(rows.lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.objective, program.lower, program.upper
    lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    if rows.lower:
        row, column = np.concatenate(rows.row), np.concatenate(rows.column)
        order = np.lexsort((column, row))
        sizes = np.bincount(row, minlength=len(rows.lower))
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)])
        lp.a_matrix_.index_ = column[order]
        lp.a_matrix_.value_ = np.concatenate(rows.value)[order]
    return lp
