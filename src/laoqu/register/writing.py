"""The one place where many ledger rows are written at once, with their history."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from laoqu.access.rules import ADD, CHANGE, rows
from laoqu.register.forms import RecordForm
from laoqu.register.keeping import index_dependents
from laoqu.register.links import Links, links_of, note_links, write_links
from laoqu.register.models import Record, next_codes
from laoqu.register.registry import register_of
from laoqu.register.search import index_rows

BATCH = 500
"""Rows in one insert or update."""
LOOKED_UP = 5_000
"""Rows looked up by one query; both databases take more."""


@transaction.atomic
def write_rows(forms: Sequence[RecordForm], *, reason: str) -> list[models.Model]:
    """Write the rows of valid forms of one register: all of them or none.

    Shape: the saved rows in the order of the forms. Queries grow with the number of batches.
    Errors: `ValidationError` where a row was changed by somebody else since it was read, or the
    rows break a balance; `NotYours` where a saved row lies outside the user's rows.
    """
    new = [form for form in forms if form.instance.pk is None]
    changed = [form for form in forms if form.instance.pk is not None]
    _check_versions(changed)
    model = type(forms[0].instance)
    before = links_of(model, [form.instance.pk for form in changed])
    for form in forms:
        form.prepare()
    _give_codes([form.instance for form in new])
    user = forms[0].user
    common = {"batch_size": BATCH, "default_user": person(user), "default_change_reason": reason}
    if new:
        bulk_create_with_history([form.instance for form in new], model, **common)
    if changed:
        fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
        bulk_update_with_history([f.instance for f in changed], model, fields, **common)
    _write_links(model, new, {})
    _write_links(model, changed, before)
    for action, some in ((ADD, new), (CHANGE, changed)):
        check_ownership(user, model, action, [form.instance for form in some])
    written = [form.instance for form in forms]
    finish(model, written, changed=[form.instance for form in changed])
    return written


@transaction.atomic
def write_made(made: Sequence[tuple[Record, Links]], *, reason: str) -> None:
    """Write rows that the product itself made or changed, each with its links and history entry.

    Queries grow with the number of batches. A row's own `_change_reason` stands before `reason`.
    Nothing is checked: the rows are not what a person typed.

    Args:
        made: rows of one register; `version` is already that of the change. Links that are not
            named stay.
    """
    if not made:
        return
    new = [row for row, _links in made if row.pk is None]
    changed = [row for row, _links in made if row.pk is not None]
    model = type(made[0][0])
    _give_codes(new)
    common = {"batch_size": BATCH, "default_change_reason": reason}
    if new:
        bulk_create_with_history(new, model, **common)
    if changed:
        fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
        bulk_update_with_history(changed, model, fields, **common)
    write_links(model, {row.pk: links for row, links in made}, new=not changed)
    register = register_of(model)
    if register is not None:
        index_rows(register, [row for row, _links in made])


def finish(
    model: type[models.Model],
    written: Sequence[models.Model],
    *,
    changed: Sequence[models.Model],
) -> None:
    """What follows when rows are written: they are found by their words, and balances hold."""
    register = register_of(model)
    if register is not None:
        index_rows(register, written)
    index_dependents(model, changed)
    if issubclass(model, Record):
        model.check_written(written)  # type: ignore[arg-type]


def person(user: object) -> Any:
    """Who is named in the history: a person, never an association or the public."""
    return user if getattr(user, "is_authenticated", False) else None


def batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The items, as many at a time as one query looks up."""
    for start in range(0, len(items), LOOKED_UP):
        yield items[start : start + LOOKED_UP]


def _check_versions(changed: Sequence[RecordForm]) -> None:
    for batch in batches(changed):
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
    model: type[models.Model], forms: Sequence[RecordForm], before: Mapping[int, Links]
) -> None:
    """The many-to-many links of the forms; those of changed rows (in `before`) are replaced."""
    names = {field.name for field in model._meta.many_to_many}
    after = {
        form.instance.pk: {
            name: [row.pk for row in form.cleaned_data[name]]
            for name in names & form.cleaned_data.keys()
        }
        for form in forms
    }
    write_links(model, after, new=not before)
    if issubclass(model, Record):
        note_links([form.instance for form in forms], before, after)


class NotYours(PermissionDenied):
    """Some of the rows that were to be written lie outside the user's rows."""

    def __init__(self, rows: Sequence[models.Model]) -> None:
        super().__init__()
        self.rows = rows


def check_ownership(
    user: object, model: type[models.Model], action: str, written: Sequence[models.Model]
) -> None:
    """Raise `NotYours` where a written row lies outside the user's rows."""
    for batch in batches(written):
        keys = [row.pk for row in batch]
        own = rows(user, model, action).filter(pk__in=keys)
        if own.count() != len(keys):
            kept = set(own.values_list("pk", flat=True))
            raise NotYours([row for row in batch if row.pk not in kept])
