"""Figures of requests."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Ratio, Rows, declare

COUNTED = {"counted": "yes"}

REQUESTS = Figure(
    "requests.rows",
    _("绿色通道诉求"),
    _("本年度已审核的急事、特事，一事一行。"),
    _("件"),
    "requests",
    Rows(),
    COUNTED,
)
CLOSED = Figure(
    "requests.closed",
    _("办结的诉求"),
    _("本年度绿色通道诉求中已回访、办结的。"),
    _("件"),
    "requests",
    Rows(),
    {**COUNTED, "stage": "closed"},
)

declare(
    REQUESTS,
    CLOSED,
    Ratio("requests.closed_share", _("诉求办结率"), _("办结的诉求 ÷ 诉求。"), CLOSED, REQUESTS),
)
