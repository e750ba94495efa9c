"""Tasks followed until they are done, the yearly plan, and tasks from the levels above."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from laoqu.access.models import Association
from laoqu.areas.meetings.models import Resolution
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.tasks.colours import BLUE_DAYS, YELLOW_DAYS, colour_days
from laoqu.areas.tasks.stages import (
    ANSWERED,
    CLOSED,
    REPORTED,
    SHARED_OUT,
    DirectiveStage,
    PlanStage,
    TaskStage,
)
from laoqu.register.fields import PartialDateField
from laoqu.register.figures import figure_called
from laoqu.register.models import Record
from laoqu.register.names import kept
from laoqu_engines.values.period import Period


class ColourRule(Record):
    """三色督办规则: how many days before its day a task turns blue, and yellow without feedback."""

    CODE_PREFIX = "三色"

    blue_days = models.PositiveSmallIntegerField(_("提前几天转蓝（提醒）"), default=BLUE_DAYS)
    yellow_days = models.PositiveSmallIntegerField(
        _("提前几天没有反馈转黄（滞后）"), default=YELLOW_DAYS
    )

    class Meta(Record.Meta):
        verbose_name = _("三色督办规则")
        verbose_name_plural = _("三色督办规则")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return str(self.year)

    def clean(self) -> None:
        if self.yellow_days > self.blue_days:
            raise ValidationError({"yellow_days": _("转黄不能早于转蓝，请改小这个天数。")})


def days_in_force(association: Association, year: int) -> tuple[int, int]:
    """The blue and yellow days of the latest rule up to that year, or the defaults."""

    def read() -> tuple[int, int]:
        rules = ColourRule._default_manager.filter(
            association=association, year__lte=year, state="reviewed"
        )
        rule = rules.order_by("-year", "-pk").first()
        return (rule.blue_days, rule.yellow_days) if rule else (BLUE_DAYS, YELLOW_DAYS)

    return kept(("colour rule", association.pk, year), read)


def plain(number: Decimal | int) -> str:
    """The number without the zeros that its field keeps: Decimal("150.00") → “150”."""
    return f"{Decimal(number).normalize():f}"


class PlanItem(Record):
    """年度计划事项: one thing the association said it would do this year."""

    CODE_PREFIX = "计划"

    content = models.TextField(_("计划事项"))
    measure = models.CharField(_("目标"), max_length=200, blank=True)
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("负责单位"),
    )
    due_on = PartialDateField(_("时限"), blank=True)
    outcome = models.TextField(_("完成情况"), blank=True)
    stage = models.CharField(
        _("计划状态"), max_length=20, choices=PlanStage.choices, default=PlanStage.PLANNED
    )

    class Meta(Record.Meta):
        verbose_name = _("年度计划事项")
        verbose_name_plural = _("年度计划事项")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content

    def clean(self) -> None:
        if self.stage == PlanStage.KEPT and not self.outcome:
            raise ValidationError({"outcome": _("请先写完成情况，再转为“已兑现”。")})


class Directive(Record):
    """上级任务: a task from a level above, its indicator, its day, and what came of it."""

    CODE_PREFIX = "上级"

    content = models.TextField(_("任务"))
    document = models.CharField(_("来源文件"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("下达单位"),
    )
    issued_on = PartialDateField(_("下达日期"), blank=True)
    indicator = models.CharField(_("指标"), max_length=200, blank=True)
    counting_rule = models.CharField(
        _("统计口径"), max_length=300, blank=True, help_text=_("上级怎么算、怎么汇总。")
    )
    figure = models.CharField(
        _("自动取数"),
        max_length=100,
        blank=True,
        help_text=_("写一个数据项的名称，例如“两刊征订”，完成数就从台账里取。"),
    )
    target = models.DecimalField(
        _("指标数量"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(pgettext_lazy("计量", "单位"), max_length=20, blank=True)
    due_on = PartialDateField(_("期限"), blank=True)
    outcome = models.TextField(_("完成情况"), blank=True)
    returned = models.CharField(
        _("上报件"), max_length=200, blank=True, help_text=_("报上去的文件名、文号，从台账导出。")
    )
    receipt = models.CharField(
        _("上级回执"), max_length=200, blank=True, help_text=_("谁、哪天收到的，或确认的文号。")
    )
    locks_on = PartialDateField(_("锁定日期"), blank=True)
    stage = models.CharField(
        _("上级任务状态"),
        max_length=20,
        choices=DirectiveStage.choices,
        default=DirectiveStage.ISSUED,
    )

    class Meta(Record.Meta):
        verbose_name = _("上级任务")
        verbose_name_plural = _("上级任务")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content

    def may_be_edited(self) -> bool:
        return super().may_be_edited() and self.stage != DirectiveStage.LOCKED

    def check_edit(self) -> None:
        if self.stage == DirectiveStage.LOCKED:
            raise ValidationError(_("这项任务已经汇总锁定，不能再改。确需更正请另记一行并说明。"))
        super().check_edit()

    def shared_total(self) -> Decimal | None:
        """The sum of what was shared out; None where nothing was."""
        total: Decimal | None = self.shares.aggregate(total=Sum("target"))["total"]
        return total

    def progress(self) -> str:
        """What the ledger has, and what those who took a share report, against the target."""
        figure = figure_called(self.figure) if self.figure else None
        told = []
        if figure is not None:
            value = figure.value(self.association, self.year, self.association)
            told.append(_("台账里有 %(shown)s") % {"shown": figure.shown(value)})
        done: Decimal | None = self.shares.aggregate(total=Sum("done"))["total"]
        if done is not None:
            told.append(_("分解的完成 %(done)s") % {"done": f"{plain(done)}{self.unit}"})
        if told and self.target is not None:
            told.append(_("任务 %(target)s") % {"target": f"{plain(self.target)}{self.unit}"})
        return "，".join(str(part) for part in told)

    progress.short_description = _("进度")  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.figure and figure_called(self.figure) is None:
            raise ValidationError(
                {
                    "figure": _("没有叫“%(name)s”的数据项，请到“看全部数据项”里抄一个名称。")
                    % {"name": self.figure}
                }
            )
        if self.stage in REPORTED and not self.outcome:
            raise ValidationError({"outcome": _("请先写完成情况，再上报。")})
        if self.stage == DirectiveStage.CONFIRMED and not self.receipt:
            raise ValidationError({"receipt": _("请先写上级回执，再转为“上级确认”。")})
        shared = self.shared_total() if self.pk and self.stage in SHARED_OUT else None
        if shared is not None and self.target is not None and shared != self.target:
            raise ValidationError(
                _("分解的合计是 %(shared)s，任务是 %(target)s，请先调整分解，使两者相等。")
                % {"shared": plain(shared), "target": plain(self.target)}
            )


class DirectiveShare(Record):
    """任务分解: the part of a task from above that one body takes on."""

    CODE_PREFIX = "分解"

    directive = models.ForeignKey(
        Directive, models.PROTECT, related_name="shares", verbose_name=_("上级任务")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("承接单位")
    )
    target = models.DecimalField(
        _("分解数量"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    done = models.DecimalField(
        _("完成数量"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    due_on = PartialDateField(_("期限"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("任务分解")
        verbose_name_plural = _("任务分解")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.organisation.name

    def clean(self) -> None:
        directive = Directive._default_manager.filter(pk=self.directive_id).first()
        if directive is None:
            return
        directive.check_edit()
        others = directive.shares.exclude(pk=self.pk).aggregate(total=Sum("target"))["total"] or 0
        over = others + (self.target or 0) - (directive.target or 0)
        if directive.target is not None and over > 0:
            raise ValidationError(
                {"target": _("分解的合计比任务多了 %(over)s，请改小。") % {"over": plain(over)}}
            )


class Origin(models.TextChoices):
    """任务来源."""

    MEETING = "meeting", _("会议议定")
    PLAN = "plan", _("年度计划")
    ABOVE = "above", _("上级任务")
    LEADER = "leader", _("领导交办")
    OTHER = "other", _("其他")


class Urgency(models.TextChoices):
    """紧急程度."""

    NORMAL = "normal", _("一般")
    URGENT = "urgent", _("急（直接黄牌）")
    TOP = "top", _("特急（直接红牌）")


class Colour(models.TextChoices):
    """督办颜色."""

    RED = "red", _("红（超期）")
    YELLOW = "yellow", _("黄（滞后）")
    BLUE = "blue", _("蓝（临近）")


class Task(Record):
    """督办任务: one matter on one sheet, from its entry to its being struck off."""

    CODE_PREFIX = "督办"

    content = models.TextField(_("任务"))
    origin = models.CharField(
        _("任务来源"), max_length=20, choices=Origin.choices, default=Origin.OTHER
    )
    resolution = models.OneToOneField(
        Resolution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="task",
        verbose_name=_("议定事项"),
    )
    plan_item = models.ForeignKey(
        PlanItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("年度计划事项"),
    )
    directive = models.ForeignKey(
        Directive,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("上级任务"),
    )
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("主办单位"),
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("协办单位")
    )
    standard = models.CharField(_("标准"), max_length=200, blank=True)
    urgency = models.CharField(
        _("紧急程度"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL
    )
    assigned_on = PartialDateField(_("交办日期"), blank=True)
    due_on = PartialDateField(_("时限"), blank=True)
    extended_to = PartialDateField(_("延期至"), blank=True)
    extension_reason = models.CharField(_("延期理由"), max_length=200, blank=True)
    extension_approved_by = models.CharField(_("批准延期的领导"), max_length=50, blank=True)
    progress = models.TextField(_("进展"), blank=True)
    result = models.TextField(_("办理结果"), blank=True)
    deputy_signed_on = PartialDateField(_("分管领导签字日期"), blank=True)
    head_signed_on = PartialDateField(_("主要领导签字日期"), blank=True)
    blue_from = models.DateField(null=True, editable=False, verbose_name=_("转蓝"))
    yellow_from = models.DateField(null=True, editable=False, verbose_name=_("转黄"))
    red_from = models.DateField(null=True, editable=False, verbose_name=_("转红"))
    stage = models.CharField(
        _("督办状态"), max_length=20, choices=TaskStage.choices, default=TaskStage.REGISTERED
    )

    class Meta(Record.Meta):
        verbose_name = _("督办任务")
        verbose_name_plural = _("督办任务")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content

    def clean(self) -> None:
        extension = (self.extended_to, self.extension_reason, self.extension_approved_by)
        if any(extension) and not all(extension):
            raise ValidationError(_("延期须申请：延期至、延期理由、批准延期的领导三项都要填。"))
        signed = self.result and self.deputy_signed_on and self.head_signed_on
        if self.stage in CLOSED and not signed:
            raise ValidationError(
                _("还不能办结：请先填办理结果，并由分管领导、主要领导两位签字（填签字日期）。")
            )
        self._set_origin()
        self._set_days()

    def _set_origin(self) -> None:
        links = {
            Origin.MEETING: self.resolution_id,
            Origin.PLAN: self.plan_item_id,
            Origin.ABOVE: self.directive_id,
        }
        self.origin = next((origin for origin, link in links.items() if link), self.origin)

    def _set_days(self) -> None:
        period = Period.parse(self.extended_to or self.due_on or "")
        rule = days_in_force(self.association, self.year or 0)
        days = colour_days(period.last_day() if period else None, self.urgency, rule)
        self.blue_from, self.yellow_from, self.red_from = days.blue, days.yellow, days.red

    def colour_on(self, day: date) -> str:
        """The colour on a day; empty where none is due. The same as `of_colour`."""
        if self.stage in CLOSED:
            return ""
        if self.red_from and self.red_from <= day:
            return Colour.RED
        if self.yellow_from and self.yellow_from <= day and self.stage not in ANSWERED:
            return Colour.YELLOW
        return Colour.BLUE if self.blue_from and self.blue_from <= day else ""

    def colour(self) -> Any:
        """The colour today, in words."""
        found = self.colour_on(timezone.localdate())
        return Colour(found).label if found else ""

    colour.short_description = _("督办颜色")  # type: ignore[attr-defined]
