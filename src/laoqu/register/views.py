"""The pages of every register. The queryset is narrowed to the user's rows before anything runs."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig, Table

from laoqu.access.rules import CHANGE, DELETE, REVIEW, VIEW, is_inside, may, may_add, may_any, rows
from laoqu.register.asked import whole_number
from laoqu.register.cells import EMPTY, label_of, text_of
from laoqu.register.figures import FIGURES, Distinct, Figure
from laoqu.register.filters import RowFilters, filterset_for
from laoqu.register.guide import guide_of
from laoqu.register.models import Record, Source, State
from laoqu.register.money import MoneyLine
from laoqu.register.past import read_day, rows_on
from laoqu.register.registry import Register, Tab, record_url
from laoqu.register.reviewing import WAITING
from laoqu.register.sealed import sealed_fields
from laoqu.register.search import matching, search_everywhere
from laoqu.register.sheets import export_sheet
from laoqu.register.tables import CappedPaginator, table_for, with_relations

PAGE_ROWS = 50
HISTORY_SHOWN = 5


def register_or_404(slug: str) -> Register:
    """The register of that slug."""
    try:
        return Register.registers[slug]
    except KeyError:
        raise Http404 from None


def register_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, with search, filters, totals, and the figure that led here."""
    register = register_or_404(slug)
    filters, table, day = _listed(register, request)
    found = filters.qs
    pages = Paginator if register.totals or day else CappedPaginator
    paging = {"per_page": PAGE_ROWS, "silent": True, "paginator_class": pages}
    RequestConfig(request, paginate=paging).configure(table)
    query = request.GET.copy()
    query.pop("page", None)
    kept = [(k, v) for k, values in query.lists() if k != "choose" for v in values]
    context = {
        "register": register,
        "filters": filters,
        "chosen": _chosen(filters),
        "table": table,
        "row_count": table.paginator.count,
        "day": day,
        "uncounted": not register.totals and table.paginator.count > CappedPaginator.MOST,
        "totals": [] if day else _totals(register, found),
        "figure": None if day else _figure(register, request, found),
        "may_add": register.addable and may_add(request.user, register.model),
        "may_bulk": bool(register.form) and may_any(request.user, register.model, CHANGE),
        "choosing": "choose" in request.GET,
        "kept": kept,
        "query": query.urlencode(),
        "kept_query": urlencode(kept),
    }
    return render(request, "register/list.html", context)


def _listed(register: Register, request: HttpRequest) -> tuple[RowFilters, Table, date | None]:
    """The filters and rows of an address; with `?day=` the rows as they were that day.

    Former contents are for those who may change the rows: what is public today was not always.
    """
    day = read_day(request) if may_any(request.user, register.model, CHANGE) else None
    own = rows(request.user, register.model, CHANGE if day else VIEW)
    filters = filterset_for(register, request.user)(request.GET, own, request=request)
    shown = rows_on(filters.qs, day) if day else with_relations(register, filters.qs)
    return filters, table_for(register)(shown), day


def _chosen(filters: RowFilters) -> list[str]:
    """The conditions in force, in words."""
    words = []
    for name, value in filters.form.cleaned_data.items() if filters.form.is_valid() else ():
        if value in (None, ""):
            continue
        field = filters.form.fields[name]
        row = isinstance(value, models.Model)
        choices = (
            {} if row or name == "q" else {str(k): v for k, v in getattr(field, "choices", [])}
        )
        shown = choices.get(str(value), value)
        words.append(f"{field.label}“{shown}”")
    return words


def _sums(register: Register, found: models.QuerySet[Any]) -> dict[str, Any]:
    """The sum of each totals field over the rows that count, in one query."""
    sums = register.countable(found).aggregate(
        **{f"total_{name}": models.Sum(name) for name in register.totals}
    )
    return {name: sums[f"total_{name}"] for name in register.totals}


