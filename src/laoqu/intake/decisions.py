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
from laoqu.register.forms import RecordForm, form_class
from laoqu.register.models import Passage, Record, Source
from laoqu.register.names import names_kept
from laoqu.register.registry import Register


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
    make = form_of(proposal, user)
    form = make(form_data(proposal, make) if data is None else data)
    written = str(proposal.reading.get("amount_as_written", ""))
    if written and form.data.get("amount") == proposal.data.get("amount"):
        form.instance.amount_as_written = written[:60]
    return form


def _held(proposal_pk: int, user: object) -> Proposal:
    """The proposal, locked. Errors: `PermissionDenied` when foreign, `NotYet` when decided."""
    mine = rows(user, Proposal, CHANGE).filter(pk=proposal_pk).values("pk")
    locked = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=mine)
    proposal = locked.select_related("source__association", "belongs_to").first()
    if proposal is None:
        raise PermissionDenied
    if not proposal.is_pending:
        raise NotYet(
            _("第 %(n)s 条已经有人处理过了（%(how)s）。")
            % {"n": proposal.position, "how": proposal.get_decision_display()}
        )
    return proposal


@transaction.atomic
def confirm(proposal_pk: int, user: object, data: Any = None) -> Record:
    """Enter the proposal into the ledger, as proposed or as edited in `data`.

    Errors: `ValidationError` with the form's errors, `NotYet`, `PermissionDenied`.
    """
    proposal = _held(proposal_pk, user)
    within = proposal.belongs_to
    if within is not None and within.is_pending:
        raise NotYet(
            _("第 %(n)s 条包含在第 %(m)s 条里，请先决定第 %(m)s 条。")
            % {"n": proposal.position, "m": within.position}
        )
    form = form_for(proposal, user, data)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    row = form.save_record()
    assert isinstance(row, Record)
    if data is not None:
        proposal.data = {name: form.data.get(name, "") for name in form.fields}
    _cite(row, proposal)
    _decide(proposal, Decision.CONFIRMED, user, row)
    return row


@transaction.atomic
def merge(proposal_pk: int, row: Record, user: object) -> None:
    """Let an existing row cite the passage too; its figures stay as they are."""
    proposal = _held(proposal_pk, user)
    if not may(user, CHANGE, row):
        raise PermissionDenied
    _cite(row, proposal)
    _decide(proposal, Decision.MERGED, user, row)


@transaction.atomic
def reject(proposal_pk: int, user: object) -> None:
    """The proposal is not wanted; it stays visible beside the text."""
    _decide(_held(proposal_pk, user), Decision.REJECTED, user, None)


@transaction.atomic
def reconsider(proposal_pk: int, user: object) -> None:
    """Take a rejection back."""
    mine = rows(user, Proposal, CHANGE).filter(decision=Decision.REJECTED, pk=proposal_pk)
    proposal = mine.select_for_update().first()
    if proposal is not None:
        _decide(proposal, Decision.PENDING, user, None)


@transaction.atomic
def confirm_all(chosen: Sequence[tuple[int, Record | None]], user: object) -> tuple[int, int, int]:
    """Confirm many proposals in one transaction, or merge those that come with a row.

    Returns: how many were confirmed, merged and left for a decision of their own.
    """
    confirmed = merged = left = 0
    with names_kept():
        for pk, row in _totals_first(chosen):
            try:
                if row is not None:
                    merge(pk, row, user)
                    merged += 1
                else:
                    confirm(pk, user)
                    confirmed += 1
            except (NotYet, ValidationError):
                left += 1
    return confirmed, merged, left


def _totals_first(chosen: Sequence[tuple[int, Record | None]]) -> list[tuple[int, Record | None]]:
    """What others belong to comes before them, else the order of the text."""
    above = dict(
        Proposal.objects.filter(pk__in=[pk for pk, _row in chosen]).values_list(
            "pk", "belongs_to_id"
        )
    )

    def depth(pk: int | None) -> int:
        steps = 0
        while pk is not None and steps < 10:
            pk, steps = above.get(pk), steps + 1
        return steps

    return sorted(chosen, key=lambda pair: depth(pair[0]))


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
