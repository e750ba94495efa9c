"""What happened to a row, and how it was: version by version, and on any day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from laoqu.access.rules import CHANGE, rows
from laoqu.register.cells import label_of, text_of
from laoqu.register.links import linked_fields
from laoqu.register.past import as_rows, end_of, read_day
from laoqu.register.registry import Register
from laoqu.register.views import newest_first, register_or_404, sections_of

SHOWN = 100
SILENT = {"id", "version", "updated_at", "entered_by", "association", "code"}
"""Columns whose change says nothing to a reader."""


@login_required
def register_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Every change of a row: when, who, why, and what; or (`?day=`) the version of a day."""
    register = register_or_404(slug)
    row: Any = get_object_or_404(rows(request.user, register.model, CHANGE), pk=pk)
    entries = newest_first(row)
    day = read_day(request)
    if day is not None:
        entry = entries.filter(history_date__lt=end_of(day)).first()
        if entry is not None:
            return redirect("register_version", slug, pk, entry.history_id)
        messages.error(request, _("那一天还没有这一行。"))
    shown = list(entries[: SHOWN + 1])
    versions = as_rows(register.model, shown)
    changes = [
        (entry, _changes(register, versions[i + 1], versions[i]) if i + 1 < len(shown) else [])
        for i, entry in enumerate(shown[:SHOWN])
    ]
    context = {"register": register, "row": row, "changes": changes, "more": len(shown) > SHOWN}
    return render(request, "register/history.html", context)


@login_required
def register_version(request: HttpRequest, slug: str, pk: int, entry: int) -> HttpResponse:
    """A row as it was at one history entry, what is different now, and the way back to it."""
    register = register_or_404(slug)
    row: Any = get_object_or_404(rows(request.user, register.model, CHANGE), pk=pk)
    record = get_object_or_404(newest_first(row), history_id=entry)
    latest = newest_first(row).first()
    [version] = as_rows(register.model, [record])
    context = {
        "register": register,
        "row": row,
        "record": record,
        "latest": latest,
        "sections": sections_of(register, version, inside=True),
        "changes": _changes(register, version, row),
    }
    return render(request, "register/version.html", context)


def _changes(register: Register, older: Any, newer: Any) -> list[tuple[Any, str, str]]:
    """What differs between two versions of a row: label, before, after."""
    model = register.model
    names = [f.name for f in model._meta.fields if f.name not in SILENT]
    names += [field.name for field in linked_fields(model)]
    pairs = [(name, text_of(older, name), text_of(newer, name)) for name in names]
    return [(label_of(model, name), was, now) for name, was, now in pairs if was != now]
