"""The states of plan items, tasks from above and tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStage(models.TextChoices):
    """计划状态."""

    PLANNED = "planned", _("已列计划")
    UNDER_WAY = "under_way", _("进行中")
    KEPT = "kept", _("已兑现")
    NOT_KEPT = "not_kept", _("未兑现")


class DirectiveStage(models.TextChoices):
    """上级任务状态."""

    ISSUED = "issued", _("下达")
    RECEIVED = "received", _("签收")
    SHARED = "shared", _("分解")
    FILLED = "filled", _("填报")
    CHECKED = "checked", _("审核")
    SUBMITTED = "submitted", _("上报")
    CONFIRMED = "confirmed", _("上级确认")
    SENT_BACK = "sent_back", _("上级退回")
    LOCKED = "locked", _("汇总锁定")


REPORTED = (DirectiveStage.SUBMITTED, DirectiveStage.CONFIRMED, DirectiveStage.LOCKED)
SHARED_OUT = (DirectiveStage.FILLED, DirectiveStage.CHECKED, *REPORTED)


class TaskStage(models.TextChoices):
    """督办状态."""

    REGISTERED = "registered", _("立项登记")
    ASSIGNED = "assigned", _("交办")
    UNDERTAKEN = "undertaken", _("承办")
    REPORTED = "reported", _("反馈")
    REVIEWED = "reviewed", _("审核")
    CONTINUED = "continued", _("继续办理")
    DONE = "done", _("办结")
    STRUCK = "struck", _("销号")
    ARCHIVED = "archived", _("归档")


CLOSED = (TaskStage.DONE, TaskStage.STRUCK, TaskStage.ARCHIVED)
ANSWERED = (TaskStage.REPORTED, TaskStage.REVIEWED)
