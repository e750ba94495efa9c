"""Pages that belong to no single area: home, the register index, display choices."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from laoqu.register.context import DISPLAY
from laoqu.register.registry import Register, by_line


def registers(request: HttpRequest) -> HttpResponse:
    """查台账: all registers, grouped by the association's own lines of work."""
    return render(request, "registers.html", {"groups": by_line(Register.registers.values())})


@require_POST
def choose_display(request: HttpRequest) -> HttpResponse:
    """Keep a display choice (关怀版, 字号, 高对比) in a cookie and return to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, allowed in DISPLAY.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(name, value, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response
