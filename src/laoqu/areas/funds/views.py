"""Pages of funds beyond the registers: balance, what a work may be paid from, common policies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laoqu.access.rules import association_of, rows
from laoqu.areas.funds.balance import balances, total_of
from laoqu.areas.funds.models import Fund, FundFlow, FundPolicy, use_text
from laoqu.areas.funds.services import common_policies, judge, load_policies
from laoqu.areas.needs.models import Need
from laoqu.areas.projects.models import Project
from laoqu.register.filters import filterset_for
from laoqu.register.models import Record, State
from laoqu.register.registry import Register


def fund_balance(request: HttpRequest) -> HttpResponse:
    """资金平衡表: from quota to what is left, for the funds of the filtered list."""
    register = Register.registers["funds"]
    filters = filterset_for(register, request.user)(
        request.GET, rows(request.user, Fund), request=request
    )
    funds = list(register.countable(filters.qs).select_related("policy"))
    flows = rows(request.user, FundFlow).filter(state=State.REVIEWED)
    found = balances(funds, flows)
    context = {
        "register": register,
        "balances": found,
        "total": total_of(found),
        "query": request.GET.urlencode(),
    }
    return render(request, "funds/balance.html", context)


def fund_uses(request: HttpRequest) -> HttpResponse:
    """能用哪些资金: what each policy says about the work typed in."""
    return _uses(request, request.GET.get("work", "").strip()[:2000], None)


@login_required
def need_funds(request: HttpRequest, pk: int) -> HttpResponse:
    """What each policy says about a need."""
    need = get_object_or_404(rows(request.user, Need), pk=pk)
    return _uses(request, use_text(need), need)


@login_required
def project_funds(request: HttpRequest, pk: int) -> HttpResponse:
    """What each policy says about a project."""
    project = get_object_or_404(rows(request.user, Project), pk=pk)
    return _uses(request, use_text(project), project)


def _uses(request: HttpRequest, text: str, work: Record | None) -> HttpResponse:
    register = Register.registers["fund-policies"]
    policies = register.countable(rows(request.user, FundPolicy)).prefetch_related("clauses")
    context = {
        "register": register,
        "work": work,
        "text": text,
        "findings": judge(text, policies) if text else [],
    }
    return render(request, "funds/uses.html", context)


@login_required
def load(request: HttpRequest) -> HttpResponse:
    """载入常见政策: shows what would be entered, and enters it when asked."""
    association = association_of(request.user, FundPolicy)
    if association is None:
        raise Http404
    if request.method == "POST":
        count = len(load_policies(association, request.user))
        messages.success(
            request,
            ngettext("载入了 %(n)s 项政策。", "载入了 %(n)s 项政策。", count) % {"n": count}
            if count
            else _("这些政策都已经有了，没有改动。"),
        )
        return redirect(Register.registers["fund-policies"].url())
    present = set(rows(request.user, FundPolicy).values_list("name", flat=True))
    context = {
        "register": Register.registers["fund-policies"],
        "policies": [(data, data["name"] in present) for data in common_policies()],
    }
    return render(request, "funds/load.html", context)
