"""The rule of the least satisfied: of all plans the one that is fairest from below (leximin)."""

from laoqu_engines.allocation.conflict import conflict
from laoqu_engines.allocation.finish import Findings, finish, infeasible
from laoqu_engines.allocation.order import canonical, in_order
from laoqu_engines.allocation.plan import Plan
from laoqu_engines.allocation.problem import Problem
from laoqu_engines.allocation.raising import Raising
from laoqu_engines.allocation.reasons import Reasons
from laoqu_engines.allocation.search import Infeasible

RULE = "max_min"


def solve(problem: Problem, gap: float, reasons: str) -> Plan:
    """The plan of this rule."""
    ordered = canonical(problem)
    raising = Raising(ordered)
    try:
        found = raising.run()
    except Infeasible:
        return infeasible(problem, RULE, conflict(problem))
    payments = in_order(problem, found.settled.payments)
    status = "optimal" if raising.proved else "feasible"
    return finish(problem, payments, Reasons(problem, payments).plain(), Findings(status, RULE))
