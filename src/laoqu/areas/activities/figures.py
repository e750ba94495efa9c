"""Figures of activities."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Rows, Sum, declare

VILLAGES = (("places__level__in", ("village", "natural_village")),)

declare(
    Figure(
        "visits.rows",
        _("送温暖慰问"),
        _("本年度已审核的慰问活动次数。"),
        _("次"),
        "visits",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "visits.villages",
        _("慰问到的村"),
        _("本年度慰问写到名字的村，同一个村只数一次。"),
        _("个"),
        "visits",
        Distinct(("places",), VILLAGES),
        {"counted": "yes"},
    ),
    Figure(
        "performances.rows",
        _("送戏活动"),
        _("本年度已审核的送戏记录，一行记一次或几次合报。"),
        _("项"),
        "performances",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "performances.shows",
        _("送戏场次"),
        _("本年度已审核的演出场次合计；多村合计的只加一次。"),
        _("场"),
        "performances",
        Sum("count"),
        {"counted": "yes"},
    ),
    Figure(
        "performances.villages",
        _("送戏到的村"),
        _("本年度送戏写到名字的村，同一个村只数一次。"),
        _("个"),
        "performances",
        Distinct(("places",), VILLAGES),
        {"counted": "yes"},
    ),
    Figure(
        "trainings.rows",
        _("培训学习"),
        _("本年度已审核的培训和外出学习次数。"),
        _("次"),
        "trainings",
        Rows(),
        {"counted": "yes"},
    ),
)
