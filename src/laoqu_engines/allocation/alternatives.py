"""Other plans that are nearly as good: each decides as many needs differently as it can."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from laoqu_engines.allocation.fields import exact
from laoqu_engines.allocation.finish import Findings, finish
from laoqu_engines.allocation.model import build, tier_benefit, tiers
from laoqu_engines.allocation.plan import Plan
from laoqu_engines.allocation.problem import Problem
from laoqu_engines.allocation.reasons import Reasons
from laoqu_engines.allocation.rows import Numbers
from laoqu_engines.allocation.search import Infeasible, Kept, Search
from laoqu_engines.allocation.settle import Settled
from laoqu_engines.allocation.wording import Words

GAP = 0.02


def alternatives(
    problem: Problem, plan: Plan, count: int = 3, within: float = 0.02
) -> tuple[Plan, ...]:
    """Up to `count` plans that keep every rule and lose at most `within` of the plan's benefit, in
    every tier. Each is chosen so that most needs are decided otherwise than in the plan and in
    the alternatives before it; `notes` say what changes."""
    if plan.status == "infeasible":
        return ()
    search = Search(build(problem))
    part = 1 - (exact(within) or Fraction(0))
    kept = [Kept(tier, tier_benefit(problem, tier, plan.paid()) * part) for tier in tiers(problem)]
    known: list[set[str]] = [set(plan.paid())]
    found: list[Plan] = []
    while len(found) < count:
        try:
            settled = search.best(_sameness(search, known), kept, GAP).settled
        except Infeasible:
            break
        if set(settled.amounts) in known:
            break
        known.append(set(settled.amounts))
        found.append(_plan(problem, plan, settled))
    return tuple(found)


def _sameness(search: Search, known: list[set[str]]) -> Numbers:
    """Objective: how many needs are decided as in the plans known, up to a constant."""
    objective = np.zeros(len(search.model.program.objective))
    for i, need in enumerate(search.model.problem.needs):
        objective[i] = sum(1 if need.id in funded else -1 for funded in known)
    return objective


def _plan(problem: Problem, best: Plan, settled: Settled) -> Plan:
    why = Reasons(problem, settled.payments)
    findings = Findings(status="feasible", rule=best.rule, bound=best.bound)
    made = finish(problem, settled.payments, why.plain(), findings)
    gap = float((best.bound - made.benefit) / best.bound) if best.bound else None
    words, before, after = Words(problem), best.paid(), made.paid()
    added = words.names(id_ for id_ in after if id_ not in before)
    dropped = words.names(id_ for id_ in before if id_ not in after)
    note = f"与最优方案相比，多做{added or '无'}；不做{dropped or '无'}。"
    return replace(made, gap=gap, notes=(note,))
