"""The chains of states of visits, shows and trainings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.register.flows import Flow


class VisitStage(models.TextChoices):
    """慰问的办理状态. Documents report visits as handed out."""

    PLANNED = "planned", _("计划")
    DELIBERATED = "deliberated", _("摸底评议")
    FILED = "filed", _("花名册备案")
    PROCURED = "procured", _("采购、筹集")
    HANDED_OUT = "handed_out", _("发放")
    SIGNED = "signed", _("签收核对")
    CONCLUDED = "concluded", _("小结")
    CANCELLED = "cancelled", _("取消")


class ShowStage(models.TextChoices):
    """演出的办理状态. Documents report shows as performed."""

    WISHED = "wished", _("需求征集（点戏）")
    PLANNED = "planned", _("计划")
    ORDERED = "ordered", _("采购、派送")
    PERFORMED = "performed", _("演出")
    RECEIPTED = "receipted", _("回执验收")
    RATED = "rated", _("满意度")
    SETTLED = "settled", _("结算")
    PUBLISHED = "published", _("公开")
    CANCELLED = "cancelled", _("取消")

    @classmethod
    def with_receipt(cls) -> tuple["ShowStage", ...]:
        """The states that only shows with a receipt reach."""
        return (cls.RECEIPTED, cls.RATED, cls.SETTLED, cls.PUBLISHED)


class TrainingStage(models.TextChoices):
    """培训的办理状态. Documents report trainings as held."""

    PLANNED = "planned", _("计划")
    ANNOUNCED = "announced", _("通知")
    HELD = "held", _("举办")
    FILED = "filed", _("归档")
    FOLLOWED = "followed", _("跟踪")
    CANCELLED = "cancelled", _("取消")


def _line(strip: tuple[str, ...], reported: str, last_to_cancel: str) -> Flow:
    """A plain chain: one step on or back; called off until a point.

    A row that a document reports starts at `reported`; one that is only planned goes to “计划”.
    """
    moves = {}
    for index, state in enumerate(strip):
        moves[state] = strip[index + 1 : index + 2] + strip[max(index - 1, 0) : index]
        if index <= strip.index(last_to_cancel):
            moves[state] += ("cancelled",)
    if "planned" not in moves[reported]:
        moves[reported] += ("planned",)
    return Flow("stage", moves, reasons=("cancelled",), strip=strip)


VISIT_FLOW = _line(
    ("planned", "deliberated", "filed", "procured", "handed_out", "signed", "concluded"),
    "handed_out",
    "procured",
)
SHOW_FLOW = _line(
    ("wished", "planned", "ordered", "performed", "receipted", "rated", "settled", "published"),
    "performed",
    "ordered",
)
TRAINING_FLOW = _line(("planned", "announced", "held", "filed", "followed"), "held", "announced")
