"""Figures of needs."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Ratio, Rows, Sum, declare

COUNTED = {"counted": "yes"}
NEEDS = Figure(
    "needs.rows",
    _("老区需求"),
    _("本年度已审核的需求，逐条计数；撤销的不数，合并的只数合并后的一条。"),
    _("条"),
    "needs",
    Rows(),
    COUNTED,
)
ANSWERED = Figure(
    "needs.answered",
    _("已答复的需求"),
    _("本年度需求中已匹配、实施、解决，或写明原因暂缓的。"),
    _("条"),
    "needs",
    Rows(),
    {**COUNTED, "answered": "yes"},
)

declare(
    NEEDS,
    ANSWERED,
    Figure(
        "needs.unanswered",
        _("还没有答复的需求"),
        _("本年度需求中还没有匹配，也没有写明原因暂缓的；年终应为零。"),
        _("条"),
        "needs",
        Rows(),
        {**COUNTED, "answered": "no"},
    ),
    Figure(
        "needs.solved",
        _("已解决的需求"),
        _("本年度需求中村里已经确认解决的。"),
        _("条"),
        "needs",
        Rows(),
        {**COUNTED, "stage": "solved"},
    ),
    Figure(
        "needs.estimated",
        _("需求估算投资"),
        _("本年度已审核需求的估算投资合计；没有写估算的不加。"),
        "元",
        "needs",
        Sum("estimated"),
        COUNTED,
    ),
    Ratio(
        "needs.answer_rate",
        _("需求答复率"),
        _("已答复的需求占本年度需求的百分之几。"),
        ANSWERED,
        NEEDS,
    ),
)
