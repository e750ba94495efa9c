"""Figures of heritage."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Rows, Sum, declare

COUNTED = {"counted": "yes"}

declare(
    Figure(
        "heritage.sites",
        _("新登记红色遗址"),
        _("本年度新登记、已审核的红色遗址遗迹。"),
        _("处"),
        "heritage-sites",
        Rows(),
        COUNTED,
    ),
    Figure(
        "heritage.inspections",
        _("遗址巡查"),
        _("本年度已审核的遗址巡查，一处一次记一行。"),
        _("次"),
        "heritage-inspections",
        Rows(),
        COUNTED,
    ),
    Figure(
        "heritage.inspected_sites",
        _("巡查到的遗址"),
        _("本年度巡查过的遗址，同一处只数一次。"),
        _("处"),
        "heritage-inspections",
        Distinct(("site",)),
        COUNTED,
    ),
    Figure(
        "heritage.problems",
        _("巡查发现问题未整改"),
        _("本年度巡查发现问题、还没有整改完成的。"),
        _("件"),
        "heritage-inspections",
        Rows(),
        {**COUNTED, "rectified": "open"},
    ),
    Figure(
        "heritage.repairs",
        _("遗址修缮"),
        _("本年度已审核的遗址修缮，一项记一行。"),
        _("项"),
        "heritage-repairs",
        Rows(),
        COUNTED,
    ),
    Figure(
        "heritage.repair_amount",
        _("遗址修缮资金"),
        _("本年度已审核的遗址修缮资金合计。"),
        "元",
        "heritage-repairs",
        Sum("amount"),
        COUNTED,
    ),
)
