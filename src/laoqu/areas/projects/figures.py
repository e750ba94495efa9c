"""Figures of projects."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Ratio, Rows, Sum, declare

COUNTED = {"counted": "yes"}
PLANNED = Figure(
    "projects.planned",
    _("项目资金规模"),
    _("本年度已审核项目的资金规模合计，每个项目只加一次；出库和终止的不加。"),
    "元",
    "projects",
    Sum("planned"),
    COUNTED,
)
PAID = Figure(
    "projects.paid",
    _("项目累计支付"),
    _("本年度已审核项目的累计支付合计，每个项目只加一次；出库和终止的不加。"),
    "元",
    "projects",
    Sum("paid"),
    COUNTED,
)
VILLAGES = (("places__level__in", ("village", "natural_village")),)

declare(
    Figure(
        "projects.rows",
        _("帮扶项目"),
        _("本年度已审核的项目，逐个计数；出库和终止的不数。"),
        _("个"),
        "projects",
        Rows(),
        COUNTED,
    ),
    Figure(
        "projects.villages",
        _("有项目的村"),
        _("本年度已审核项目的实施村，同一个村只数一次。"),
        _("个"),
        "projects",
        Distinct(("places",), VILLAGES),
        COUNTED,
    ),
    PLANNED,
    PAID,
    Ratio(
        "projects.payment_rate",
        _("项目支付率"),
        _("累计支付占资金规模的百分之几。"),
        PAID,
        PLANNED,
    ),
    Figure(
        "projects.late",
        _("逾期未完工的项目"),
        _("本年度已审核项目中，计划完工的日子已过、还没有完工的。"),
        _("个"),
        "projects",
        Rows(),
        {**COUNTED, "late": "yes"},
    ),
    Figure(
        "followups.rows",
        _("项目跟踪"),
        _("本年度已审核的项目跟踪，逐次计数。"),
        _("次"),
        "followups",
        Rows(),
        COUNTED,
    ),
)
