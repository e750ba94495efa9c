"""Allocation rounds: which needs and funds, what weighs how much, and what the meeting decided."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from laoqu.areas.funds.models import Fund
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.needs.models import Category, Need
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.register.fields import MoneyField
from laoqu.register.models import Record, lines
from laoqu_engines.values.money import wan_yuan


class Stage(models.TextChoices):
    """方案状态: how far a round has come."""

    DRAFT = "draft", gettext_lazy("方案草案")
    CONSULTED = "consulted", gettext_lazy("部门会商")
    ADJUSTED = "adjusted", gettext_lazy("调整")
    DECIDED = "decided", gettext_lazy("会议审定")
    ISSUED = "issued", gettext_lazy("下达")
    COMPARED = "compared", gettext_lazy("执行对比")


OPEN = (Stage.DRAFT, Stage.CONSULTED, Stage.ADJUSTED)
"""While needs, funds and amounts may still change."""

SETTLED = (Stage.DECIDED, Stage.ISSUED, Stage.COMPARED)
"""Once the meeting has decided."""


class Rule(models.TextChoices):
    """算法: the rules of the engine, in the words of a meeting."""

    MOST_BENEFIT = "most_benefit", gettext_lazy("总得分最高")
    EQUAL_SHARES = "equal_shares", gettext_lazy("各村份额均等")
    MAX_MIN = "max_min", gettext_lazy("先顾得到最少的村")


RULE_HELP = {
    Rule.MOST_BENEFIT: gettext_lazy("在各项规矩之内，让办成的需求得分加起来最高。"),
    Rule.EQUAL_SHARES: gettext_lazy("按人口给每个村一样的份额，各村的份额凑够了一条就办一条。"),
    Rule.MAX_MIN: gettext_lazy("先让得到最少的村多得一些，再顾其次的，一层一层往上。"),
}


class Weight(models.IntegerChoices):
    """看重的程度."""

    NONE = 0, gettext_lazy("不看")
    LITTLE = 1, gettext_lazy("看一点")
    SOME = 2, gettext_lazy("看一些")
    MUCH = 3, gettext_lazy("看重")
    VERY = 4, gettext_lazy("很看重")
    MOST = 5, gettext_lazy("最看重")


def weight(label: Any) -> Any:
    """A field for one weight."""
    return models.PositiveSmallIntegerField(label, choices=Weight.choices, default=Weight.MUCH)


class Round(Record):
    """统筹方案: one round in which funds are brought together for the listed needs of a year."""

    CODE_PREFIX = "统筹"

    name = models.CharField(gettext_lazy("方案名称"), max_length=200)
    urgency_weight = weight(gettext_lazy("紧迫程度"))
    people_weight = weight(gettext_lazy("受益人数"))
    weakness_weight = weight(gettext_lazy("薄弱程度"))
    history_weight = weight(gettext_lazy("历史获助"))
    history_years = models.PositiveSmallIntegerField(
        gettext_lazy("看前几年的获助"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name=gettext_lazy("审定的会议"),
    )
    solution = models.ForeignKey(
        "Solution",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=gettext_lazy("采用的算法结果"),
    )
    stage = models.CharField(
        gettext_lazy("方案状态"), max_length=20, choices=Stage.choices, default=Stage.DRAFT
    )
    issued = models.JSONField(gettext_lazy("下达时生成的行"), null=True, editable=False)
    """Keys and versions of the rows made when the plan was issued, so that it can be undone."""

    stored_stage = ""
    """The stage as the database holds it; empty for a new row."""
    deciding = False
    """Whether a meeting is deciding just now, which nothing else may stand in for."""

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("统筹方案")
        verbose_name_plural = gettext_lazy("统筹方案")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        row = super().from_db(db, field_names, values)
        row.stored_stage = row.__dict__.get("stage", "")
        return row

    def clean(self) -> None:
        if self.is_settled and self.stored_stage in OPEN and not self.deciding:
            raise ValidationError(_("会议审定要在统筹页上办，不能从历史里恢复。"))

    @property
    def is_open(self) -> bool:
        """Whether needs, funds and amounts may still change."""
        return self.stage in OPEN

    @property
    def is_settled(self) -> bool:
        """Whether the meeting has decided."""
        return self.stage in SETTLED

    @property
    def is_issued(self) -> bool:
        """Whether projects, planned money and letters were made of the plan."""
        return self.stage in (Stage.ISSUED, Stage.COMPARED)

    def may_be_edited(self) -> bool:
        return super().may_be_edited() and self.is_open

    def check_edit(self) -> None:
        if super().may_be_edited() and not self.is_open:
            raise ValidationError(_("这个方案会议已经审定，不能再改。要改请先撤回审定。"))
        super().check_edit()


class Pin(models.TextChoices):
    """这条需求定不定."""

    FREE = "", gettext_lazy("由算法定")
    IN = "in", gettext_lazy("一定要办")
    OUT = "out", gettext_lazy("这次不办")


class RoundNeed(models.Model):
    """A need taken into a round, and how it may be paid."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="chosen")
    need = models.ForeignKey(Need, models.PROTECT, related_name="chosen_in")
    pin = models.CharField(gettext_lazy("定不定"), max_length=3, choices=Pin.choices, blank=True)
    divisible = models.BooleanField(gettext_lazy("可以先办一部分"), default=False)
    min_stage = MoneyField(gettext_lazy("先办一部分，至少要多少钱"), null=True, blank=True)
    after = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name=gettext_lazy("要先办哪一条"),
    )

    class Meta:
        verbose_name = gettext_lazy("纳入的需求")
        verbose_name_plural = gettext_lazy("纳入的需求")
        ordering = ["need__code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "need"], name="one_choice_per_need")
        ]

    def __str__(self) -> str:
        return f"{self.need.code} {self.need.name}"


