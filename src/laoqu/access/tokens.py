"""Access by program: a token acts as exactly one appointment, and only its fingerprint is kept."""

import hashlib
import secrets
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.access.audit import write_entry
from laoqu.access.models import Appointment


class Token(models.Model):
    """接口令牌: what a program shows instead of a password."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="tokens", verbose_name=_("任职")
    )
    name = models.CharField(
        _("用途"), max_length=100, help_text=_("写明哪个程序用，例如“市级汇总”。")
    )
    digest = models.CharField(_("指纹"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def make_token(appointment: Appointment, name: str) -> str:
    """A new token for an appointment. Returns the word itself, which is shown only once."""
    word = f"laoqu_{secrets.token_urlsafe(32)}"
    Token.objects.create(appointment=appointment, name=name, digest=_digest(word))
    _log(appointment, "建立接口令牌", name)
    return word


def revoke_token(token: Token) -> None:
    """Stop a token at once and for good."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    _log(token.appointment, "停用接口令牌", token.name)


def _log(held: Appointment, act: str, name: str) -> None:
    write_entry(held.user, act, subject=name, association=held.association)


def person_of(word: str) -> Any:
    """The person a token stands for, holding that one appointment; None for a bad token."""
    token = (
        Token.objects.filter(digest=_digest(word), revoked_at=None)
        .select_related("appointment__user", "appointment__association")
        .select_related("appointment__organisation", "appointment__place")
        .first()
    )
    if token is None or not token.appointment.user.is_active:
        return None
    person: Any = token.appointment.user
    person._appointments = [token.appointment]
    return person
