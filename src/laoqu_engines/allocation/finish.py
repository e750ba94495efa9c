"""From payments to the plan that leaves the engine: sums, outcomes, and the last gate."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from laoqu_engines.allocation.check import violations
from laoqu_engines.allocation.fairness import fairness
from laoqu_engines.allocation.plan import (
    ChannelOutcome,
    NeedOutcome,
    Payment,
    Plan,
    Reason,
)
from laoqu_engines.allocation.problem import Channel, Problem


class BrokenPlan(RuntimeError):
    """A fault of the engine: the plan it made breaks a rule, so it is not given out."""


@dataclass(frozen=True)
class Findings:
    """What a rule knows beside its payments. A rule without a bound or prices leaves them out."""

    status: str
    rule: str
    bound: Fraction | None = None
    gap: float | None = None
    prices: Mapping[str, float] = field(default_factory=dict)
    binding: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def finish(
    problem: Problem,
    payments: Sequence[Payment],
    reasons: Mapping[str, Reason],
    findings: Findings,
) -> Plan:
    """The plan of these payments. Raises `BrokenPlan` if it broke a rule by a fen."""
    paid: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for payment in payments:
        paid[payment.need] += payment.amount_fen
        spent[payment.channel] += payment.amount_fen
    plan = Plan(
        status=findings.status,
        rule=findings.rule,
        benefit=sum((need.benefit_of(paid[need.id]) for need in problem.needs), Fraction(0)),
        bound=findings.bound,
        gap=findings.gap,
        payments=tuple(payments),
        needs=tuple(
            NeedOutcome(need.id, paid[need.id], reasons[need.id]) for need in problem.needs
        ),
        channels=tuple(
            _channel(channel, spent[channel.id], findings.prices.get(channel.id))
            for channel in problem.channels
        ),
        binding=findings.binding,
        fairness=fairness(problem, paid),
        notes=findings.notes,
    )
    if broken := violations(problem, plan):
        raise BrokenPlan(broken[0])
    return plan


def infeasible(problem: Problem, rule: str, conflict: Sequence[str]) -> Plan:
    """The plan that says why there is none."""
    reason = Reason("infeasible", "条件互相矛盾，没有可行的方案。")
    return Plan(
        status="infeasible",
        rule=rule,
        benefit=Fraction(0),
        bound=None,
        gap=None,
        payments=(),
        needs=tuple(NeedOutcome(need.id, 0, reason) for need in problem.needs),
        channels=tuple(_channel(channel, 0, None) for channel in problem.channels),
        fairness=fairness(problem, {}),
        conflict=tuple(conflict),
    )


def _channel(channel: Channel, paid_fen: int, price: float | None) -> ChannelOutcome:
    fee = channel.fee_fen(paid_fen)
    return ChannelOutcome(channel.id, paid_fen, fee, channel.budget_fen - paid_fen - fee, price)
