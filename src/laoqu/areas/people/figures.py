"""Figures of people. They are numbers only; the rows behind them open for the office alone."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Rows, declare

COUNTED = {"counted": "yes"}

declare(
    Figure(
        "members.joined",
        _("新登记会员"),
        _("本年度登记入会、已审核的会员。"),
        _("人"),
        "members",
        Rows(),
        COUNTED,
    ),
    Figure(
        "members.trained",
        _("参加培训的会员"),
        _("本年度参加过培训的会员，同一个人只数一次。"),
        _("人"),
        "trainings-attended",
        Distinct(("member",)),
        COUNTED,
    ),
    Figure(
        "members.trainings",
        _("会员参训人次"),
        _("本年度会员参加培训的人次，一人一次记一行。"),
        _("人次"),
        "trainings-attended",
        Rows(),
        COUNTED,
    ),
    Figure(
        "posts.started",
        _("新登记任职"),
        _("本年度登记的会内任职，一人一职一届记一行。"),
        _("项"),
        "posts",
        Rows(),
        COUNTED,
    ),
)
