"""Figures of surveys and recommendations."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Rows, declare

declare(
    Figure(
        "surveys.rows",
        _("专题调研"),
        _("本年度已审核的调研课题数。"),
        _("项"),
        "surveys",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "recommendations.rows",
        _("提出建议"),
        _("本年度已审核的建议，逐条计数。"),
        _("条"),
        "recommendations",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "recommendations.adopted",
        _("采纳的建议"),
        _("本年度已审核的建议中，采纳、部分采纳、落实中和见效的；按现在的办理状态。"),
        _("条"),
        "recommendations",
        Rows(),
        {"counted": "yes", "outcome": "adopted"},
    ),
    Figure(
        "recommendations.effective",
        _("见效的建议"),
        _("本年度已审核的建议中，已经见效、有证据的；按现在的办理状态。"),
        _("条"),
        "recommendations",
        Rows(),
        {"counted": "yes", "adoption": "effective"},
    ),
    Figure(
        "recommendations.looked_back",
        _("回头看的建议"),
        _("本年度回头看过的建议，同一条只数一次。"),
        _("条"),
        "look-backs",
        Distinct(("recommendation",)),
        {"counted": "yes"},
    ),
)
