"""Where somebody is logged in: every session is one device, and ending it logs that device out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from laoqu.access.audit import address_of

DEVICE = "device"
"""In the session: since when, from where and with what."""
BROWSERS = {
    "MicroMessenger": "微信",
    "DingTalk": "钉钉",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "Macintosh": "Mac",
    "Linux": "Linux",
}
"""The words of a browser about itself, the more telling ones first, and what people call them."""


@dataclass(frozen=True)
class Device:
    """One log-in that still holds. `key` names it on the page and is of no use to anybody else."""

    key: str
    name: str
    address: str
    since: datetime | None
    present: bool


def devices_of(user: Any, present: str | None) -> list[Device]:
    """Where this person is logged in; `present` is the key of the session that asks."""
    found = []
    for session, kept in _sessions(user):
        told = kept.get(DEVICE, {})
        found.append(
            Device(
                _key(session.session_key),
                told.get("name") or _("不知道是什么"),
                told.get("address", ""),
                parse_datetime(told.get("since", "")),
                session.session_key == present,
            )
        )
    return sorted(found, key=lambda device: not device.present)


def end_device(user: Any, key: str) -> bool:
    """Log one of this person's devices out. Returns: whether there was such a one."""
    for session, _kept in _sessions(user):
        if _key(session.session_key) == key:
            session.delete()
            return True
    return False


def _sessions(user: Any) -> Iterator[tuple[Session, dict[str, Any]]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(user.pk):
            yield session, kept


def _key(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]


@receiver(user_logged_in)
def _remember(request: HttpRequest, **_kwargs: Any) -> None:
    told = request.headers.get("user-agent", "")
    named = [
        next((name for word, name in words.items() if word in told), "")
        for words in (BROWSERS, SYSTEMS)
    ]
    request.session[DEVICE] = {
        "name": " · ".join(filter(None, named)),
        "address": address_of(request),
        "since": timezone.now().isoformat(),
    }
