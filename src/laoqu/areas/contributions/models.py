"""Contributions: one money line (or works without a sum) of a body for one or several villages."""

from collections.abc import Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.projects.models import Project
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record, State
from laoqu.register.money import MoneyLine
from laoqu_engines.values.money import wan_yuan


class Kind(models.TextChoices):
    """类别."""

    FUNDING = "funding", _("帮扶投资")
    DONATION = "donation", _("捐赠")


class Nature(models.TextChoices):
    """资金性质."""

    CENTRAL = "central", _("中央财政")
    PROVINCE = "province", _("省级财政")
    CITY = "city", _("市级财政")
    COUNTY = "county", _("县级财政")
    LINKING = "linking", _("衔接资金")
    OLD_AREA = "old_area", _("革命老区转移支付")
    LOTTERY = "lottery", _("彩票公益金")
    ONE_CASE = "one_case", _("一事一议奖补")
    DEPARTMENT = "department", _("部门业务资金")
    BOND = "bond", _("债券")
    EAST_WEST = "east_west", _("东西部协作")
    PAIRED = "paired", _("定点帮扶")
    SOCIETY = "society", _("社会捐赠")
    COLLECTIVE = "collective", _("村集体自筹")
    LABOUR = "labour", _("群众投工投劳")


class Brokering(models.TextChoices):
    """促成方式: brokered money is the department's, not the association's."""

    COORDINATED = "coordinated", _("协调")
    WON = "won", _("争取")
    GIVEN = "given", _("直接出资")


class Stage(models.TextChoices):
    """金额口径: the words of money differ and are never mixed."""

    STATED = "stated", _("投资（原文未分）")
    PLANNED = "planned", _("计划")
    PLEDGED = "pledged", _("承诺")
    ALLOCATED = "allocated", _("下达")
    PAID = "paid", _("拨付")
    ARRIVED = "arrived", _("到位")
    SPENT = "spent", _("支出")
    SETTLED = "settled", _("结算")
    LEFT = "left", _("结余")


UNCOUNTED = (Stage.PLANNED, Stage.PLEDGED, Stage.LEFT)
"""Money not yet given, or not used: no total adds it."""


class Attribution(models.TextChoices):
    """金额归属: how an amount belongs to its villages. It is never divided silently."""

    SOLE = "sole", _("单村独占")
    JOINT = "joint", _("多村合计")
    UNKNOWN = "unknown", _("未知")


class Contribution(MoneyLine):
    """帮扶资金: one line of a body's money or works, for one village or for several together."""

    CODE_PREFIX = "帮扶"

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.FUNDING)
    funder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("出资单位"),
    )
    broker = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="brokered",
        verbose_name=_("促成单位"),
        help_text=_("牵线搭桥、争取来的资金，这里写促成的单位。"),
    )
    brokering = models.CharField(
        _("促成方式"), max_length=20, choices=Brokering.choices, blank=True
    )
    given_on = PartialDateField(_("日期"), blank=True)
    nature = models.CharField(_("资金性质"), max_length=20, choices=Nature.choices, blank=True)
    document = models.CharField(_("资金文号"), max_length=100, blank=True)
    amount = MoneyField(_("金额"), null=True, blank=True)
    amount_as_written = models.CharField(_("金额（原文写法）"), max_length=60, blank=True)
    approximate = models.BooleanField(
        _("约数"), default=False, help_text=_("原文写了“余”“多”“近”“约”。")
    )
    stage = models.CharField(
        _("金额口径"), max_length=10, choices=Stage.choices, default=Stage.STATED
    )
    in_kind = models.BooleanField(
        _("实物折价"), default=False, help_text=_("给的是物资、设备，金额是折算的。")
    )
    places = models.ManyToManyField(
        Place, blank=True, related_name="contributions", verbose_name=_("受益村")
    )
    location = models.TextField(_("受益村（原文写法）"), blank=True)
    open_list = models.BooleanField(
        _("名单未列全"), default=False, help_text=_("原文写了“等”，没有列全。")
    )
    attribution = models.CharField(
        _("金额归属"), max_length=10, choices=Attribution.choices, editable=False
    )
    projects = models.ManyToManyField(
        Project,
        blank=True,
        related_name="contributions",
        verbose_name=_("用在哪些项目"),
        help_text=_("写项目的编号，用顿号隔开。"),
    )
    works = models.TextField(_("建设内容"), blank=True, help_text=_("一行写一项。"))
    count = models.DecimalField(_("数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(pgettext_lazy("计量", "单位"), max_length=20, blank=True)
    count_approximate = models.BooleanField(_("数量是约数"), default=False)
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("属于哪一笔"),
        help_text=_("这一笔已经包含在另一笔总数里时填写，合计时不再重复相加。"),
    )

    class Meta(MoneyLine.Meta):
        verbose_name = _("帮扶资金")
        verbose_name_plural = _("帮扶资金")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        funder = self.funder.name if self.funder else _("未写明单位")
        return f"{funder} {self.amount_as_written}".strip()

    def clean(self) -> None:
        if self.part_of_id and self.part_of_id == self.pk:
            raise ValidationError({"part_of": _("一笔钱不能属于它自己，请另选一笔。")})
        if not self.funder_id and self.amount is None and not self.works.strip():
            raise ValidationError(_("请至少写明出资单位、金额、建设内容中的一项。"))
        super().clean()

    def settle(self, cleaned: dict[str, Any]) -> None:
        """The attribution follows from the list of villages and its 等."""
        count = len(cleaned.get("places") or ())
        if count == 0:
            self.attribution = Attribution.UNKNOWN
        elif count == 1 and not self.open_list:
            self.attribution = Attribution.SOLE
        else:
            self.attribution = Attribution.JOINT
        if self.amount is not None and not self.amount_as_written:
            self.amount_as_written = wan_yuan(int(self.amount * 100))

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """What lies within a line adds up to no more than the line."""
        keys = {row.pk for row in written} | {row.part_of_id for row in written}  # type: ignore[attr-defined]
        inside = models.Q(
            parts__state=State.REVIEWED, parts__reverses=None, parts__reversed_by=None
        ) & ~models.Q(parts__stage__in=UNCOUNTED)
        found = cls.objects.filter(pk__in=keys - {None}, approximate=False)
        found = found.annotate(within=models.Sum("parts__amount", filter=inside))
        for line in found.filter(within__gt=models.F("amount")):
            raise ValidationError(
                _("%(code)s 里各部分合计 %(within)s，超过这一笔的 %(whole)s，请核对。")
                % {
                    "code": line.code,
                    "within": wan_yuan(int(line.within * 100)),
                    "whole": wan_yuan(int(line.amount * 100)),
                }
            )

    def reversal(self) -> Self:
        made = super().reversal()
        made.amount_as_written = f"冲销{self.amount_as_written}"
        return made
