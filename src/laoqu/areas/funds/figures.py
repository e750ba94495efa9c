"""Figures of funds and their flow."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.funds.models import FundStep
from laoqu.register.figures import Figure, Ratio, Rows, Sum, declare

COUNTED = {"counted": "yes"}
QUOTA = Figure(
    "funds.quota",
    _("资金指标"),
    _("本年度已审核的资金来源的指标金额合计。"),
    "元",
    "funds",
    Sum("quota"),
    COUNTED,
)
STEPS = {
    step: Figure(
        f"funds.{step.value}",
        label,
        _("本年度已审核的资金流水中这一环节的合计；冲销的不加。"),
        "元",
        "fund-flows",
        Sum("amount"),
        {**COUNTED, "step": step.value},
    )
    for step, label in (
        (FundStep.ISSUED, _("资金下达")),
        (FundStep.PAID, _("资金拨付")),
        (FundStep.SPENT, _("资金支出")),
        (FundStep.RETURNED, _("资金收回")),
    )
}

declare(
    QUOTA,
    *STEPS.values(),
    Figure(
        "funds.rows",
        _("资金来源"),
        _("本年度已审核的资金来源，逐项计数。"),
        _("项"),
        "funds",
        Rows(),
        COUNTED,
    ),
    Ratio(
        "funds.spending_rate",
        _("资金支出率"),
        _("资金支出占指标金额的百分之几。"),
        STEPS[FundStep.SPENT],
        QUOTA,
    ),
)
