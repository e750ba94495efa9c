"""Projects: the twelve standard fields, and what belongs to a project on its way to upkeep."""

from collections.abc import Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from laoqu.areas.needs.models import Category, Need
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.projects.stages import MAIN, Stage
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record
from laoqu_engines.values.money import wan_yuan


class Nature(models.TextChoices):
    """建设性质."""

    NEW = "new", gettext_lazy("新建")
    REBUILD = "rebuild", gettext_lazy("改建")
    EXTEND = "extend", gettext_lazy("扩建")
    CONTINUE = "continue", gettext_lazy("续建")
    REPAIR = "repair", gettext_lazy("维修")


class Part(models.TextChoices):
    """老促会在一件事里的作用: it follows projects, it does not own them."""

    RECOMMENDED = "recommended", gettext_lazy("推荐")
    COORDINATED = "coordinated", gettext_lazy("协调")
    SUPERVISED = "supervised", gettext_lazy("督导")
    ACCEPTANCE = "acceptance", gettext_lazy("参与验收")


STANDARD = (
    ("name",), ("category",), ("nature",), ("places",), ("planned_start_on", "planned_finish_on"),
    ("department", "implementer", "responsible"), ("works",), ("planned", "financing"),
    ("standard",), ("beneficiaries",), ("target",), ("participation", "benefit_mechanism"),
)  # fmt: skip
"""The twelve standard fields of every notice, in its order, each with the columns it fills."""

FIXED = (
    "name", "category", "nature", "location", "department_id", "implementer", "works", "planned",
    "standard", "target",
)  # fmt: skip
"""What an approval fixes, beside the places: it changes only while under 调整变更."""

LOCKED = (*MAIN[MAIN.index(Stage.APPROVED) :], Stage.PAUSED)


