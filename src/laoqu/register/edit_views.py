"""Pages that change one row: new, edit, move on its chain, reverse, make void, take back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laoqu.access.idle import login_keeping_typed, typed_before
from laoqu.access.rules import CHANGE, DELETE, REVIEW, association_of, may_add, rows
from laoqu.register.advice import ADVISORS, Advisor
from laoqu.register.asked import whole_number
from laoqu.register.cells import EMPTY, text_of
from laoqu.register.flows import MoveForm, move
from laoqu.register.forms import (
    ABOUT_THE_CHANGE,
    CHANGED_SINCE,
    NOT_YOURS,
    ReasonForm,
    RecordForm,
    form_class,
)
from laoqu.register.models import Record
from laoqu.register.money import MoneyLine, ReversalForm, reverse_line
from laoqu.register.registry import Register, record_url
from laoqu.register.restoring import restore_row, void_row
from laoqu.register.reviewing import review_row
from laoqu.register.views import register_or_404


@login_required
@require_POST
def register_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One step of the row's chain of states."""
    register = register_or_404(slug)
    row: Any = get_object_or_404(rows(request.user, register.model, CHANGE), pk=pk)
    if register.flow is None:
        raise Http404
    form = MoveForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        advisor = ADVISORS.get(slug)
        advice = advisor.before_move(row, given["target"], request.user) if advisor else None
        if advisor and advice and "seen" not in request.POST:
            return _show_before_move(request, register, row, advisor.move_template, advice, form)
        try:
            with transaction.atomic():
                if advisor and advice:
                    seen = advisor.went_on(row, given["target"], request.user)
                    given["reason"] = f"{given['reason']} {seen}".strip()
                move(register.flow, row, request.user, **given)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return _saved(row)
    return redirect(record_url(row))


def _show_before_move(
    request: HttpRequest, register: Register, row: Any, page: str, advice: Any, form: MoveForm
) -> HttpResponse:
    """What is to be seen before a move; going on from there carries it out."""
    assert register.flow is not None
    labels = dict(register.flow.next_states(row, request.user))
    target = form.cleaned_data["target"]
    context = {
        "register": register,
        "row": row,
        "advice": advice,
        "target": target,
        "target_label": labels.get(target, target),
        "reason": form.cleaned_data["reason"],
    }
    return render(request, page, context)


def _saved(row: models.Model) -> HttpResponse:
    """The row's page, which says that it is saved and offers to take the change back."""
    history: Any = row.history  # type: ignore[attr-defined]
    newest = history.order_by("-history_id").values_list("history_id", flat=True).first()
    return redirect(f"{record_url(row)}?saved={newest}")


