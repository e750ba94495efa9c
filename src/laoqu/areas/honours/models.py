"""Honours received, and commendations of one's own, opened only with approval."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.honours.stages import CommendationStage
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.people.models import Member, PersonalRecord
from laoqu.areas.surveys.models import Survey
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record, State, lines
from laoqu_engines.values.period import Period

NOTICE_DAYS = 5
"""The fewest working days for which the chosen are made public (评比达标表彰 procedure)."""


class AwardLevel(models.TextChoices):
    """荣誉等级."""

    NATIONAL = "national", _("国家级")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")


class Award(Record):
    """荣誉: one honour, who received it, who gave it, for what."""

    CODE_PREFIX = "荣誉"

    name = models.CharField(_("荣誉名称"), max_length=200)
    level = models.CharField(_("荣誉等级"), max_length=20, choices=AwardLevel.choices, blank=True)
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("获得单位"),
    )
    giver = models.CharField(_("授予单位"), max_length=100, blank=True)
    awarded_on = PartialDateField(_("日期"), blank=True)
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    survey = models.ForeignKey(
        Survey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("获奖的调研"),
    )

    class Meta(Record.Meta):
        verbose_name = _("荣誉")
        verbose_name_plural = _("荣誉")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name


class Commendation(Record):
    """表彰: one scheme under which the association commends people and units."""

    CODE_PREFIX = "表彰"

    name = models.CharField(_("表彰项目"), max_length=100)
    approval = models.CharField(
        _("批准文号"),
        max_length=100,
        blank=True,
        help_text=_("评比达标表彰要先经批准；没有文号不能开展。"),
    )
    approved_by = models.CharField(_("批准机关"), max_length=100, blank=True)
    quota = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    conditions = models.TextField(_("条件"), blank=True, help_text=_("一行一条。"))
    judges = models.TextField(
        _("评审人员"), blank=True, help_text=_("一行一人。评审人员自己不能被推荐。")
    )
    prize_approval = models.CharField(
        _("奖金批准文号"),
        max_length=100,
        blank=True,
        help_text=_("发给会内退（离）休领导干部奖金，要批准机关同意。"),
    )
    notice_from = PartialDateField(_("公示开始"), blank=True)
    notice_to = PartialDateField(
        _("公示结束"), blank=True, help_text=_("公示不少于 5 个工作日，写到年月日。")
    )
    notice_result = models.CharField(
        _("公示结果"), max_length=200, blank=True, help_text=_("例如“无异议”。")
    )
    decision = models.CharField(_("决定文号"), max_length=100, blank=True)
    decided_on = PartialDateField(_("决定日期"), blank=True)
    stage = models.CharField(
        _("表彰状态"),
        max_length=20,
        choices=CommendationStage.choices,
        default=CommendationStage.PROPOSED,
    )

    class Meta(Record.Meta):
        verbose_name = _("表彰")
        verbose_name_plural = _("表彰")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        opened = self.stage in CommendationStage.opened()
        if opened and not (self.approval and self.approved_by):
            raise ValidationError(_("没有批准不能开展表彰。请先填批准文号和批准机关。"))
        if self.stage in CommendationStage.decided():
            self._check_decided()
        chosen = self._nominees().filter(result=NomineeResult.CHOSEN) if self.pk else ()
        if self.quota is not None and len(chosen) > self.quota:
            raise ValidationError(
                {
                    "quota": _("拟表彰的有 %(chosen)s 个，名额是 %(quota)s，请核对。")
                    % {"chosen": len(chosen), "quota": self.quota}
                }
            )
        if self.stage in CommendationStage.consulted():
            unasked = [nominee.name for nominee in chosen if not nominee.opinions]
            if unasked:
                raise ValidationError(
                    _("还没有征求意见：%(names)s。请先写各家的意见。")
                    % {"names": "、".join(unasked)}
                )
        named = self._nominees().filter(name__in=lines(self.judges)) if self.pk else ()
        if named:
            raise ValidationError(
                {
                    "judges": _("%(names)s也在推荐名单里，请换评审人员。")
                    % {"names": "、".join(nominee.name for nominee in named)}
                }
            )

    def _check_decided(self) -> None:
        if working_days(self.notice_from, self.notice_to) < NOTICE_DAYS or not self.notice_result:
            raise ValidationError(
                _("公示不少于 5 个工作日并写明结果，才能决定。请先填公示的起止日期和结果。")
            )
        if not (self.decision and self.decided_on):
            raise ValidationError(_("请先填决定文号和决定日期，再办这一步。"))

    def _nominees(self) -> "models.QuerySet[Nominee]":
        return self.nominees.exclude(state=State.VOID)


def working_days(first: str, last: str) -> int:
    """How many days from Monday to Friday lie between two dates, both counted; 0 if not known."""
    start, end = Period.parse(first or ""), Period.parse(last or "")
    if start is None or end is None or {start.precision, end.precision} != {"day"}:
        return 0
    days = (end.first_day() - start.first_day()).days + 1
    found = (start.first_day() + timedelta(days=number) for number in range(days))
    return sum(day.weekday() < 5 for day in found)


class NomineeResult(models.TextChoices):
    """推荐结果."""

    OPEN = "open", _("待定")
    CHOSEN = "chosen", _("表彰")
    NOT_CHOSEN = "not_chosen", _("未通过")


class Nominee(PersonalRecord):
    """表彰推荐: one person or unit recommended, with the opinions asked for and what came of it."""

    CODE_PREFIX = "推荐"

    commendation = models.ForeignKey(
        Commendation, models.PROTECT, related_name="nominees", verbose_name=_("表彰")
    )
    name = models.CharField(_("推荐对象"), max_length=100, help_text=_("个人写姓名，集体写单位。"))
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("是哪位会员"),
    )
    unit = models.CharField(_("所在单位"), max_length=100, blank=True)
    recommended_by = models.CharField(_("推荐单位"), max_length=100, blank=True)
    appraisal = models.CharField(_("民主评议"), max_length=200, blank=True)
    deeds = models.TextField(_("事迹"), blank=True)
    opinions = models.TextField(
        _("征求意见"), blank=True, help_text=_("一行一家，例如“纪检：无异议”“信访：无异议”。")
    )
    result = models.CharField(
        _("推荐结果"), max_length=20, choices=NomineeResult.choices, default=NomineeResult.OPEN
    )
    certificate = models.CharField(_("证书编号"), max_length=60, blank=True)
    prize = MoneyField(_("奖金"), null=True, blank=True)

    class Meta(PersonalRecord.Meta):
        verbose_name = _("表彰推荐")
        verbose_name_plural = _("表彰推荐")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.commendation_id is None:
            return
        if self.name in lines(self.commendation.judges):
            raise ValidationError({"name": _("这是评审人员，不能推荐。请先换评审人员。")})
        cadre = self.member is not None and self.member.leading_cadre
        if cadre and self.prize and not self.commendation.prize_approval:
            raise ValidationError(
                {"prize": _("退（离）休领导干部任职不取酬，发奖金请先在表彰里填奖金批准文号。")}
            )
