"""Figures of meetings."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Rows, declare

declare(
    Figure(
        "meetings.rows",
        _("会议"),
        _("本年度已审核的会议记录，主办和参加的都算。"),
        _("次"),
        "meetings",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "resolutions.rows",
        _("议定事项"),
        _("本年度已审核的会议议定事项，逐条计数。"),
        _("项"),
        "resolutions",
        Rows(),
        {"counted": "yes"},
    ),
)