def _totals(register: Register, found: models.QuerySet[Any]) -> list[tuple[Any, Any]]:
    """The sums in words, with their labels."""
    empty = register.model()
    shown = []
    for name, value in (_sums(register, found) if register.totals else {}).items():
        setattr(empty, name, value)
        shown.append((label_of(register.model, name), text_of(empty, name)))
    return shown


def _figure(
    register: Register, request: HttpRequest, found: models.QuerySet[Any]
) -> dict[str, Any] | None:
    """The figure of the address, computed from the very rows of this list."""
    figure = FIGURES.get(request.GET.get("figure", ""))
    if not isinstance(figure, Figure) or figure.register != register.slug:
        return None
    year = whole_number(request.GET.get("year"))
    if year is None or any(
        request.GET.get(name) != value for name, value in figure.parameters(year).items()
    ):
        return None
    counted = register.countable(found)
    named: list[str] = []
    if isinstance(figure.measure, Distinct) and len(figure.measure.fields) == 1:
        field = register.model._meta.get_field(figure.measure.fields[0])
        values = [value for (value,) in figure.measure.values(counted)[:200]]
        if field.related_model is not None:
            related = rows(request.user, field.related_model).filter(pk__in=values)
            named = [str(row) for row in related]
        else:
            named = [str(value) for value in values]
    return {"figure": figure, "shown": figure.shown(figure.measure.of(counted)), "named": named}


def register_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The help page of a register."""
    return render(request, "register/guide.html", {"guide": guide_of(register_or_404(slug))})


def register_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as an .xlsx sheet: exactly the rows, columns and order on screen."""
    register = register_or_404(slug)
    if register.is_personal:
        return redirect(f"{reverse('ask_export', args=[slug])}?{request.GET.urlencode()}")
    filters, table, day = _listed(register, request)
    RequestConfig(request, paginate=False).configure(table)
    sums = {} if day else _sums(register, filters.qs)
    return export_sheet(register, [row.record for row in table.rows], sums)


