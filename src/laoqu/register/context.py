"""What every page needs: the reader's display choices and the menu."""

from typing import Any

from django.http import HttpRequest

from laoqu.access.models import Association
from laoqu.access.rules import association_of, may_add
from laoqu.register.models import Source

SIZES = ("0", "1", "2", "3")
DISPLAY = {"care": ("0", "1"), "size": SIZES, "contrast": ("0", "1")}
"""Display choices: cookie name and allowed values, the first being the default."""

MENU = {
    "": ("", "search", "figures"),
    "intake": ("intake",),
    "progress": ("progress",),
    "report": ("report",),
    "account": ("account", "accounts", "audit", "tokens", "exports", "login", "logout"),
}
"""Entries of the menu and the first parts of the addresses below them; all others are registers."""


def page(request: HttpRequest) -> dict[str, Any]:
    """Display choices from cookies, the entries of the menu, the association whose ledger it is.

    Material and reports are the office's: nobody else who is logged in meets those entries.
    """
    chosen = {
        name: request.COOKIES[name] if request.COOKIES.get(name) in allowed else allowed[0]
        for name, allowed in DISPLAY.items()
    }
    size = int(chosen["size"])
    person = getattr(request, "user", None)  # nobody yet where the request itself is refused
    known = getattr(person, "is_authenticated", False)
    return {
        "display": chosen,
        "smaller": max(size - 1, 0),
        "larger": min(size + 1, len(SIZES) - 1),
        "entry": _entry(request.path),
        "for_office": not known or may_add(person, Source),
        "association": association_of(person) or Association.objects.first(),
    }


def _entry(path: str) -> str:
    """The entry of the menu under which an address lies."""
    first = path.split("/")[1]
    return next((entry for entry, parts in MENU.items() if first in parts), "registers")
