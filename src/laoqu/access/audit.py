"""The audit trail: who did what, when, from where, with what result. Entries are only ever added.

Each entry carries the fingerprint of the one before it, so that a changed or missing entry shows.
"""

import hashlib
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """审计记录: one act of one person."""

    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("账号"), max_length=150)
    act = models.CharField(_("操作"), max_length=60)
    subject = models.CharField(_("对象"), max_length=200, blank=True)
    address = models.CharField(_("来自"), max_length=45, blank=True)
    succeeded = models.BooleanField(_("成功"), default=True)
    previous = models.CharField(_("上一条指纹"), max_length=64, blank=True)
    fingerprint = models.CharField(_("指纹"), max_length=64)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("audit entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("audit entries are never deleted")

    def digest(self) -> str:
        """The fingerprint that the entry's words and the entry before it make."""
        words = [self.at.isoformat(), self.actor, self.act, self.subject, self.address]
        text = "\n".join([*words, str(self.succeeded), self.previous])
        return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def write_entry(
    actor: str, act: str, *, subject: str = "", address: str = "", succeeded: bool = True
) -> AuditEntry:
    """Add one entry behind the last."""
    last = AuditEntry.objects.select_for_update().order_by("-pk").first()
    entry = AuditEntry(
        at=timezone.now(),
        actor=actor[:150],
        act=act,
        subject=subject[:200],
        address=address,
        succeeded=succeeded,
        previous=last.fingerprint if last else "",
    )
    entry.fingerprint = entry.digest()
    entry.save()
    return entry


def first_broken_entry() -> AuditEntry | None:
    """The first entry that was changed or whose predecessor is missing; None where all is whole."""
    previous = ""
    for entry in AuditEntry.objects.order_by("pk").iterator():
        if entry.previous != previous or entry.fingerprint != entry.digest():
            return entry
        previous = entry.fingerprint
    return None


def address_of(request: HttpRequest | None) -> str:
    """Where a request came from."""
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""


@receiver(user_logged_in)
def _logged_in(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    write_entry(user.get_username(), "登录", address=address_of(request))


@receiver(user_logged_out)
def _logged_out(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    if user is not None:
        write_entry(user.get_username(), "退出", address=address_of(request))


@receiver(user_login_failed)
def _login_failed(credentials: dict[str, Any], request: Any = None, **_kwargs: Any) -> None:
    name = str(credentials.get("username", ""))
    write_entry(name, "登录", address=address_of(request), succeeded=False)
