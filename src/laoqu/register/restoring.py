"""Taking changes back: the former version of a row is written again as a new version.

Nothing is lost: the version number goes on, the history says who took what back, and that can be
taken back too. A new row that is taken back becomes void.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from laoqu.access.rules import CHANGE, DELETE, is_office, may, rows
from laoqu.register.flows import Flow
from laoqu.register.links import LinkHistory, Links, links_of, note_links, write_links
from laoqu.register.models import Record, State
from laoqu.register.registry import register_of
from laoqu.register.writing import BATCH, batches, check_ownership, finish, person

Written = dict[str, dict[str, int]]
"""What a batch wrote: stamps by key, under "created" and "changed"."""


def written(model: type[models.Model], saved: Sequence[Any], before: set[int]) -> Written:
    """What is kept of a batch so that it can be taken back; `before` holds the keys of old rows."""
    stamps = {str(key): stamp for key, stamp in stamps_of(model, saved).items()}
    old = {str(key) for key in before}
    return {
        "created": {key: stamp for key, stamp in stamps.items() if key not in old},
        "changed": {key: stamp for key, stamp in stamps.items() if key in old},
    }


def stamps_of(model: type[models.Model], saved: Sequence[Any]) -> dict[int, int]:
    """What tells whether a row was changed since: its version, else its newest history entry."""
    if issubclass(model, Record):
        return {row.pk: row.version for row in saved}
    return {key: numbers[0] for key, numbers in _entries(model, [r.pk for r in saved]).items()}


def _entries(model: Any, keys: Sequence[int]) -> dict[int, list[int]]:
    """The numbers of the history entries of rows, newest first."""
    found: dict[int, list[int]] = defaultdict(list)
    for batch in batches(keys):
        entries = model.history.filter(id__in=batch).order_by("-history_id")
        for key, number in entries.values_list("id", "history_id"):
            found[key].append(number)
    return found


@transaction.atomic
def undo_rows(
    model: type[models.Model], batch: Mapping[str, Mapping[str, int]], user: object, *, reason: str
) -> None:
    """Take back a batch: created rows become void, changed rows are again as they were before.

    Created rows that are no ledger records, such as places, are deleted; their history stays.
    Errors: `ValidationError` where a row was changed again since, may not be changed any more, or
    other rows rest on it.
    """
    stamps = {int(key): stamp for part in batch.values() for key, stamp in part.items()}
    found: Any = rows(user, model, CHANGE).select_for_update()
    current = {row.pk: row for keys in batches(list(stamps)) for row in found.filter(pk__in=keys)}
    if len(current) != len(stamps):
        raise ValidationError(_("里面有的行您已经不能修改，没有撤销。"))
    present = stamps_of(model, list(current.values()))
    touched = [str(row) for key, row in current.items() if present[key] != stamps[key]]
    if touched:
        raise ValidationError(
            _("%(rows)s 后来又改过，不能整批撤销。请逐行修改。") % {"rows": "、".join(touched[:5])}
        )
    changed = [int(key) for key in batch["changed"]]
    former = _records_before(model, changed)
    created = [current[int(key)] for key in batch["created"]]
    pairs: list[tuple[Any, Any]] = [(current[key], former[key]) for key in changed]
    if issubclass(model, Record):
        pairs += [(row, None) for row in created]
    else:
        _delete(created, reason)
    _put_back(model, pairs, user, reason)


def _delete(created: Sequence[Any], reason: str) -> None:
    for row in created:
        row._change_reason = reason
        try:
            row.delete()
        except models.ProtectedError as error:
            sentence = _("“%(row)s”已经有别的记录用到，不能整批撤销。")
            raise ValidationError(sentence % {"row": row}) from error


def _records_before(model: Any, keys: Sequence[int]) -> dict[int, Any]:
    """The last but one history entry of each row."""
    numbers = [entries[1] for entries in _entries(model, keys).values()]
    return {
        record.id: record
        for batch in batches(numbers)
        for record in model.history.filter(history_id__in=batch)
    }


@transaction.atomic
def restore_row(row: Any, record: Any | None, user: object, *, latest: int, reason: str) -> Any:
    """Make a row as it was in a history entry; without an entry, take back that it was entered.

    Args:
        latest: the newest history entry that the person saw, which must still be the newest.
    Errors: `ValidationError` with a sentence where somebody changed the row since, it may not be
        changed (confirmed money), its rules forbid it, or only the office may do it.
    """
    model = type(row)
    row = model._default_manager.select_for_update().get(pk=row.pk)
    newest = row.history.order_by("-history_id").first()
    if newest is None or newest.history_id != latest:
        raise ValidationError(_("您打开这一页以后，别人已经改过这一行。请先看看新内容。"))
    own_entry = record is None and newest.history_type == "+" and newest.history_user == user
    _check_allowed(row, record, user, own_entry=own_entry)
    _put_back(model, [(row, record)], user, reason)
    if record is not None:
        row.full_clean(exclude=["association"])
    return row


@transaction.atomic
def void_row(row: Any, user: object, *, reason: str) -> None:
    """作废: the row stays in the history and out of lists, totals and figures.

    Errors: `ValidationError` with a sentence where it is confirmed money, no reason is given, or
    other rows belong to it.
    """
    if not reason.strip():
        raise ValidationError(_("请写明为什么作废。"))
    row.check_edit()
    _check_no_rows_below(row)
    _put_back(type(row), [(row, None)], user, reason.strip())


def _check_no_rows_below(row: models.Model) -> None:
    for relation in row._meta.related_objects:
        other: Any = relation.related_model
        if relation.many_to_many or not issubclass(other, Record):
            continue
        below = other._default_manager.filter(**{relation.field.name: row})
        count = below.exclude(state=State.VOID).count()
        if count:
            words = {"n": count, "register": other._meta.verbose_name}
            raise ValidationError(_("它下面还有 %(n)s 行“%(register)s”，请先处理那些行。") % words)


def _check_allowed(row: Any, record: Any | None, user: object, *, own_entry: bool) -> None:
    """Whether this person may take this row back to that version."""
    voided = isinstance(row, Record) and row.state == State.VOID
    becomes_void = record is None or getattr(record, "state", "") == State.VOID
    if (voided or (becomes_void and not own_entry)) and not may(user, DELETE, row):
        raise ValidationError(_("作废和恢复作废只能由秘书处办理。"))
    if record is None and not isinstance(row, Record):
        raise ValidationError(_("这一行不能撤销。要改请点“修改”。"))
    if isinstance(row, Record) and not voided:
        row.check_edit()
    register = register_of(type(row))
    if record is not None and register is not None and register.flow is not None:
        _check_decided(register.flow, row, record, user)


def _check_decided(flow: Flow, row: Any, record: Any, user: object) -> None:
    """What the office decided, only the office takes back."""
    steps = {flow.state_of(row), flow.state_of(record)}
    if len(steps) > 1 and steps & set(flow.office) and not is_office(user, row.association_id):
        raise ValidationError(_("这一步是秘书处定的，只能由秘书处撤销。"))


def _put_back(
    model: type[models.Model], pairs: Sequence[tuple[Any, Any | None]], user: object, reason: str
) -> None:
    """Write the former versions, set by set, with links, history and search entries."""
    present = links_of(model, [row.pk for row, _record in pairs])
    past = LinkHistory(model, list(present))
    former = {
        row.pk: links
        for row, record in pairs
        if record is not None and (links := past.at(row.pk, getattr(record, "version", 0)))
    }
    for row, record in pairs:
        _make_former(row, record, user)
        _settle(row, present[row.pk], former.get(row.pk))
    taken_back = [row for row, _record in pairs]
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    common = {"default_user": person(user), "default_change_reason": reason[:100]}
    bulk_update_with_history(taken_back, model, fields, batch_size=BATCH, **common)
    write_links(model, former, new=False)
    if issubclass(model, Record):
        note_links(taken_back, present, former)
    check_ownership(user, model, CHANGE, taken_back)
    finish(model, taken_back, changed=taken_back)


def _make_former(row: Any, record: Any | None, user: object) -> None:
    """Lay the former columns over the row; its version goes on. As with every change, the office
    looks at it again where somebody else makes it."""
    version = getattr(row, "version", 0) + 1
    if record is None:
        row.state = State.VOID
    else:
        for field in record.tracked_fields:
            if not field.primary_key:
                setattr(row, field.attname, getattr(record, field.attname))
    if isinstance(row, Record):
        row.version, row.updated_at = version, timezone.now()
        if record is not None and not is_office(user, row.association_id):
            row.state = State.SUBMITTED


def _settle(row: Any, present: Links, former: Links | None) -> None:
    """What follows from links that come back, and the rules about them."""
    if former is None or former == present:
        return
    row.settle(
        {
            name: list(row._meta.get_field(name).related_model._default_manager.filter(pk__in=keys))
            for name, keys in former.items()
        }
    )
