"""Money from outside: policies with their clauses, funds, and the flow of each fund."""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from laoqu.areas.funds.balance import balances, shown_balance
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.projects.models import Project
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record, State, lines
from laoqu.register.money import MoneyLine


class Level(models.TextChoices):
    """来源层级."""

    CENTRAL = "central", gettext_lazy("中央")
    PROVINCE = "province", gettext_lazy("省")
    CITY = "city", gettext_lazy("市")
    COUNTY = "county", gettext_lazy("县")
    SOCIETY = "society", gettext_lazy("社会")


class Match(models.TextChoices):
    """是否需配套."""

    UNSTATED = "", gettext_lazy("未写明")
    REQUIRED = "required", gettext_lazy("需要")
    NOT_REQUIRED = "not_required", gettext_lazy("不需要")


class Verdict(models.TextChoices):
    """条款是允许还是禁止."""

    ALLOWED = "allowed", gettext_lazy("允许")
    FORBIDDEN = "forbidden", gettext_lazy("禁止")


class FundPolicy(Record):
    """资金政策: the rule set of one kind of fund; its clauses say what it may pay for."""

    CODE_PREFIX = "政策"

    name = models.CharField(gettext_lazy("政策名称"), max_length=200)
    level = models.CharField(gettext_lazy("来源层级"), max_length=10, choices=Level.choices)
    basis = models.CharField(
        gettext_lazy("依据"), max_length=300, blank=True, help_text=gettext_lazy("文件名和文号。")
    )
    match = models.CharField(
        gettext_lazy("是否需配套"), max_length=20, choices=Match.choices, blank=True
    )
    fee_percent = models.DecimalField(
        gettext_lazy("管理费比例上限（%）"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    allocation = models.TextField(gettext_lazy("分配和项目库要求"), blank=True)
    performance = models.TextField(gettext_lazy("绩效要求"), blank=True)
    to_verify = models.CharField(gettext_lazy("待核实之处"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("资金政策")
        verbose_name_plural = gettext_lazy("资金政策")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.fee_percent is not None and not 0 <= self.fee_percent <= 100:
            raise ValidationError({"fee_percent": _("比例在 0 到 100 之间，请核对。")})


class FundClause(Record):
    """政策条款: one clause of a policy, allowing or forbidding what its words name."""

    CODE_PREFIX = "条款"

    policy = models.ForeignKey(
        FundPolicy, models.PROTECT, related_name="clauses", verbose_name=gettext_lazy("哪项政策")
    )
    verdict = models.CharField(gettext_lazy("允许或禁止"), max_length=10, choices=Verdict.choices)
    content = models.TextField(gettext_lazy("条款内容"))
    words = models.TextField(
        gettext_lazy("关键词"),
        help_text=gettext_lazy("一行一个。需求或项目写到其中任何一个，就提示这一条。"),
    )
    citation = models.CharField(gettext_lazy("出处"), max_length=300)
    to_verify = models.CharField(gettext_lazy("待核实之处"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("政策条款")
        verbose_name_plural = gettext_lazy("政策条款")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content

    def words_in(self, text: str) -> list[str]:
        """The words of the clause that the text contains."""
        return [word for word in lines(self.words) if word in text]


class Fund(Record):
    """资金来源: one quota of one year, by its document; what it may pay for is in its policy."""

    CODE_PREFIX = "资金"

    name = models.CharField(gettext_lazy("资金名称"), max_length=200)
    policy = models.ForeignKey(
        FundPolicy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funds",
        verbose_name=gettext_lazy("资金政策"),
        help_text=gettext_lazy("写政策的编号。"),
    )
    level = models.CharField(gettext_lazy("来源层级"), max_length=10, choices=Level.choices)
    manager = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funds",
        verbose_name=gettext_lazy("主管部门"),
    )
    document = models.CharField(gettext_lazy("文号"), max_length=100, blank=True)
    issued_on = PartialDateField(gettext_lazy("下达日期"), blank=True)
    quota = MoneyField(gettext_lazy("指标金额"))
    places = models.ManyToManyField(
        Place,
        blank=True,
        related_name="funds",
        verbose_name=gettext_lazy("可用地区"),
        help_text=gettext_lazy("不限地区的不填。用顿号隔开。"),
    )
    spend_by = PartialDateField(gettext_lazy("截止日期"), blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("资金来源")
        verbose_name_plural = gettext_lazy("资金来源")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        check_funds([row.pk for row in written])

    def balance(self) -> str:
        """The fund from quota to what is left, in words."""
        return shown_balance(balances([self], FundFlow.objects.filter(state=State.REVIEWED))[0])

    balance.short_description = gettext_lazy("收支")  # type: ignore[attr-defined]


class FundStep(models.TextChoices):
    """流水环节, in the order of the money."""

    ISSUED = "issued", gettext_lazy("下达")
    ALLOCATED = "allocated", gettext_lazy("分配")
    PAID = "paid", gettext_lazy("拨付")
    SPENT = "spent", gettext_lazy("支出")
    RETURNED = "returned", gettext_lazy("收回")


class FundFlow(MoneyLine):
    """资金流水: one step of a fund's money; no step can hand on more than the one before it."""

    CODE_PREFIX = "流水"

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="flows", verbose_name=gettext_lazy("哪笔资金")
    )
    step = models.CharField(gettext_lazy("环节"), max_length=10, choices=FundStep.choices)
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flows",
        verbose_name=gettext_lazy("哪个项目"),
    )
    moved_on = PartialDateField(gettext_lazy("日期"), blank=True)
    document = models.CharField(gettext_lazy("文号或凭证号"), max_length=100, blank=True)
    payee = models.CharField(gettext_lazy("收款单位"), max_length=100, blank=True)
    fee = models.BooleanField(gettext_lazy("是管理费"), default=False)
    exception = models.CharField(
        gettext_lazy("与条款不符时的批准"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("条款不允许而经批准的，写谁批准、文号。"),
    )

    class Meta(MoneyLine.Meta):
        verbose_name = gettext_lazy("资金流水")
        verbose_name_plural = gettext_lazy("资金流水")

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        super().clean()
        giving = self.step in (FundStep.ALLOCATED, FundStep.PAID, FundStep.SPENT)
        if giving and self.project_id and self.fund_id and not self.exception:
            self._check_use()

    def _check_use(self) -> None:
        project, policy = self.project, self.fund.policy
        text = use_text(project)
        clauses = policy.clauses.filter(verdict=Verdict.FORBIDDEN) if policy else []
        for clause in clauses:
            words = clause.words_in(text)
            if words:
                raise ValidationError(
                    _(
                        "项目写到“%(words)s”，这笔资金的条款不允许：%(content)s（%(citation)s）。"
                        "请换一个资金来源；已经批准例外的，在“与条款不符时的批准”里写明。"
                    )
                    % {
                        "words": "、".join(words),
                        "content": clause.content,
                        "citation": clause.citation,
                    }
                )

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        check_funds([row.fund_id for row in written])  # type: ignore[attr-defined]


@override(settings.LANGUAGE_CODE)
def use_text(work: Record) -> str:
    """What a need or project is for, in one text: its category, name and works.

    In Chinese in whatever language one reads, as the words of the clauses are.
    """
    return f"{work.get_category_display()} {work.name} {work.works}"  # type: ignore[attr-defined]


def check_funds(keys: Sequence[int]) -> None:
    """Raise a sentence where a fund hands on more than it has; the funds stay locked meanwhile."""
    funds = list(Fund.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk"))
    for balance in balances(funds, FundFlow.objects.all()):
        sentence = balance.fault()
        if sentence:
            raise ValidationError(sentence)
