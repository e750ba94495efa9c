"""Urgent requests on the green channel, and how soon each must be seen to."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from laoqu.access.models import Association
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.requests.clock import DAYS, deadline, spent
from laoqu.register.fields import PartialDateField
from laoqu.register.models import Record
from laoqu.register.names import kept


class Urgency(models.TextChoices):
    """紧急程度."""

    TOP = "top", _("特急")
    URGENT = "urgent", _("加急")


class ClockRule(Record):
    """绿色通道时限: within how many working days each urgency is to be finished; 0 is the day."""

    CODE_PREFIX = "时限"

    top_days = models.PositiveSmallIntegerField(
        _("特急几个工作日办完"), default=DAYS["top"], help_text=_("0 是当天办完。")
    )
    urgent_days = models.PositiveSmallIntegerField(_("加急几个工作日办完"), default=DAYS["urgent"])

    class Meta(Record.Meta):
        verbose_name = _("绿色通道时限")
        verbose_name_plural = _("绿色通道时限")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return str(self.year)

    def clean(self) -> None:
        if self.top_days > self.urgent_days:
            raise ValidationError({"top_days": _("特急的时限不能比加急长，请改小。")})


def days_in_force(association: Association, year: int) -> dict[str, int]:
    """The working days of the latest rule up to that year, or the defaults."""

    def read() -> dict[str, int]:
        rules = ClockRule._default_manager.filter(
            association=association, year__lte=year, state="reviewed"
        )
        rule = rules.order_by("-year", "-pk").first()
        return {"top": rule.top_days, "urgent": rule.urgent_days} if rule else dict(DAYS)

    return kept(("clock rule", association.pk, year), read)


class Origin(models.TextChoices):
    """来源."""

    VILLAGE = "village", _("村")
    BRANCH = "branch", _("分会")
    MEMBER = "member", _("会员")
    RESIDENT = "resident", _("群众")


class Satisfaction(models.TextChoices):
    """满意度."""

    SATISFIED = "satisfied", _("满意")
    FAIRLY = "fairly", _("基本满意")
    NOT = "not", _("不满意")


class RequestStage(models.TextChoices):
    """办理状态."""

    ACCEPTED = "accepted", _("受理")
    VERIFIED = "verified", _("核实")
    DISPATCHED = "dispatched", _("派单")
    SIGNED = "signed", _("签收")
    HANDLED = "handled", _("办理")
    REFUSED = "refused", _("退单")
    POSTPONED = "postponed", _("延期")
    ESCALATED = "escalated", _("升级（市委市政府领导协调）")
    ANSWERED = "answered", _("答复")
    CALLED_BACK = "called_back", _("回访")
    CLOSED = "closed", _("办结")


BEFORE_RESPONSE = (RequestStage.ACCEPTED, RequestStage.VERIFIED, RequestStage.DISPATCHED)


class Request(Record):
    """绿色通道诉求: one urgent matter, with a clock from its first word to its end."""

    CODE_PREFIX = "急事"

    matter = models.TextField(_("事项"), help_text=_("写清要办什么，不写电话和证件号码。"))
    origin = models.CharField(
        _("来源"), max_length=20, choices=Origin.choices, default=Origin.VILLAGE
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("地点"),
    )
    urgency = models.CharField(
        _("紧急程度"), max_length=10, choices=Urgency.choices, default=Urgency.URGENT
    )
    addressee = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("请求对象部门"),
    )
    letter_number = models.CharField(
        _("派单函文号"), max_length=60, blank=True, help_text=_("例如“永老促函〔2025〕3号”。")
    )
    letter_on = PartialDateField(_("派单日期"), blank=True, help_text=_("写到年月日。"))
    received_at = models.DateTimeField(
        _("首接时间"), default=timezone.now, help_text=_("例如 2026-11-23 09:30。")
    )
    due_at = models.DateTimeField(
        _("期望时限"), null=True, blank=True, help_text=_("不填就按“绿色通道时限”推算。")
    )
    responded_at = models.DateTimeField(_("首次回应时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, editable=False)
    process = models.TextField(_("办理过程"), blank=True)
    result = models.TextField(_("结果"), blank=True)
    satisfaction = models.CharField(
        _("满意度"), max_length=20, choices=Satisfaction.choices, blank=True
    )
    escalation = models.TextField(_("升级记录"), blank=True)
    stage = models.CharField(
        _("办理状态"),
        max_length=20,
        choices=RequestStage.choices,
        default=RequestStage.ACCEPTED,
    )

    class Meta(Record.Meta):
        verbose_name = _("绿色通道诉求")
        verbose_name_plural = _("绿色通道诉求")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.matter

    def clean(self) -> None:
        self._set_times()
        now = timezone.now()
        if self.received_at and self.received_at > now:
            raise ValidationError({"received_at": _("首接时间在今后，请检查日期和时间。")})
        if (
            self.received_at
            and self.responded_at
            and not self.received_at <= self.responded_at <= now
        ):
            raise ValidationError({"responded_at": _("首次回应应在首接之后、现在之前，请检查。")})
        if self.stage == RequestStage.DISPATCHED and not self.addressee_id:
            raise ValidationError({"addressee": _("请先填请求对象部门，再派单。")})
        if self.stage == RequestStage.ESCALATED and not self.escalation:
            raise ValidationError({"escalation": _("请先写升级记录：请哪位领导协调。")})
        if self.stage in (RequestStage.ANSWERED, RequestStage.CALLED_BACK) and not self.result:
            raise ValidationError({"result": _("请先填结果，再转为“答复”。")})
        if self.stage == RequestStage.CLOSED and not (self.result and self.satisfaction):
            raise ValidationError(_("还不能办结：请先填结果，并回访、填满意度。"))

    def _set_times(self) -> None:
        """The clock stops where the chain says so: answered first on signing, ended on closing."""
        if self.responded_at is None and self.stage not in BEFORE_RESPONSE:
            self.responded_at = timezone.now()
        closed = self.stage == RequestStage.CLOSED
        self.closed_at = (self.closed_at or timezone.now()) if closed else None
        if self.due_at is None and self.received_at:
            days = days_in_force(self.association, self.year or 0)[self.urgency]
            last = deadline(timezone.localdate(self.received_at), days)
            self.due_at = timezone.make_aware(datetime.combine(last, time(23, 59)))

    def response_time(self) -> timedelta | None:
        """From the first word to the first response."""
        return self.responded_at - self.received_at if self.responded_at else None

    def clock(self) -> Any:
        """The clock in words, the same for both sides."""
        end = self.closed_at or timezone.now()
        words = say("已用 %(time)s") % {"time": spent(end - self.received_at)}
        if self.closed_at:
            words = say("办结用时 %(time)s") % {"time": spent(end - self.received_at)}
        if self.due_at is None:
            return words
        left = self.due_at - end
        if left >= timedelta(0):
            told = say("在时限内") if self.closed_at else say("还剩 %(time)s")
        else:
            told = say("超时 %(time)s")
        return f"{words}，{told % {'time': spent(abs(left))} if '%' in told else told}"

    clock.short_description = _("时钟")  # type: ignore[attr-defined]
