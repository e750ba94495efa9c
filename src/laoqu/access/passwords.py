"""Password rules beyond Django's own: three kinds of characters, none of the last five, 90 days."""

import re
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z\d]")


class ThreeKindsValidator:
    """At least three of: small letters, capital letters, digits, other signs."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise `ValidationError` where fewer than three kinds occur."""
        if sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """What the rule asks for."""
        return _("密码要有小写字母、大写字母、数字、符号中的至少三种。")


ALPHABET = "abcdefghjkmnpqrstuvwxyz"  # no i, l, o: they look like 1 and 0 on paper
DIGITS = "23456789"
KEPT = 5
AGE = timedelta(days=90)
DUE = "password_due"
"""In the session: the password must be changed before anything else."""


def random_password() -> str:
    """A password that is easy to copy from paper: three kinds of characters, about 60 bits."""
    groups = [
        "".join(secrets.choice(ALPHABET) for _ in range(4)) + secrets.choice(DIGITS)
        for _ in range(3)
    ]
    return "-".join(groups)


class PasswordRecord(models.Model):
    """密码记录: when a password was set, the ones before it, and whether somebody else knows it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="password_record",
        verbose_name=gettext_lazy("人员"),
    )
    set_at = models.DateTimeField(gettext_lazy("设置时间"))
    must_change = models.BooleanField(gettext_lazy("登录后要换"), default=False)
    earlier = models.JSONField(gettext_lazy("用过的"), default=list)
    """The hashes of the last five passwords, the present one first."""

    class Meta:
        verbose_name = gettext_lazy("密码记录")
        verbose_name_plural = gettext_lazy("密码记录")

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"


class NotUsedBeforeValidator:
    """None of the last five passwords."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` where the person had this password not long ago."""
        record = (
            PasswordRecord.objects.filter(user=user).first() if getattr(user, "pk", 0) else None
        )
        if record and any(check_password(password, one) for one in record.earlier):
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """What the rule asks for."""
        return _("不能与最近用过的 5 个密码相同。")


@transaction.atomic
def set_password(user: Any, password: str, *, must_change: bool = False) -> None:
    """Give a person a password and remember it.

    Args:
        must_change: somebody else has seen it, so it is to be changed after the next log-in.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    record, _created = PasswordRecord.objects.get_or_create(
        user=user, defaults={"set_at": timezone.now()}
    )
    record.set_at, record.must_change = timezone.now(), must_change
    record.earlier = [user.password, *record.earlier][:KEPT]
    record.save()


def is_due(user: Any) -> bool:
    """Whether the person is to change the password now: seen by somebody else, or 90 days old."""
    record = PasswordRecord.objects.filter(user=user).first()
    return record is not None and (record.must_change or timezone.now() - record.set_at > AGE)


@receiver(user_logged_in)
def _ask_at_login(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    if is_due(user):
        request.session[DUE] = True
