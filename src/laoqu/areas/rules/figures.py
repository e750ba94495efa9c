"""Figures of rules and study."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Rows, Sum, declare

COUNTED = {"counted": "yes"}

declare(
    Figure(
        "rules.versions",
        _("制定和修订制度"),
        _("本年度已审核的制度版本，新订和修订都算。"),
        _("项次"),
        "rule-versions",
        Rows(),
        COUNTED,
    ),
    Figure(
        "rules.renewed",
        _("新订或修订的制度"),
        _("本年度有新版本的制度，同一项只数一次。"),
        _("项"),
        "rule-versions",
        Distinct(("rule",)),
        COUNTED,
    ),
    Figure(
        "studies.rows",
        _("学习"),
        _("本年度已审核的学习次数，集中学习、党课、廉政教育、外出瞻仰都算。"),
        _("次"),
        "studies",
        Rows(),
        COUNTED,
    ),
    Figure(
        "studies.cost",
        _("学习费用"),
        _("本年度已审核的学习费用合计。"),
        "元",
        "studies",
        Sum("cost"),
        COUNTED,
    ),
)
