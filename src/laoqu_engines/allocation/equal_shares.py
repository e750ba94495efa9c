"""The rule of equal shares: the money is divided by heads, and the villages choose.

The method of equal shares (Peters, Pierczyński, Skowron 2021), with villages as claimants weighted
by their people, extended to earmarked channels. See docs/engines/allocation.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from laoqu_engines.allocation.conflict import conflict, is_feasible
from laoqu_engines.allocation.finish import Findings, finish, infeasible
from laoqu_engines.allocation.order import Tie, by_id, canonical, in_order
from laoqu_engines.allocation.payments import Shortage, pay
from laoqu_engines.allocation.plan import Plan, Reason
from laoqu_engines.allocation.problem import Problem
from laoqu_engines.allocation.reasons import Reasons
from laoqu_engines.allocation.sharing import Sharing
from laoqu_engines.allocation.wording import Words, money

RULE = "equal_shares"
COMPLETION = "各村份额用完以后的余钱，按每元效益从高到低补充安排。"

HOW = {
    "pinned": "",
    "shares": "由支持者的份额承担。",
    "stage": "支持者的份额够做这一部分。",
    "rest": "用份额以外的余钱安排。",
}


def share_out(problem: Problem, *, tie: Tie = by_id, rest: bool = True) -> Sharing | None:
    """The course of the rule; None where what is pinned in cannot be done together.

    `tie` sorts needs of equal rate. Without `rest`, money that no supporters can spend stays: on
    one unmarked channel this is the published method. The order of the rows makes no difference.
    """
    sharing = Sharing(canonical(problem, tie))
    return sharing if sharing.run(rest) else None


def solve(problem: Problem, gap: float, reasons: str) -> Plan:
    """The plan of this rule, which has neither bound nor prices."""
    sharing = share_out(problem)
    broken = () if sharing is None else sharing.books.broken()
    if sharing is None or broken:
        return infeasible(problem, RULE, _clash(problem, broken))
    payments = pay(sharing.problem, sharing.amounts)
    assert not isinstance(payments, Shortage)
    ordered = in_order(problem, payments)
    found = _reasons(problem, sharing, Reasons(problem, ordered).plain())
    return finish(problem, ordered, found, Findings("feasible", RULE, notes=(COMPLETION,)))


def _clash(problem: Problem, broken: Sequence[int]) -> tuple[str, ...]:
    """Why there is no plan at all, or which limit this rule does not come to keep."""
    if not is_feasible(problem):
        return conflict(problem)
    words = Words(problem)
    if not broken:
        return ("会议定了要做的需求，按等额份额的办法排不下",)
    return (f"{words.limit(problem.limits[broken[0]])}，按等额份额的办法做不到",)


def _reasons(problem: Problem, sharing: Sharing, plain: Mapping[str, Reason]) -> dict[str, Reason]:
    """The plain reasons, with what the rule knows of each need."""
    found = dict(plain)
    for place, need in enumerate(sharing.problem.needs):
        reason = plain[need.id]
        if place in sharing.how:
            found[need.id] = replace(reason, text=reason.text + HOW[sharing.how[place]])
        elif reason.kind == "budget" and (held := sharing.held(place)) is not None:
            more = f"支持它的份额还有{money(held)}，不够造价{money(need.cost_fen)}。"
            found[need.id] = replace(reason, text=reason.text + more)
    return found
