"""下达、函和表、执行对比, and the front page of a round."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laoqu.access.rules import CHANGE, may, rows
from laoqu.coordination.rounds import consulting, deciding, execution, issuing, letters
from laoqu.coordination.rounds.forms import IssueForm, ReasonForm
from laoqu.coordination.rounds.models import Round, Stage
from laoqu.coordination.rounds.results import Result
from laoqu.coordination.rounds.views.common import back, carry_out, own_round, show, version_in
from laoqu_engines.document import DocumentError, write_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def front(request: HttpRequest, pk: int) -> HttpResponse:
    """统筹方案: where the round stands; to those who do not run it, what concerns them."""
    found = get_object_or_404(
        rows(request.user, Round).select_related("association", "meeting", "solution"), pk=pk
    )
    runs = may(request.user, CHANGE, found)
    context: dict[str, Any] = {"runs": runs}
    if runs:
        context["counts"] = {
            "needs": found.chosen.count(),
            "funds": found.channels.count(),
            "limits": found.limits.count(),
            "opinions": found.opinions.count(),
            "departures": found.departures.filter(withdrawn=False).count(),
        }
        context["result"] = deciding.final(found)
    else:
        context["outcome"] = consulting.outcome(request.user, found)
        context["letters"] = consulting.shares(request.user, found)
    return show(request, "front", found, context)


@login_required
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """下达: what is about to be made, and what is still to be written for it."""
    found = own_round(request, pk)
    result = deciding.final(found)
    form = None
    standing: list[Any] = []
    if result is not None and found.stage == Stage.DECIDED:
        asked, standing = _asked(result)
        form = IssueForm(request.POST or None, asked)
        if request.method == "POST" and form.is_valid():
            texts, version = form.texts(), version_in(request)
            if carry_out(
                request,
                lambda: issuing.issue(found, request.user, version, texts),
                _("已下达：项目、计划资金和分配流水已经生成，需求已转为“已匹配”。"),
            ):
                return back("round_issue", found)
    issued = found.is_issued
    context = {
        "result": result,
        "form": form,
        "standing": standing,
        "letters": letters.letters(result) if result and issued else [],
        "unaddressed": letters.unaddressed(result) if result and issued else [],
        "made": execution.compare(found).lines if issued else (),
        "built_upon": issuing.built_upon(found) if found.stage == Stage.ISSUED else [],
        "reason_form": ReasonForm(),
    }
    return show(request, "issue", found, context, 400 if form is not None and form.errors else 200)


def _asked(result: Result) -> tuple[list[dict[str, Any]], list[Any]]:
    """The needs that get a new project, with what it must say; and those that have one already."""
    asked, standing = [], []
    for row in result.funded:
        project = issuing.project_of(row.need)
        if project is not None:
            standing.append((row, project))
            continue
        asked.append(
            {
                "row": row,
                "target": issuing.first_target(row.need),
                "mechanism": issuing.asks_for_mechanism(row.need),
            }
        )
    return asked, standing


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回下达."""
    found = own_round(request, pk)
    reason, version = request.POST.get("reason", "")[:80], version_in(request)
    carry_out(
        request,
        lambda: issuing.take_back(found, request.user, version, reason),
        _("已撤回下达：项目已作废，资金已冲销，需求回到清单。"),
    )
    return redirect("round_issue", pk)


@login_required
def letter(request: HttpRequest, pk: int, organisation: int) -> HttpResponse:
    """安排函: the letter to one department, .docx; `?number=` gives its 发文字号."""
    found = own_round(request, pk)
    result = deciding.final(found)
    if result is None or not found.is_issued:
        raise Http404
    own = next((o for o in letters.letters(result) if o.department.pk == organisation), None)
    if own is None:
        raise Http404
    number = request.GET.get("number", "").strip()[:60]
    today = timezone.localdate()
    try:
        data = write_document(letters.compose_letter(found, own, number, today), comments=False)
    except DocumentError as error:
        messages.error(request, str(error))
        return back("round_issue", found, "letters")
    return _download(data, f"{found.name}安排函（{own.department.name}）.docx", DOCX)


@login_required
def table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The plan as a table for the meeting, .docx or .xlsx."""
    found = own_round(request, pk)
    result = deciding.final(found)
    if result is None or kind not in ("docx", "xlsx"):
        raise Http404
    name = f"{found.name}资金安排表.{kind}"
    if kind == "xlsx":
        return _download(letters.table_workbook(found, result), name, XLSX)
    document = letters.compose_table(found, result, timezone.localdate())
    return _download(write_document(document, comments=False), name, DOCX)


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


@login_required
def compare_execution(request: HttpRequest, pk: int) -> HttpResponse:
    """执行对比: the plan beside what was allotted, paid and built."""
    found = own_round(request, pk)
    return show(request, "execution", found, {"execution": execution.compare(found)})
