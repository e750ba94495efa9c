"""Figures of publicity."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Rows, Sum, declare

declare(
    Figure(
        "media.rows",
        _("新闻宣传"),
        _("本年度已审核的宣传记录，一行记一项。"),
        _("项"),
        "media",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "media.boards",
        _("宣传板面"),
        _("本年度制作的板面块数合计。"),
        _("块"),
        "media",
        Sum("count"),
        {"counted": "yes", "kind": "board"},
    ),
    Figure(
        "lectures.rows",
        _("宣讲活动"),
        _("本年度已审核的宣讲记录。"),
        _("项"),
        "lectures",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "subscriptions.rows",
        _("征订笔数"),
        _("本年度已审核的征订记录，一个单位一种刊物记一笔。"),
        _("笔"),
        "subscriptions",
        Rows(),
        {"counted": "yes"},
    ),
    Figure(
        "subscriptions.copies",
        _("两刊征订"),
        _("本年度完成征订的份数合计，各种刊物一起算。"),
        _("份"),
        "subscriptions",
        Sum("copies"),
        {"counted": "yes"},
    ),
)
