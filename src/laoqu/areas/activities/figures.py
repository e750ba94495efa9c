"""Figures of activities."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Ratio, Rows, Sum, declare

VILLAGES = (("places__level__in", ("village", "natural_village")),)

SHOWS = Figure(
    "performances.shows",
    _("送戏场次"),
    _("本年度已审核的演出场次合计，按上报的数；多村合计的只加一次。"),
    _("场"),
    "performances",
    Sum("count"),
    {"counted": "yes"},
)
RECEIPTED = Figure(
    "performances.receipted",
    _("有回执的送戏场次"),
    _("本年度已审核的演出中，有村签章和监督员签字回执的场次合计。"),
    _("场"),
    "performances",
    Sum("receipted_count"),
    {"counted": "yes", "receipt": "yes"},
)

declare(
    SHOWS,
    RECEIPTED,
    Ratio(
        "performances.receipt_share",
        _("送戏回执率"),
        _("有回执的送戏场次占上报场次的百分比。"),
        RECEIPTED,
        SHOWS,
    ),
    Figure(
        "performances.settled",
        _("送戏结算金额"),
        _("本年度已审核、凭回执结算的送戏金额合计。"),
        "元",
        "performances",
        Sum("settled"),
        {"counted": "yes", "receipt": "yes"},
    ),
    Figure(
        "trainings.present",
        _("培训实到人次"),
        _("本年度已审核的培训场次实到人数合计，一人一场数一次。"),
        _("人次"),
        "training-sessions",
        Sum("present_count"),
        {"counted": "yes"},
    ),
    Figure(
        "visits.cash",
        _("慰问金"),
        _("本年度已审核的慰问活动发放的慰问金合计。"),
        "元",
        "visits",
        Sum("cash"),
        {"counted": "yes"},
    ),
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
