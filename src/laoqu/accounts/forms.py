"""Forms of the accounts pages: names are written as people write them."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.models import Association, Role
from laoqu.access.rules import CHANGE, may
from laoqu.accounts.services import Duty
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Level, Place
from laoqu.register.names import NameField

LEVELS = {
    Role.TOWNSHIP: (Level.TOWNSHIP,),
    Role.VILLAGE: (Level.VILLAGE, Level.NATURAL_VILLAGE),
}
"""The places at which a role may be held."""
COUNTY = 6  # digits of a county's code; an upper level has fewer


class DutyForm(forms.Form):
    """Which role, and for which unit or place."""

    role = forms.ChoiceField(label=gettext_lazy("做什么"))

    def __init__(self, user: Any, association: Association, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        roles = [Role.OFFICE, Role.DEPARTMENT, Role.TOWNSHIP, Role.VILLAGE]
        if len(association.area_code) < COUNTY:
            roles.append(Role.UPPER)
        self.fields["role"].choices = [(role, role.label) for role in roles]  # type: ignore[attr-defined]
        given: dict[str, Any] = {"user": user, "association": association, "required": False}
        self.fields["organisation"] = NameField(
            model=Organisation,
            label=_("哪个单位"),
            help_text=_("理事单位联络员要填。"),
            **given,
        )
        self.fields["place"] = NameField(
            model=Place,
            label=_("哪个镇（街道）或村"),
            help_text=_("镇街分会、村要填。"),
            **given,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if role == Role.DEPARTMENT and not cleaned.get("organisation"):
            self.add_error("organisation", _("请写明是哪个单位的联络员。"))
        if role in (Role.TOWNSHIP, Role.VILLAGE) and not cleaned.get("place"):
            self.add_error("place", _("请写明是哪个镇（街道）或村。"))
        elif role in LEVELS and cleaned["place"].level not in LEVELS[role]:
            self.add_error("place", _("镇街分会要写镇（街道），村要写村。"))
        for name in ("organisation", "place"):
            given = cleaned.get(name)
            if given is not None and not may(self.user, CHANGE, given):
                self.add_error(
                    name, _("“%(name)s”不归您这个老促会。请检查写法。") % {"name": given}
                )
        return cleaned

    @property
    def duty(self) -> Duty:
        """The role that was filled in, without what it does not need."""
        given = self.cleaned_data
        role = given["role"]
        return Duty(
            role,
            given["organisation"] if role == Role.DEPARTMENT else None,
            given["place"] if role in (Role.TOWNSHIP, Role.VILLAGE) else None,
        )


class AccountForm(DutyForm):
    """A new person."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=50)
    username = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=30,
        validators=[ASCIIUsernameValidator()],
        help_text=gettext_lazy("登录用，英文字母和数字，例如姓名的拼音。"),
    )
    field_order = ("name", "username", "role")

    def clean_username(self) -> str:
        """A name that nobody has yet, whatever its case."""
        username: str = self.cleaned_data["username"]
        if get_user_model().objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("这个账号已经有人用了，请换一个。"))
        return username
