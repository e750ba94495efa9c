"""Self-assessment: sets of criteria as data, an assessment of a year, a mark for each criterion."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.assessment.evidence import named_evidence
from laoqu.areas.assessment.standing import Standing
from laoqu.areas.organisations.models import Organisation
from laoqu.register.fields import PartialDateField
from laoqu.register.figures import Figure
from laoqu.register.models import Record, lines


class Scheme(Record):
    """考评指标体系: a version of a set such as “六有四好” or “五有”, which the office may edit."""

    CODE_PREFIX = "体系"

    name = models.CharField(_("名称"), max_length=50, help_text=_("例如“六有四好”“五有”。"))
    edition = models.CharField(_("版本"), max_length=50, blank=True)
    for_whom = models.CharField(_("考评谁"), max_length=50, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("考评指标体系")
        verbose_name_plural = _("考评指标体系")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.name}{self.edition}"

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"


class Way(models.TextChoices):
    """评价方式."""

    COMPUTED = "computed", _("台账取数")
    SELF = "self", _("自评")
    CHECKED = "checked", _("核查")


class Criterion(Record):
    """考评指标: one “有” or “好”, the standard for it, and the figures that show it."""

    CODE_PREFIX = "指标"

    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="criteria", verbose_name=_("指标体系")
    )
    group = models.CharField(_("分组"), max_length=50, blank=True, help_text=_("例如“六有”。"))
    rank = models.PositiveIntegerField(_("次序"), default=10)
    name = models.CharField(_("指标"), max_length=100)
    standard = models.TextField(_("标准"), blank=True)
    way = models.CharField(_("评价方式"), max_length=10, choices=Way.choices, default=Way.SELF)
    figures = models.TextField(
        _("取哪些数"),
        blank=True,
        help_text=_(
            "一行写一个数据项的名称，例如“帮扶投资总额”；单位台账里的“办公场所”“工作人员”"
            "“工作经费”“门牌”也可以写。台账里有，就是依据。"
        ),
    )

    class Meta(Record.Meta):
        verbose_name = _("考评指标")
        verbose_name_plural = _("考评指标")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"

    def evidence(self) -> list[Figure | Standing]:
        """What is looked at."""
        return named_evidence(lines(self.figures))

    def clean(self) -> None:
        try:
            found = self.evidence()
        except ValidationError as error:
            raise ValidationError({"figures": error.messages}) from None
        if self.way == Way.COMPUTED and not found:
            raise ValidationError({"figures": _("台账取数的指标，请至少写一个数据项。")})


class Stage(models.TextChoices):
    """考评状态."""

    PLANNED = "planned", _("方案")
    SELF_ASSESSED = "self_assessed", _("自评")
    CHECKED = "checked", _("复核")
    ANSWERED = "answered", _("反馈")
    RECTIFYING = "rectifying", _("整改")
    CLEARED = "cleared", _("销号")
    FILED = "filed", _("归档")


class Assessment(Record):
    """自身建设考评: one association or branch, by one scheme, in one year."""

    CODE_PREFIX = "考评"

    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="assessments", verbose_name=_("指标体系")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="assessments",
        verbose_name=_("考评对象"),
        help_text=_("写本会，或镇（街道）分会。"),
    )
    checked_by = models.CharField(_("复核单位"), max_length=100, blank=True)
    answer = models.TextField(_("反馈意见"), blank=True)
    stage = models.CharField(
        _("考评状态"), max_length=20, choices=Stage.choices, default=Stage.PLANNED
    )

    class Meta(Record.Meta):
        verbose_name = _("自身建设考评")
        verbose_name_plural = _("自身建设考评")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.organisation} {self.scheme.name}"

    def clean(self) -> None:
        if self.pk is None or self.stage == Stage.PLANNED:
            return
        marked = self.marks.exclude(state="void").values("criterion")
        left = self.scheme.criteria.exclude(state="void").exclude(pk__in=marked)
        if left.exists():
            names = "、".join(left.order_by("rank", "code").values_list("name", flat=True))
            raise ValidationError(_("还没有评的指标：%(names)s。请评完再办。") % {"names": names})
        open_gaps = self.marks.exclude(gap="").filter(rectified_on="").exclude(state="void")
        if self.stage in (Stage.CLEARED, Stage.FILED) and open_gaps.exists():
            raise ValidationError(_("还有差距没有整改完，请先填写整改完成日期，再销号。"))


class Result(models.TextChoices):
    """评定."""

    MET = "met", _("达到")
    PARTLY = "partly", _("基本达到")
    NOT_MET = "not_met", _("没有达到")


class Mark(Record):
    """逐项评定: one criterion of one assessment, with its gap, measure and deadline."""

    CODE_PREFIX = "评定"

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="marks", verbose_name=_("考评")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="marks", verbose_name=_("考评指标")
    )
    result = models.CharField(_("评定"), max_length=10, choices=Result.choices)
    evidence = models.TextField(
        _("依据"), blank=True, help_text=_("台账里的数会自动列出，这里写台账以外的。")
    )
    gap = models.TextField(_("差距"), blank=True)
    measure = models.TextField(_("整改措施"), blank=True)
    responsible = models.CharField(_("责任人"), max_length=100, blank=True)
    due_on = PartialDateField(_("整改期限"), blank=True)
    rectified_on = PartialDateField(_("整改完成日期"), blank=True)
    check_note = models.CharField(_("复核意见"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("逐项评定")
        verbose_name_plural = _("逐项评定")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.criterion.name} {self.get_result_display()}"

    def clean(self) -> None:
        if self.result != Result.MET and not (self.gap and self.measure):
            raise ValidationError(_("没有完全达到的，请写明差距和整改措施。"))
        if self.rectified_on and not self.gap:
            raise ValidationError({"gap": _("写了整改完成日期，请写明是什么差距。")})
        if (
            self.assessment_id
            and self.criterion_id
            and self.criterion.scheme_id != self.assessment.scheme_id
        ):
            raise ValidationError({"criterion": _("这一项不在本次考评的指标体系里，请另选。")})

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """A criterion is marked once in an assessment."""
        for row in written:
            same = cls.objects.filter(
                assessment=row.assessment_id,  # type: ignore[attr-defined]
                criterion=row.criterion_id,  # type: ignore[attr-defined]
            )
            if same.exclude(state="void").count() > 1:
                raise ValidationError(
                    _("“%(name)s”这一项已经评过，请改那一行。") % {"name": row.criterion.name}  # type: ignore[attr-defined]
                )
