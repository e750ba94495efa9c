"""帮扶项目台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.areas.projects.models import Change, Followup, Indicator, Project
from laoqu.areas.projects.stages import FLOW, UNFINISHED, Stage
from laoqu.register.filters import ANY, PlaceFilters, over_before
from laoqu.register.registry import Action, Line, Register, Section, Tab


class ProjectFilters(PlaceFilters):
    """Also by what is late: approved projects whose planned finish has passed."""

    late = django_filters.ChoiceFilter(
        method="by_lateness",
        label=_("进度"),
        choices=[("yes", _("逾期未完工"))],
        empty_label=ANY,
    )

    def by_lateness(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Unfinished projects whose planned finish, as precise as it was given, has passed."""
        unfinished = queryset.filter(stage__in=(*UNFINISHED, Stage.PAUSED, Stage.ADJUSTED))
        planned = unfinished.exclude(planned_finish_on="")
        return over_before(planned, "planned_finish_on", timezone.localdate())


class ProjectRegister(Register):
    """帮扶项目台账: every project in an old-area village, followed from idea to upkeep."""

    model = Project
    slug = "projects"
    purpose = _("每个帮扶项目，从谋划到管护，一步一步跟着走。")
    line = Line.HELP
    not_shown = ["stage_before"]
    columns = ["code", "name", "places", "department", "planned", "four_words", "stage", "year"]
    search = ["name", "works", "location", "implementer", "department__name"]
    filters = ["year", "category", "nature", "stage", "department", "needs"]
    filterset = ProjectFilters
    form = [
        Section(_("项目"), "year", "name", "category", "nature", "needs"),
        Section(_("实施地点"), "places", "location"),
        Section(_("时间进度"), "planned_start_on", "planned_finish_on"),
        Section(_("责任单位"), "department", "implementer", "responsible"),
        Section(_("建设任务"), "works", "count", "unit"),
        Section(_("资金规模和筹资方式"), "planned", "financing", "standard"),
        Section(_("受益与绩效"), "beneficiaries", "households", "people", "target"),
        Section(_("群众参与和联农带农"), "participation", "benefit_mechanism"),
        Section(_("立项与前期"), "admitted_year", "approval_doc", "plan_batch", "procurement",
                "designer", "builder", "overseer", "contract_price"),
        Section(_("施工与支付"), "started_on", "progress", "finished_on", "paid", "defects"),
        Section(_("验收与移交"), "accepted_on", "settled", "audited", "surplus", "returned",
                "asset_holder", "keeper", "archive"),
    ]  # fmt: skip
    shown = ["stage", "missing"]
    totals = ["planned", "paid"]
    tabs = [
        Tab("followups", "project"),
        Tab("indicators", "project"),
        Tab("changes", "project"),
        Tab("fund-flows", "project"),
        Tab("contributions", "projects"),
        Tab("overlaps", "project"),
    ]
    actions = [Action(_("能用哪些资金"), "project_funds")]
    flow = FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed projects that were neither removed from the library nor given up."""
        return super().countable(rows).exclude(stage__in=(Stage.REMOVED, Stage.TERMINATED))


class FollowupRegister(Register):
    """项目跟踪台账: when the association went to see a project, and what it did there."""

    model = Followup
    slug = "followups"
    purpose = _("老促会哪天去看了项目、协调了什么、参加了什么验收。")
    line = Line.HELP
    detail = True
    columns = ["code", "project", "seen_on", "part", "findings", "problem", "solved_by"]
    search = ["project__name", "project__code", "findings", "problem"]
    filters = ["year", "project", "part"]
    form = [Section(_("跟踪"), "year", "project", "seen_on", "part", "findings"),
            Section(_("问题"), "problem", "solved_by")]  # fmt: skip


class IndicatorRegister(Register):
    """绩效指标台账: the table of performance targets of a project, aimed and achieved."""

    model = Indicator
    slug = "indicators"
    purpose = _("项目的绩效目标，定的是多少、完成了多少。")
    line = Line.HELP
    detail = True
    columns = ["code", "project", "kind", "name", "aimed", "achieved"]
    search = ["project__name", "project__code", "name"]
    filters = ["year", "project", "kind"]
    form = [Section(_("绩效指标"), "year", "project", "kind", "name", "aimed", "achieved")]


class ChangeRegister(Register):
    """项目变更台账: adjustments of approved projects, each with its reason and approval."""

    model = Change
    slug = "changes"
    purpose = _("批过的项目改了什么、为什么改、谁批的。")
    line = Line.HELP
    detail = True
    columns = ["code", "project", "content", "reason", "approval_doc", "approved_on"]
    search = ["project__name", "project__code", "content", "reason", "approval_doc"]
    filters = ["year", "project"]
    form = [
        Section(_("变更"), "year", "project", "content", "reason"),
        Section(_("批准"), "approver", "approval_doc", "approved_on"),
    ]
