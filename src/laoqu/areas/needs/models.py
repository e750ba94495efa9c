"""Needs of the old-area villages, and the deliberations in which a village decided on each."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.surveys.models import Survey
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record


class Category(models.TextChoices):
    """需求与项目类别."""

    ROAD = "road", gettext_lazy("道路")
    DRINKING_WATER = "drinking_water", gettext_lazy("饮水")
    WATER_WORKS = "water_works", gettext_lazy("水利")
    LIVING_ENVIRONMENT = "living_environment", gettext_lazy("人居环境")
    INDUSTRY = "industry", gettext_lazy("产业")
    ELDERLY_CARE = "elderly_care", gettext_lazy("养老")
    CULTURE = "culture", gettext_lazy("文体")
    EDUCATION = "education", gettext_lazy("教育")
    MEDICAL = "medical", gettext_lazy("医疗")
    HERITAGE = "heritage", gettext_lazy("红色遗址")
    OTHER = "other", gettext_lazy("其他")


class Urgency(models.TextChoices):
    """紧迫程度."""

    MOST = "most", gettext_lazy("特急")
    URGENT = "urgent", gettext_lazy("急")
    NORMAL = "normal", gettext_lazy("一般")


class Stage(models.TextChoices):
    """办理状态: how far a need has come."""

    DRAFT = "draft", gettext_lazy("草稿")
    REPORTED = "reported", gettext_lazy("村级申报")
    TOWNSHIP = "township", gettext_lazy("镇（街道）审核")
    DEPARTMENT = "department", gettext_lazy("部门核实")
    COUNTY = "county", gettext_lazy("县（市）审定")
    LISTED = "listed", gettext_lazy("已列入清单")
    MATCHED = "matched", gettext_lazy("已匹配")
    UNDER_WAY = "under_way", gettext_lazy("实施中")
    SOLVED = "solved", gettext_lazy("已解决（村确认）")
    RETURNED = "returned", gettext_lazy("退回")
    DEFERRED = "deferred", gettext_lazy("暂缓")
    WITHDRAWN = "withdrawn", gettext_lazy("撤销")
    MERGED = "merged", gettext_lazy("合并")


SERVED = (Stage.MATCHED, Stage.UNDER_WAY, Stage.SOLVED)
GONE = (Stage.WITHDRAWN, Stage.MERGED)
ANSWERED = (*SERVED, Stage.DEFERRED, *GONE)
"""The stages that answer a need within the year: matched, or put off or given up with a reason."""


class Step(models.TextChoices):
    """四议两公开: the steps of a village's decision."""

    PROPOSED = "proposed", gettext_lazy("党支部提议")
    CONSULTED = "consulted", gettext_lazy("两委会商议")
    EXAMINED = "examined", gettext_lazy("党员大会审议")
    RESOLVED = "resolved", gettext_lazy("村民代表会议决议")
    DECISION_SHOWN = "decision_shown", gettext_lazy("决议公开")
    RESULT_SHOWN = "result_shown", gettext_lazy("实施结果公开")


FOUR = (Step.PROPOSED, Step.CONSULTED, Step.EXAMINED, Step.RESOLVED)


