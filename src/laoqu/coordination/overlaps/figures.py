"""Figures of overlaps."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Rows, declare

COUNTED = {"counted": "yes"}

declare(
    Figure(
        "overlaps.waiting",
        _("疑似重复待研判"),
        _("本年度的记录里，可能重复建设、还没有研判清楚的，两条记录算一件。"),
        _("件"),
        "overlaps",
        Rows(),
        {**COUNTED, "waiting": "yes"},
    ),
    Figure(
        "overlaps.confirmed",
        _("已确认重复"),
        _("本年度的记录里，经研判确认重复，已合并、撤销一方或记明的，两条记录算一件。"),
        _("件"),
        "overlaps",
        Rows(),
        {**COUNTED, "stage": "confirmed"},
    ),
)
