"""Figures of contributions."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, Rows, Sum, declare

VILLAGES = (("places__level__in", ("village", "natural_village")),)
COUNTED = {"counted": "yes", "kind": "funding", "money": "yes"}

declare(
    Figure(
        "contributions.amount",
        _("帮扶投资总额"),
        _("本年度已审核、写明金额的帮扶投资合计；多村合计的每笔只加一次，计划、承诺和结余不加。"),
        "元",
        "contributions",
        Sum("amount"),
        COUNTED,
    ),
    Figure(
        "contributions.lines",
        _("帮扶资金笔数"),
        _("本年度已审核、写明金额的帮扶投资有多少笔。"),
        _("笔"),
        "contributions",
        Rows(),
        COUNTED,
    ),
    Figure(
        "contributions.funders",
        _("投资单位"),
        _("本年度有帮扶投资的单位，同一单位只数一次。"),
        _("个"),
        "contributions",
        Distinct(("funder",)),
        COUNTED,
    ),
    Figure(
        "contributions.villages",
        _("受益村"),
        _("本年度帮扶投资写到名字的村，同一个村只数一次；“等”里没写名字的不数。"),
        _("个"),
        "contributions",
        Distinct(("places",), VILLAGES),
        COUNTED,
    ),
    Figure(
        "contributions.links",
        _("单位与村的帮扶关系"),
        _("哪个单位帮了哪个村，同一单位帮同一个村只数一次。"),
        _("对"),
        "contributions",
        Distinct(("funder", "places"), VILLAGES),
        COUNTED,
    ),
    Figure(
        "donations.amount",
        _("捐赠总额"),
        _("本年度已审核、写明金额的捐赠合计。"),
        "元",
        "contributions",
        Sum("amount"),
        {**COUNTED, "kind": "donation"},
    ),
    Figure(
        "donations.lines",
        _("捐赠笔数"),
        _("本年度已审核、写明金额的捐赠有多少笔。"),
        _("笔"),
        "contributions",
        Rows(),
        {**COUNTED, "kind": "donation"},
    ),
    Figure(
        "contributions.in_kind",
        _("没有写明金额的帮扶"),
        _("本年度已审核、只写了办什么事没有写金额的帮扶，一行记一件。"),
        _("件"),
        "contributions",
        Rows(),
        {"counted": "yes", "money": "no"},
    ),
)
