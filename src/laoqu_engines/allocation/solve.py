"""The rules by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from laoqu_engines.allocation import equal_shares, max_min, most_benefit
from laoqu_engines.allocation.plan import Plan
from laoqu_engines.allocation.problem import Problem

RULES: Mapping[str, Callable[[Problem, float, str], Plan]] = MappingProxyType(
    {rule.RULE: rule.solve for rule in (most_benefit, equal_shares, max_min)}
)


def solve(
    problem: Problem, rule: str = "most_benefit", gap: float = 1e-4, reasons: str = "exact"
) -> Plan:
    """The plan of a rule, proven to `gap` where the rule has a bound.

    `reasons`: exact (for up to 300 needs left out, else estimated), estimate or none.
    """
    return RULES[rule](problem, gap, reasons)
