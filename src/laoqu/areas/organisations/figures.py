"""Figures of organisations."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Distinct, Figure, declare

declare(
    Figure(
        "council.seated",
        _("在届理事单位"),
        _("本年度登记、现在在届的理事单位，同一单位只数一次。"),
        _("个"),
        "council-seats",
        Distinct(("organisation",)),
        {"counted": "yes", "stage": "seated"},
    ),
    Figure(
        "liaison.villages",
        _("有单位联系的村"),
        _("本年度登记了联系单位的村，同一个村只数一次。"),
        _("个"),
        "liaison-villages",
        Distinct(("place",)),
        {"counted": "yes"},
    ),
)
