"""The names written in proposals: what each stands for, and which ones nobody knows yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.db import models

from laoqu.access.models import Association
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.intake.models import Proposal
from laoqu.register.forms import form_class
from laoqu.register.names import Answer, NameField, names_kept, resolve_names, split_names
from laoqu.register.registry import Register

ASKED: tuple[type[models.Model], ...] = (Place, Organisation)
"""The kinds of names a person is asked about."""


@dataclass
class Unknown:
    """A name nobody knows yet, with the places or bodies it might mean, and where it is written."""

    model: type[models.Model]
    name: str
    candidates: Sequence[models.Model]
    positions: list[int] = field(default_factory=list)

    @property
    def is_place(self) -> bool:
        return self.model is Place


class WrittenNames:
    """The names in some proposals of one source, looked up together in few queries."""

    def __init__(self, proposals: Iterable[Proposal], user: object, association: Association):
        self.user, self.association = user, association
        self.forms: dict[str, dict[str, forms.Field]] = {}
        self.answers: dict[int, dict[str, list[tuple[str, Answer]]]] = {}
        with names_kept():
            for proposal in proposals:
                self.answers[proposal.pk] = {
                    name: self._look_up(field, proposal.data.get(name, ""))
                    for name, field in self.fields(proposal.register).items()
                    if isinstance(field, NameField) and field.model in ASKED
                }
        self.proposals = proposals

    def fields(self, register: str) -> dict[str, forms.Field]:
        """The form fields of a register, by name."""
        if register not in self.forms:
            made = form_class(Register.registers[register], self.user, self.association)
            self.forms[register] = made.base_fields
        return self.forms[register]

    def _look_up(self, field: NameField, text: str) -> list[tuple[str, Answer]]:
        names = split_names(text)[0] if field.many else [text.strip()] if text.strip() else []
        if not names:
            return []
        answers = resolve_names(field.model, names, self.user, self.association)
        return list(zip(names, answers, strict=True))

    def unknown_of(self, proposal: Proposal) -> list[str]:
        """The names of one proposal that nobody knows yet."""
        return [
            name
            for answers in self.answers[proposal.pk].values()
            for name, answer in answers
            if answer.row is None
        ]

    def keys(self, proposal: Proposal, field: str) -> frozenset[int]:
        """The rows that the names in a field stand for."""
        answers = self.answers[proposal.pk].get(field, [])
        return frozenset(answer.row.pk for _name, answer in answers if answer.row is not None)

    @cached_property
    def unknown(self) -> list[Unknown]:
        """All unknown names, each once, bodies first."""
        found: dict[tuple[type[models.Model], str], Unknown] = {}
        for proposal in self.proposals:
            for name, answers in self.answers[proposal.pk].items():
                model = self.fields(proposal.register)[name].model  # type: ignore[attr-defined]
                for written, answer in answers:
                    if answer.row is None:
                        entry = found.setdefault(
                            (model, written), Unknown(model, written, answer.candidates)
                        )
                        entry.positions.append(proposal.position)
        return sorted(found.values(), key=lambda entry: entry.is_place)
