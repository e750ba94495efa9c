"""Pages of figures and of the annual report."""

from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laoqu.access.models import Association, Role
from laoqu.access.rules import appointments, associations_below
from laoqu.register.figures import FIGURES, Figure
from laoqu.reporting.figures import figures_by_line, show, years
from laoqu.reporting.files import ReportFile, content
from laoqu.reporting.home import chosen_year, the_association
from laoqu.reporting.models import Part, ReportText
from laoqu.reporting.preview import preview
from laoqu.reporting.report import compose, office_texts
from laoqu.reporting.runs import changes, current_figures, record_run

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def figures(request: HttpRequest) -> HttpResponse:
    """数据项: every figure with its definition, number and list, by line of work."""
    association = the_association(request)
    found = years(request.user, association) if association else []
    year = chosen_year(request, found)
    groups = []
    if association and year:
        groups = [
            (line, show(request.user, year, association, members))
            for line, members in figures_by_line()
        ]
    context = {
        "below": associations_below(request.user),
        "looked_at": association,
        "years": found,
        "year": year,
        "groups": groups,
        "bars": _money_by_funder(request, association, year) if association and year else [],
    }
    return render(request, "reporting/figures.html", context)


def _money_by_funder(
    request: HttpRequest, association: Association, year: int
) -> list[dict[str, Any]]:
    """The money of each body, largest first; the sums add up to the figure."""
    figure = FIGURES["contributions.amount"]
    assert isinstance(figure, Figure)
    sums = list(
        figure.rows(request.user, year, association)
        .order_by()
        .values("funder", "funder__name")
        .annotate(total=Sum("amount"))
        .order_by("-total", "funder__name")
    )
    largest = max((row["total"] for row in sums), default=Decimal(1))
    return [
        {
            "name": row["funder__name"] or _("未写明单位"),
            "total": row["total"],
            "percent": round(row["total"] * 100 / largest, 1),
            "url": figure.url(year, association, funder=str(row["funder"]))
            if row["funder"]
            else "",
        }
        for row in sums
    ]


@login_required
def report(request: HttpRequest) -> HttpResponse:
    """出报告: choose a year, read the report with every figure a link, write the own parts."""
    association = _office(request)
    if association is None:
        return render(request, "reporting/not_yours.html", status=403)
    found = years(request.user, association)
    year = chosen_year(request, found)
    context: dict[str, Any] = {"years": found, "year": year}
    if year:
        texts = office_texts(association, year)
        context |= {
            "blocks": preview(compose(association, year)),
            "parts": [(part, texts.get(part, "")) for part in Part],
            "changes": changes(association, year, current_figures(association, year)),
            "files": list(ReportFile),
        }
    return render(request, "reporting/report.html", context)


@login_required
@require_POST
def save_texts(request: HttpRequest, year: int) -> HttpResponse:
    """Keep what the office wrote; parts that did not change are left alone."""
    association = _office_or_404(request, year)
    before = office_texts(association, year)
    with transaction.atomic():
        for part in Part:
            written = request.POST.get(part, "").replace("\r\n", "\n").strip()
            if written != before.get(part, ""):
                ReportText.objects.update_or_create(
                    association=association, year=year, part=part, defaults={"text": written}
                )
    messages.success(request, _("已保存。下面的报告已经用上新写的文字。"))
    return redirect(f"{reverse('report')}?year={year}")


@login_required
@require_POST
def download(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """One of the three files; the figures of this run are kept."""
    association = _office_or_404(request, year)
    try:
        file = ReportFile[kind.upper()]
    except KeyError:
        raise Http404 from None
    made = content(file, association, year, request.build_absolute_uri("/").rstrip("/"))
    record_run(association, year, current_figures(association, year), request.user)
    name = quote(file.filename(association, year))
    return HttpResponse(
        made,
        content_type=XLSX if file is ReportFile.ANNEX else DOCX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def _office(request: HttpRequest) -> Association | None:
    """The association whose report this person writes: that of an office appointment."""
    held = (one for one in appointments(request.user) if one.role == Role.OFFICE)
    return next((one.association for one in held), None)


def _office_or_404(request: HttpRequest, year: int) -> Association:
    association = _office(request)
    if association is None or year not in years(request.user, association):
        raise Http404
    return association
