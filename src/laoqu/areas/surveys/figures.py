"""Figures of surveys and recommendations."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Rows, declare

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
)
