"""The association's own rules with their versions, and its study."""

import difflib
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.meetings.models import Meeting
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Activity, Record

SENTENCE = re.compile(r"[^。；\n]+[。；]?")


class RuleKind(models.TextChoices):
    """制度类别."""

    DUTY = "duty", _("岗位职责")
    WORK = "work", _("工作制度")
    INTEGRITY = "integrity", _("廉政制度")
    STUDY = "study", _("学习制度")
    BRANCH = "branch", _("分会职责")
    OTHER = "other", _("其他")


class Rule(Record):
    """规章制度: one rule of the association under one name, whatever its version says."""

    CODE_PREFIX = "制度"

    name = models.CharField(_("制度名称"), max_length=100)
    kind = models.CharField(
        _("制度类别"), max_length=20, choices=RuleKind.choices, default=RuleKind.WORK
    )
    posted_at = models.CharField(_("上墙位置"), max_length=100, blank=True)
    reviewed_on = PartialDateField(
        _("最近复查"), blank=True, help_text=_("制度一年复查一次；没有改动也在这里记日期。")
    )
    repealed_on = PartialDateField(_("废止日期"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("规章制度")
        verbose_name_plural = _("规章制度")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"


class RuleVersion(Record):
    """制度版本: the text of a rule from a day on."""

    CODE_PREFIX = "版本"

    rule = models.ForeignKey(
        Rule, models.PROTECT, related_name="versions", verbose_name=_("规章制度")
    )
    effective_on = PartialDateField(_("生效日期"))
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("通过会议"),
        help_text=_("写会议的编号。"),
    )
    text = models.TextField(_("正文"), help_text=_("一条一行。"))
    reason = models.TextField(_("为什么改"), blank=True)
    to_acknowledge = models.PositiveIntegerField(_("应签收人数"), null=True, blank=True)
    acknowledged = models.PositiveIntegerField(_("已签收人数"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("制度版本")
        verbose_name_plural = _("制度版本")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.rule.name} {self.effective_on}"

    def clean(self) -> None:
        if (self.acknowledged or 0) > (self.to_acknowledge or 0):
            raise ValidationError({"acknowledged": _("已签收的比应签收的多，请检查人数。")})
        same = RuleVersion.objects.filter(rule=self.rule_id, effective_on=self.effective_on)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"effective_on": _("这项制度同一天已有一个版本，请改那个版本或换日期。")}
            )

    def before(self) -> "RuleVersion | None":
        """The version that this one replaced."""
        earlier = self.rule.versions.filter(effective_on__lt=self.effective_on)
        return earlier.order_by("-effective_on").first()

    def changes(self) -> Iterator[tuple[str, str]]:
        """Sentence by sentence against the version before: (" ", same), ("-", out), ("+", in)."""
        before = self.before()
        old = SENTENCE.findall(before.text) if before else []
        new = SENTENCE.findall(self.text)
        for line in difflib.ndiff(old, new):
            if line[0] != "?":
                yield line[0], line[2:].strip()


class StudyKind(models.TextChoices):
    """学习形式."""

    TOGETHER = "together", _("集中学习")
    PARTY_LESSON = "party_lesson", _("党课")
    INTEGRITY = "integrity", _("廉政教育")
    OUTING = "outing", _("外出瞻仰")
    OTHER = "other", _("其他")


class Study(Activity):
    """学习: one occasion of study, or an outing to a memorial place with approval and cost."""

    CODE_PREFIX = "学习"

    topic = models.CharField(_("主题"), max_length=200)
    kind = models.CharField(
        _("学习形式"), max_length=20, choices=StudyKind.choices, default=StudyKind.TOGETHER
    )
    participants = models.TextField(
        _("参加人员"), blank=True, help_text=_("写范围或职务；写姓名的先问过本人。")
    )
    materials = models.TextField(_("学习材料"), blank=True, help_text=_("一行一件。"))
    points = models.TextField(_("发言要点"), blank=True)
    thoughts = models.TextField(_("心得"), blank=True, help_text=_("自愿写，不作考核。"))
    approved_by = models.CharField(
        _("批准"), max_length=100, blank=True, help_text=_("外出必填：谁批准、文号。")
    )
    cost = MoneyField(_("费用"), null=True, blank=True, help_text=_("外出必填，没有花钱写 0元。"))

    class Meta(Activity.Meta):
        verbose_name = _("学习")
        verbose_name_plural = _("学习")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.topic

    def clean(self) -> None:
        if self.kind == StudyKind.OUTING and not self.approved_by:
            raise ValidationError({"approved_by": _("外出要经过批准，请写谁批准的、文号。")})
        if self.kind == StudyKind.OUTING and self.cost is None:
            raise ValidationError({"cost": _("外出要登记费用，没有花钱请写“0元”。")})
