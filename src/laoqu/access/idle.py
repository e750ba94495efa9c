"""The log-in ends after half an hour without a page; a page read keeps it alive.

What somebody typed into a form meanwhile is kept, sealed, until they have logged in again.
"""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

from laoqu.access.sealing import open_text, seal_text

RENEWED = "renewed"
PAUSE = 60
"""Seconds: writing the session on every page would lock the database for every reader."""


def keep_logged_in(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: renew the session of a person who reads on, at most once a minute."""

    def renew(request: HttpRequest) -> HttpResponse:
        now = int(time())
        if request.user.is_authenticated and now - request.session.get(RENEWED, 0) >= PAUSE:
            request.session[RENEWED] = now
        return get_response(request)

    return renew


TYPED = "typed"
MOST_TYPED = 100_000
"""Characters of a form that are kept."""


def login_keeping_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `login_required`, but a form that was posted too late is kept for `typed_before`."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        words = request.POST.urlencode()
        if request.method == "POST" and len(words) <= MOST_TYPED:
            request.session[TYPED] = {"path": request.path, "words": seal_text(words, TYPED)}
        return redirect_to_login(request.get_full_path())

    return checked


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed into this very page before the log-in ended; it is given once."""
    kept = request.session.get(TYPED)
    if request.method == "POST" or not kept or kept["path"] != request.path:
        return None
    del request.session[TYPED]
    return QueryDict(open_text(kept["words"], TYPED) or "")
