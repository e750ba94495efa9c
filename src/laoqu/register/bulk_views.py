"""One field of many rows at once: choose rows and field, look at what changes, save, undo."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.models import Association
from laoqu.access.rules import CHANGE, association_of, may_any, rows
from laoqu.register.asked import whole_number
from laoqu.register.cells import text_of
from laoqu.register.filters import filterset_for
from laoqu.register.forms import ABOUT_THE_CHANGE, form_class
from laoqu.register.importing import check_changes, save_rows, with_all_relations
from laoqu.register.models import BulkEdit
from laoqu.register.registry import Register
from laoqu.register.restoring import stamps_of, undo_rows, written
from laoqu.register.sealed import sealed_fields
from laoqu.register.sheet_rows import ImportRow
from laoqu.register.views import register_or_404

MOST = 2_000
SHOWN = 200
NAMED = 5


class BulkForm(forms.Form):
    """The new value, by the register's own field, and why."""

    reason = forms.CharField(
        label=gettext_lazy("修改说明"),
        max_length=100,
        help_text=gettext_lazy("说一句为什么改，每一行的变更记录里都会有。"),
    )
    field_order = ["value", "reason"]

    def __init__(self, *args: Any, field: forms.Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = field
        self.order_fields(self.field_order)

    def words(self) -> str:
        """The value as it was typed."""
        if isinstance(self.fields["value"], forms.BooleanField):
            return "是" if self.cleaned_data["value"] else ""
        return str(self.data.get("value", "")).strip()


def _fields(
    register: Register, request: HttpRequest, association: Association
) -> dict[str, forms.Field]:
    """The fields of the register's form that can be set for many rows: no numbers of persons."""
    made = form_class(register, request.user, association)
    left_out = {*ABOUT_THE_CHANGE, *(field.name for field in sealed_fields(register.model))}
    return {name: field for name, field in made.base_fields.items() if name not in left_out}


def _chosen(register: Register, request: HttpRequest) -> list[Any]:
    """The rows of the address: those ticked, or all of the filter. A foreign row is a 404."""
    own: Any = rows(request.user, register.model, CHANGE)
    if "all" in request.GET:
        return list(filterset_for(register, request.user)(request.GET, own, request=request).qs)
    keys = {whole_number(key) for key in request.GET.getlist("row")} - {None}
    found = list(own.filter(pk__in=keys))
    if len(found) != len(keys):
        raise Http404
    return found


def _association(register: Register, request: HttpRequest, found: list[Any]) -> Association | None:
    """Whose rows these are; None where several associations'."""
    owners = {getattr(row, "association_id", None) for row in found}
    if owners == {None}:  # places belong to none
        return association_of(request.user, register.model)
    return found[0].association if len(owners) == 1 else None


def _too_few_or_many(found: list[Any]) -> str:
    if not found:
        return _("请先选几行。")
    if len(found) > MOST:
        told = {"n": len(found), "most": MOST}
        return _("选了 %(n)s 行，一次最多改 %(most)s 行。请先筛选。") % told
    return _("选的行属于几个老促会。请一次只选一个老促会的行。")


@login_required
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Which field of the chosen rows, and what it becomes. Nothing is saved yet."""
    register = register_or_404(slug)
    if not may_any(request.user, register.model, CHANGE):
        raise Http404
    found = _chosen(register, request)
    association = _association(register, request, found)
    if association is None or not 0 < len(found) <= MOST:
        messages.error(request, _too_few_or_many(found))
        return redirect(f"{register.url()}?choose=1")
    fields = _fields(register, request, association)
    name = request.GET.get("field", "")
    form = BulkForm(request.POST or None, field=fields[name]) if name in fields else None
    if form is not None and request.method == "POST" and form.is_valid():
        edit = BulkEdit.objects.create(
            register=slug,
            association=association,
            made_by_id=cast(int, request.user.pk),
            field=name,
            value=form.words(),
            reason=form.cleaned_data["reason"],
            stamps=stamps_of(register.model, found),
        )
        return redirect("bulk_preview", slug, edit.pk)
    context = {
        "register": register,
        "count": len(found),
        "named": found[:NAMED],
        "fields": [(key, field.label) for key, field in fields.items()],
        "name": name,
        "form": form,
        "kept": [(k, v) for k, vs in request.GET.lists() if k != "field" for v in vs],
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "register/bulk_choose.html", context, status=status)


@login_required
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What each row would become; save; afterwards what was saved, and its undo."""
    register = register_or_404(slug)
    edit = get_object_or_404(BulkEdit, pk=pk, register=slug, made_by=request.user)
    if edit.written is not None:
        return _done(request, register, edit)
    label = _fields(register, request, edit.association)[edit.field].label
    found, changes = _check(register, edit, request)
    if request.method == "POST" and request.POST.get("act") == "save":
        return _save(request, register, edit, changes)
    was = [text_of(row, edit.field) for row in found]
    context = {
        "register": register,
        "edit": edit,
        "label": label,
        "good": sum(change.good for change in changes),
        "left": sum(not change.good for change in changes),
        "shown": list(zip(found, was, map(_after, changes), changes, strict=True))[:SHOWN],
        "hidden": max(len(found) - SHOWN, 0),
    }
    return render(request, "register/bulk_preview.html", context)


def _check(
    register: Register, edit: BulkEdit, request: HttpRequest
) -> tuple[list[Any], list[ImportRow]]:
    """The chosen rows as they are now, and what would become of each."""
    stamps = {int(key): stamp for key, stamp in edit.stamps.items()}
    own: Any = rows(request.user, register.model, CHANGE)
    found = list(with_all_relations(own.filter(pk__in=stamps)))
    if len(found) != len(stamps):
        raise Http404
    again = list(with_all_relations(own.filter(pk__in=stamps)))  # the forms write into these
    values = {edit.field: edit.value}
    changes = check_changes(register, again, values, request.user, edit.association)
    for row, change in zip(found, changes, strict=True):
        if stamps_of(register.model, [row])[row.pk] != stamps[row.pk]:
            change.errors = {"": [_("您选了以后，别人改过这一行。请单独改它。")]}
    return found, changes


def _after(change: ImportRow) -> str:
    """The new value in words, where the row can be saved."""
    if change.form is None or not change.good:
        return ""
    [name] = change.values
    value = change.form.cleaned_data[name]
    if isinstance(value, list):
        return "、".join(map(str, value))
    return text_of(change.form.instance, name)


def _save(
    request: HttpRequest, register: Register, edit: BulkEdit, changes: list[ImportRow]
) -> HttpResponse:
    try:
        with transaction.atomic():
            saved = save_rows(changes, reason=edit.reason)
            edit.written = written(register.model, saved, {row.pk for row in saved})
            edit.save()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except PermissionDenied:
        messages.error(request, _("改了以后有的行就不属于您了，一行也没有改。"))
    return redirect("bulk_preview", register.slug, edit.pk)


def _done(request: HttpRequest, register: Register, edit: BulkEdit) -> HttpResponse:
    """A saved bulk edit, and its undo."""
    if request.method == "POST" and request.POST.get("act") == "undo" and not edit.undone_at:
        assert edit.written is not None
        try:
            with transaction.atomic():
                undo_rows(register.model, edit.written, request.user, reason=_("撤销批量修改"))
                edit.undone_at = timezone.now()
                edit.save()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("bulk_preview", register.slug, edit.pk)
    label = _fields(register, request, edit.association)[edit.field].label
    context = {"register": register, "edit": edit, "label": label}
    return render(request, "register/bulk_done.html", context)