def register_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One row: its fields by section, the passages it came from, its related rows and history."""
    register = register_or_404(slug)
    row: Any = get_object_or_404(rows(request.user, register.model), pk=pk)
    changeable = may(request.user, CHANGE, row)
    reviews = changeable and may(request.user, REVIEW, row)
    history = newest_first(row)[:HISTORY_SHOWN] if changeable else []
    context = {
        "register": register,
        "row": row,
        "sections": sections_of(register, row, inside=changeable or is_inside(request.user, row)),
        "passages": _passages(request, register, row),
        "tabs": [_tab(request, tab, row) for tab in register.tabs],
        "history": history,
        "saved": bool(history) and request.GET.get("saved") == str(history[0].history_id),
        "undo": _undo(request, row, history),
        "actions": [
            action
            for action in register.actions
            if (changeable or action.reading)
            and (not action.allowed or _truth(row, action.allowed))
        ],
        "may_reverse": reviews and isinstance(row, MoneyLine) and row.may_be_reversed(),
        "may_change": changeable and _truth(row, "may_be_edited"),
        "has_numbers": changeable and any(getattr(row, f.name) for f in sealed_fields(type(row))),
        "may_void": register.is_ledger
        and _truth(row, "may_be_edited")
        and may(request.user, DELETE, row),
        "may_review": reviews and getattr(row, "state", "") in WAITING,
        "progress": register.flow.progress(row) if register.flow else [],
        "next_states": register.flow.next_states(row, request.user)
        if register.flow and changeable
        else [],
        **register.context(request, row),
    }
    return render(request, register.page, context)


def newest_first(row: Any) -> Any:
    """The history of a row, newest entry first, with who made it."""
    return row.history.select_related("history_user").order_by("-history_id")


def _undo(request: HttpRequest, row: Any, history: Any) -> dict[str, Any] | None:
    """What takes back the change that this person has just made; None where nothing can."""
    if not history or request.GET.get("saved") != str(history[0].history_id):
        return None
    older = history[1].history_id if len(history) > 1 else ""
    voided = getattr(row, "state", "") == State.VOID
    if not (voided or _truth(row, "may_be_edited")) or not (older or isinstance(row, Record)):
        return None
    return {"latest": history[0].history_id, "entry": older}


def _truth(row: models.Model, name: str) -> bool:
    value = getattr(row, name, True)
    return bool(value() if callable(value) else value)


def sections_of(register: Register, row: models.Model, *, inside: bool) -> list[dict[str, Any]]:
    """The filled fields of a row in words, section by section; remarks only for those inside."""
    sections = [(section.title, list(section.fields)) for section in register.form]
    if register.shown:
        sections[0][1].extend(register.shown)
    if register.is_ledger:
        sections.append((_("登记"), ["state", "visibility", "entered_by", "updated_at", "note"]))
    shown = []
    for title, names in sections:
        seen = [name for name in names if register.shows(name, inside=inside)]
        fields = [(label_of(register.model, name), text_of(row, name)) for name in seen]
        filled = [(label, value) for label, value in fields if value != EMPTY]
        if filled:
            shown.append({"title": title, "fields": filled})
    return shown


def _passages(request: HttpRequest, register: Register, row: Any) -> list[Any]:
    """The passages of the row whose source this person may read."""
    if not register.is_ledger:
        return []
    readable = rows(request.user, Source, VIEW).values("pk")
    return list(row.passages.filter(source__in=readable).select_related("source"))


def _add_url(request: HttpRequest, register: Register, tab: Tab, row: models.Model) -> str:
    """Where a row of the related register is entered with this row already filled in."""
    named = any(tab.filter in section.fields for section in register.form)
    if not named or not register.addable or not may_add(request.user, register.model):
        return ""
    return f"{reverse('register_create', args=[register.slug])}?{tab.filter}={row.pk}"


def _tab(request: HttpRequest, tab: Tab, row: models.Model) -> dict[str, Any]:
    """The first rows of a related register, and the address of all of them."""
    register = Register.registers[tab.register]
    filters = filterset_for(register, request.user)(
        {tab.filter: str(row.pk)}, rows(request.user, register.model), request=request
    )
    found = filters.qs
    return {
        "register": register,
        "count": found.count(),
        "headers": [label_of(register.model, path) for path in register.columns],
        "rows": [
            (record_url(item), [text_of(item, path) for path in register.columns])
            for item in with_relations(register, found)[:5]
        ],
        "url": f"{register.url()}?{tab.filter}={row.pk}",
        "add_url": _add_url(request, register, tab, row),
        "totals": _totals(register, found),
    }


def search(request: HttpRequest) -> HttpResponse:
    """One search box over all registers and sources; two characters suffice."""
    query = " ".join(request.GET.get("q", "").split())[:60]
    hits = search_everywhere(request.user, query, Register.registers.values()) if query else []
    context = {"query": query, "hits": hits, "short": query and matching(Source, query) is None}
    return render(
        request, "register/search.html", {**context, "hits": [] if context["short"] else hits}
    )


def source_text(request: HttpRequest, pk: int) -> HttpResponse:
    """A source with what was asked for highlighted: `?passage=KEY`, or `?start=12&end=16`."""
    source = get_object_or_404(rows(request.user, Source), pk=pk)
    passages = list(source.passages.all())
    chosen = next((p for p in passages if str(p.pk) == request.GET.get("passage")), None)
    span = [request.GET.get(name, "") for name in ("start", "end")]
    start, end = (int(at) if at.isdecimal() and len(at) < 10 else 0 for at in span)
    if chosen is not None:
        start, end = chosen.start, chosen.end
    text = source.text
    parts = [(text[:start], False), (text[start:end], True), (text[end:], False)]
    if not text[start:end]:
        parts = [(text, False)]
    cited = [
        (row, record_url(row))
        for register in Register.registers.values()
        if register.is_ledger and chosen is not None
        for row in rows(request.user, register.model).filter(passages=chosen)
    ]
    context = {"source": source, "parts": parts, "chosen": chosen, "cited": cited}
    return render(request, "register/source.html", context)
