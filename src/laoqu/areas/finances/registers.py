"""经费与基金台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laoqu.areas.finances.models import (
    BudgetExpense,
    BudgetItem,
    FundDonation,
    FundUse,
    SpecialFund,
)
from laoqu.register.filters import ANY, RowFilters
from laoqu.register.registry import Action, Line, Register, Section, Tab


class BudgetRegister(Register):
    """工作经费预算台账: the association's own budget, line by line."""

    model = BudgetItem
    slug = "budget"
    purpose = _("老促会自己的工作经费，一项用途一行。")
    line = Line.SELF_BUILDING
    columns = ["code", "subject", "use", "planned", "document", "year"]
    search = ["subject", "document"]
    filters = ["year", "use"]
    form = [Section(_("预算"), "year", "subject", "use", "planned", "document")]
    totals = ["planned"]
    tabs = [Tab("expenses", "item")]
    list_actions = [Action(_("预算执行表"), "budget_execution")]


class ExpenseRegister(Register):
    """工作经费支出台账: every payment out of the budget."""

    model = BudgetExpense
    slug = "expenses"
    purpose = _("工作经费的每一笔支出。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "item", "purpose", "amount", "spent_on", "voucher"]
    search = ["purpose", "voucher", "item__subject", "item__code"]
    filters = ["year", "item"]
    form = [Section(_("支出"), "year", "item", "purpose", "amount", "spent_on", "voucher")]
    totals = ["amount"]


class SpecialFundRegister(Register):
    """专项基金台账: the funds that the association set up."""

    model = SpecialFund
    slug = "special-funds"
    purpose = _("设立的专项基金：章程、账户、谁来管。")
    line = Line.SELF_BUILDING
    columns = ["code", "name", "manager", "founded_on", "basis"]
    search = ["name", "manager", "basis"]
    filters = ["year"]
    form = [
        Section(_("基金"), "year", "name", "basis", "founded_on", "manager", "account"),
        Section(_("章程和年审"), "charter", "audits"),
    ]
    shown = ["balance"]
    tabs = [Tab("fund-donations", "fund"), Tab("fund-uses", "fund")]


class PublishedFilters(RowFilters):
    """Also by whether the line was made public, as gifts and their use must be."""

    published = django_filters.ChoiceFilter(
        method="by_published",
        label=_("公布"),
        choices=[("no", _("还没公布")), ("yes", _("已公布"))],
        empty_label=ANY,
    )

    def by_published(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Lines with a day of publication, or without one."""
        open_lines = queryset.filter(published_on="")
        return open_lines if value == "no" else queryset.exclude(published_on="")


class DonationRegister(Register):
    """基金捐赠台账: the gifts to the special funds."""

    model = FundDonation
    slug = "fund-donations"
    purpose = _("谁给基金捐了多少、有什么意愿，只有秘书处能看。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "fund", "donor", "amount", "given_on", "wish", "receipt", "published_on"]
    search = ["donor", "wish", "receipt"]
    filters = ["year", "fund", "anonymous"]
    filterset = PublishedFilters
    form = [
        Section(_("捐赠"), "year", "fund", "donor", "anonymous", "amount", "given_on"),
        Section(_("意愿和票据"), "wish", "receipt", "published_on"),
    ]
    totals = ["amount"]
    tabs = [Tab("fund-uses", "donation")]


class FundUseRegister(Register):
    """基金使用台账: what the special funds paid for, and out of which gift."""

    model = FundUse
    slug = "fund-uses"
    purpose = _("基金的钱用在了什么事上，用的是哪一笔捐赠。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "fund", "purpose", "amount", "used_on", "donation", "project"]
    search = ["purpose", "approved_by"]
    filters = ["year", "fund", "donation", "project", "commendation"]
    filterset = PublishedFilters
    form = [
        Section(_("使用"), "year", "fund", "donation", "purpose", "amount", "used_on"),
        Section(_("批准和公布"), "project", "commendation", "approved_by", "published_on"),
    ]
    totals = ["amount"]
