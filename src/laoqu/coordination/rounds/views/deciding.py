"""部门会商、会议审定: opinions of departments, departures with reasons, and the decision."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laoqu.access.models import Role
from laoqu.access.rules import CHANGE, appointments, may, rows
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.organisations.models import Organisation
from laoqu.coordination.rounds import consulting, deciding
from laoqu.coordination.rounds.forms import DecideForm, DepartureForm, OpinionForm, ReasonForm
from laoqu.coordination.rounds.models import Opinion, Round, Stage
from laoqu.coordination.rounds.registers import FLOW
from laoqu.coordination.rounds.views.common import (
    back,
    carry_out,
    number_in,
    own_round,
    show,
    version_in,
)
from laoqu.register.flows import move
from laoqu.register.models import State


@login_required
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """部门会商: what each department would pay, and what it says about it."""
    found = get_object_or_404(
        rows(request.user, Round).select_related("association", "meeting", "solution"), pk=pk
    )
    own = _department(request, found)
    form = OpinionForm(request.POST or None) if own and found.is_open else None
    if request.method == "POST" and form is not None and form.is_valid():
        told, department = form.cleaned_data, own
        if carry_out(request, lambda: consulting.speak(found, request.user, department, told)):
            return back("round_opinions", found)
    context = {
        "runs": may(request.user, CHANGE, found),
        "form": form,
        "department": own,
        "letters": consulting.shares(request.user, found),
        "opinions": rows(request.user, Opinion)
        .filter(round=found)
        .exclude(state=State.VOID)
        .select_related("organisation")
        .order_by("code"),
    }
    status = 400 if form is not None and form.errors else 200
    return show(request, "opinions", found, context, status)


def _department(request: HttpRequest, found: Round) -> Organisation | None:
    """The department for which this person may speak on the round."""
    return next(
        (
            held.organisation
            for held in appointments(request.user)
            if held.role == Role.DEPARTMENT and held.association_id == found.association_id
        ),
        None,
    )


ONWARD = {
    Stage.CONSULTED: "round_opinions",
    Stage.ADJUSTED: "round_meeting",
    Stage.COMPARED: "round_execution",
}
"""Where a plain move leads."""


@require_POST
@login_required
def move_on(request: HttpRequest, pk: int) -> HttpResponse:
    """One plain step of the chain, from the page where it belongs."""
    found = own_round(request, pk)
    target = request.POST.get("target", "")
    carry_out(request, lambda: move(FLOW, found, request.user, target))
    return back(ONWARD.get(target, "round"), found)


@require_POST
@login_required
def handle_opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """采纳情况: what the office made of an opinion."""
    found = own_round(request, pk)
    opinion = get_object_or_404(
        rows(request.user, Opinion, CHANGE).filter(round=found), pk=number_in(request, "opinion")
    )
    told = request.POST.get("handling", "")[:1000]
    carry_out(request, lambda: consulting.handle(opinion, told))
    return back("round_opinions", found, f"opinion{opinion.pk}")


@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """会议审定: the plan as it stands, the departures, what stands in the way, and the decision."""
    found = own_round(request, pk)
    result = deciding.final(found)
    own = rows(request.user, Meeting, CHANGE).filter(association=found.association)
    meetings = own.exclude(state=State.VOID)
    form = DecideForm(request.POST or None, meetings)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["meeting"]
        version = version_in(request)
        if carry_out(
            request,
            lambda: deciding.decide(found, request.user, version, chosen),
            _("已审定。下一步是下达。"),
        ):
            return back("round_issue", found)
        found = own_round(request, pk)
    context = {
        "result": result,
        "form": form,
        "reason_form": ReasonForm(),
        "in_the_way": deciding.standing_in_the_way(result) if result and found.is_open else [],
        "withdrawn": found.departures.filter(withdrawn=True).select_related("need"),
    }
    return show(request, "meeting", found, context, 400 if form.errors else 200)


@login_required
def depart(request: HttpRequest, pk: int, need: int) -> HttpResponse:
    """会议调整: another amount, another fund, in or out, for one need, with the reason."""
    found = own_round(request, pk)
    result = deciding.final(found)
    if result is None:
        raise Http404
    row = next((row for row in result.needs if row.need.pk == need), None)
    if row is None:
        raise Http404
    form = DepartureForm(request.POST or None, result.material, row)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.told()
        if "none" in request.POST:
            told["payments"] = {}
        version = version_in(request)
        if carry_out(
            request,
            lambda: deciding.depart(found, request.user, version, need, told),
            _("会议调整已记下。"),
        ):
            return back("round_meeting", found, f"need{need}")
    refused = {
        channel.fund.name: result.material.earmarks[row.need.code, channel.fund.code].why
        for channel in result.material.channels
        if not result.material.earmarks[row.need.code, channel.fund.code].allowed
    }
    context = {"row": row, "form": form, "refused": refused, "result": result}
    return show(request, "depart", found, context, 400 if request.method == "POST" else 200)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a departure back."""
    found = own_round(request, pk)
    key = number_in(request, "departure")
    version = version_in(request)
    carry_out(
        request,
        lambda: deciding.withdraw(found, request.user, version, key),
        _("已撤回这条调整，照算法的办。"),
    )
    return back("round_meeting", found)


@require_POST
@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回审定."""
    found = own_round(request, pk)
    reason = request.POST.get("reason", "")[:80]
    version = version_in(request)
    carry_out(
        request,
        lambda: deciding.reopen(found, request.user, version, reason),
        _("已撤回审定，方案回到“调整”。"),
    )
    return redirect("round_meeting", found.pk)
