"""What a person decides about proposals. Only here do read rows enter the ledger."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.access.rules import CHANGE, may, rows
from laoqu.intake.mapping import BELONGS_FIELD
from laoqu.intake.models import Decision, Proposal
from laoqu.intake.words import learn_from_edit
from laoqu.register.forms import RecordForm, form_class
from laoqu.register.models import Passage, Record, Source
from laoqu.register.names import kept, names_kept
from laoqu.register.registry import Register
from laoqu.register.writing import write_rows


class NotYet(Exception):
    """A proposal that cannot enter the ledger as it stands; the sentence says what to do."""


def form_data(proposal: Proposal, make: type[RecordForm]) -> dict[str, str]:
    """The proposal as a person would type it into the register's form, `make`."""
    source = proposal.source
    data = {name: field.initial for name, field in make.base_fields.items() if field.initial}
    data |= {"year": str(source.year or ""), "visibility": source.visibility, **proposal.data}
    within = proposal.belongs_to
    if within is not None and within.row is not None:
        total = Register.registers[within.register].model._default_manager.get(pk=within.row)
        data[BELONGS_FIELD[proposal.register]] = str(total)
    return data


def form_of(proposal: Proposal, user: object) -> type[RecordForm]:
    """The form class of the register that the proposal is for."""
    register = Register.registers[proposal.register]
    return form_class(register, user, proposal.source.association)


def form_for(proposal: Proposal, user: object, data: Any = None) -> RecordForm:
    """The register's own form, filled with the proposal or with what the person typed."""
    make = kept(("form", proposal.register), lambda: form_of(proposal, user))
    form = make(form_data(proposal, make) if data is None else data)
    written = str(proposal.reading.get("amount_as_written", ""))
    if written and form.data.get("amount") == proposal.data.get("amount"):
        form.instance.amount_as_written = written[:60]
    return form


def _held(keys: Sequence[int], user: object) -> list[Proposal]:
    """The proposals that still wait, locked. Errors: `PermissionDenied` where one is foreign."""
    mine = rows(user, Proposal, CHANGE).filter(pk__in=keys)
    locked = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=mine.values("pk"))
    found = list(locked.select_related("source__association", "belongs_to"))
    if len(found) != len(set(keys)):
        raise PermissionDenied
    return [proposal for proposal in found if proposal.is_pending]


def _held_one(pk: int, user: object) -> Proposal:
    """One proposal that still waits. Errors: `NotYet` when somebody has decided it already."""
    held = _held([pk], user)
    if not held:
        decided = Proposal.objects.get(pk=pk)
        raise NotYet(
            _("第 %(n)s 条已经有人处理过了（%(how)s）。")
            % {"n": decided.position, "how": decided.get_decision_display()}
        )
    return held[0]


@transaction.atomic
def confirm(pk: int, user: object, data: Any = None) -> Record:
    """Enter the proposal into the ledger, as proposed or as edited in `data`.

    Errors: `ValidationError` with the form's errors, `NotYet`, `PermissionDenied`.
    """
    proposal = _held_one(pk, user)
    within = proposal.belongs_to
    if within is not None and within.is_pending:
        raise NotYet(
            _("第 %(n)s 条包含在第 %(m)s 条里，请先决定第 %(m)s 条。")
            % {"n": proposal.position, "m": within.position}
        )
    form = form_for(proposal, user, data)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    if data is not None:
        learn_from_edit(proposal, form)
        proposal.data = {name: form.data.get(name, "") for name in form.fields}
    return _enter([(proposal, form)], user)[0]


def _enter(pairs: Sequence[tuple[Proposal, RecordForm]], user: object) -> list[Record]:
    """Write the rows of one register with their history, and let each cite its passage."""
    source = pairs[0][0].source
    reason = _("据“%(title)s”入账") % {"title": source.title}
    written: Any = write_rows([form for _proposal, form in pairs], reason=reason[:100])
    for (proposal, _form), row in zip(pairs, written, strict=True):
        _cite(row, proposal)
        _decide(proposal, Decision.CONFIRMED, user, row)
    return list(written)


@transaction.atomic
def merge(pk: int, row: Record, user: object) -> None:
    """Let an existing row cite the passage too; its figures stay as they are."""
    proposal = _held_one(pk, user)
    if not may(user, CHANGE, row):
        raise PermissionDenied
    _cite(row, proposal)
    _decide(proposal, Decision.MERGED, user, row)


@transaction.atomic
def reject(pk: int, user: object) -> None:
    """The proposal is not wanted; it stays visible beside the text."""
    _decide(_held_one(pk, user), Decision.REJECTED, user, None)


@transaction.atomic
def reconsider(pk: int, user: object) -> None:
    """Take a rejection back."""
    mine = rows(user, Proposal, CHANGE).filter(decision=Decision.REJECTED, pk=pk)
    proposal = mine.select_for_update().first()
    if proposal is not None:
        _decide(proposal, Decision.PENDING, user, None)


@transaction.atomic
def confirm_all(chosen: Sequence[tuple[int, Record | None]], user: object) -> tuple[int, int, int]:
    """Confirm many proposals in one transaction, or merge those that come with a row.

    Returns: how many were confirmed, merged and left for a decision of their own.
    """
    twins = dict(chosen)
    waiting = _held(list(twins), user)
    merged = [proposal for proposal in waiting if twins[proposal.pk] is not None]
    for proposal in merged:
        merge(proposal.pk, twins[proposal.pk], user)  # type: ignore[arg-type]
    fresh = [proposal for proposal in waiting if twins[proposal.pk] is None]
    confirmed = 0
    with names_kept():
        while fresh:
            now, fresh = _not_within(fresh)
            confirmed += _enter_valid(now, user)
    return confirmed, len(merged), len(chosen) - confirmed - len(merged)


def _not_within(waiting: Sequence[Proposal]) -> tuple[list[Proposal], list[Proposal]]:
    """Those that lie within no other that waits, and the rest, which come after them."""
    keys = {proposal.pk for proposal in waiting}
    outer = [proposal for proposal in waiting if proposal.belongs_to_id not in keys]
    inner = [proposal for proposal in waiting if proposal.belongs_to_id in keys]
    return outer or list(waiting), inner if outer else []


def _enter_valid(waiting: Sequence[Proposal], user: object) -> int:
    """Enter what its form accepts, register by register. Returns: how many."""
    valid: dict[str, list[tuple[Proposal, RecordForm]]] = {}
    for proposal in waiting:
        if proposal.belongs_to is not None:
            proposal.belongs_to.refresh_from_db()
            if proposal.belongs_to.is_pending:
                continue
        form = form_for(proposal, user)
        if form.is_valid():
            valid.setdefault(proposal.register, []).append((proposal, form))
    return sum(len(_enter(pairs, user)) for pairs in valid.values())


def _cite(row: Any, proposal: Proposal) -> None:
    row.passages.add(passage_at(proposal.source, proposal.start, proposal.end))


def passage_at(source: Source, start: int, end: int) -> Passage:
    """The passage of a source at a span, made when no row has cited it yet."""
    passage, _created = Passage.objects.get_or_create(source=source, start=start, end=end)
    return passage


def _decide(proposal: Proposal, decision: str, user: object, row: Record | None) -> None:
    proposal.decision = decision
    proposal.row = row.pk if row else None
    proposal.decided_by = user if getattr(user, "is_authenticated", False) else None
    proposal.decided_at = timezone.now()
    proposal.save()
