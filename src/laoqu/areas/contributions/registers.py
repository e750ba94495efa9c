"""帮扶资金台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laoqu.areas.contributions.models import Contribution, Stage
from laoqu.register.filters import ANY, PlaceFilters
from laoqu.register.registry import Action, Line, Register, Section, Tab

NOT_YET_GIVEN = (Stage.PLANNED, Stage.PLEDGED)


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
    filters = ["year", "kind", "funder", "attribution", "stage"]
    filterset = ContributionFilters
    form = [
        Section(_("基本情况"), "year", "kind", "funder", "broker", "given_on"),
        Section(_("金额"), "amount", "approximate", "stage", "part_of"),
        Section(
            _("用在哪里"), "places", "open_list", "works", "count", "unit", "count_approximate"
        ),
    ]
    shown = ["attribution", "amount_as_written", "location"]
    totals = ["amount"]
    tabs = [Tab("overlaps", "contribution")]
    list_actions = [Action(_("按村汇总"), "village_totals")]

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed lines given (not merely planned), outside any other line, and not reversed."""
        return super().countable(rows).filter(part_of=None).exclude(stage__in=NOT_YET_GIVEN)
