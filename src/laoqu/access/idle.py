"""The log-in ends after half an hour without a page; a page read keeps it alive."""

from collections.abc import Callable
from time import time

from django.http import HttpRequest, HttpResponse

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
