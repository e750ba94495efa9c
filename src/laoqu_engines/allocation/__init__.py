"""Needs × earmarked channels → a plan with its proof, a reason for every need, and fairness.

`Problem.from_json` reads a problem, `solve` makes the plan by one of the rules, `violations` proves
that a plan keeps every rule to the fen.
"""

from laoqu_engines.allocation.alternatives import alternatives
from laoqu_engines.allocation.check import violations
from laoqu_engines.allocation.fields import ProblemError
from laoqu_engines.allocation.plan import Plan
from laoqu_engines.allocation.problem import (
    Channel,
    Limit,
    Need,
    Problem,
    Scope,
    Supporter,
    Village,
)
from laoqu_engines.allocation.reasons import explain
from laoqu_engines.allocation.solve import RULES, solve

__all__ = [
    "RULES",
    "Channel",
    "Limit",
    "Need",
    "Plan",
    "Problem",
    "ProblemError",
    "Scope",
    "Supporter",
    "Village",
    "alternatives",
    "explain",
    "solve",
    "violations",
]
