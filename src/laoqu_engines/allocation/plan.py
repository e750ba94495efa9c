"""The answer of the engine: who pays what, why, and how good and fair it is.

`to_json` lists needs and channels in the problem's order, payments by need, then channel; the same
plan gives the same bytes.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from laoqu_engines.allocation.fairness import Fairness

STATUSES = ("optimal", "feasible", "infeasible")


@dataclass(frozen=True)
class Payment:
    """Whole fen that one channel pays towards one need."""

    need: str
    channel: str
    amount_fen: int


@dataclass(frozen=True)
class Change:
    """The least extra money in one channel that would fund a need at no other need's cost."""

    channel: str
    add_fen: int


@dataclass(frozen=True)
class Reason:
    """Why a need is funded as it is. `loss` is the benefit lost if it were pinned in without more
    money, None where that cannot be done or was not asked; `estimate` marks figures from prices."""

    kind: str
    text: str
    change: Change | None = None
    loss: Fraction | None = None
    estimate: bool = False


@dataclass(frozen=True)
class NeedOutcome:
    """What a need gets, and why."""

    id: str
    paid_fen: int
    reason: Reason


@dataclass(frozen=True)
class ChannelOutcome:
    """What a channel pays, its fee, what stays, and the benefit one more yuan in it would bring."""

    id: str
    paid_fen: int
    fee_fen: int
    left_fen: int
    price: float | None = None


@dataclass(frozen=True)
class Plan:
    """The result of one rule. An infeasible plan pays nothing and names its `conflict`."""

    status: str
    rule: str
    benefit: Fraction
    bound: Fraction | None
    gap: float | None
    payments: tuple[Payment, ...]
    needs: tuple[NeedOutcome, ...]
    channels: tuple[ChannelOutcome, ...]
    binding: tuple[str, ...] = ()
    fairness: Fairness | None = None
    conflict: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def paid(self) -> dict[str, int]:
        """Fen by need, for the needs that get any."""
        found: dict[str, int] = {}
        for payment in self.payments:
            found[payment.need] = found.get(payment.need, 0) + payment.amount_fen
        return found

    def to_json(self) -> dict[str, Any]:
        """The plan as the file has it."""
        return {
            "status": self.status,
            "rule": self.rule,
            "benefit": number(self.benefit),
            "bound": number(self.bound),
            "gap": self.gap,
            "payments": [
                {"need": p.need, "channel": p.channel, "amount_fen": p.amount_fen}
                for p in self.payments
            ],
            "needs": [_need(outcome) for outcome in self.needs],
            "channels": [
                {
                    "id": c.id,
                    "paid_fen": c.paid_fen,
                    "fee_fen": c.fee_fen,
                    "left_fen": c.left_fen,
                    "price": c.price,
                }
                for c in self.channels
            ],
            "binding": list(self.binding),
            "fairness": self.fairness and self.fairness.to_json(),
            "conflict": list(self.conflict),
            "notes": list(self.notes),
        }


def number(value: Fraction | None) -> int | float | None:
    """A whole number as such, any other as the nearest float."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _need(outcome: NeedOutcome) -> dict[str, Any]:
    reason = outcome.reason
    change = reason.change
    return {
        "id": outcome.id,
        "paid_fen": outcome.paid_fen,
        "reason": {
            "kind": reason.kind,
            "text": reason.text,
            "change": change and {"channel": change.channel, "add_fen": change.add_fen},
            "loss": number(reason.loss),
            "estimate": reason.estimate,
        },
    }
