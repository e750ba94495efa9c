"""The chain of states of a project, its side states, and the four words it is followed by."""

from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.register.flows import BACK, Flow


class Stage(models.TextChoices):
    """项目状态, in the order of the chain; the side states come last."""

    PLANNED = "planned", _("谋划")
    APPLIED = "applied", _("申报")
    EXAMINED = "examined", _("审核")
    NOTICED = "noticed", _("公示")
    ADMITTED = "admitted", _("入库")
    APPROVED = "approved", _("立项")
    FUNDED = "funded", _("列入年度计划、资金下达")
    PREPARED = "prepared", _("前期")
    STARTED = "started", _("开工")
    UNDER_WAY = "under_way", _("在建")
    FINISHED = "finished", _("完工")
    SELF_ACCEPTED = "self_accepted", _("自验")
    PRE_ACCEPTED = "pre_accepted", _("初验")
    ACCEPTED = "accepted", _("竣工验收（合格）")
    SETTLED = "settled", _("结算审计、报账")
    ANNOUNCED = "announced", _("竣工公告")
    REGISTERED = "registered", _("确权登记")
    HANDED_OVER = "handed_over", _("移交")
    KEPT_UP = "kept_up", _("后续管护")
    EVALUATED = "evaluated", _("绩效评价")
    ARCHIVED = "archived", _("归档")
    RECTIFYING = "rectifying", _("竣工验收（限期整改）")
    FAILED = "failed", _("竣工验收（不合格）")
    ADJUSTED = "adjusted", _("调整变更")
    PAUSED = "paused", _("暂停")
    TERMINATED = "terminated", _("终止")
    REMOVED = "removed", _("出库")
    SCRAPPED = "scrapped", _("报废处置")


SIDE = (
    Stage.RECTIFYING, Stage.FAILED, Stage.ADJUSTED, Stage.PAUSED,
    Stage.TERMINATED, Stage.REMOVED, Stage.SCRAPPED,
)  # fmt: skip
MAIN = tuple(stage for stage in Stage if stage not in SIDE)
UNFINISHED = MAIN[MAIN.index(Stage.APPROVED) : MAIN.index(Stage.FINISHED)]
"""From approval until the works are finished."""

INTERRUPTIONS = (Stage.ADJUSTED, Stage.PAUSED, Stage.TERMINATED)
BESIDE: dict[str, tuple[str, ...]] = {
    Stage.PLANNED: (Stage.TERMINATED,),
    Stage.APPLIED: (Stage.TERMINATED,),
    Stage.EXAMINED: (Stage.APPLIED, Stage.TERMINATED),
    Stage.NOTICED: (Stage.EXAMINED, Stage.TERMINATED),
    Stage.ADMITTED: (Stage.REMOVED,),
    Stage.APPROVED: (*INTERRUPTIONS, Stage.REMOVED),
    Stage.FUNDED: (*INTERRUPTIONS, Stage.REMOVED),
    Stage.PREPARED: (*INTERRUPTIONS, Stage.REMOVED),
    Stage.STARTED: INTERRUPTIONS,
    Stage.UNDER_WAY: INTERRUPTIONS,
    Stage.PRE_ACCEPTED: (Stage.RECTIFYING, Stage.FAILED),
    Stage.KEPT_UP: (Stage.SCRAPPED,),
    Stage.EVALUATED: (Stage.SCRAPPED,),
    Stage.ARCHIVED: (Stage.SCRAPPED,),
    Stage.RECTIFYING: (Stage.ACCEPTED, Stage.FAILED),
    Stage.FAILED: (Stage.RECTIFYING, Stage.TERMINATED),
    Stage.ADJUSTED: (BACK, Stage.TERMINATED),
    Stage.PAUSED: (BACK, Stage.TERMINATED, Stage.REMOVED),
    Stage.REMOVED: (Stage.APPLIED,),
}
"""The moves beside the chain: returned for correction, interrupted, given up, taken up again."""

NEXT = dict(pairwise(MAIN))


class ProjectFlow(Flow):
    """A flow whose strip shows the four words of the field instead of single states."""

    def progress(self, row: models.Model) -> list[tuple[Any, bool, bool]]:
        steps = row.steps()  # type: ignore[attr-defined]
        present = next((index for index, (_word, done) in enumerate(steps) if not done), None)
        return [(word, done, index == present) for index, (word, done) in enumerate(steps)]


FLOW = ProjectFlow(
    "stage",
    {
        stage: ((NEXT[stage],) if stage in NEXT else ()) + tuple(BESIDE.get(stage, ()))
        for stage in Stage
    },
    reasons=SIDE,
    office=(Stage.ADMITTED, Stage.APPROVED, Stage.ACCEPTED),
    side=SIDE,
    before="stage_before",
)
