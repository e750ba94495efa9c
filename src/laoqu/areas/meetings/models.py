"""Meetings, those that recur, and what they decided."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations.models import Organisation
from laoqu.register.fields import PartialDateField
from laoqu.register.models import Activity, Record


class MeetingKind(models.TextChoices):
    """会议类型."""

    MEMBERS = "members", _("会员大会")
    COUNCIL = "council", _("理事会")
    PRESIDENTS = "presidents", _("会长办公会")
    DISCUSSION = "discussion", _("座谈")
    JOINT = "joint", _("联席会议")
    OTHER = "other", _("其他")


class Every(models.IntegerChoices):
    """多久一次, in months."""

    MONTH = 1, _("每月")
    QUARTER = 3, _("每季度")
    HALF_YEAR = 6, _("每半年")
    YEAR = 12, _("每年")


class MeetingSeries(Record):
    """例会: a meeting that recurs and is reminded of, such as the leaders' regular talks."""

    CODE_PREFIX = "例会"

    name = models.CharField(_("例会名称"), max_length=100)
    kind = models.CharField(_("会议类型"), max_length=20, choices=MeetingKind.choices, blank=True)
    every = models.PositiveSmallIntegerField(
        _("多久一次"), choices=Every.choices, default=Every.QUARTER
    )
    first_on = PartialDateField(_("第一次不晚于"))
    remind_days = models.PositiveSmallIntegerField(_("提前几天提醒"), default=14)
    participants = models.CharField(_("参加范围"), max_length=200, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    ended_on = PartialDateField(_("停办日期"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("例会")
        verbose_name_plural = _("例会")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"


class Meeting(Activity):
    """会议: one meeting, who held it, where, who took part, and its minutes."""

    CODE_PREFIX = "会议"

    name = models.CharField(_("会议名称"), max_length=200)
    kind = models.CharField(
        _("会议类型"),
        max_length=20,
        choices=MeetingKind.choices,
        blank=True,
        help_text=_("全系统的综合性会议一年最多开一次，主报告不超过一小时。"),
    )
    series = models.ForeignKey(
        MeetingSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("属于哪个例会"),
    )
    chair = models.CharField(_("主持"), max_length=100, blank=True)
    expected = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    agenda = models.TextField(_("议题"), blank=True, help_text=_("一行一个。"))
    materials = models.TextField(_("材料"), blank=True, help_text=_("一行一件。"))
    attendees = models.TextField(
        _("出席"), blank=True, help_text=_("会议公开时一并公开，不愿公开就只写单位。")
    )
    absent = models.TextField(_("请假"), blank=True)
    observers = models.TextField(_("列席"), blank=True)
    minutes_number = models.PositiveIntegerField(
        _("纪要期号"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    minutes_on = PartialDateField(_("纪要印发日期"), blank=True)
    copies_to = models.CharField(_("抄送"), max_length=300, blank=True)

    class Meta(Activity.Meta):
        verbose_name = _("会议")
        verbose_name_plural = _("会议")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"

    def clean(self) -> None:
        if self.expected is not None and self.count is not None and self.count > self.expected:
            raise ValidationError({"count": _("实到的比应到的多，请检查人数。")})


class Resolution(Record):
    """议定事项: one thing a meeting decided, who does it, by when, to which standard."""

    CODE_PREFIX = "议定"

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="resolutions", verbose_name=_("会议")
    )
    content = models.TextField(_("议定内容"))
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("主办单位"),
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("协办单位")
    )
    due_on = PartialDateField(_("时限"), blank=True)
    standard = models.CharField(_("标准"), max_length=200, blank=True)
    chased = models.BooleanField(
        _("需要督办"), default=True, help_text=_("没有具体要求的事项才不督办。")
    )

    class Meta(Record.Meta):
        verbose_name = _("议定事项")
        verbose_name_plural = _("议定事项")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content

    def clean(self) -> None:
        if not self.chased and (self.due_on or self.standard):
            raise ValidationError(
                {"chased": _("写了时限或标准，就是有具体要求，请勾选“需要督办”。")}
            )
