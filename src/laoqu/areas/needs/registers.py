"""老区需求台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laoqu.areas.needs.models import ANSWERED, GONE, Deliberation, Need, Stage
from laoqu.register.filters import ANY, PlaceFilters
from laoqu.register.flows import BACK, Flow
from laoqu.register.registry import Action, Line, Register, Section, Tab

LEAVING = (Stage.RETURNED, Stage.DEFERRED, Stage.WITHDRAWN, Stage.MERGED)
FLOW = Flow(
    "stage",
    {
        Stage.DRAFT: (Stage.REPORTED, Stage.WITHDRAWN),
        Stage.REPORTED: (Stage.TOWNSHIP, *LEAVING),
        Stage.TOWNSHIP: (Stage.DEPARTMENT, *LEAVING),
        Stage.DEPARTMENT: (Stage.COUNTY, *LEAVING),
        Stage.COUNTY: (Stage.LISTED, *LEAVING),
        Stage.LISTED: (Stage.MATCHED, Stage.DEFERRED, Stage.WITHDRAWN, Stage.MERGED),
        Stage.MATCHED: (Stage.UNDER_WAY, Stage.LISTED, Stage.DEFERRED),
        Stage.UNDER_WAY: (Stage.SOLVED, Stage.DEFERRED),
        Stage.SOLVED: (Stage.UNDER_WAY,),
        Stage.RETURNED: (Stage.REPORTED, Stage.WITHDRAWN),
        Stage.DEFERRED: (BACK, Stage.WITHDRAWN),
    },
    reasons=LEAVING,
    strip=(
        Stage.REPORTED, Stage.TOWNSHIP, Stage.DEPARTMENT, Stage.COUNTY,
        Stage.LISTED, Stage.MATCHED, Stage.UNDER_WAY, Stage.SOLVED,
    ),
    office=(Stage.LISTED, Stage.MATCHED, Stage.MERGED),
    side=(Stage.DEFERRED,),
    before="stage_before",
)  # fmt: skip


class NeedFilters(PlaceFilters):
    """Also by whether the need has been answered."""

    answered = django_filters.ChoiceFilter(
        method="by_answer",
        label=_("年度答复"),
        choices=[("yes", _("已匹配、暂缓、撤销或合并")), ("no", _("还没有答复"))],
        empty_label=ANY,
    )

    def by_answer(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Needs that were answered, or still wait."""
        answered = queryset.filter(stage__in=ANSWERED)
        return answered if value == "yes" else queryset.exclude(stage__in=ANSWERED)


class NeedRegister(Register):
    """老区需求台账: what the villages ask for, from their own decision to their confirmation."""

    model = Need
    slug = "needs"
    purpose = _("各村想办的事，从四议两公开到村里确认解决。")
    line = Line.HELP
    not_shown = ["stage_before"]
    columns = ["code", "name", "places", "category", "urgency", "estimated", "stage", "year"]
    search = ["name", "problem", "works", "location", "lead__name", "places__name"]
    filters = ["year", "category", "urgency", "stage", "lead"]
    filterset = NeedFilters
    form = [
        Section(_("要办什么"), "year", "name", "category", "urgency", "places", "location"),
        Section(_("内容"), "problem", "works", "count", "unit", "conditions"),
        Section(_("投资"), "estimated", "self_raised"),
        Section(
            _("受益"),
            "households", "people", "lifted_households", "monitored_households", "elders",
        ),
        Section(_("谁提出"), "proposer", "proposed_on", "lead", "survey", "exemption"),
        Section(_("办理结果"), "matched_with", "merged_into", "confirmed_on"),
    ]  # fmt: skip
    shown = ["stage", "deliberated"]
    totals = ["estimated"]
    tabs = [Tab("deliberations", "need"), Tab("projects", "needs"), Tab("overlaps", "need")]
    actions = [Action(_("能用哪些资金"), "need_funds")]
    flow = FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed needs that still stand: a merged one counts where it went."""
        return super().countable(rows).exclude(stage__in=GONE)


class DeliberationRegister(Register):
    """四议两公开台账: the meetings and notices in which a village decided on a need."""

    model = Deliberation
    slug = "deliberations"
    purpose = _("村里为一条需求开的会和贴的公示，人数够不够、算不算数。")
    line = Line.HELP
    detail = True
    columns = ["code", "need", "step", "held_on", "outcome", "signed"]
    search = ["need__name", "need__code", "decision", "oversight"]
    filters = ["year", "need", "step"]
    form = [
        Section(_("哪一步"), "year", "need", "step", "held_on"),
        Section(_("人数"), "due_count", "present_count", "agreed_count", "signed"),
        Section(_("结论"), "decision", "oversight"),
    ]
    shown = ["outcome"]
