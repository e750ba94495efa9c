"""The execution of the working budget, by use."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from laoqu.areas.finances.models import Use


@dataclass(frozen=True)
class Execution:
    """One use of the budget in yuan."""

    label: Any
    planned: Decimal
    spent: Decimal
    use: str = ""

    @property
    def left(self) -> Decimal:
        """What may still be spent."""
        return self.planned - self.spent

    @property
    def rate(self) -> Decimal | None:
        """执行率 in percent to one decimal; None without a budget."""
        return (self.spent * 100 / self.planned).quantize(Decimal("0.1")) if self.planned else None


def execution_by_use(items: QuerySet[Any], expenses: QuerySet[Any]) -> list[Execution]:
    """Budget and execution of each use that occurs, in the order of the uses.

    Args:
        items: countable budget lines; expenses: countable payments out of any of them.
    """
    planned: dict[str, Decimal] = defaultdict(Decimal)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for use, total in items.order_by().values_list("use").annotate(total=Sum("planned")):
        planned[use] = total
    of_items = expenses.filter(item__in=items.order_by().values("pk")).order_by()
    for use, total in of_items.values_list("item__use").annotate(total=Sum("amount")):
        spent[use] = total
    return [Execution(use.label, planned[use], spent[use], use) for use in Use if use in planned]
