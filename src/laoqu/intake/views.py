"""Pages of the intake: hand material in, watch it being read, decide on the rows proposed."""

import mimetypes
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from laoqu.access.models import Association
from laoqu.access.rules import CHANGE, DELETE, association_of, may_add, rows
from laoqu.intake import decisions, services, words
from laoqu.intake.files import PICTURES, Refused, check_size
from laoqu.intake.forms import KnownNames, MaterialForm, NameForm, QuoteForm, YearForm
from laoqu.intake.models import Decision, Proposal, ReaderWord, Reading, Stage
from laoqu.intake.review import Card, Review, decided_rows
from laoqu.register.asked import whole_number
from laoqu.register.forms import form_class
from laoqu.register.models import Record, Source
from laoqu.register.registry import Register, by_line, record_url
from laoqu.register.views import register_or_404

CARDS = 40
SHOWN_IN_PAGE = (*PICTURES, ".pdf")


class View(Protocol):
    """A view."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def office(view: View) -> View:
    """Only for people who may take material in; a 404 for everybody else who is logged in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_add(request.user, Source):
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            raise Http404 from None

    return login_required(guarded)


def _association(request: HttpRequest) -> Association:
    association = association_of(request.user, Source)
    assert association is not None  # `office` lets nobody else in
    return association


@csrf_exempt
def intake(request: HttpRequest) -> HttpResponse:
    """收材料. What is too large is refused before a byte of it is read; then forgery is checked."""
    try:
        check_size(int(request.META.get("CONTENT_LENGTH") or 0) - 1024**2)
    except Refused as error:
        context = {"form": MaterialForm(), "refusal": error, "sources": []}
        return render(request, "intake/intake.html", context, status=413)
    return _intake(request)


@csrf_protect
@office
def _intake(request: HttpRequest) -> HttpResponse:
    form = MaterialForm(request.POST or None, request.FILES or None)
    refusal, may_be_kept = "", False
    if request.method == "POST" and form.is_valid():
        data, filename = form.material()
        try:
            reading = services.receive(
                data,
                filename,
                _association(request),
                request.user,
                form.cleaned_data["keep_anyway"],
            )
        except services.AlreadyHere as error:
            messages.info(request, str(error))
            return redirect("review", error.source.pk)
        services.start(reading)
        reading.refresh_from_db()
        if reading.stage != Stage.FAILED:
            return _onward(reading)
        refusal, known = reading.error, reading.known_source
        may_be_kept = reading.may_be_kept
        reading.delete()
        if known:
            messages.info(request, refusal)
            return redirect("review", known)
    services.resume()
    newest = services.sources(request.user).order_by("-received_at", "-pk")
    context = {
        "form": form,
        "refusal": refusal,
        "may_be_kept": may_be_kept,
        "readings": rows(request.user, Reading, CHANGE).exclude(stage=Stage.DONE),
        "sources": Paginator(newest, 30).get_page(request.GET.get("page")),
    }
    bad = bool(refusal or (request.method == "POST" and form.errors))
    return render(request, "intake/intake.html", context, status=400 if bad else 200)


def _onward(reading: Reading) -> HttpResponse:
    if reading.source_id:
        return redirect("review", reading.source_id)
    return redirect("reading", reading.pk)


