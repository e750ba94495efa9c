"""What all pages of a round share: whose it is, where one stands, and how a change is answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.rules import CHANGE, rows
from laoqu.coordination.rounds.models import Round, Solution
from laoqu.register.asked import whole_number

STEPS = (
    ("round_needs", gettext_lazy("选需求")),
    ("round_funds", gettext_lazy("选资金")),
    ("round_weights", gettext_lazy("看重什么")),
    ("round_limits", gettext_lazy("定规矩")),
    ("round_compare", gettext_lazy("测算比较")),
    ("round_opinions", gettext_lazy("部门会商")),
    ("round_meeting", gettext_lazy("会议审定")),
    ("round_issue", gettext_lazy("下达")),
    ("round_execution", gettext_lazy("执行对比")),
)
"""The way through a round: address name and label of each page."""


def own_round(request: HttpRequest, pk: int) -> Round:
    """A round that this person runs; a 404 for everybody else."""
    found = rows(request.user, Round, CHANGE).select_related("association", "meeting", "solution")
    return get_object_or_404(found, pk=pk)


def own_solution(found: Round, pk: int) -> Solution:
    """An answer of this very round."""
    return get_object_or_404(found.solutions.select_related("round"), pk=pk)


def show(
    request: HttpRequest, name: str, found: Round, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of a round, with the way through it."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    common = {"round": found, "steps": STEPS, "here": here}
    return render(request, f"rounds/{name}.html", {**common, **context}, status=status)


def version_in(request: HttpRequest) -> int | None:
    """The version that the page was opened with."""
    return whole_number(request.POST.get("version"))


def number_in(request: HttpRequest, name: str) -> int:
    """A key from the form; 0, which no row has, where it is none."""
    return whole_number(request.POST.get(name)) or 0


def carry_out(request: HttpRequest, change: Callable[[], Any], done: str = "") -> bool:
    """Make a change and say that it is saved, or what is in the way. Returns: whether it is.

    Errors: `Http404` where the row is not this person's to change.
    """
    try:
        change()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return False
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, done or _("已保存。"))
    return True


def back(name: str, found: Round, anchor: str = "") -> HttpResponse:
    """To a page of the round, at an anchor."""
    response = redirect(name, found.pk)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response