class Project(Record):
    """帮扶项目: one project in old-area villages, followed from its first idea to its upkeep."""

    CODE_PREFIX = "项目"
    stored: dict[str, Any] = {}
    """The columns as the database holds them; empty for a new row."""

    name = models.CharField(gettext_lazy("项目名称"), max_length=200)
    category = models.CharField(gettext_lazy("项目类别"), max_length=20, choices=Category.choices)
    nature = models.CharField(
        gettext_lazy("建设性质"), max_length=10, choices=Nature.choices, default=Nature.NEW
    )
    places = models.ManyToManyField(
        Place, related_name="projects", verbose_name=gettext_lazy("实施地点（村）")
    )
    location = models.CharField(
        gettext_lazy("具体位置"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("选好的地块或路段；有经纬度也写在这里。"),
    )
    needs = models.ManyToManyField(
        Need,
        blank=True,
        related_name="projects",
        verbose_name=gettext_lazy("解决哪些需求"),
        help_text=gettext_lazy("写需求的编号，用顿号隔开。"),
    )
    planned_start_on = PartialDateField(gettext_lazy("计划开工"), blank=True)
    planned_finish_on = PartialDateField(gettext_lazy("计划完工"), blank=True)
    department = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=gettext_lazy("主管单位"),
    )
    implementer = models.CharField(gettext_lazy("实施单位"), max_length=100, blank=True)
    responsible = models.CharField(
        gettext_lazy("责任人"), max_length=100, blank=True, help_text=gettext_lazy("写姓名和职务。")
    )
    works = models.TextField(
        gettext_lazy("建设任务（内容及规模）"), blank=True, help_text=gettext_lazy("一行写一项。")
    )
    count = models.DecimalField(
        gettext_lazy("数量"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(pgettext_lazy("计量", "单位"), max_length=20, blank=True)
    planned = MoneyField(gettext_lazy("资金规模"), null=True, blank=True)
    financing = models.TextField(
        gettext_lazy("筹资方式"), blank=True, help_text=gettext_lazy("各项资金分别多少，一行一项。")
    )
    standard = models.CharField(gettext_lazy("补助标准"), max_length=200, blank=True)
    beneficiaries = models.CharField(gettext_lazy("受益对象"), max_length=200, blank=True)
    households = models.PositiveIntegerField(gettext_lazy("受益户数"), null=True, blank=True)
    people = models.PositiveIntegerField(gettext_lazy("受益人数"), null=True, blank=True)
    target = models.TextField(gettext_lazy("绩效目标"), blank=True)
    participation = models.TextField(gettext_lazy("群众参与"), blank=True)
    benefit_mechanism = models.TextField(gettext_lazy("联农带农（利益联结）机制"), blank=True)
    admitted_year = models.PositiveIntegerField(gettext_lazy("入库年度"), null=True, blank=True)
    approval_doc = models.CharField(gettext_lazy("批复文号"), max_length=100, blank=True)
    plan_batch = models.CharField(gettext_lazy("年度计划批次"), max_length=100, blank=True)
    procurement = models.CharField(gettext_lazy("招标、采购方式"), max_length=100, blank=True)
    designer = models.CharField(gettext_lazy("设计单位"), max_length=100, blank=True)
    builder = models.CharField(gettext_lazy("施工单位"), max_length=100, blank=True)
    overseer = models.CharField(gettext_lazy("监理单位"), max_length=100, blank=True)
    contract_price = MoneyField(gettext_lazy("合同价"), null=True, blank=True)
    started_on = PartialDateField(gettext_lazy("开工日期"), blank=True)
    finished_on = PartialDateField(gettext_lazy("完工日期"), blank=True)
    accepted_on = PartialDateField(gettext_lazy("验收日期"), blank=True)
    progress = models.PositiveIntegerField(gettext_lazy("形象进度（%）"), null=True, blank=True)
    paid = MoneyField(gettext_lazy("累计支付"), null=True, blank=True)
    settled = MoneyField(gettext_lazy("结算价"), null=True, blank=True)
    audited = MoneyField(gettext_lazy("审计价"), null=True, blank=True)
    surplus = MoneyField(gettext_lazy("结余"), null=True, blank=True)
    returned = MoneyField(gettext_lazy("结余已收回"), null=True, blank=True)
    defects = models.TextField(gettext_lazy("质量问题与整改"), blank=True)
    asset_holder = models.CharField(
        gettext_lazy("资产去向"), max_length=200, blank=True, help_text=gettext_lazy("归谁所有。")
    )
    keeper = models.CharField(gettext_lazy("管护主体和责任"), max_length=200, blank=True)
    archive = models.TextField(
        gettext_lazy("档案目录"), blank=True, help_text=gettext_lazy("一行写一件。")
    )
    stage = models.CharField(
        gettext_lazy("项目状态"), max_length=20, choices=Stage.choices, default=Stage.PLANNED
    )
    stage_before = models.CharField(
        gettext_lazy("暂停、变更前的状态"),
        max_length=20,
        choices=Stage.choices,
        blank=True,
        editable=False,
    )

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("帮扶项目")
        verbose_name_plural = gettext_lazy("帮扶项目")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        row = super().from_db(db, field_names, values)
        row.stored = dict(zip(field_names, values, strict=False))
        return row

    def clean(self) -> None:
        self._check_numbers()
        self._check_dates()
        if self.has_reached(Stage.ADMITTED):
            self._check_admission()
        self._check_fixed([name for name in FIXED if name in self.stored])
        if self.stored.get("stage") == Stage.ADJUSTED and self.stage in MAIN:
            self._check_change_approved()

    def settle(self, cleaned: dict[str, Any]) -> None:
        if "places" in cleaned and self.stored:
            self.stored["places"] = list(self.places.all())
            self._check_fixed(["places"], cleaned)

    def _check_fixed(self, names: Sequence[str], given: dict[str, Any] | None = None) -> None:
        """What an approval fixed stays as approved, unless the project is under 调整变更."""
        if not self.has_reached(Stage.APPROVED) or self.stored.get("stage") not in LOCKED:
            return
        changed = [
            str(self._meta.get_field(name).verbose_name)
            for name in names
            if _content(self.stored[name])
            != _content(given[name] if given else getattr(self, name))
        ]
        if changed:
            raise ValidationError(
                _(
                    "项目已经批复，“%(fields)s”不能直接改。请先转为“调整变更”，"
                    "在“项目变更”里写明原因和批准文号，改好后再转回来。"
                )
                % {"fields": "、".join(changed)}
            )

    def has_reached(self, stage: str) -> bool:
        """Whether the project has come as far as `stage`; beside the chain, before it left it."""
        present = self.stage if self.stage in MAIN else self.stage_before
        return present in MAIN and MAIN.index(present) >= MAIN.index(stage)

    def _check_numbers(self) -> None:
        if (self.progress or 0) > 100:
            raise ValidationError({"progress": _("形象进度最多是 100，请核对。")})
        if (self.returned or 0) > (self.surplus or 0):
            raise ValidationError({"returned": _("收回的不能多于结余，请核对。")})

    def _check_dates(self) -> None:
        for first, then, sentence in (
            ("planned_start_on", "planned_finish_on", _("计划完工早于计划开工，请核对。")),
            ("started_on", "finished_on", _("完工早于开工，请核对日期。")),
            ("finished_on", "accepted_on", _("验收早于完工，请核对日期。")),
        ):
            earlier, later = getattr(self, first), getattr(self, then)
            shared = min(len(earlier), len(later))
            if later[:shared] < earlier[:shared]:
                raise ValidationError({then: sentence})

    def _check_admission(self) -> None:
        if not self.target and not (self.pk and self.indicators.exists()):
            raise ValidationError(_("没有绩效目标的项目不能入库。请先在“修改”里补上绩效目标。"))
        if self.category == Category.INDUSTRY and not self.benefit_mechanism:
            raise ValidationError(
                _("产业项目没有联农带农（利益联结）机制不能入库。请先在“修改”里补上。")
            )

    def _check_change_approved(self) -> None:
        changes = list(self.changes.all())
        if not changes or any(not change.approval_doc for change in changes):
            raise ValidationError(
                _("变更还没有批准。请先在“项目变更”里写明原因和批准文号，再转回原来的状态。")
            )

    def missing(self) -> str:
        """Which of the twelve standard fields are still empty, in words."""
        empty = [
            str(self._meta.get_field(names[0]).verbose_name)
            for names in STANDARD
            if not any(_content(getattr(self, name)) for name in names)
        ]
        return "、".join(empty) or _("十二项齐全")

    missing.short_description = gettext_lazy("十二项还缺")  # type: ignore[attr-defined]

    def steps(self) -> list[tuple[str, bool]]:
        """落地、施工、投资、验收: each with what it has come to, and whether it is complete."""
        building = self.has_reached(Stage.STARTED)
        built = self.has_reached(Stage.FINISHED)
        part = f"{self.progress}%" if building and not built and self.progress else ""
        money = wan_yuan(int(self.paid * 100)) if self.paid else ""
        goal = self.audited or self.settled or self.contract_price or self.planned
        return [
            (
                _("落地"),
                self.has_reached(Stage.STARTED)
                or (self.has_reached(Stage.APPROVED) and bool(self.location)),
            ),
            (_("施工") + part, built),
            (_("投资") + money, bool(self.paid and goal and self.paid >= goal)),
            (_("验收"), self.has_reached(Stage.ACCEPTED)),
        ]

    def four_words(self) -> str:
        """The four steps on one line: ✓ where complete."""
        return " · ".join(word + ("✓" if done else "") for word, done in self.steps())

    four_words.short_description = gettext_lazy("落地·施工·投资·验收")  # type: ignore[attr-defined]


def _content(value: Any) -> Any:
    """A value that can be compared: a set of keys where it is many rows."""
    if hasattr(value, "all"):
        value = list(value.all())
    return {row.pk for row in value} if isinstance(value, list) else value or ""


class Indicator(Record):
    """绩效指标: one line of a project's table of performance targets."""

    CODE_PREFIX = "绩效"

    class Kind(models.TextChoices):
        """指标类别."""

        QUANTITY = "quantity", gettext_lazy("产出·数量")
        QUALITY = "quality", gettext_lazy("产出·质量")
        TIME = "time", gettext_lazy("产出·时效")
        COST = "cost", gettext_lazy("产出·成本")
        ECONOMIC = "economic", gettext_lazy("效益·经济")
        SOCIAL = "social", gettext_lazy("效益·社会")
        ECOLOGICAL = "ecological", gettext_lazy("效益·生态")
        LASTING = "lasting", gettext_lazy("效益·可持续影响")
        SATISFACTION = "satisfaction", gettext_lazy("满意度")

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="indicators", verbose_name=gettext_lazy("哪个项目")
    )
    kind = models.CharField(gettext_lazy("指标类别"), max_length=20, choices=Kind.choices)
    name = models.CharField(gettext_lazy("指标"), max_length=200)
    aimed = models.CharField(gettext_lazy("指标值"), max_length=100)
    achieved = models.CharField(gettext_lazy("实际完成值"), max_length=100, blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("绩效指标")
        verbose_name_plural = gettext_lazy("绩效指标")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name


class Change(Record):
    """项目变更: one adjustment of an approved project, its reason and who approved it."""

    CODE_PREFIX = "变更"

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="changes", verbose_name=gettext_lazy("哪个项目")
    )
    content = models.TextField(gettext_lazy("变更内容"))
    reason = models.TextField(gettext_lazy("变更原因"))
    approver = models.CharField(gettext_lazy("批准单位"), max_length=100, blank=True)
    approval_doc = models.CharField(gettext_lazy("批准文号"), max_length=100, blank=True)
    approved_on = PartialDateField(gettext_lazy("批准日期"), blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("项目变更")
        verbose_name_plural = gettext_lazy("项目变更")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content


class Followup(Record):
    """项目跟踪: one time that the association went to see, coordinated, or took part."""

    CODE_PREFIX = "跟踪"

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="followups", verbose_name=gettext_lazy("哪个项目")
    )
    seen_on = PartialDateField(gettext_lazy("日期"), blank=True)
    part = models.CharField(gettext_lazy("老促会的作用"), max_length=20, choices=Part.choices)
    findings = models.TextField(gettext_lazy("情况"))
    problem = models.TextField(gettext_lazy("问题"), blank=True)
    solved_by = PartialDateField(gettext_lazy("整改期限"), blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("项目跟踪")
        verbose_name_plural = gettext_lazy("项目跟踪")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.findings
