"""Money of the association's own: its working budget, and special funds with their donations."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.areas.honours.models import Commendation
from laoqu.areas.projects.models import Project
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record, State
from laoqu.register.money import MoneyLine
from laoqu_engines.values.money import wan_yuan


def valid_total(found: QuerySet[MoneyLine]) -> Decimal:
    """The sum of the lines that are neither void nor returned, in yuan."""
    valid = found.exclude(state__in=(State.VOID, State.RETURNED))
    return valid.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def _wan(amount: Decimal) -> str:
    return wan_yuan(int(amount * 100))


class Use(models.TextChoices):
    """工作经费用途."""

    SURVEY = "survey", gettext_lazy("调研")
    PUBLICITY = "publicity", gettext_lazy("宣传")
    COORDINATION = "coordination", gettext_lazy("项目协调")
    TRAINING = "training", gettext_lazy("培训")
    OFFICE = "office", gettext_lazy("办公")
    OTHER = "other", gettext_lazy("其他")


class BudgetItem(Record):
    """工作经费预算: one line of the association's own budget of a year."""

    CODE_PREFIX = "预算"

    subject = models.CharField(gettext_lazy("预算科目"), max_length=100)
    use = models.CharField(gettext_lazy("用途"), max_length=20, choices=Use.choices)
    planned = MoneyField(gettext_lazy("预算金额"))
    document = models.CharField(gettext_lazy("批复文号"), max_length=100, blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("工作经费预算")
        verbose_name_plural = gettext_lazy("工作经费预算")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.subject

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        keys = {row.pk for row in written}
        for item in BudgetItem.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
            spent = valid_total(item.expenses.all())
            if spent > item.planned:
                raise ValidationError(
                    _("“%(subject)s”支出合计 %(spent)s，超过预算 %(planned)s。请先调整预算。")
                    % {
                        "subject": item.subject,
                        "spent": _wan(spent),
                        "planned": _wan(item.planned),
                    }
                )


class BudgetExpense(MoneyLine):
    """工作经费支出: one payment out of a budget line."""

    CODE_PREFIX = "经费"

    item = models.ForeignKey(
        BudgetItem,
        models.PROTECT,
        related_name="expenses",
        verbose_name=gettext_lazy("哪项预算"),
        help_text=gettext_lazy("写预算的编号。"),
    )
    spent_on = PartialDateField(gettext_lazy("日期"), blank=True)
    purpose = models.CharField(gettext_lazy("事由"), max_length=200)
    voucher = models.CharField(gettext_lazy("凭证号"), max_length=100, blank=True)

    class Meta(MoneyLine.Meta):
        verbose_name = gettext_lazy("工作经费支出")
        verbose_name_plural = gettext_lazy("工作经费支出")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.purpose

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        BudgetItem.check_written([row.item for row in written])  # type: ignore[attr-defined]


class SpecialFund(Record):
    """专项基金: a fund that the association set up, from donations to what is left."""

    CODE_PREFIX = "基金"

    name = models.CharField(gettext_lazy("基金名称"), max_length=200)
    basis = models.CharField(gettext_lazy("设立依据"), max_length=300, blank=True)
    founded_on = PartialDateField(gettext_lazy("设立日期"), blank=True)
    manager = models.CharField(gettext_lazy("管理主体"), max_length=100, blank=True)
    account = models.CharField(
        gettext_lazy("账户、专账"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("写专账名称，不写银行账号。"),
    )
    charter = models.TextField(gettext_lazy("章程"), blank=True)
    audits = models.TextField(
        gettext_lazy("年审"), blank=True, help_text=gettext_lazy("一年一行，写结论。")
    )

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("专项基金")
        verbose_name_plural = gettext_lazy("专项基金")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def balance(self) -> str:
        """What was given, used and is left, in words."""
        given = valid_total(self.donations.filter(state=State.REVIEWED))
        used = valid_total(self.uses.filter(state=State.REVIEWED))
        return _("捐赠 %(given)s，使用 %(used)s，结余 %(left)s") % {
            "given": _wan(given),
            "used": _wan(used),
            "left": _wan(given - used),
        }

    balance.short_description = gettext_lazy("收支")  # type: ignore[attr-defined]


def check_special_funds(keys: Sequence[int]) -> None:
    """Raise a sentence where a special fund has used more than it was given."""
    for fund in SpecialFund.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk"):
        given, used = valid_total(fund.donations.all()), valid_total(fund.uses.all())
        if used > given:
            raise ValidationError(
                _("%(fund)s使用合计 %(used)s，超过捐赠收入 %(given)s。请核对，或先补记捐赠。")
                % {"fund": fund.name, "used": _wan(used), "given": _wan(given)}
            )


class FundDonation(MoneyLine):
    """基金捐赠: one gift to a special fund, with what the giver wished."""

    CODE_PREFIX = "捐赠"

    fund = models.ForeignKey(
        SpecialFund, models.PROTECT, related_name="donations", verbose_name=gettext_lazy("哪个基金")
    )
    donor = models.CharField(gettext_lazy("捐赠人"), max_length=100)
    anonymous = models.BooleanField(
        gettext_lazy("要求匿名"), default=False, help_text=gettext_lazy("公布时写“匿名”。")
    )
    wish = models.CharField(
        gettext_lazy("捐赠意愿"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("指定用途的写清楚，不指定的不填。"),
    )
    given_on = PartialDateField(gettext_lazy("日期"), blank=True)
    receipt = models.CharField(gettext_lazy("票据号"), max_length=100, blank=True)
    published_on = PartialDateField(gettext_lazy("公布日期"), blank=True)

    class Meta(MoneyLine.Meta):
        verbose_name = gettext_lazy("基金捐赠")
        verbose_name_plural = gettext_lazy("基金捐赠")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return _("匿名") if self.anonymous else self.donor

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        check_special_funds([row.fund_id for row in written])  # type: ignore[attr-defined]
        check_donations([row.reverses_id or row.pk for row in written])  # type: ignore[attr-defined]


class FundUse(MoneyLine):
    """基金使用: one payment out of a special fund, down to the work and the gift it came from."""

    CODE_PREFIX = "用款"

    fund = models.ForeignKey(
        SpecialFund, models.PROTECT, related_name="uses", verbose_name=gettext_lazy("哪个基金")
    )
    donation = models.ForeignKey(
        FundDonation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="uses",
        verbose_name=gettext_lazy("出自哪笔捐赠"),
        help_text=gettext_lazy("指定用途的捐赠要写，这样捐赠人看得到钱用在哪里。"),
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fund_uses",
        verbose_name=gettext_lazy("哪个项目"),
    )
    commendation = models.ForeignKey(
        Commendation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fund_uses",
        verbose_name=gettext_lazy("哪项表彰"),
    )
    purpose = models.CharField(gettext_lazy("用途"), max_length=200)
    used_on = PartialDateField(gettext_lazy("日期"), blank=True)
    approved_by = models.CharField(gettext_lazy("批准"), max_length=100, blank=True)
    published_on = PartialDateField(gettext_lazy("公布日期"), blank=True)

    class Meta(MoneyLine.Meta):
        verbose_name = gettext_lazy("基金使用")
        verbose_name_plural = gettext_lazy("基金使用")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.purpose

    def clean(self) -> None:
        super().clean()
        if self.donation is not None and self.donation.fund_id != self.fund_id:
            raise ValidationError({"donation": _("那笔捐赠属于另一个基金，请核对。")})

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        check_special_funds([row.fund_id for row in written])  # type: ignore[attr-defined]
        check_donations([row.donation_id for row in written])  # type: ignore[attr-defined]


def check_donations(keys: Sequence[int | None]) -> None:
    """Raise a sentence where more was used out of a gift than was given."""
    for gift in FundDonation.objects.filter(pk__in={key for key in keys if key}):
        own = models.Q(pk=gift.pk) | models.Q(reverses=gift)
        given = valid_total(FundDonation.objects.filter(own))
        used = valid_total(gift.uses.all())
        if used > given:
            raise ValidationError(
                _("%(code)s 这笔捐赠是 %(given)s，已使用 %(used)s。请核对，或换一笔捐赠。")
                % {"code": gift.code, "given": _wan(given), "used": _wan(used)}
            )