class RoundChannel(models.Model):
    """A fund taken into a round: how much of it may be used, and what it demands."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="channels")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="chosen_in")
    budget = MoneyField(gettext_lazy("这次可用"))
    match_percent = models.DecimalField(
        gettext_lazy("要求配套（%）"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    fee_percent = models.DecimalField(
        gettext_lazy("管理费（%）"), max_digits=5, decimal_places=2, default=Decimal(0)
    )

    class Meta:
        verbose_name = gettext_lazy("纳入的资金")
        verbose_name_plural = gettext_lazy("纳入的资金")
        ordering = ["fund__code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "fund"], name="one_choice_per_fund")
        ]

    def __str__(self) -> str:
        return f"{self.fund.code} {self.fund.name}"


class LimitKind(models.TextChoices):
    """规矩."""

    CAP = "cap", gettext_lazy("最多给多少")
    FLOOR = "floor", gettext_lazy("最少给多少")
    SHARE = "share", gettext_lazy("某类至少占几成")
    SERVE = "serve", gettext_lazy("至少办几条")
    UNSERVED_FIRST = "unserved_first", gettext_lazy("几年没得帮扶的村优先")


class RoundLimit(models.Model):
    """One rule that the meeting sets for a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="limits")
    kind = models.CharField(gettext_lazy("规矩"), max_length=20, choices=LimitKind.choices)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("村或镇（街道）"),
    )
    category = models.CharField(
        gettext_lazy("类别"), max_length=20, choices=Category.choices, blank=True
    )
    amount = MoneyField(gettext_lazy("金额"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(gettext_lazy("几条、几年或百分之几"), null=True)

    class Meta:
        verbose_name = gettext_lazy("规矩")
        verbose_name_plural = gettext_lazy("规矩")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words()

    def scope_words(self) -> str:
        """Whom or what the limit is about."""
        if self.place is not None:
            return self.place.full_name
        return str(self.get_category_display()) if self.category else _("全部需求")

    def words(self) -> str:
        """The limit in one sentence."""
        told = {
            "scope": self.scope_words(),
            "money": wan_yuan(int((self.amount or 0) * 100)),
            "number": self.number,
        }
        sentences = {
            LimitKind.CAP: _("%(scope)s最多给 %(money)s"),
            LimitKind.FLOOR: _("%(scope)s最少给 %(money)s"),
            LimitKind.SHARE: _("%(scope)s至少占全部安排资金的 %(number)s%%"),
            LimitKind.SERVE: _("%(scope)s至少办 %(number)s 条"),
            LimitKind.UNSERVED_FIRST: _("连续 %(number)s 年没有得到帮扶的村优先"),
        }
        return sentences[LimitKind(self.kind)] % told


class Progress(models.TextChoices):
    """测算进度."""

    WAITING = "waiting", gettext_lazy("等着算")
    SOLVING = "solving", gettext_lazy("正在算")
    DONE = "done", gettext_lazy("算好了")
    FAILED = "failed", gettext_lazy("没有算成")


class Solution(models.Model):
    """What the engine answered: the problem as asked, the plan as given, and by which version.

    The same problem under the same rule has one row, however often it is asked for.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="solutions")
    rule = models.CharField(gettext_lazy("算法"), max_length=20, choices=Rule.choices)
    problem = models.JSONField(gettext_lazy("题目"))
    plan = models.JSONField(gettext_lazy("结果"), null=True)
    engine = models.CharField(gettext_lazy("引擎版本"), max_length=40)
    fingerprint = models.CharField(gettext_lazy("指纹"), max_length=64)
    progress = models.CharField(
        gettext_lazy("进度"), max_length=10, choices=Progress.choices, default=Progress.WAITING
    )
    error = models.TextField(gettext_lazy("没有算成的原因"), blank=True)
    asked_at = models.DateTimeField(gettext_lazy("什么时候算的"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = gettext_lazy("算法结果")
        verbose_name_plural = gettext_lazy("算法结果")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "fingerprint"], name="one_solution_per_problem"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round.code} {self.get_rule_display()}"


class Departure(models.Model):
    """会议调整: where the meeting decides otherwise than the engine for one need, and why."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="departures")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    payments = models.JSONField(gettext_lazy("会议定的"), default=list)
    """[{"channel": code of the fund, "amount_fen": n}]; empty where the need is not funded."""
    proposed = models.JSONField(gettext_lazy("算法给的"), default=list)
    reason = models.CharField(gettext_lazy("理由"), max_length=200)
    overruled = models.TextField(gettext_lazy("突破的规矩"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(gettext_lazy("记录时间"), auto_now=True)
    withdrawn = models.BooleanField(gettext_lazy("已撤回"), default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = gettext_lazy("会议调整")
        verbose_name_plural = gettext_lazy("会议调整")
        ordering = ["need__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "need"],
                condition=models.Q(withdrawn=False),
                name="one_departure_per_need",
            )
        ]

    def __str__(self) -> str:
        return f"{self.need.code} {self.reason}"

    def overruled_lines(self) -> list[str]:
        """The limits that the meeting overruled, one by one."""
        return lines(self.overruled)


class Attitude(models.TextChoices):
    """会商态度."""

    AGREE = "agree", gettext_lazy("同意")
    CHANGE = "change", gettext_lazy("同意，但要修改")
    DISAGREE = "disagree", gettext_lazy("不同意")


class Opinion(Record):
    """会商意见: what a department says about the plan before the meeting decides."""

    CODE_PREFIX = "会商"

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="opinions", verbose_name=gettext_lazy("哪个方案")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=gettext_lazy("部门")
    )
    attitude = models.CharField(gettext_lazy("态度"), max_length=10, choices=Attitude.choices)
    content = models.TextField(gettext_lazy("意见"), blank=True)
    handling = models.TextField(gettext_lazy("采纳情况"), blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("会商意见")
        verbose_name_plural = gettext_lazy("会商意见")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.organisation} {self.get_attitude_display()}"

    def clean(self) -> None:
        if self.round_id and self.round.stage == Stage.DRAFT:
            raise ValidationError(_("方案还在起草，部门会商时再请您提意见。"))
        if self.round_id and not self.round.is_open:
            raise ValidationError(_("这个方案会议已经审定，不再收会商意见。请与秘书处联系。"))
        if self.attitude != Attitude.AGREE and not self.content.strip():
            raise ValidationError({"content": _("请写明要怎样修改，或为什么不同意。")})
