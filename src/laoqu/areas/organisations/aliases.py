"""The page on which the other names of a place or of an organisation are seen and put right."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.rules import CHANGE, rows
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.register.models import lines
from laoqu.register.registry import record_url


class NamesForm(forms.Form):
    """One name a line."""

    names = forms.CharField(
        label=gettext_lazy("别的叫法"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("一行写一个：简称、曾用名、俗称。材料里写到其中任何一个，都认得。"),
    )

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        self.row = row
        given = {"names": "\n".join(alias.name for alias in row.aliases.order_by("pk"))}
        super().__init__(*args, initial=given, **kwargs)

    def clean_names(self) -> list[str]:
        """The names, each once, without the row's own."""
        names = [n for n in dict.fromkeys(lines(self.cleaned_data["names"])) if n != self.row.name]
        most = self.row.aliases.model._meta.get_field("name").max_length
        for name in names:
            if len(name) > most:
                raise ValidationError(
                    _("“%(name)s…”太长，一个名称最多 %(most)s 个字。")
                    % {"name": name[:10], "most": most}
                )
        return names

    @transaction.atomic
    def save(self) -> None:
        """Keep these names and no others; the row's history says so."""
        names = self.cleaned_data["names"]
        self.row.aliases.exclude(name__in=names).delete()
        for name in names:
            self.row.aliases.get_or_create(name=name)
        self.row._change_reason = (_("别的叫法：") + ("、".join(names) or _("没有")))[:100]
        self.row.save()


@login_required
def organisation_names(request: HttpRequest, pk: int) -> HttpResponse:
    """简称、曾用名."""
    return _edit_names(request, Organisation, pk)


@login_required
def place_names(request: HttpRequest, pk: int) -> HttpResponse:
    """别名、俗称."""
    return _edit_names(request, Place, pk)


def _edit_names(request: HttpRequest, model: type[models.Model], pk: int) -> HttpResponse:
    """Shows the names of a row that the person may change, and keeps what is typed."""
    row = get_object_or_404(rows(request.user, model, CHANGE), pk=pk)
    form = NamesForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存。"))
        return redirect(record_url(row))
    return render(request, "organisations/names.html", {"form": form, "row": row})