class Need(Record):
    """老区需求: what a village asks for, followed until the village says that it is solved."""

    CODE_PREFIX = "需求"

    name = models.CharField(gettext_lazy("需求名称"), max_length=200)
    category = models.CharField(gettext_lazy("类别"), max_length=20, choices=Category.choices)
    urgency = models.CharField(
        gettext_lazy("紧迫程度"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL
    )
    places = models.ManyToManyField(Place, related_name="needs", verbose_name=gettext_lazy("村"))
    location = models.CharField(
        gettext_lazy("具体位置"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("例如“三组西巷”；有经纬度也写在这里。"),
    )
    problem = models.TextField(gettext_lazy("现状与问题"), blank=True)
    works = models.TextField(
        gettext_lazy("拟建内容与规模"), blank=True, help_text=gettext_lazy("一行写一项。")
    )
    count = models.DecimalField(
        gettext_lazy("数量"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(pgettext_lazy("计量", "单位"), max_length=20, blank=True)
    estimated = MoneyField(gettext_lazy("估算投资"), null=True, blank=True)
    self_raised = MoneyField(gettext_lazy("自筹能力"), null=True, blank=True)
    households = models.PositiveIntegerField(gettext_lazy("受益户数"), null=True, blank=True)
    people = models.PositiveIntegerField(gettext_lazy("受益人数"), null=True, blank=True)
    lifted_households = models.PositiveIntegerField(
        gettext_lazy("其中脱贫户"), null=True, blank=True
    )
    monitored_households = models.PositiveIntegerField(
        gettext_lazy("其中监测户"), null=True, blank=True
    )
    elders = models.PositiveIntegerField(gettext_lazy("其中60岁以上"), null=True, blank=True)
    conditions = models.TextField(
        gettext_lazy("土地、规划、环评条件"), blank=True, help_text=gettext_lazy("一行写一项。")
    )
    proposer = models.CharField(
        gettext_lazy("提出人"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("写单位或职务，例如“村党支部”。"),
    )
    proposed_on = PartialDateField(gettext_lazy("提出日期"), blank=True)
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=gettext_lazy("建议牵头部门"),
    )
    survey = models.ForeignKey(
        Survey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=gettext_lazy("关联调研"),
    )
    exemption = models.CharField(
        gettext_lazy("未走四议的原因"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("四议记录齐全的不用填。"),
    )
    matched_with = models.CharField(
        gettext_lazy("匹配去向"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("写单位、资金或活动；由帮扶项目解决的，在项目里关联，这里不用填。"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=gettext_lazy("合并到哪一条"),
    )
    confirmed_on = PartialDateField(gettext_lazy("村确认日期"), blank=True)
    stage = models.CharField(
        gettext_lazy("办理状态"), max_length=20, choices=Stage.choices, default=Stage.DRAFT
    )
    stage_before = models.CharField(
        gettext_lazy("暂缓前的状态"), max_length=20, blank=True, editable=False
    )

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("老区需求")
        verbose_name_plural = gettext_lazy("老区需求")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        self._check_numbers()
        if self.stage in (Stage.LISTED, *SERVED):
            self._check_deliberated()
        if self.stage in SERVED and not self.matched_with and not self._has_project():
            raise ValidationError(
                _("还没有写明由谁解决。请先在“修改”里写“匹配去向”，或在帮扶项目里关联这条需求。")
            )
        if self.stage == Stage.SOLVED and not self.confirmed_on:
            raise ValidationError(_("要村里确认才算解决。请先在“修改”里填写“村确认日期”。"))
        self._check_merge()

    def _check_numbers(self) -> None:
        for part, whole, sentence in (
            ("lifted_households", "households", _("脱贫户不能多于受益户数，请核对。")),
            ("monitored_households", "households", _("监测户不能多于受益户数，请核对。")),
            ("elders", "people", _("60岁以上的人不能多于受益人数，请核对。")),
            ("self_raised", "estimated", _("自筹不能多于估算投资，请核对。")),
        ):
            some, all_of = getattr(self, part), getattr(self, whole)
            if some is not None and all_of is not None and some > all_of:
                raise ValidationError({part: sentence})

    def _check_deliberated(self) -> None:
        missing = [] if self.exemption else self.missing_steps()
        if missing:
            raise ValidationError(
                _(
                    "四议还缺有效的“%(steps)s”记录，不能列入清单。"
                    "请先补记议事，或在“修改”里写明未走四议的原因。"
                )
                % {"steps": "、".join(missing)}
            )

    def _check_merge(self) -> None:
        if self.merged_into_id and self.merged_into_id == self.pk:
            raise ValidationError({"merged_into": _("需求不能合并到它自己，请另选一条。")})
        if self.merged_into is not None and self.merged_into.stage == Stage.MERGED:
            raise ValidationError(
                {"merged_into": _("那一条也已经合并走了，请选它合并到的那一条。")}
            )
        if self.stage == Stage.MERGED and self.merged_into is None:
            raise ValidationError(_("请先在“修改”里写明“合并到哪一条”，再转为“合并”。"))

    def _has_project(self) -> bool:
        return self.pk is not None and self.projects.exists()

    def missing_steps(self) -> list[str]:
        """The steps of the four deliberations without a valid record, in their order."""
        held = list(self.deliberations.all()) if self.pk else []
        valid = {one.step for one in held if not one.shortfall()}
        return [str(step.label) for step in FOUR if step not in valid]

    def deliberated(self) -> str:
        """How far the four deliberations have come, in words."""
        missing = self.missing_steps()
        if not missing:
            return _("四议齐全")
        return _("四议已完成 %(done)s 步，还缺：%(missing)s") % {
            "done": len(FOUR) - len(missing),
            "missing": "、".join(missing),
        }

    deliberated.short_description = gettext_lazy("四议两公开")  # type: ignore[attr-defined]


class Deliberation(Record):
    """四议两公开: one meeting or notice of a village about one of its needs."""

    CODE_PREFIX = "议事"

    need = models.ForeignKey(
        Need, models.PROTECT, related_name="deliberations", verbose_name=gettext_lazy("哪条需求")
    )
    step = models.CharField(gettext_lazy("步骤"), max_length=20, choices=Step.choices)
    held_on = PartialDateField(gettext_lazy("日期"), blank=True)
    due_count = models.PositiveIntegerField(gettext_lazy("应到人数"), null=True, blank=True)
    present_count = models.PositiveIntegerField(gettext_lazy("实到人数"), null=True, blank=True)
    agreed_count = models.PositiveIntegerField(gettext_lazy("同意人数"), null=True, blank=True)
    signed = models.BooleanField(gettext_lazy("到会人员已签字"), default=False)
    decision = models.TextField(gettext_lazy("议定内容"), blank=True)
    oversight = models.TextField(gettext_lazy("监督意见"), blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("四议两公开记录")
        verbose_name_plural = gettext_lazy("四议两公开记录")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return str(self.get_step_display())

    def clean(self) -> None:
        counts = [
            count
            for count in (self.agreed_count, self.present_count, self.due_count)
            if count is not None
        ]
        if counts != sorted(counts):
            raise ValidationError(_("同意人数不能多于实到，实到不能多于应到，请核对人数。"))
        if self.step == Step.EXAMINED and len(counts) < 3:
            raise ValidationError(_("党员大会审议要写明应到、实到和同意的人数，请补上。"))

    def shortfall(self) -> str:
        """Why the step does not count, in words; empty where it does."""
        if self.step != Step.EXAMINED:
            return ""
        if self.present_count * 3 < self.due_count * 2:
            return _("到会党员不足应到的三分之二")
        if self.agreed_count * 2 <= self.due_count:
            return _("同意的没有超过应到的一半")
        return ""

    def outcome(self) -> str:
        """Whether the step counts, and the share of those due who came."""
        came = ""
        if self.due_count and self.present_count is not None:
            came = _("到会 %(share)s%%") % {
                "share": round(self.present_count * 100 / self.due_count)
            }
        return "，".join(part for part in (self.shortfall() or _("有效"), came) if part)

    outcome.short_description = gettext_lazy("结果")  # type: ignore[attr-defined]
