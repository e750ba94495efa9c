"""Figures of honours."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Rows, declare

declare(
    Figure(
        "awards.rows",
        _("获得荣誉"),
        _("本年度已审核的荣誉，逐项计数。"),
        _("项"),
        "awards",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "commendations.chosen",
        _("表彰的人和单位"),
        _("本年度会里表彰的人和单位，一个记一行。"),
        _("个"),
        "nominees",
        Rows(),
        {"counted": "yes", "result": "chosen"},
    ),
)
