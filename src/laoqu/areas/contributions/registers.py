"""帮扶资金台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laoqu.areas.contributions.models import UNCOUNTED, Contribution
from laoqu.register.filters import ANY, PlaceFilters
from laoqu.register.registry import Action, Line, Register, Section, Tab


class ContributionFilters(PlaceFilters):
    """Also by whether a sum is stated."""

    money = django_filters.ChoiceFilter(
        method="with_money",
        label=_("有无金额"),
        choices=[("yes", _("写明金额")), ("no", _("未写金额"))],
        empty_label=ANY,
    )

    def with_money(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows with or without a stated amount."""
        return queryset.filter(amount__isnull=value == "no")


class ContributionRegister(Register):
    """帮扶资金台账: what each body invested, for which villages, one's own or several together."""

    model = Contribution
    slug = "contributions"
    purpose = _("各单位为老区村投的钱、办的事；几个村合用的钱只算一次，不硬分。")
    line = Line.HELP
    columns = ["code", "funder", "amount", "attribution", "places", "works", "year"]
    search = ["funder__name", "works", "location", "amount_as_written", "places__name"]
    filters = ["year", "kind", "funder", "nature", "attribution", "stage", "projects", "part_of"]
    filterset = ContributionFilters
    form = [
        Section(_("基本情况"), "year", "kind", "funder", "broker", "brokering", "given_on"),
        Section(_("金额"), "amount", "approximate", "in_kind", "stage", "part_of"),
        Section(_("资金来历"), "nature", "document"),
        Section(
            _("用在哪里"),
            "places", "open_list", "projects", "works", "count", "unit", "count_approximate",
        ),
    ]  # fmt: skip
    shown = ["attribution", "amount_as_written", "location"]
    totals = ["amount"]
    tabs = [Tab("contributions", "part_of"), Tab("overlaps", "contribution")]
    list_actions = [Action(_("按村汇总"), "village_totals")]

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed lines given (not merely planned), outside any other line, and not reversed."""
        return super().countable(rows).filter(part_of=None).exclude(stage__in=UNCOUNTED)