@login_required
def register_reverse(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """红字冲销: asks for the reason, then cancels the line of money by a negative one."""
    register = register_or_404(slug)
    line = get_object_or_404(rows(request.user, register.model, REVIEW), pk=pk)
    if not isinstance(line, MoneyLine) or (request.method != "POST" and not line.may_be_reversed()):
        raise Http404
    form = ReversalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reversal = reverse_line(line, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("已冲销。请再记正确的一笔。"))
            return redirect(record_url(reversal))
    return render(request, "register/reverse.html", {"line": line, "form": form})


@login_required
@require_POST
def register_review(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """审核: posted `agreed` is yes or no; `reason` is asked for where it is no."""
    register = register_or_404(slug)
    row = get_object_or_404(rows(request.user, register.model, REVIEW), pk=pk)
    if not isinstance(row, Record):
        raise Http404
    agreed = request.POST.get("agreed") == "yes"
    try:
        review_row(row, agreed=agreed, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(record_url(row))
    return _saved(row)


@login_keeping_typed
def register_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new row."""
    register = register_or_404(slug)
    if not register.addable or not may_add(request.user, register.model):
        raise Http404
    return _edit(request, register, None)


@login_keeping_typed
def register_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A change of one row, with a version check and a note."""
    register = register_or_404(slug)
    row = get_object_or_404(rows(request.user, register.model, CHANGE), pk=pk)
    return _edit(request, register, row)


def _edit(request: HttpRequest, register: Register, row: models.Model | None) -> HttpResponse:
    association = getattr(row, "association", None) or association_of(request.user, register.model)
    assert association is not None
    make = form_class(register, request.user, association)
    kept = typed_before(request)
    if kept is not None:
        messages.info(request, _("您刚才填的内容还在这里，还没有保存。请检查后点“保存”。"))
    form = make(kept or request.POST or None, instance=row, initial=_initial(request, row))
    theirs: list[tuple[Any, str, str]] = []
    advisor = ADVISORS.get(register.slug)
    if request.method == "POST" and "check" not in request.POST and form.is_valid():
        try:
            saved = form.save_record()
        except ValidationError as error:
            form.add_error(None, error)
            if error.code == CHANGED_SINCE and row is not None:
                theirs = _compare(form, row)
        except PermissionDenied:
            form.add_error(None, NOT_YOURS)
        else:
            told = advisor.after_saving([saved], request.user) if advisor else ""  # type: ignore[list-item]
            for sentence in [*form.remarks(), *([told] if told else [])]:
                messages.warning(request, sentence)
            return _saved(saved)
    asked = _advice(advisor, form, request.POST.get("check", ""))
    sections = [(s.title, [form[name] for name in s.fields]) for s in register.form]
    if register.is_ledger:
        sections.append((_("公开与备注"), [form["visibility"], form["note"]]))
    shown = {"sections": sections, "theirs": theirs, **asked}
    context = {"register": register, "row": row, "form": form, **shown}
    refused = request.method == "POST" and form.errors
    return render(request, "register/form.html", context, status=400 if refused else 200)


def _compare(form: RecordForm, row: models.Model) -> list[tuple[Any, str, str]]:
    """What somebody else stored meanwhile beside what was typed; the next save goes over it."""
    stored = type(row)._default_manager.get(pk=row.pk)
    found = _differences(form, stored)
    words = form.data.dict()  # type: ignore[attr-defined]
    form.data = {**words, "version": getattr(stored, "version", "")}
    return found


def _advice(advisor: Advisor | None, form: RecordForm, check: str) -> dict[str, Any]:
    """What is known about the row as typed so far, where somebody asks for it."""
    advice = None
    if advisor is not None and check:
        form.full_clean()
        advice = advisor.on_typed(form)
        form.errors.clear()  # nothing is being saved, so nothing need be complete yet
    return {"advisor": advisor, "advice": advice, "checked": check}


def _initial(request: HttpRequest, row: models.Model | None) -> dict[str, Any]:
    """What a new row starts with: this year, and what the address says (a key of a related row)."""
    if row is not None:
        return {}
    said = request.GET.dict().items()
    given = {name: text if whole_number(text) is None else int(text) for name, text in said}
    return {"year": timezone.localdate().year, **given}


def _differences(form: RecordForm, stored: models.Model) -> list[tuple[Any, str, str]]:
    """Where the stored row and the form differ: label, what stands there now, what was typed."""
    found = []
    for name in [name for name in form.fields if name not in ABOUT_THE_CHANGE]:
        now, value = text_of(stored, name), form.cleaned_data[name]
        many = stored._meta.get_field(name).many_to_many
        typed = "、".join(map(str, value)) or EMPTY if many else text_of(form.instance, name)
        if now != typed:
            found.append((form.fields[name].label, now, typed))
    return found


@login_required
def register_void(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """作废: asks for the reason; the row stays in the history and can be brought back."""
    register = register_or_404(slug)
    row = get_object_or_404(rows(request.user, register.model, DELETE), pk=pk)
    if not isinstance(row, Record):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            void_row(row, request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _saved(row)
    context = {"register": register, "row": row, "form": form}
    return render(request, "register/void.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def register_restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take the last change back, or make the row as it was in an older version.

    Posted: `latest`, the newest history entry that the person saw; `entry`, the one to go back to,
    empty to take back that the row was entered; `reason`.
    """
    register = register_or_404(slug)
    row: Any = get_object_or_404(rows(request.user, register.model, CHANGE), pk=pk)
    entry, latest = request.POST.get("entry", ""), request.POST.get("latest", "")
    record = get_object_or_404(row.history, history_id=whole_number(entry)) if entry else None
    reason = request.POST.get("reason", "").strip()[:100] or _("撤销刚才的修改")
    try:
        restore_row(row, record, request.user, latest=whole_number(latest) or 0, reason=reason)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except PermissionDenied:
        raise Http404 from None
    else:
        messages.success(request, _("已撤销。原来的内容已经恢复，这一次撤销也记在变更记录里。"))
    return redirect(record_url(row))
