"""What the office does with accounts. Each act stands in the audit trail."""

from dataclasses import dataclass
from typing import Any

from axes.utils import reset
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from laoqu.access.audit import write_entry
from laoqu.access.models import Appointment, Association, Role
from laoqu.access.passwords import random_password, set_password
from laoqu.access.rules import CHANGE, appointments, rows


@dataclass(frozen=True)
class Duty:
    """A role to be given: with a unit for a department, with a place for a township or village."""

    role: str
    organisation: Any = None
    place: Any = None


def office_of(user: object) -> Association | None:
    """The association whose office this person belongs to."""
    held = [one for one in appointments(user) if one.role == Role.OFFICE]
    return held[0].association if held else None


def people_of(association: Association) -> models.QuerySet[Any]:
    """Everybody with an appointment at the association."""
    return (
        get_user_model()
        .objects.filter(appointments__association=association)
        .distinct()
        .order_by("-is_active", "first_name", "username")
    )


@transaction.atomic
def open_account(by: Any, username: str, name: str, duty: Duty) -> tuple[Any, str]:
    """A new person with one appointment. Returns: the person, and the password to hand over."""
    person = get_user_model()(username=username, first_name=name)
    person.set_unusable_password()
    person.save()
    _log(by, "开账号", person)
    appoint(by, person, duty)
    return person, give_password(by, person)


@transaction.atomic
def appoint(by: Any, person: Any, duty: Duty) -> Appointment:
    """Give a person a further role at the office's association."""
    made = Appointment(
        user=person,
        role=duty.role,
        association=office_of(by),  # type: ignore[misc]
        organisation=duty.organisation,
        place=duty.place,
    )
    made.save()
    _log(by, f"给予任职 {made.get_role_display()}", person)
    return made


@transaction.atomic
def end_appointment(by: Any, held: Appointment) -> None:
    """Take a role away. Errors: `ValidationError` where the association would be left without."""
    others = Appointment.objects.filter(
        association=held.association, role=Role.OFFICE, user__is_active=True
    ).exclude(pk=held.pk)
    if held.role == Role.OFFICE and not others.exists():
        raise ValidationError(_("秘书处至少要留一个账号。请先给另一位开账号，再收回这一个。"))
    _log(by, f"收回任职 {held.get_role_display()}", held.user)
    held.delete()


@transaction.atomic
def give_password(by: Any, person: Any) -> str:
    """A random password, shown once and to be changed after the next log-in; unlocks as well."""
    password = random_password()
    set_password(person, password, must_change=True)
    reset(username=person.get_username())
    _log(by, "重设密码", person)
    return password


@transaction.atomic
def set_active(by: Any, person: Any, active: bool) -> None:
    """Stop or resume an account. Errors: `ValidationError` for one's own account."""
    if person.pk == by.pk:
        raise ValidationError(_("不能停用自己的账号。"))
    person.is_active = active
    person.save(update_fields=["is_active"])
    _log(by, "恢复账号" if active else "停用账号", person)


def is_ours_alone(by: Any, person: Any) -> bool:
    """Whether all appointments of the person are at the office's own association."""
    ours = rows(by, Appointment, CHANGE)
    return not Appointment.objects.filter(user=person).exclude(pk__in=ours.values("pk")).exists()


def _log(by: Any, act: str, person: Any) -> None:
    write_entry(by, act, subject=person.get_username(), association=office_of(by))
