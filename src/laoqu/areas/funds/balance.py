"""The balance of a fund: what was handed on from step to step, exact to the fen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from laoqu.register.models import State
from laoqu_engines.values.money import wan_yuan

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Balance:
    """One fund in yuan. 指标 = 未下达 + 支出 + 收回 + 结余, always and to the fen."""

    fund: Any
    quota: Decimal
    issued: Decimal
    allocated: Decimal
    paid: Decimal
    spent: Decimal
    returned: Decimal
    fees: Decimal
    """The part of `spent` that is management fee."""

    @property
    def unissued(self) -> Decimal:
        """未下达."""
        return self.quota - self.issued

    @property
    def left(self) -> Decimal:
        """结余: issued and neither spent nor returned."""
        return self.issued - self.spent - self.returned

    @property
    def spending_rate(self) -> Decimal | None:
        """支出率 in percent to one decimal, of the quota."""
        return (self.spent * 100 / self.quota).quantize(Decimal("0.1")) if self.quota else None

    def fault(self) -> str:
        """Where the fund hands on more than it has, in a sentence; empty where it balances."""
        for more, less, sentence in (
            (self.issued, self.quota, _("下达的合计 %(more)s 超过指标 %(less)s")),
            (self.allocated, self.issued, _("分配的合计 %(more)s 超过下达的 %(less)s")),
            (self.paid, self.issued, _("拨付的合计 %(more)s 超过下达的 %(less)s")),
            (self.spent, self.paid, _("支出的合计 %(more)s 超过拨付的 %(less)s")),
            (self.returned, self.issued - self.spent, _("收回的 %(more)s 超过还剩的 %(less)s")),
            (self.fees, self._most_fees(), _("管理费 %(more)s 超过上限 %(less)s")),
        ):
            if more > less:
                words = sentence % {"more": _wan(more), "less": _wan(less)}
                return _("%(fund)s：%(words)s。请核对金额，或先补记前面的一步。") % {
                    "fund": self.fund.name,
                    "words": words,
                }
        return ""

    def _most_fees(self) -> Decimal:
        policy = self.fund.policy
        if policy is None or policy.fee_percent is None:
            return self.spent
        most: Decimal = self.quota * policy.fee_percent / 100
        return most


def balances(funds: Sequence[Any], flows: QuerySet[Any]) -> list[Balance]:
    """The balance of each fund, in their order, from `flows` that are neither void nor returned.

    Two queries at most, however many funds there are.
    """
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    fees: dict[int, Decimal] = defaultdict(Decimal)
    valid = flows.filter(fund__in=[fund.pk for fund in funds]).exclude(
        state__in=(State.VOID, State.RETURNED)
    )
    grouped = valid.order_by().values_list("fund", "step", "fee").annotate(total=Sum("amount"))
    for fund, step, fee, total in grouped:
        sums[fund, step] += total
        if fee and step == "spent":
            fees[fund] += total
    steps = ("issued", "allocated", "paid", "spent", "returned")
    return [
        Balance(fund, fund.quota, *(sums[fund.pk, step] for step in steps), fees[fund.pk])
        for fund in funds
    ]


def total_of(found: Sequence[Balance]) -> Balance:
    """All balances added up."""
    names = ("quota", "issued", "allocated", "paid", "spent", "returned", "fees")
    return Balance(None, *(sum((getattr(one, name) for one in found), NOTHING) for name in names))


def shown_balance(balance: Balance) -> str:
    """指标、下达、拨付、支出、收回、结余 on one line."""
    parts = (
        (_("指标"), balance.quota),
        (_("下达"), balance.issued),
        (_("拨付"), balance.paid),
        (_("支出"), balance.spent),
        (_("收回"), balance.returned),
        (_("结余"), balance.left),
    )
    return "，".join(f"{label} {_wan(amount)}" for label, amount in parts)


def _wan(amount: Decimal) -> str:
    return wan_yuan(int(amount * 100))
