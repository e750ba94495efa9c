"""资金来源台账."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.areas.funds.models import Fund, FundClause, FundFlow, FundPolicy, FundStep
from laoqu.register.filters import ANY, RowFilters, over_before
from laoqu.register.models import State
from laoqu.register.registry import Action, Line, Register, Section, Tab

SOON = timedelta(days=92)


class FundFilters(RowFilters):
    """Also by money that must be spent soon and is not."""

    spending = django_filters.ChoiceFilter(
        method="by_spending",
        label=_("支出进度"),
        choices=[("due", _("三个月内截止或已过期，还没支出完"))],
        empty_label=ANY,
    )

    def by_spending(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Funds whose last day comes within three months, with money neither spent nor returned."""
        gone = Q(flows__step__in=(FundStep.SPENT, FundStep.RETURNED), flows__state=State.REVIEWED)
        used = Coalesce(Sum("flows__amount", filter=gone), Value(0))
        due = Fund._default_manager.exclude(spend_by="").annotate(used=used)
        due = over_before(due.filter(used__lt=F("quota")), "spend_by", timezone.localdate() + SOON)
        return queryset.filter(pk__in=due.order_by().values("pk"))


class FundRegister(Register):
    """资金来源台账: each quota of a year with its document, and how far its money has come."""

    model = Fund
    slug = "funds"
    purpose = _("每笔资金指标的文号和金额，走到了哪一步。")
    line = Line.HELP
    columns = ["code", "name", "level", "document", "quota", "issued_on", "spend_by", "year"]
    search = ["name", "document", "manager__name", "policy__name"]
    filters = ["year", "level", "policy", "manager"]
    filterset = FundFilters
    form = [
        Section(_("资金"), "year", "name", "level", "policy", "manager"),
        Section(_("指标"), "document", "issued_on", "quota", "spend_by", "places"),
    ]
    shown = ["balance"]
    totals = ["quota"]
    tabs = [Tab("fund-flows", "fund")]
    list_actions = [Action(_("资金平衡表"), "fund_balance")]


class FundFlowRegister(Register):
    """资金流水台账: quota issued, allocated, paid, spent and returned, step by step."""

    model = FundFlow
    slug = "fund-flows"
    purpose = _("资金从指标、下达、拨付到支出、结余的流水。")
    line = Line.HELP
    detail = True
    columns = ["code", "fund", "step", "amount", "project", "moved_on", "document"]
    search = ["fund__name", "fund__code", "project__name", "document", "payee"]
    filters = ["year", "fund", "step", "project", "fee"]
    form = [
        Section(_("哪一步"), "year", "fund", "step", "amount", "moved_on", "document"),
        Section(_("用在哪里"), "project", "payee", "fee", "exception"),
    ]


class FundPolicyRegister(Register):
    """资金政策台账: the rule sets of the funds, which the office keeps up to date."""

    model = FundPolicy
    slug = "fund-policies"
    purpose = _("各类资金的管理办法，秘书处随时更新。")
    line = Line.BASICS
    columns = ["code", "name", "level", "basis", "match", "fee_percent", "to_verify"]
    search = ["name", "basis"]
    filters = ["year", "level"]
    form = [
        Section(_("政策"), "year", "name", "level", "basis"),
        Section(_("要求"), "match", "fee_percent", "allocation", "performance", "to_verify"),
    ]
    tabs = [Tab("fund-clauses", "policy"), Tab("funds", "policy")]
    list_actions = [
        Action(_("查一件事能用哪些资金"), "fund_uses"),
        Action(_("载入常见政策"), "load_policies"),
    ]


class FundClauseRegister(Register):
    """政策条款台账: what each policy allows and forbids, clause by clause, with its source."""

    model = FundClause
    slug = "fund-clauses"
    purpose = _("每个办法允许做什么、不允许做什么，一条一行，写明出处。")
    line = Line.BASICS
    detail = True
    columns = ["code", "policy", "verdict", "content", "words", "citation", "to_verify"]
    search = ["content", "words", "citation", "policy__name"]
    filters = ["year", "policy", "verdict"]
    form = [
        Section(_("条款"), "year", "policy", "verdict", "content", "words"),
        Section(_("出处"), "citation", "to_verify"),
    ]
