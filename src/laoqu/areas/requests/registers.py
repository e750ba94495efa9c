"""绿色通道诉求台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.areas.requests.models import ClockRule, Request
from laoqu.register.filters import ANY, RowFilters
from laoqu.register.flows import Flow
from laoqu.register.registry import Action, Line, Register, Section


class RequestFilters(RowFilters):
    """Also by the clock."""

    overdue = django_filters.ChoiceFilter(
        method="by_clock",
        label=_("时钟"),
        choices=[("yes", _("超时没有办结")), ("open", _("没有办结"))],
        empty_label=ANY,
    )

    def by_clock(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Requests still open, or open past their time."""
        waiting = queryset.exclude(stage="closed")
        return waiting.filter(due_at__lt=timezone.now()) if value == "yes" else waiting


class RequestRegister(Register):
    """绿色通道诉求台账: special and urgent matters, each with a clock that both sides see."""

    model = Request
    slug = "requests"
    purpose = _("特事特办、急事急办的诉求，从接到那一刻起计时。")
    line = Line.HELP
    columns = ["code", "matter", "place", "addressee", "urgency", "clock", "stage"]
    search = ["matter", "place__name", "addressee__name", "result"]
    filters = ["year", "urgency", "origin", "addressee", "stage", "satisfaction"]
    filterset = RequestFilters
    form = [
        Section(_("诉求"), "year", "matter", "origin", "place", "urgency"),
        Section(_("何时接到、何时办完"), "received_at", "due_at", "responded_at"),
        Section(_("请谁办"), "addressee", "letter_number", "letter_on"),
        Section(_("办理"), "process", "result", "satisfaction", "escalation"),
    ]
    shown = ["clock", "closed_at", "stage"]
    flow = Flow(
        "stage",
        {
            "accepted": ("verified",),
            "verified": ("dispatched", "accepted"),
            "dispatched": ("signed", "refused"),
            "refused": ("dispatched",),
            "signed": ("handled", "refused"),
            "handled": ("answered", "postponed", "escalated"),
            "postponed": ("handled", "answered", "escalated"),
            "escalated": ("handled", "answered"),
            "answered": ("called_back",),
            "called_back": ("closed", "handled"),
            "closed": ("handled",),
        },
        reasons=("accepted", "refused", "postponed", "escalated"),
        strip=(
            "accepted", "verified", "dispatched", "signed", "handled", "answered", "called_back",
            "closed",
        ),
        office=("verified", "dispatched", "escalated", "called_back", "closed"),
    )  # fmt: skip
    actions = [Action(_("派单函（Word）"), "request_letter")]
    list_actions = [Action(_("各部门回应快慢"), "request_response")]


class ClockRuleRegister(Register):
    """绿色通道时限台账: within how many working days a request is to be finished."""

    model = ClockRule
    slug = "request-clocks"
    purpose = _("特急、加急的诉求要在几个工作日内办结。")
    line = Line.HELP
    detail = True
    columns = ["code", "year", "top_days", "urgent_days"]
    filters = ["year"]
    form = [Section(_("时限"), "year", "top_days", "urgent_days")]
