"""Pages of contributions beyond the register: totals by village, and the reversal of a line."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.rules import CHANGE, rows
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.registers import ContributionRegister
from laoqu.areas.contributions.services import reverse_contribution, totals_by_village
from laoqu.register.filters import filterset_for
from laoqu.register.registry import Register, record_url


def village_totals(request: HttpRequest) -> HttpResponse:
    """按村汇总: sole, shared and upper bound for each village of the filtered list."""
    register = Register.registers[ContributionRegister.slug]
    filters = filterset_for(register, request.user)(
        request.GET, rows(request.user, Contribution), request=request
    )
    lines = register.countable(filters.qs).filter(amount__isnull=False)
    totals = totals_by_village(lines.prefetch_related("places__parent"))
    context = {
        "register": register,
        "filters": filters,
        "totals": totals,
        "query": request.GET.urlencode(),
        "year": request.GET.get("year", ""),
    }
    return render(request, "contributions/village_totals.html", context)


class ReversalForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        label=gettext_lazy("为什么冲销"),
        max_length=100,
        help_text=gettext_lazy("例如：金额抄错，应为 80 万元。"),
    )


@login_required
def reverse_line(request: HttpRequest, pk: int) -> HttpResponse:
    """红字冲销: asks for the reason, then cancels the line by a negative one."""
    line = get_object_or_404(rows(request.user, Contribution, CHANGE), pk=pk)
    if not line.may_be_reversed() and request.method != "POST":
        raise Http404
    form = ReversalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reversal = reverse_contribution(line, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("已冲销。请再记正确的一笔。"))
            return redirect(record_url(reversal))
    return render(request, "contributions/reverse.html", {"line": line, "form": form})
