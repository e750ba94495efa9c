"""Pages: one's own account, the accounts of the office's people, the audit trail."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from laoqu.access.audit import entries_for, first_broken_entry, write_entry
from laoqu.access.models import Appointment, Association
from laoqu.access.passwords import DUE, set_password
from laoqu.access.rules import CHANGE, appointments, rows
from laoqu.accounts import services
from laoqu.accounts.devices import devices_of, end_device
from laoqu.accounts.forms import AccountForm, DutyForm

PAGE_ROWS = 50


def change_due_password(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a password that is due is changed before anything else."""

    def ask_first(request: HttpRequest) -> HttpResponse:
        free = (reverse("change_password"), reverse("logout"), reverse("choose_display"))
        if request.session.get(DUE) and request.path not in free:
            return redirect("change_password")
        return get_response(request)

    return ask_first


def _office(request: HttpRequest) -> Association:
    """The association whose accounts this person keeps; nobody else finds these pages."""
    association = services.office_of(request.user)
    if association is None:
        raise Http404
    return association


@login_required
def own_account(request: HttpRequest) -> HttpResponse:
    """我的账号: what one may do, and where to change it."""
    context = {"held": appointments(request.user), "office": services.office_of(request.user)}
    return render(request, "accounts/own.html", context)


@login_required
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own."""
    user: Any = request.user
    form = PasswordChangeForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        request.session.pop(DUE, None)
        write_entry(user, "修改密码")
        messages.success(request, _("密码已修改。"))
        return redirect("home")
    context = {"form": form, "due": request.session.get(DUE)}
    return render(request, "accounts/password.html", context)


@login_required
@never_cache
def devices(request: HttpRequest) -> HttpResponse:
    """在哪里登录着: one's own log-ins, each of which can be ended."""
    user: Any = request.user
    if request.method == "POST":
        if end_device(user, request.POST.get("device", "")):
            write_entry(user, "让设备退出")
            messages.success(request, _("那里已经退出登录。"))
        return redirect("devices")
    found = devices_of(user, request.session.session_key)
    return render(request, "accounts/devices.html", {"devices": found})


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """账号: everybody with a role at the association."""
    held = rows(request.user, Appointment).select_related("organisation", "place__parent")
    found = services.people_of(_office(request)).prefetch_related(Prefetch("appointments", held))
    return render(request, "accounts/people.html", {"people": found})


@login_required
@never_cache
def add_person(request: HttpRequest) -> HttpResponse:
    """开账号: the password is shown once."""
    association = _office(request)
    form = AccountForm(request.user, association, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person, password = services.open_account(
            request.user, given["username"], given["name"], form.duty
        )
        return render(request, "accounts/handed.html", {"person": person, "password": password})
    return render(request, "accounts/add.html", {"form": form})


def _person(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(services.people_of(_office(request)), pk=pk)


@login_required
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles, password, stop and resume."""
    person = _person(request, pk)
    form = DutyForm(request.user, _office(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.appoint(request.user, person, form.duty)
        messages.success(request, _("已保存。"))
        return redirect("person", pk=pk)
    held = rows(request.user, Appointment, CHANGE).filter(user=person)
    context = {
        "person": person,
        "form": form,
        "held": held.select_related("association", "organisation", "place__parent"),
        "ours_alone": services.is_ours_alone(request.user, person),
    }
    return render(request, "accounts/person.html", context)


@login_required
@require_POST
def end_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one role away."""
    _office(request)
    held = get_object_or_404(rows(request.user, Appointment, CHANGE), pk=pk)
    person = held.user_id
    try:
        services.end_appointment(request.user, held)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("person", pk=person)
    messages.success(request, _("已收回。"))
    left = services.people_of(_office(request)).filter(pk=person).exists()
    return redirect("person", pk=person) if left else redirect("people")


@login_required
@require_POST
@never_cache
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Another random password, shown once."""
    person = _person(request, pk)
    if not services.is_ours_alone(request.user, person):
        raise Http404
    password = services.give_password(request.user, person)
    return render(request, "accounts/handed.html", {"person": person, "password": password})


@login_required
@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop or resume an account."""
    person = _person(request, pk)
    if not services.is_ours_alone(request.user, person):
        raise Http404
    try:
        services.set_active(request.user, person, request.POST.get("active") == "yes")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已保存。"))
    return redirect("person", pk=pk)


@login_required
def audit(request: HttpRequest) -> HttpResponse:
    """审计记录: who did what, when and from where; nobody can change it."""
    _office(request)
    found = entries_for(request.user).order_by("-pk")
    who = request.GET.get("who", "").strip()
    if who:
        found = found.filter(actor=who)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "who": who, "broken": first_broken_entry()}
    return render(request, "accounts/audit.html", context)