@office
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading of one document has come; the page looks again by itself."""
    services.resume()
    found = get_object_or_404(rows(request.user, Reading, CHANGE), pk=pk)
    if request.method == "POST" and found.stage == Stage.FAILED:
        found.delete()
        return redirect("intake")
    if found.stage == Stage.DONE:
        return _onward(found)
    return render(request, "intake/reading.html", {"reading": found})


def _source(request: HttpRequest, pk: int) -> Source:
    found = rows(request.user, Source, CHANGE).select_related("association")
    return get_object_or_404(found, pk=pk)


@office
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """核对: the text and the rows proposed from it, side by side."""
    source = _source(request, pk)
    if request.method == "POST":
        return _confirm_all(request, source)
    return _show_review(request, Review(source, request.user))


def _confirm_all(request: HttpRequest, source: Source) -> HttpResponse:
    ready = Review(source, request.user).ready
    confirmed, merged, left = decisions.confirm_all(ready, request.user)
    sentence = _("已入账 %(n)s 条。") % {"n": confirmed}
    if merged:
        sentence += _("与已有的行相同、并入 %(n)s 条。") % {"n": merged}
    waiting = source.proposals.filter(decision=Decision.PENDING).count()
    if waiting or left:
        sentence += _("还有 %(n)s 条要您单独决定。") % {"n": waiting}
    messages.success(request, sentence)
    return redirect("review", source.pk)


def _show_review(
    request: HttpRequest, shown: Review, names: list[NameForm] | None = None, status: int = 200
) -> HttpResponse:
    source = shown.source
    if names is None:
        names = _name_forms(request, shown)
    page = Paginator(shown.cards, CARDS).get_page(request.GET.get("page"))
    cards: list[Card] = list(page.object_list)
    decided_rows(cards, request.user)
    context = {
        "source": source,
        "review": shown,
        "page": page,
        "cards": sorted(cards, key=lambda card: not card.wants_a_look),
        "decided": sum(not card.proposal.is_pending for card in cards),
        "segments": shown.segments([card.proposal for card in cards]),
        "names": names,
        "ready_count": len(shown.ready),
        "year_form": YearForm(),
        "remarks": source.reading.remarks if hasattr(source, "reading") else [],
        "is_picture": source.filename.lower().endswith(SHOWN_IN_PAGE),
    }
    return render(request, "intake/review.html", context, status=status)


def _name_forms(request: HttpRequest, shown: Review, data: Any = None) -> list[NameForm]:
    known = KnownNames(request.user, shown.source.association)
    return [
        NameForm(unknown, known, data, prefix=f"n{number}")
        for number, unknown in enumerate(shown.names.unknown)
    ]


@require_POST
@office
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the year whose work the document tells of."""
    source = _source(request, pk)
    form = YearForm(request.POST)
    if form.is_valid():
        source.year = form.cleaned_data["year"]
        source.save()
        messages.success(request, _("年度已改。"))
    else:
        messages.warning(request, _("年度请填四位数字，例如 2024。"))
    return redirect("review", pk)


@require_POST
@office
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember what unknown names stand for, all of them in one go."""
    shown = Review(_source(request, pk), request.user)
    asked = _name_forms(request, shown, request.POST)
    answered = [form for form in asked if f"{form.prefix}-name" in request.POST]
    answered = [f for f in answered if request.POST[f"{f.prefix}-name"] == f.unknown.name]
    if not all(form.is_valid() for form in answered):
        return _show_review(request, shown, asked, status=400)
    try:
        with transaction.atomic():
            said = [form for form in answered if form.remember()]
            for form in said:
                words.learn(words.KINDS[form.unknown.model], form.unknown.name, shown.source)
    except ValidationError as error:
        messages.warning(request, "；".join(error.messages))
    else:
        messages.success(request, _("记住了 %(n)s 个名字，以后不再问。") % {"n": len(said)})
    return redirect("review", pk)


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    found = rows(request.user, Proposal, CHANGE).select_related("source__association")
    return get_object_or_404(found, pk=pk)


@require_POST
@office
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """确认、并入、不要、重新考虑: one proposal."""
    proposal = _proposal(request, pk)
    action = request.POST.get("action", "")
    try:
        _carry_out(request, proposal, action)
    except decisions.NotYet as error:
        messages.warning(request, str(error))
    except ValidationError as error:
        messages.warning(
            request,
            _("第 %(n)s 条还不能入账：") % {"n": proposal.position} + "；".join(error.messages),
        )
        return redirect("proposal", pk)
    page = (proposal.position - 1) // CARDS + 1
    following = f"?page={page}#p{proposal.position}"
    response = redirect("review", proposal.source_id)
    response["Location"] += following
    return response


def _carry_out(request: HttpRequest, proposal: Proposal, action: str) -> None:
    number = {"n": proposal.position}
    if action == "confirm":
        row = decisions.confirm(proposal.pk, request.user)
        messages.success(request, _("第 %(n)s 条已入账：") % number + str(row))
    elif action == "reject":
        decisions.reject(proposal.pk, request.user)
        messages.success(request, _("第 %(n)s 条不要了。") % number)
    elif action == "reconsider":
        decisions.reconsider(proposal.pk, request.user)
    elif action == "merge":
        model: Any = Register.registers[proposal.register].model
        mine = rows(request.user, model, CHANGE).filter(association=proposal.source.association)
        row = get_object_or_404(mine, pk=whole_number(request.POST.get("row")))
        decisions.merge(proposal.pk, row, request.user)
        messages.success(request, _("第 %(n)s 条已并入：") % number + str(row))
    else:
        raise Http404


@office
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """修改: the register's own form, filled with the proposal; saving confirms it."""
    found = _proposal(request, pk)
    if not found.is_pending:
        return redirect("review", found.source_id)
    register = register_or_404(found.register)
    if request.method == "POST":
        form = decisions.form_for(found, request.user, request.POST)
        if form.is_valid():
            try:
                row = decisions.confirm(pk, request.user, request.POST)
            except (decisions.NotYet, ValidationError) as error:
                messages.warning(request, "；".join(getattr(error, "messages", [str(error)])))
            else:
                messages.success(request, _("已入账：") + str(row))
            return redirect("review", found.source_id)
    else:
        make = decisions.form_of(found, request.user)
        form = make(initial=decisions.form_data(found, make))
    context = {
        "proposal": found,
        "source": found.source,
        "quoted": found.source.text[found.start : found.end],
        "register": register,
        "form": form,
        "sections": _sections(register, form),
    }
    return render(request, "intake/proposal.html", context, status=400 if form.errors else 200)


