"""The page where a person makes and stops tokens for programs."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from laoqu.access.rules import appointments
from laoqu.access.tokens import Token, make_token, revoke_token


class TokenForm(forms.Form):
    """Which appointment, and what for."""

    appointment = forms.ChoiceField(label=_("以哪个任职"))
    name = forms.CharField(
        label=_("用途"), max_length=100, help_text=_("写明哪个程序用，例如“市级汇总”。")
    )


@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens; a new one is shown once."""
    held = {str(one.pk): one for one in appointments(request.user)}
    form = TokenForm(request.POST or None)
    choices = [(key, f"{one.association} · {one.get_role_display()}") for key, one in held.items()]
    form.fields["appointment"].choices = choices  # type: ignore[attr-defined]
    word = ""
    if request.method == "POST" and form.is_valid():
        chosen = held[form.cleaned_data["appointment"]]
        word = make_token(chosen, form.cleaned_data["name"])
    own = Token.objects.filter(appointment__in=held.values(), revoked_at=None)
    context = {"form": form, "word": word, "tokens": own.select_related("appointment")}
    return render(request, "access/tokens.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop one of one's own tokens."""
    own = Token.objects.filter(appointment__in=appointments(request.user))
    revoke_token(get_object_or_404(own, pk=pk))
    return redirect("tokens")
