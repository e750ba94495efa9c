"""Forms of a round's own pages."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.rules import rows
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.needs.models import Category, Urgency
from laoqu.areas.places.models import Place
from laoqu.coordination.rounds.models import (
    Attitude,
    LimitKind,
    Opinion,
    Round,
    RoundLimit,
    RoundNeed,
    Weight,
)
from laoqu.coordination.rounds.problem import Material
from laoqu.coordination.rounds.results import NeedRow
from laoqu.register.asked import whole_number
from laoqu.register.fields import MoneyFormField
from laoqu_engines.values.money import from_yuan, yuan

ANY = gettext_lazy("全部")
MONEY_HELP = gettext_lazy("单位万元。")


class NeedFilter(forms.Form):
    """Which needs to look at."""

    township = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("镇（街道）"), required=False, empty_label=ANY
    )
    category = forms.ChoiceField(
        label=gettext_lazy("类别"), required=False, choices=[("", ANY), *Category.choices]
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("紧迫程度"), required=False, choices=[("", ANY), *Urgency.choices]
    )

    def __init__(self, data: Any, needs: Any, user: object) -> None:
        super().__init__(data)
        self.needs = needs
        own = needs.order_by().values("places__parent")
        named = rows(user, Place).filter(level="township", pk__in=own)
        self.fields["township"].queryset = named  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        """The needs that fit."""
        told = self.cleaned_data if self.is_valid() else {}
        found = self.needs
        for name in ("category", "urgency"):
            if told.get(name):
                found = found.filter(**{name: told[name]})
        if told.get("township"):
            inside = found.model._default_manager.filter(
                places__area_code__startswith=told["township"].prefix
            )
            found = found.filter(pk__in=inside.order_by().values("pk"))
        return found


class ChannelForm(forms.Form):
    """One fund: whether it is used, how much of it, and what it demands."""

    used = forms.BooleanField(label=gettext_lazy("用这笔资金"), required=False)
    budget = MoneyFormField(
        label=gettext_lazy("这次可用（万元）"),
        required=False,
        help_text=gettext_lazy("也可以写“500元”。"),
    )
    match_percent = forms.DecimalField(
        label=gettext_lazy("要求配套（%）"),
        required=False,
        help_text=gettext_lazy("至少这么多由别的资金出。"),
        min_value=Decimal(0),
        max_value=Decimal(99),
        decimal_places=2,
    )
    fee_percent = forms.DecimalField(
        label=gettext_lazy("管理费（%）"),
        required=False,
        help_text=gettext_lazy("按出的钱另加。"),
        min_value=Decimal(0),
        max_value=Decimal(50),
        decimal_places=2,
    )

    @property
    def numbers(self) -> list[Any]:
        """The fields beside the tick."""
        return [self["budget"], self["match_percent"], self["fee_percent"]]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("used") and "budget" not in self.errors:
            amount = told.get("budget")
            if not amount or amount < 0:
                self.add_error("budget", _("要用这笔资金，请写这次可用多少。"))
        return told


class WeightsForm(forms.ModelForm):  # type: ignore[type-arg]
    """看重什么: four sliders with their words, and how far back help is counted."""

    class Meta:
        model = Round
        fields = (
            "urgency_weight",
            "people_weight",
            "weakness_weight",
            "history_weight",
            "history_years",
        )
        widgets = {
            name: forms.NumberInput(
                attrs={"type": "range", "min": 0, "max": 5, "step": 1, "class": "slider"}
            )
            for name in fields[:4]
        }

    SLIDERS = Meta.fields[:4]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.SLIDERS:
            label = self.fields[name].label
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                choices=Weight.choices,
                widget=self.Meta.widgets[name],
            )

    def sliders(self) -> list[tuple[Any, str]]:
        """Each slider with the word for where it stands."""
        words = dict(Weight.choices)
        return [
            (self[name], str(words.get(_whole(self[name].value()), ""))) for name in self.SLIDERS
        ]


def _whole(value: Any) -> int:
    found = whole_number(value)
    return -1 if found is None else found


ASKED_FOR: dict[str, tuple[str, ...]] = {
    LimitKind.CAP: ("place", "amount"),
    LimitKind.FLOOR: ("place", "amount"),
    LimitKind.SHARE: ("category", "number"),
    LimitKind.SERVE: ("place", "number"),
    LimitKind.UNSERVED_FIRST: ("number",),
}
NUMBERS: dict[str, tuple[Any, int]] = {
    LimitKind.SHARE: (gettext_lazy("至少占百分之几"), 100),
    LimitKind.SERVE: (gettext_lazy("至少办几条"), 1000),
    LimitKind.UNSERVED_FIRST: (gettext_lazy("连续几年没有得到帮扶"), 10),
}
"""What the number of a limit means, and the most it may be."""


class LimitForm(forms.ModelForm):  # type: ignore[type-arg]
    """One more rule of one kind; asks only for what that kind needs."""

    class Meta:
        model = RoundLimit
        fields = ("place", "category", "amount", "number")

    def __init__(self, kind: LimitKind, data: Any, places: Any) -> None:
        super().__init__(data, prefix=kind.value)
        self.kind = self.instance.kind = kind
        for name in self.Meta.fields:
            if name not in ASKED_FOR[kind]:
                del self.fields[name]
        if "place" in self.fields:
            field: Any = self.fields["place"]
            field.queryset, field.empty_label = places, _("所有的村")
            field.label_from_instance = lambda place: place.full_name
        if "category" in self.fields:
            self.fields["category"].required = True
        if "amount" in self.fields:
            self.fields["amount"].required = True
            self.fields["amount"].help_text = MONEY_HELP
        if "number" in self.fields:
            label, most = NUMBERS[kind]
            self.fields["number"] = forms.IntegerField(label=label, min_value=1, max_value=most)

    def clean_amount(self) -> Any:
        """A sum above nothing."""
        amount = self.cleaned_data["amount"]
        if amount is not None and amount <= 0:
            raise ValidationError(_("请写大于零的金额，例如“30万元”。"))
        return amount


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How one need may be paid."""

    class Meta:
        model = RoundNeed
        fields = ("divisible", "min_stage", "after")

    def __init__(self, *args: Any, cost_fen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cost_fen = cost_fen
        field: Any = self.fields["after"]
        field.empty_label = _("没有")
        others = self.instance.round.chosen.exclude(pk=self.instance.pk).select_related("need")
        field.queryset = others

    def clean_min_stage(self) -> Any:
        """At least something, and no more than the whole."""
        amount = self.cleaned_data["min_stage"]
        if amount is not None and not 0 < from_yuan(amount) <= self.cost_fen:
            raise ValidationError(_("要大于零，也不能超过这条需求要出的钱。"))
        return amount


class DepartureForm(forms.Form):
    """What the meeting decides for one need: one amount for each fund, and why."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("说一句为什么，会记进方案和函里。"),
    )
    overrule = forms.BooleanField(
        label=gettext_lazy("会议同意突破规矩"),
        required=False,
        help_text=gettext_lazy("只能突破会议自己定的规矩；资金的用途和总数不能突破。"),
    )

    def __init__(self, data: Any, material: Material, row: NeedRow) -> None:
        super().__init__(data)
        paid = {one.fund.code: one.fen for one in row.paid}
        self.funds: list[tuple[str, Any]] = []
        if row.departure is not None:
            self.fields["reason"].initial = row.departure.reason
        for channel in material.channels:
            code = channel.fund.code
            earmark = material.earmarks[row.need.code, code]
            if not earmark.allowed:
                continue
            name = f"fund{channel.pk}"
            self.fields[name] = MoneyFormField(
                label=channel.fund.name,
                required=False,
                initial=yuan(paid[code]) if paid.get(code) else None,
                help_text=_("单位万元，不出就空着。") + earmark.why,
            )
            self.funds.append((code, name))

    def amounts(self) -> list[Any]:
        """The fields of the funds."""
        return [self[name] for _code, name in self.funds]

    def told(self) -> dict[str, Any]:
        """What was decided, as `depart` takes it."""
        return {
            "payments": {
                code: from_yuan(self.cleaned_data[name])
                for code, name in self.funds
                if self.cleaned_data[name]
            },
            "reason": self.cleaned_data["reason"],
            "overrule": self.cleaned_data["overrule"],
        }

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for _code, name in self.funds:
            if told.get(name) is not None and told[name] < 0:
                self.add_error(name, _("金额不能是负数，请核对。"))
        return told


class DecideForm(forms.Form):
    """Which meeting decides."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=gettext_lazy("哪次会议审定的"),
        empty_label=gettext_lazy("请选"),
        help_text=gettext_lazy("没有的，先到“会议台账”里记一行。"),
    )

    def __init__(self, data: Any, meetings: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["meeting"]
        field.queryset = meetings
        field.label_from_instance = lambda meeting: f"{meeting.code} {meeting.name}"


class ReasonForm(forms.Form):
    """Why a step is taken back."""

    reason = forms.CharField(label=gettext_lazy("为什么撤回"), max_length=80)


class OpinionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a department says."""

    class Meta:
        model = Opinion
        fields = ("attitude", "content")
        widgets = {"content": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attitude"].choices = [("", _("请选")), *Attitude.choices]  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """The performance target of each project to be made, and how farmers benefit from industry."""

    def __init__(self, data: Any, asked: Sequence[dict[str, Any]]) -> None:
        super().__init__(data)
        self.groups: list[tuple[NeedRow, list[str]]] = []
        for one in asked:
            row: NeedRow = one["row"]
            names = [f"target{row.need.pk}"]
            self.fields[names[0]] = _long(_("绩效目标"), one["target"])
            if one["mechanism"]:
                names.append(f"benefit_mechanism{row.need.pk}")
                self.fields[names[1]] = _long(_("联农带农（利益联结）机制"), "")
            self.groups.append((row, names))

    def shown(self) -> list[tuple[NeedRow, list[Any]]]:
        """The fields by need."""
        return [(row, [self[name] for name in names]) for row, names in self.groups]

    def texts(self) -> dict[str, dict[str, str]]:
        """What was written, as `issue` takes it."""
        return {
            row.need.code: {
                name.removesuffix(str(row.need.pk)): self.cleaned_data[name] for name in names
            }
            for row, names in self.groups
        }


def _long(label: str, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label, initial=initial, widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )
