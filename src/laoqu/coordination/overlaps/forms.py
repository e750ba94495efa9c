"""The small forms of a decision."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.areas.organisations.models import Organisation
from laoqu.coordination.overlaps.decisions import Decision
from laoqu.coordination.overlaps.letters import BOXES
from laoqu.coordination.overlaps.models import Conclusion, OverlapPair
from laoqu_engines.document import DocumentError, check_document_number

KEEP = {"keep_first": 0, "keep_second": 1}
"""The two buttons that confirm a duplicate, and which record each keeps."""
NUMBER = re.compile(r"(?P<before>.*〔)(?P<year>\d{4})〕(?P<serial>\d+)号")


class DecisionForm(forms.Form):
    """One button for each conclusion, and the ground."""

    verdict = forms.ChoiceField(
        choices=[(key, key) for key in KEEP]
        + [(one.value, one.label) for one in Conclusion if one != Conclusion.DUPLICATE],
        error_messages={"required": gettext_lazy("请点一个结论。")},
    )
    ground = forms.CharField(
        label=gettext_lazy("依据"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("问过谁、看过什么材料、到没到现场。以后的人看得懂为什么这样定。"),
        error_messages={"required": gettext_lazy("请写明依据，例如问过谁、看过什么材料。")},
    )

    def decision(self, pair: OverlapPair) -> Decision:
        """What the button and the ground say."""
        verdict, ground = self.cleaned_data["verdict"], self.cleaned_data["ground"]
        if verdict in KEEP:
            return Decision(Conclusion.DUPLICATE, ground, pair.codes[KEEP[verdict]])
        return Decision(verdict, ground)


class AskForm(forms.Form):
    """The number of the letter."""

    number = forms.CharField(
        label=gettext_lazy("函的文号"),
        max_length=60,
        help_text=gettext_lazy("例如“永老促函〔2025〕1号”。"),
    )

    def clean_number(self) -> str:
        """A number as official documents write it."""
        number = self.cleaned_data["number"].replace("[", "〔").replace("]", "〕")
        try:
            return check_document_number(number.replace(" ", ""))
        except DocumentError as error:
            raise ValidationError(str(error)) from None


class AnswerForm(forms.Form):
    """What a department answered on paper."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("哪个部门"), queryset=Organisation.objects.none()
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("勾的是哪一项"), choices=[(box, box) for box in BOXES]
    )
    words = forms.CharField(
        label=gettext_lazy("情况说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, pair: OverlapPair, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = pair.departments.all()  # type: ignore[attr-defined]

    def line(self) -> str:
        """The answer in one line."""
        given = self.cleaned_data
        return _("%(department)s：%(answer)s%(words)s") % given


def next_number(pair: OverlapPair) -> str:
    """The number after the last letter of the association; empty where there was none."""
    numbered = OverlapPair.objects.filter(association=pair.association).exclude(letter_number="")
    year = timezone.localdate().year
    last = numbered.order_by("-asked_on", "-updated_at").values_list("letter_number", flat=True)
    match = NUMBER.fullmatch(last[0]) if last else None
    if match is None:
        return ""
    serial = int(match["serial"]) + 1 if int(match["year"]) == year else 1
    return f"{match['before']}{year}〕{serial}号"
