"""Data of persons that leave their seal: a number looked at, a list taken out.

Each act has a reason and is written into the audit trail; a list needs the word of a second person
of the office.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from laoqu.access.audit import write_entry
from laoqu.access.models import Appointment, Association, Role
from laoqu.access.rules import CHANGE, association_of, of_association, rows
from laoqu.access.sealing import open_text, seal_text
from laoqu.register.cells import label_of, text_of
from laoqu.register.filters import filterset_for
from laoqu.register.models import ExportRequest
from laoqu.register.registry import Register
from laoqu.register.sealed import Sealed, sealed_fields
from laoqu.register.sheets import sheet_response
from laoqu_engines.document.sheet import Sheet, SheetColumn, write_workbook

QUERY = "export query"


class ReasonForm(forms.Form):
    """What for."""

    reason = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=100,
        help_text=gettext_lazy("写清楚办什么事要用，例如“给慰问户打款”。会记入审计记录。"),
    )


def _logged(request: HttpRequest, act: str, subject: str, association: Association) -> None:
    write_entry(request.user, act, subject=subject, association=association)


def _personal(slug: str) -> Register:
    register = Register.registers.get(slug)
    if register is None or not register.is_personal:
        raise Http404
    return register


@login_required
@never_cache
def unseal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The sealed numbers of one row in full, once, for a stated reason."""
    register = _personal(slug)
    row: Any = get_object_or_404(rows(request.user, register.model, CHANGE), pk=pk)
    if not any(getattr(row, field.name) for field in sealed_fields(register.model)):
        raise Http404
    form = ReasonForm(request.POST or None)
    numbers = []
    if request.method == "POST" and form.is_valid():
        held = [(field, getattr(row, field.name)) for field in sealed_fields(register.model)]
        numbers = [(field.verbose_name, one.reveal()) for field, one in held if one]
        subject = f"{row.code}：{form.cleaned_data['reason']}"
        _logged(request, "查看完整号码", subject, row.association)
    context = {"register": register, "row": row, "form": form, "numbers": numbers}
    return render(request, "register/unseal.html", context)


@login_required
def ask_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the list on screen with all its numbers."""
    register = _personal(slug)
    association = association_of(request.user, register.model)
    if association is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.user.is_authenticated:
        made = ExportRequest.objects.create(
            association=association,
            register=slug,
            query=seal_text(request.GET.urlencode(), QUERY),
            reason=form.cleaned_data["reason"],
            asked_by=request.user,
        )
        _logged(request, "申请导出个人信息", f"{register.label}：{made.reason}", association)
        messages.success(request, _("已提出申请，等另一位秘书处人员批准。"))
        return redirect("exports")
    alone = _office(association).count() < 2
    context = {"register": register, "form": form, "alone": alone}
    return render(request, "register/ask_export.html", context)


def _office(association: Association) -> models.QuerySet[Any]:
    held = Appointment.objects.filter(association=association, role=Role.OFFICE)
    return held.filter(user__is_active=True).values("user").distinct()


@login_required
def exports(request: HttpRequest) -> HttpResponse:
    """What was asked for, decided and taken out."""
    found = rows(request.user, ExportRequest).select_related("asked_by", "decided_by")[:50]
    labelled = [
        (_personal(one.register).label, one, _asked_for(request, one).count())
        if one.approved is None
        else (_personal(one.register).label, one, 0)
        for one in found
    ]
    return render(request, "register/exports.html", {"exports": labelled})


def _asked_for(request: HttpRequest, asked: ExportRequest) -> models.QuerySet[Any]:
    """The rows of the list that the request was made from; none where it cannot be read."""
    register = _personal(asked.register)
    own = of_association(rows(request.user, register.model), asked.association)
    query = open_text(asked.query, QUERY)
    if query is None:
        return own.none()
    filters = filterset_for(register, request.user)(QueryDict(query), own, request=request)
    return filters.qs  # type: ignore[no-any-return]


@login_required
@require_POST
def decide_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse; never one's own."""
    open_ones = rows(request.user, ExportRequest, CHANGE).filter(approved=None)
    asked = get_object_or_404(open_ones, pk=pk)
    if asked.asked_by_id == request.user.pk:
        messages.error(request, _("自己的申请要由另一位秘书处人员批准。"))
        return redirect("exports")
    asked.approved = request.POST.get("approved") == "yes"
    asked.decided_by, asked.decided_at = request.user, timezone.now()  # type: ignore[assignment]
    asked.save()
    act = "同意导出个人信息" if asked.approved else "不同意导出个人信息"
    subject = f"{_personal(asked.register).label}：{asked.reason}"
    _logged(request, act, subject, asked.association)
    messages.success(request, _("已保存。"))
    return redirect("exports")


@login_required
@require_POST
def fetch_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The granted list, once, with a line that says who took it out and what for."""
    asked = get_object_or_404(
        rows(request.user, ExportRequest, CHANGE).filter(asked_by=request.user.pk), pk=pk
    )
    if not asked.may_be_fetched:
        messages.error(request, _("这份名单已经导出过，或批准已过七天。请重新申请。"))
        return redirect("exports")
    asked.fetched_at = timezone.now()
    asked.save()
    register = _personal(asked.register)
    _logged(request, "导出个人信息", f"{register.label}：{asked.reason}", asked.association)
    found = _asked_for(request, asked)
    mark = _("内部资料，不得外传。导出人：%(who)s，%(on)s，用途：%(reason)s") % {
        "who": request.user.get_username(),
        "on": timezone.localdate().isoformat(),
        "reason": asked.reason,
    }
    content = write_workbook(
        [full_sheet(register, found, mark)], author="", created_at=timezone.now()
    )
    return sheet_response(content, _("%(name)s（内部）") % {"name": register.label} + ".xlsx")


def full_sheet(register: Register, found: models.QuerySet[Any], mark: str) -> Sheet:
    """Every field of the form for every row, numbers in full, under the mark."""
    names = ["code", *(name for section in register.form for name in section.fields)]
    return Sheet(
        name=str(register.label),
        title=f"{register.label}：{mark}",
        columns=tuple(SheetColumn(str(label_of(register.model, name))) for name in names),
        rows=[[_full(row, name) for name in names] for row in found],
    )


def _full(row: models.Model, name: str) -> str:
    value = getattr(row, name)
    return value.reveal() if isinstance(value, Sealed) else text_of(row, name)
