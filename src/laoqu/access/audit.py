"""The audit trail: who did what, when, from where, with what result. Entries are only ever added.

Each entry carries the fingerprint of the one before it, so that a changed or missing entry shows.
An office reads those of its own association.
"""

import hashlib
from typing import Any, NoReturn

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import IntegrityError, models, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from laoqu.access.models import Association
from laoqu.access.rules import association_of, rows

ATTEMPTS = 100


class OnlyAdded(models.QuerySet["AuditEntry"]):
    """Entries that nobody changes or deletes, one by one or many at once."""

    def update(self, **_changes: Any) -> NoReturn:
        raise TypeError("audit entries are never changed")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("audit entries are never changed")

    def delete(self) -> NoReturn:
        raise TypeError("audit entries are never deleted")


class AuditEntry(models.Model):
    """审计记录: one act of one person."""

    association = models.ForeignKey(
        Association, models.PROTECT, null=True, related_name="+", verbose_name=_("老促会")
    )
    """Whose office may read it; None where nobody known acted."""
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("账号"), max_length=150)
    act = models.CharField(_("操作"), max_length=60)
    subject = models.CharField(_("对象"), max_length=200, blank=True)
    address = models.CharField(_("来自"), max_length=45, blank=True)
    succeeded = models.BooleanField(_("成功"), default=True)
    previous = models.CharField(_("上一条指纹"), max_length=64, blank=True, unique=True)
    fingerprint = models.CharField(_("指纹"), max_length=64)

    objects = OnlyAdded.as_manager()

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
        owner = [str(self.association_id)] if self.association_id else []
        text = "\n".join([*words, *owner, str(self.succeeded), self.previous])
        return hashlib.sha256(text.encode()).hexdigest()


def write_entry(actor: Any, act: str, *, subject: str = "", **more: Any) -> AuditEntry:
    """Add one entry behind the last, with where the request at hand came from.

    Of two at the same moment the later comes behind the other.

    Args:
        actor: the person, or a bare name where nobody known acted.
        more: `succeeded`; `association`, where it is not the one the person works for.
    """
    known = not isinstance(actor, str)
    entry = AuditEntry(
        actor=(actor.get_username() if known else actor)[:150],
        act=act,
        subject=subject[:200],
        address=address_of(getattr(HistoricalRecords.context, "request", None)),
        **{"association": association_of(actor) if known else None, **more},
    )
    for _attempt in range(ATTEMPTS):
        last = AuditEntry.objects.order_by("-pk").first()
        entry.at, entry.previous = timezone.now(), last.fingerprint if last else ""
        entry.fingerprint = entry.digest()
        try:
            with transaction.atomic():
                entry.save()
        except IntegrityError:  # no two entries follow the same one
            continue
        return entry
    raise RuntimeError("too many entries at once")


def entries_for(user: object) -> models.QuerySet[AuditEntry]:
    """What an office may read: its own association's, and those of nobody known."""
    return rows(user, AuditEntry) | AuditEntry.objects.filter(association=None)


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
def _logged_in(user: Any, **_kwargs: Any) -> None:
    write_entry(user, "登录")


@receiver(user_logged_out)
def _logged_out(user: Any, **_kwargs: Any) -> None:
    if user is not None:
        write_entry(user, "退出")


@receiver(user_login_failed)
def _login_failed(credentials: dict[str, Any], **_kwargs: Any) -> None:
    name = str(credentials.get("username", ""))
    person = get_user_model()._default_manager.filter(username=name).first()
    write_entry(person or name, "登录", succeeded=False)