def _sections(register: Register, form: Any) -> list[tuple[Any, list[Any]]]:
    sections = [(s.title, [form[name] for name in s.fields]) for s in register.form]
    return [*sections, (_("公开与备注"), [form["visibility"], form["note"]])]


@office
def record(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Type a row by hand beside the document it comes from: first choose the register."""
    source = _source(request, pk)
    ledgers = [r for r in Register.registers.values() if r.is_ledger and r.addable]
    context: dict[str, Any] = {
        "source": source,
        "groups": by_line(ledgers),
        "is_picture": source.filename.lower().endswith(tuple(PICTURES)),
    }
    if not slug:
        return render(request, "intake/record.html", context)
    register = register_or_404(slug)
    if register not in ledgers:
        raise Http404
    make = form_class(register, request.user, source.association)
    initial = {"year": source.year, "visibility": source.visibility}
    form = make(request.POST or None, initial=initial)
    quote = QuoteForm(source.text, request.POST or None)
    if request.method == "POST" and form.is_valid() and quote.is_valid():
        with transaction.atomic():
            row = form.save_record()
            assert isinstance(row, Record)
            row.passages.add(decisions.passage_at(source, *quote.span()))
        messages.success(request, _("已入账：") + str(row))
        return redirect(record_url(row))
    context |= {"register": register, "form": form, "quote": quote}
    context["sections"] = _sections(register, form)
    bad = bool(form.errors or quote.errors)
    return render(request, "intake/record.html", context, status=400 if bad else 200)


@office
def forget_word(request: HttpRequest, pk: int) -> HttpResponse:
    """去掉这个词: the reader no longer looks for it; what is in the ledger stays."""
    word = get_object_or_404(rows(request.user, ReaderWord, DELETE), pk=pk)
    if request.method == "POST":
        word.delete()
        messages.success(request, _("“%(word)s”已从词表里去掉。") % {"word": word})
        return redirect("register_list", "reader-words")
    return render(request, "intake/forget_word.html", {"word": word})


def source_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came in. Pictures and PDFs open in the page, everything else is downloaded."""
    source = get_object_or_404(rows(request.user, Source), pk=pk)
    if not source.file:
        raise Http404
    ending = "." + source.filename.lower().rpartition(".")[2]
    try:
        return FileResponse(
            source.file.open(),
            as_attachment=ending not in SHOWN_IN_PAGE,
            filename=source.filename,
            content_type=mimetypes.types_map.get(ending, "application/octet-stream"),
        )
    except FileNotFoundError:
        raise Http404 from None
