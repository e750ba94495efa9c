"""The one place where many ledger rows are written at once, with their history."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from laoqu.access.rules import ADD, CHANGE, rows
from laoqu.register.forms import RecordForm
from laoqu.register.models import Record, State, next_codes
from laoqu.register.registry import register_of
from laoqu.register.search import index_rows

BATCH = 500


@transaction.atomic
def write_rows(forms: Sequence[RecordForm], *, reason: str) -> list[models.Model]:
    """Write the rows of valid forms of one register: all of them or none.

    Shape: the saved rows in the order of the forms. Queries grow with the number of batches of 500.
    Errors: `ValidationError` where a row was changed by somebody else since it was read, or the
    rows break a balance; `PermissionDenied` where a saved row lies outside the user's rows.
    """
    new = [form for form in forms if form.instance.pk is None]
    changed = [form for form in forms if form.instance.pk is not None]
    _check_versions(changed)
    for form in forms:
        form.prepare()
    _give_codes([form.instance for form in new])
    user = forms[0].user
    model = type(forms[0].instance)
    common = {"batch_size": BATCH, "default_user": _person(user), "default_change_reason": reason}
    if new:
        bulk_create_with_history([form.instance for form in new], model, **common)
    if changed:
        fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
        bulk_update_with_history([f.instance for f in changed], model, fields, **common)
    _write_links(model, new, changed)
    register = register_of(model)
    if register is not None:
        index_rows(register, [form.instance for form in forms])
    for action, written in ((ADD, new), (CHANGE, changed)):
        _check_ownership(user, model, action, written)
    if issubclass(model, Record):
        model.check_written([form.instance for form in forms])
    return [form.instance for form in forms]


def _person(user: object) -> Any:
    """Who is named in the history: a person, never an association or the public."""
    return user if getattr(user, "is_authenticated", False) else None


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _check_versions(changed: Sequence[RecordForm]) -> None:
    for batch in _batches(changed):
        model = type(batch[0].instance)
        if not issubclass(model, Record):
            return
        keys = [form.instance.pk for form in batch]
        stored = dict(
            model._default_manager.select_for_update()
            .filter(pk__in=keys)
            .values_list("pk", "version")
        )
        for form in batch:
            if form.cleaned_data.get("version") != stored.get(form.instance.pk):
                raise ValidationError(
                    _("%(code)s 在您上传以后被别人改过。请重新导出、改好再上传。")
                    % {"code": form.instance.code}
                )


def _give_codes(new: Sequence[models.Model]) -> None:
    wanted: dict[tuple[Any, str, int], list[Record]] = defaultdict(list)
    for row in new:
        if isinstance(row, Record):
            wanted[row.association, row.CODE_PREFIX, row.year].append(row)
    for (association, prefix, year), members in wanted.items():
        codes = next_codes(association, prefix, year, len(members))
        for row, code in zip(members, codes, strict=True):
            row.code = code


def _write_links(
    model: type[models.Model], new: Sequence[RecordForm], changed: Sequence[RecordForm]
) -> None:
    """The many-to-many links of the forms' fields; those of changed rows are replaced."""
    for field in model._meta.many_to_many:
        forms = [form for form in (*new, *changed) if field.name in form.cleaned_data]
        through: Any = getattr(model, field.name).through
        source = f"{field.m2m_field_name()}_id"
        target = f"{field.m2m_reverse_field_name()}_id"
        for batch in _batches([form.instance.pk for form in changed if form in forms]):
            through._default_manager.filter(**{f"{source}__in": batch}).delete()
        links = [
            through(**{source: form.instance.pk, target: row.pk})
            for form in forms
            for row in form.cleaned_data[field.name]
        ]
        through._default_manager.bulk_create(links, batch_size=BATCH)


def _check_ownership(
    user: object, model: type[models.Model], action: str, written: Sequence[RecordForm]
) -> None:
    for batch in _batches([form.instance.pk for form in written]):
        if rows(user, model, action).filter(pk__in=batch).count() != len(batch):
            raise PermissionDenied


@transaction.atomic
def undo_rows(model: type[models.Model], written: dict[str, list[int]], user: object) -> None:
    """Take back an import: created rows become void, changed rows get their former fields again.

    Errors: `ValidationError` where a row was changed again since, may not be changed any more, or
    other rows rest on it.
    """
    keys = [*written["created"], *written["changed"]]
    for batch in _batches(keys):
        found: Any = rows(user, model, CHANGE).filter(pk__in=batch).select_for_update()
        own = {row.pk: row for row in found}
        if len(own) != len(batch):
            raise ValidationError(_("这次导入里有的行您已经不能修改，没有撤销。"))
        for key in batch:
            _undo(own[key], created=key in set(written["created"]))
    if issubclass(model, Record):
        model.check_written(list(model._default_manager.filter(pk__in=keys)))


def _undo(row: Any, *, created: bool) -> None:
    last = row.history.first()
    former: Any = None if created else last.prev_record
    if row.version != (1 if created else former.version + 1):
        raise ValidationError(
            _("%(code)s 在导入以后又改过，不能整批撤销。请逐行修改。") % {"code": row.code}
        )
    version = row.version + 1
    if former is not None:
        row = former.instance
    else:
        row.state = State.VOID
    row.version = version
    row._change_reason = _("撤销导入")
    row.save()
