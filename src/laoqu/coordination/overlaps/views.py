"""The pages of a pair: side by side, decided, asked about by letter; and the evaluation."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from laoqu.access.rules import CHANGE, may, rows
from laoqu.coordination.overlaps import decisions
from laoqu.coordination.overlaps.accuracy import accuracy_of
from laoqu.coordination.overlaps.forms import AnswerForm, AskForm, DecisionForm, next_number
from laoqu.coordination.overlaps.letters import compose_letter
from laoqu.coordination.overlaps.models import Conclusion, OverlapPair
from laoqu.coordination.overlaps.sides import Sides, sides_of
from laoqu.register.models import State
from laoqu.register.registry import Register, record_url
from laoqu.register.views import register_detail
from laoqu_engines.document import DocumentError, write_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OTHERS = {
    Conclusion.PHASED: gettext_lazy("一期、二期，或建成后隔几年再修，两条都保留。"),
    Conclusion.COMPLEMENTARY: gettext_lazy("同一个村两样不同的东西，都要办，两条都保留。"),
    Conclusion.DIFFERENT: gettext_lazy("不是一回事，例如不同的路、不同的村民组，两条都保留。"),
    Conclusion.JOINT: gettext_lazy("两家合起来办一件事，两条都保留，由部门商定分工。"),
    Conclusion.LACKING: gettext_lazy("材料里说不清，补齐以后再定；这一件还留在待办里。"),
}


def pair_context(request: HttpRequest, pair: OverlapPair) -> dict[str, Any]:
    """What the page of a pair shows; after a refused POST its form keeps what was typed."""
    sides = sides_of(pair, request.user)
    decides = may(request.user, CHANGE, pair) and sides.whole and pair.state != State.VOID
    context: dict[str, Any] = {"sides": sides, "decides": decides}
    if not decides:
        return context
    posted = request.resolver_match.url_name if request.method == "POST" else ""  # type: ignore[union-attr]
    context |= {
        "departments": list(pair.departments.all()),
        "decision": DecisionForm(request.POST if posted == "overlap_decide" else None),
        "asking": AskForm(
            request.POST if posted == "overlap_ask" else None, initial={"number": next_number(pair)}
        ),
        "answer": AnswerForm(pair, request.POST if posted == "overlap_answer" else None),
        "keeping": _keeping(sides),
        "others": [(one.value, one.label, words) for one, words in OTHERS.items()],
    }
    return context


def _keeping(sides: Sides) -> list[tuple[str, str, str]]:
    """The buttons of a duplicate: value, words, and what follows."""
    first, second = sides.first.row, sides.second.row
    assert first is not None
    assert second is not None
    return [
        ("keep_first", _("确认重复，保留甲"), decisions.consequence(second, first)),
        ("keep_second", _("确认重复，保留乙"), decisions.consequence(first, second)),
    ]


def _pair(request: HttpRequest, pk: int) -> OverlapPair:
    own = rows(request.user, OverlapPair, CHANGE).select_related("association")
    return get_object_or_404(own, pk=pk)


def _carry_out(
    request: HttpRequest, pair: OverlapPair, form: Any, act: Callable[[], Any], told: str
) -> HttpResponse:
    """Carry out what a valid form asks; else the page again with what is wrong."""
    if form is None or form.is_valid():
        try:
            act()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, told)
            return redirect(record_url(pair))
    response = register_detail(request, "overlaps", pair.pk)
    response.status_code = 400
    return response


@login_required
@require_POST
def overlap_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """研判: one button, one ground."""
    pair, form = _pair(request, pk), DecisionForm(request.POST)
    return _carry_out(
        request,
        pair,
        form,
        lambda: decisions.decide(pair, request.user, form.decision(pair)),
        _("已研判，依据已记下。以后两条记录没有改动，就不再问。"),
    )


@login_required
@require_POST
def overlap_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销研判."""
    pair = _pair(request, pk)
    return _carry_out(
        request,
        pair,
        None,
        lambda: decisions.undo(pair, request.user),
        _("已撤销，请重新研判。"),
    )


@login_required
@require_POST
def overlap_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """请部门核对."""
    pair, form = _pair(request, pk), AskForm(request.POST)
    return _carry_out(
        request,
        pair,
        form,
        lambda: decisions.ask_departments(pair, request.user, form.cleaned_data["number"]),
        _("函已备好，请下载、盖章、送出。"),
    )


@login_required
@require_POST
def overlap_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """记下部门答复."""
    pair = _pair(request, pk)
    form = AnswerForm(pair, request.POST)
    return _carry_out(
        request,
        pair,
        form,
        lambda: decisions.note_answer(pair, request.user, form.line()),
        _("答复已记下。请再研判。"),
    )


@login_required
def overlap_letter(request: HttpRequest, pk: int, department: int) -> HttpResponse:
    """核对函: a .docx for one department that a pair concerns."""
    pair = _pair(request, pk)
    asked = get_object_or_404(pair.departments, pk=department)
    try:
        made = write_document(compose_letter(pair, asked), comments=False)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except DocumentError as error:
        messages.error(request, str(error))
    else:
        name = quote(_("核对函-%(pair)s-%(to)s.docx") % {"pair": pair.code, "to": asked.name})
        disposition = f"attachment; filename*=UTF-8''{name}"
        return HttpResponse(made, content_type=DOCX, headers={"Content-Disposition": disposition})
    return redirect(record_url(pair))


@login_required
def overlap_accuracy(request: HttpRequest) -> HttpResponse:
    """系统看得准不准: what the comparison said against what people decided."""
    context = {
        "register": Register.registers["overlaps"],
        "found": accuracy_of(rows(request.user, OverlapPair)),
        "conclusions": list(Conclusion),
    }
    return render(request, "overlaps/accuracy.html", context)
