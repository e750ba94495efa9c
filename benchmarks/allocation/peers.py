"""One solver on one problem, in a process of its own: prints seconds, value, bound and peak memory.

The peers get the plain model: a yes-or-no column per need, a whole-number flow per need and channel
that may pay it; written once as an MPS file, so that all solve the very same model. Reading the
file is not counted, nor is reading the problem for our own engine.
"""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from laoqu_engines.allocation import Problem, solve
from laoqu_engines.allocation.payments import eligible

GAP = 1e-4
STEP_FEN = 100_000


def main() -> None:
    """`peers.py NAME PROBLEM.json MODEL.mps SECONDS`."""
    name, problem, model, limit = sys.argv[1:]
    begun, value, bound = SOLVERS[name](problem, model, float(limit))
    spent = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": spent, "value": value, "bound": bound, "peak": peak}))


def ours(problem: str, _: str, __: float) -> tuple[float, float, float]:
    """Everything from the problem to the checked plan, with reasons."""
    read = Problem.from_json(json.loads(Path(problem).read_text("utf-8")))
    begun = started()
    plan = solve(read, gap=GAP)
    assert plan.bound is not None
    return begun, float(plan.benefit), float(plan.bound)


def highs(_: str, model: str, limit: float) -> tuple[float, float, float]:
    """HiGHS as it comes."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.readModel(model)
    solver.setOptionValue("mip_rel_gap", GAP)
    solver.setOptionValue("time_limit", limit)
    begun = started()
    solver.run()
    info = solver.getInfo()
    return begun, -info.objective_function_value, -info.mip_dual_bound


def cp_sat(problem: str, model: str, limit: float) -> tuple[float, float, float]:
    """OR-Tools CP-SAT on two workers."""
    return ortools("sat", f"relative_gap_limit:{GAP} num_workers:2", model, limit)


def scip(problem: str, model: str, limit: float) -> tuple[float, float, float]:
    """SCIP through OR-Tools."""
    return ortools("scip", f"limits/gap = {GAP}", model, limit)


def ortools(name: str, options: str, model: str, limit: float) -> tuple[float, float, float]:
    """A solver behind OR-Tools' model builder."""
    from datetime import timedelta

    from ortools.linear_solver.python import model_builder

    read = model_builder.Model()
    read.import_from_mps_file(model)
    solver = model_builder.Solver(name)
    solver.set_solver_specific_parameters(options)
    solver.set_time_limit(timedelta(seconds=limit))
    begun = started()
    solver.solve(read)
    return begun, -solver.objective_value, -solver.best_objective_bound


def started() -> float:
    """Tell the parent that the clock runs."""
    print("started", flush=True)
    return perf_counter()


SOLVERS = {"laoqu": ours, "HiGHS": highs, "CP-SAT": cp_sat, "SCIP": scip}


def write_plain(data: dict[str, Any], path: Path) -> None:
    """The plain model of a problem, sums in steps of a thousand yuan."""
    import highspy

    problem = Problem.from_json(data)
    count = len(problem.needs)
    able = eligible(problem)
    need = np.repeat(np.arange(count), [len(found) for found in able])
    channel = np.array([j for found in able for j in found])
    flow = count + np.arange(len(need))
    cost = np.array([n.cost_fen // STEP_FEN for n in problem.needs], float)
    money = [c.budget_fen // STEP_FEN for c in problem.channels]
    rows = [
        (
            np.concatenate([flow, np.arange(count)]),
            np.concatenate([need, np.arange(count)]),
            np.concatenate([np.ones(len(flow)), -cost]),
            np.zeros(count),
            np.zeros(count),
        )
    ]
    rows.append(
        (flow, channel, np.ones(len(flow)), np.full(len(money), -np.inf), np.array(money, float))
    )
    rows += [
        _scoped(members, values, low, high) for members, values, low, high in _limits(problem, cost)
    ]
    column = np.concatenate([part[0] for part in rows])
    offsets = np.cumsum([0, *(len(part[3]) for part in rows)])
    row = np.concatenate([part[1] + first for part, first in zip(rows, offsets[:-1], strict=True)])
    order = np.lexsort((column, row))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count + len(flow), int(offsets[-1])
    lp.col_cost_ = np.concatenate([[-float(n.benefit) for n in problem.needs], np.zeros(len(flow))])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate([np.ones(count), cost[need]])
    lp.row_lower_ = np.concatenate([part[3] for part in rows])
    lp.row_upper_ = np.concatenate([part[4] for part in rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=lp.num_row_))])
    lp.a_matrix_.index_, lp.a_matrix_.value_ = (
        column[order],
        np.concatenate([p[2] for p in rows])[order],
    )
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(lp)
    solver.writeModel(str(path))


def _scoped(members: Any, values: Any, low: float, high: float) -> tuple[Any, ...]:
    return members, np.zeros(len(members), int), values, np.array([low]), np.array([high])


def _limits(problem: Problem, cost: Any) -> Any:
    groups: dict[str, list[int]] = {}
    near: dict[tuple[str, str | None], list[int]] = {}
    for i, need in enumerate(problem.needs):
        if need.group:
            groups.setdefault(need.group, []).append(i)
        for name in ("village", "township"):
            near.setdefault((name, getattr(need, name)), []).append(i)
    for members in groups.values():
        yield np.array(members), np.ones(len(members)), -np.inf, 1
    for limit in problem.limits:
        name = "village" if limit.scope.village else "township"
        found = np.array(near.get((name, getattr(limit.scope, name)), []), int)
        steps = limit.amount_fen // STEP_FEN
        cap = limit.kind == "cap"
        yield found, cost[found], -np.inf if cap else steps, steps if cap else np.inf


if __name__ == "__main__":
    main()
