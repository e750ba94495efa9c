"""The pages of files: one village, one department. They print on A4 with signature lines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.access.rules import rows
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.coordination.overlaps.models import waiting_overlaps
from laoqu.reporting import dossiers


def village_file(request: HttpRequest, pk: int) -> HttpResponse:
    """一村一档."""
    place = get_object_or_404(rows(request.user, Place).select_related("parent"), pk=pk)
    context = {
        "title": _("一村一档"),
        "name": place.full_name,
        "found": dossiers.village_file(request.user, place),
        "overlaps": waiting_overlaps(request.user, places=place),
        "signers": [_("村（盖章）"), _("镇（街道）分会"), _("市、县老促会")],
        "today": timezone.localdate(),
    }
    return render(request, "reporting/dossier.html", context)


def department_file(request: HttpRequest, pk: int) -> HttpResponse:
    """帮扶档案: what a unit gave, where, over the years."""
    organisation = get_object_or_404(rows(request.user, Organisation), pk=pk)
    context = {
        "title": _("帮扶档案"),
        "name": organisation.name,
        "found": dossiers.department_file(request.user, organisation),
        "by_village": True,
        "signers": [_("单位（盖章）"), _("分管领导"), _("市、县老促会")],
        "today": timezone.localdate(),
    }
    return render(request, "reporting/dossier.html", context)
