"""The page of organisations beyond the register: stated numbers beside named rows."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import CHANGE, association_of, may
from laoqu.areas.organisations import services


class StatedForm(forms.ModelForm):  # type: ignore[type-arg]
    """The numbers as the association states them."""

    class Meta:
        model = Association
        fields = ["stated_units", "stated_villages", "stated_branches"]


@login_required
def stated_numbers(request: HttpRequest) -> HttpResponse:
    """说的数与列出的数: the office may correct the stated numbers here."""
    association = association_of(request.user)
    if association is None:
        raise Http404
    changeable = may(request.user, CHANGE, association)
    form = StatedForm(request.POST or None, instance=association) if changeable else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            form.save()
            messages.success(request, _("已保存。"))
            return redirect("stated_numbers")
    context = {"form": form, "numbers": services.stated_numbers(association)}
    return render(request, "organisations/stated.html", context)
