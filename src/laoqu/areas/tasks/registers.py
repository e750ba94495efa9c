"""督办任务、年度计划、上级任务台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.areas.tasks.models import (
    Colour,
    ColourRule,
    Directive,
    DirectiveShare,
    PlanItem,
    Task,
)
from laoqu.areas.tasks.services import of_colour
from laoqu.areas.tasks.stages import CLOSED
from laoqu.register.filters import ANY, RowFilters
from laoqu.register.flows import Flow
from laoqu.register.registry import Action, Line, Register, Section, Tab


class TaskFilters(RowFilters):
    """Also by the colour today, and by whether still open."""

    colour = django_filters.ChoiceFilter(
        method="by_colour", label=_("督办颜色"), choices=Colour.choices, empty_label=ANY
    )
    open = django_filters.ChoiceFilter(
        method="by_open",
        label=_("办结"),
        choices=[("yes", _("还没办结")), ("no", _("已办结"))],
        empty_label=ANY,
    )

    def by_colour(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Tasks of that colour today."""
        return of_colour(queryset, value, timezone.localdate())

    def by_open(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Tasks still open, or done."""
        done = {"stage__in": CLOSED}
        return queryset.exclude(**done) if value == "yes" else queryset.filter(**done)


class TaskRegister(Register):
    """督办任务台账: one matter on one sheet, chased in three colours until it is struck off."""

    model = Task
    slug = "tasks"
    purpose = _("一事一单的督办，三色提醒，直到销号。")
    line = Line.SELF_BUILDING
    not_shown = ["blue_from", "red_from", "yellow_from"]
    columns = ["code", "content", "lead", "due_on", "colour", "stage"]
    search = ["content", "lead__name", "standard", "progress", "result"]
    filters = ["year", "origin", "lead", "stage", "resolution", "plan_item", "directive"]
    filterset = TaskFilters
    form = [
        Section(_("任务"), "year", "content", "origin", "standard", "urgency"),
        Section(_("从哪里来"), "resolution", "plan_item", "directive"),
        Section(_("谁办、何时"), "lead", "partners", "assigned_on", "due_on"),
        Section(_("延期"), "extended_to", "extension_reason", "extension_approved_by"),
        Section(_("办理"), "progress", "result", "deputy_signed_on", "head_signed_on"),
    ]
    shown = ["colour", "stage"]
    flow = Flow(
        "stage",
        {
            "registered": ("assigned",),
            "assigned": ("undertaken", "registered"),
            "undertaken": ("reported",),
            "reported": ("reviewed", "undertaken"),
            "reviewed": ("done", "continued"),
            "continued": ("reported",),
            "done": ("struck", "continued"),
            "struck": ("archived", "continued"),
        },
        reasons=("continued", "registered"),
        strip=("registered", "assigned", "undertaken", "reported", "reviewed", "done", "struck"),
        office=("done", "struck", "archived"),
    )
    actions = [Action(_("督办单"), "task_slip")]
    list_actions = [
        Action(_("三色督办"), "task_board"),
        Action(_("兑现清单"), "promises"),
    ]


class ColourRuleRegister(Register):
    """三色督办规则台账: from which day a task turns blue and yellow."""

    model = ColourRule
    slug = "colour-rules"
    purpose = _("督办任务提前几天变蓝、几天没有反馈变黄。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "year", "blue_days", "yellow_days"]
    filters = ["year"]
    form = [Section(_("规则"), "year", "blue_days", "yellow_days")]


class PlanItemRegister(Register):
    """年度计划台账: what was promised for the year, and whether it was kept."""

    model = PlanItem
    slug = "plan-items"
    purpose = _("年初答应要办的事，年底对照兑现没有。")
    line = Line.SELF_BUILDING
    columns = ["code", "content", "measure", "lead", "due_on", "stage"]
    search = ["content", "measure", "lead__name", "outcome"]
    filters = ["year", "lead", "stage"]
    form = [
        Section(_("计划"), "year", "content", "measure", "lead", "due_on"),
        Section(_("结果"), "outcome"),
    ]
    shown = ["stage"]
    flow = Flow(
        "stage",
        {
            "planned": ("under_way", "kept", "not_kept"),
            "under_way": ("kept", "not_kept"),
            "kept": ("under_way",),
            "not_kept": ("under_way",),
        },
        reasons=("not_kept",),
        strip=("planned", "under_way", "kept"),
    )
    tabs = [Tab("tasks", "plan_item")]
    list_actions = [Action(_("兑现清单"), "promises")]


class DirectiveRegister(Register):
    """上级任务台账: tasks from above, shared out, reported upward, locked once confirmed."""

    model = Directive
    slug = "directives"
    purpose = _("上级布置的任务：指标、期限，分给谁、完成多少。")
    line = Line.SELF_BUILDING
    columns = ["code", "content", "issuer", "target", "due_on", "stage"]
    search = ["content", "document", "document_number", "indicator", "issuer__name"]
    filters = ["year", "issuer", "stage"]
    form = [
        Section(_("文件"), "year", "document", "document_number", "issuer", "issued_on"),
        Section(_("任务"), "content", "indicator", "target", "unit", "due_on"),
        Section(_("怎么算"), "counting_rule", "figure"),
        Section(_("结果"), "outcome", "returned", "receipt", "locks_on"),
    ]
    shown = ["progress", "stage"]
    flow = Flow(
        "stage",
        {
            "issued": ("received",),
            "received": ("shared", "filled"),
            "shared": ("filled",),
            "filled": ("checked",),
            "checked": ("submitted", "filled"),
            "submitted": ("confirmed", "sent_back"),
            "sent_back": ("filled",),
            "confirmed": ("locked",),
        },
        reasons=("sent_back",),
        strip=(
            "issued", "received", "shared", "filled", "checked", "submitted", "confirmed", "locked",
        ),
    )  # fmt: skip
    tabs = [Tab("directive-shares", "directive"), Tab("tasks", "directive")]


class DirectiveShareRegister(Register):
    """任务分解台账: who takes on how much of a task from above."""

    model = DirectiveShare
    slug = "directive-shares"
    purpose = _("上级任务分给各单位多少。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "directive", "organisation", "target", "done", "due_on"]
    search = ["organisation__name", "directive__content"]
    filters = ["year", "directive", "organisation"]
    form = [Section(_("分解"), "year", "directive", "organisation", "target", "due_on", "done")]
    totals = ["target", "done"]
