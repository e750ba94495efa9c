"""Why a need is funded or not, exactly, when somebody asks for it."""

from laoqu.coordination.rounds.results import Result
from laoqu_engines import allocation


def exact_reason(result: Result, code: str) -> str:
    """The reason of one need in words; what the plan only estimates is worked out exactly."""
    row = next(row for row in result.needs if row.need.code == code)
    if not row.estimate:
        return row.told
    problem = allocation.Problem.from_json(result.problem)
    plan = allocation.solve(problem, rule=result.solution.rule, reasons="none")
    return result.readable(allocation.explain(problem, plan, code).text)
