"""Figures of the association's own money."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Ratio, Rows, Sum, declare

COUNTED = {"counted": "yes"}
BUDGET = Figure(
    "budget.planned",
    _("工作经费预算"),
    _("本年度已审核的工作经费预算合计。"),
    "元",
    "budget",
    Sum("planned"),
    COUNTED,
)
SPENT = Figure(
    "budget.spent",
    _("工作经费支出"),
    _("本年度已审核的工作经费支出合计；冲销的不加。"),
    "元",
    "expenses",
    Sum("amount"),
    COUNTED,
)

declare(
    BUDGET,
    SPENT,
    Ratio(
        "budget.execution_rate",
        _("工作经费预算执行率"),
        _("工作经费支出占预算的百分之几。"),
        SPENT,
        BUDGET,
    ),
    Figure(
        "special_funds.donated",
        _("基金捐赠收入"),
        _("本年度已审核的基金捐赠合计；冲销的不加。"),
        "元",
        "fund-donations",
        Sum("amount"),
        COUNTED,
    ),
    Figure(
        "special_funds.donations",
        _("基金捐赠笔数"),
        _("本年度已审核的基金捐赠，逐笔计数。"),
        _("笔"),
        "fund-donations",
        Rows(),
        COUNTED,
    ),
    Figure(
        "special_funds.used",
        _("基金使用"),
        _("本年度已审核的基金使用合计；冲销的不加。"),
        "元",
        "fund-uses",
        Sum("amount"),
        COUNTED,
    ),
)
