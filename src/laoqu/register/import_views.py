"""Sheets in, page by page: template, upload, preview, save all or the good rows, undo."""

from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from laoqu.access.rules import association_of, may_add
from laoqu.register.advice import ADVISORS
from laoqu.register.importing import Checked, check_sheet, save_rows
from laoqu.register.models import SheetImport
from laoqu.register.registry import Register
from laoqu.register.restoring import undo_rows, written
from laoqu.register.sealed import SealedFormField, tidy
from laoqu.register.sheet_rows import ImportRow, numbers_of, read_rows
from laoqu.register.sheet_template import mark_errors, write_template
from laoqu.register.sheets import sheet_response
from laoqu.register.views import register_or_404
from laoqu.register.writing import NotYours
from laoqu_engines.reader.documents import DocumentError

SHOWN = 200
KINDS = (".xlsx", ".xls", ".ods", ".csv", ".et")


def _open(request: HttpRequest, slug: str) -> Register:
    register = register_or_404(slug)
    if not register.addable or not may_add(request.user, register.model):
        raise Http404
    return register


@login_required
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """The empty sheet to fill in."""
    register = _open(request, slug)
    association = association_of(request.user, register.model)
    assert association is not None
    content = write_template(register, request.user, association)
    return sheet_response(content, _("%(name)s模板.xlsx") % {"name": register.label})


@login_required
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a sheet. It is kept, checked and shown; nothing enters the register yet."""
    register = _open(request, slug)
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            _check_upload(file)
        except DocumentError as refused:
            error = str(refused)
        else:
            assert file is not None
            data = file.read()
            kept = SheetImport(
                register=slug,
                association=association_of(request.user, register.model),
                filename=(file.name or "")[-255:],
                digest=sha256(data).hexdigest(),
                uploaded_by_id=cast(int, request.user.pk),
            )
            try:
                read_rows(register, data, kept.filename, request.user, kept.association)
            except DocumentError as refused:
                error = str(refused)
            else:
                kept.keep(data)
                kept.save()
                return redirect("import_preview", slug, kept.pk)
    context = {"register": register, "error": error}
    return render(request, "register/upload.html", context, status=400 if error else 200)


def _check_upload(file: Any) -> None:
    if file is None:
        raise DocumentError(_("请先选择一个表格文件。"))
    if not (file.name or "").lower().endswith(KINDS):
        raise DocumentError(
            _("“%(name)s”不是表格。请上传 .xlsx、.xls、.ods 或 .csv 文件。") % {"name": file.name}
        )
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise DocumentError(_("文件太大，请分成几个文件上传。"))


def _check(kept: SheetImport, data: bytes, user: object) -> Checked:
    register = Register.registers[kept.register]
    checked = check_sheet(
        register, data, kept.filename, user, kept.association, uploaded_at=kept.uploaded_at
    )
    before = SheetImport.objects.filter(
        register=kept.register,
        association=kept.association,
        digest=kept.digest,
        written__isnull=False,
    )
    same = before.filter(undone_at=None).select_related("uploaded_by").first()
    if same is not None and any(row.form.instance.pk is None for row in checked.good if row.form):
        sentence = _("这个文件 %(day)s 已经由%(person)s导入过。再保存一次，同样的内容会记两遍。")
        words = {"day": date_format(localtime(same.uploaded_at)), "person": same.uploaded_by}
        checked.remarks.insert(0, sentence % words)
    return checked


@login_required
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What each row would become; save all, or the good rows, or take back the marked sheet."""
    register = _open(request, slug)
    kept = get_object_or_404(SheetImport, pk=pk, register=slug, uploaded_by=request.user)
    if kept.written is not None:
        return _saved(request, register, kept)
    data = kept.sheet()
    if not data:
        messages.error(request, _("上次上传的表已经打不开了，请重新上传。"))
        return redirect("import_upload", slug)
    checked = _check(kept, data, request.user)
    if request.method == "POST":
        if request.POST.get("act") == "save" and not (checked.bad and "good" not in request.POST):
            return _save(request, register, kept, checked)
        if request.POST.get("act") == "marked":
            name = _("标出错误-%(name)s.xlsx") % {"name": kept.filename.rsplit(".", 1)[0]}
            return sheet_response(mark_errors(checked, data), name)
    fields = list(checked.rows[0].form.fields if checked.rows[0].form else ())
    told = [name for name in fields if any(row.values.get(name) for row in checked.rows)]
    form = checked.rows[0].form
    advisor = ADVISORS.get(slug)
    good = checked.good
    advice = advisor.on_sheet(good, request.user) if advisor else {}
    told_of = {id(good[index]): sentences for index, sentences in advice.items()}
    context = {
        "register": register,
        "kept": kept,
        "checked": checked,
        "labels": [form.fields[name].label for name in told] if form else [],
        "shown": [
            (
                row,
                [_cell(row, name) for name in told],
                row.sentences(),
                told_of.get(id(row), []),
            )
            for row in sorted(
                checked.rows, key=lambda row: (not row.errors, id(row) not in told_of)
            )[:SHOWN]
        ],
        "advised": len(told_of),
        "hidden": max(len(checked.rows) - SHOWN, 0),
    }
    return render(request, "register/import_preview.html", context)


def _cell(row: ImportRow, name: str) -> str:
    """What a cell says; a number of a person masked where it is in order."""
    value = row.values.get(name, "")
    field = row.form.fields.get(name) if row.form else None
    if not isinstance(field, SealedFormField) or name in row.errors or not value:
        return value
    return field.kind.masked(tidy(value))


def _save(
    request: HttpRequest, register: Register, kept: SheetImport, checked: Checked
) -> HttpResponse:
    reason = _("导入 %(name)s") % {"name": kept.filename[:80]}
    before = {row.form.instance.pk for row in checked.good if row.form is not None} - {None}
    try:
        with transaction.atomic():
            current = SheetImport.objects.select_for_update().get(pk=kept.pk)
            if current.written is not None:  # the button was pressed twice
                return redirect("import_preview", register.slug, kept.pk)
            saved = save_rows(checked.rows, reason=reason)
            kept.written = written(register.model, saved, before)
            kept.save()
            transaction.on_commit(lambda: kept.file.delete(save=False))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except NotYours as refused:
        foreign = [row for row in checked.good if row.form and row.form.instance in refused.rows]
        sentence = _("%(rows)s不属于您，一行也没有保存。请删去这些行再上传。")
        messages.error(request, sentence % {"rows": numbers_of(foreign)})
    else:
        messages.success(request, _("已保存 %(n)s 行。") % {"n": len(saved)})
        if checked.bad:
            sentence = _("还有 %(n)s 行没有保存，请改好那几行，单独存成一个表再上传。")
            messages.warning(request, sentence % {"n": len(checked.bad)})
        advisor = ADVISORS.get(register.slug)
        told = advisor.after_saving(saved, request.user) if advisor else ""  # type: ignore[arg-type]
        if told:
            messages.warning(request, told)
    return redirect("import_preview", register.slug, kept.pk)


def _saved(request: HttpRequest, register: Register, kept: SheetImport) -> HttpResponse:
    """A saved import: what was written, and its undo."""
    if request.method == "POST" and request.POST.get("act") == "undo" and not kept.undone_at:
        assert kept.written is not None
        try:
            with transaction.atomic():
                undo_rows(register.model, kept.written, request.user, reason=_("撤销导入"))
                kept.undone_at = timezone.now()
                kept.save()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("这次导入已经撤销。"))
        return redirect(reverse("import_preview", args=[register.slug, kept.pk]))
    return render(request, "register/import_saved.html", {"register": register, "kept": kept})
