"""Pages of assessments beyond the registers: the sheet, and the sets in common use."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.access.rules import association_of, may_add, rows
from laoqu.areas.assessment import services
from laoqu.areas.assessment.models import Assessment, Mark, Scheme


@login_required
def assessment_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """考评表: every criterion with what the ledger says; prints on A4."""
    found = rows(request.user, Assessment).select_related("scheme", "organisation")
    assessment = get_object_or_404(found, pk=pk)
    context = {
        "sheet": services.sheet(request.user, assessment),
        "may_mark": may_add(request.user, Mark),
    }
    return render(request, "assessment/sheet.html", context)


@login_required
def add_common_schemes(request: HttpRequest) -> HttpResponse:
    """放入通行的两套指标: asks first, then adds what is missing."""
    association = association_of(request.user, Scheme)
    if association is None:
        raise Http404
    if request.method == "POST":
        year = timezone.localdate().year
        made = services.add_common_schemes(association, request.user, year)
        names = "、".join(scheme.name for scheme in made)
        said = _("已放入：%(names)s。可以逐项修改。") % {"names": names}
        messages.success(request, said if made else _("两套指标早就有了，没有改动。"))
        return redirect("register_list", "schemes")
    return render(request, "assessment/common.html", {"sets": services.SETS})
