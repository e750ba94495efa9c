"""What stands now, whatever the year: evidence beside the figures, read off the ledger's rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from laoqu.access.rules import rows
from laoqu.areas.organisations.models import Kind, Organisation
from laoqu.areas.organisations.services import council_units
from laoqu.areas.people.models import Post, PostStage
from laoqu.areas.rules.models import Rule
from laoqu.register.models import State
from laoqu.register.registry import Register, record_url


@dataclass(frozen=True)
class Standing:
    """A name, and what the ledger says of an organisation: in words, with the page that shows it.

    `read` gives None where it says nothing of such an organisation, and no words where there is
    nothing to say.
    """

    label: Any
    read: Callable[[object, Organisation], tuple[str, str] | None]


def _field(name: str) -> Standing:
    """A field of the organisation's own row."""

    def read(user: object, body: Organisation) -> tuple[str, str]:
        return getattr(body, name), record_url(body)

    return Standing(Organisation._meta.get_field(name).verbose_name, read)


def _count(label: Any, slug: str, found: Callable[[object, Organisation], Any], **of: str) -> Any:
    """How many rows of an association a list shows; of a branch nothing is said."""

    def read(user: object, body: Organisation) -> tuple[str, str] | None:
        if body.kind != Kind.ASSOCIATION:
            return None
        number = found(user, body).count()
        query = f"?{urlencode(of)}" if of else ""
        return str(number) if number else "", f"{Register.registers[slug].url()}{query}"

    return Standing(label, read)


def _serving(user: object, body: Organisation) -> Any:
    own = rows(user, Post).filter(association=body.association, state=State.REVIEWED)
    return own.filter(stage=PostStage.IN_OFFICE)


def _in_force(user: object, body: Organisation) -> Any:
    own = rows(user, Rule).filter(association=body.association, state=State.REVIEWED)
    return own.filter(repealed_on="")


STANDING = (
    _field("premises"),
    _field("nameplate"),
    _field("staff"),
    _field("funding"),
    _count(_("在任的职务"), "posts", _serving, stage=PostStage.IN_OFFICE.value),
    _count(
        _("现在的理事单位"), "organisations", lambda user, body: council_units(body.association)
    ),
    _count(_("现行制度"), "rules", _in_force),
)
