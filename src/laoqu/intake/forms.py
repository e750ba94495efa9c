"""The small forms of the intake: what comes in, what a name stands for, the sentence cited."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.areas.organisations.models import Kind, Organisation
from laoqu.areas.places.models import Level, Place
from laoqu.intake.files import ACCEPTED
from laoqu.intake.naming import (
    PARENT_OPEN,
    add_natural_village,
    add_organisation,
    canonical_name,
    kind_of,
    name_organisation,
    name_place,
)
from laoqu.intake.written import Unknown
from laoqu.register.models import YEARS

LATER, KNOWN, NEW = "later", "known", "new"


class MaterialForm(forms.Form):
    """A file, or words pasted from anywhere."""

    file = forms.FileField(
        label=gettext_lazy("选择文件"),
        required=False,
        help_text=gettext_lazy("Word、PDF、网页、文本、Excel 表或照片，最大 50 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )
    words = forms.CharField(
        label=gettext_lazy("或者粘贴文字"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("从微信、网页上复制来的文字，贴在这里。"),
    )
    keep_anyway = forms.BooleanField(
        label=gettext_lazy("仍然收下"),
        required=False,
        help_text=gettext_lazy("没有读出内容，或像是外县的材料，也留作出处。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("words", "").strip():
            raise ValidationError(_("请选择一个文件，或者粘贴一段文字。"))
        return cleaned

    def material(self) -> tuple[bytes, str]:
        """The bytes and the file name of what was handed in."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        words: str = self.cleaned_data["words"]
        first = words.strip().splitlines()[0][:40]
        return words.encode(), f"{first}.txt"


class YearForm(forms.Form):
    """The year whose work a document tells of."""

    year = forms.IntegerField(label=gettext_lazy("这份材料讲的是哪一年的工作"), validators=YEARS)


class KnownNames:
    """What an unknown name may turn out to be, read once for all questions of a page."""

    def __init__(self, user: object, association: Association) -> None:
        self.user, self.association = user, association

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places of the association's area, by key."""
        own = rows(self.user, Place).filter(area_code__startswith=self.association.area_code)
        return {str(place.pk): place for place in own.select_related("parent")}

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """The association's organisations, by key."""
        own = rows(self.user, Organisation).filter(association=self.association)
        return {str(organisation.pk): organisation for organisation in own}

    @cached_property
    def place_choices(self) -> list[tuple[str, str]]:
        """All places, with their townships."""
        return [(key, place.full_name) for key, place in self.places.items()]

    @cached_property
    def village_choices(self) -> list[tuple[str, str]]:
        """The villages a natural village may belong to."""
        return [
            (key, place.full_name)
            for key, place in self.places.items()
            if place.level == Level.VILLAGE
        ]


class NameForm(forms.Form):
    """What one unknown name stands for: a known place or body, a new one, or not yet said."""

    choice = forms.ChoiceField(widget=forms.RadioSelect, label=gettext_lazy("它是"))
    known = forms.ChoiceField(required=False)
    new_name = forms.CharField(label=gettext_lazy("全称"), required=False, max_length=100)
    new_kind = forms.ChoiceField(
        label=gettext_lazy("单位类型"), choices=Kind.choices, required=False
    )
    parent = forms.ChoiceField(required=False, label=gettext_lazy("所属行政村"))

    def __init__(self, unknown: Unknown, names: KnownNames, data: Any, prefix: str) -> None:
        self.unknown, self.names = unknown, names
        super().__init__(data, prefix=prefix, initial=self._proposed())
        if unknown.is_place:
            del self.fields["new_name"], self.fields["new_kind"]
            self._offer("known", _("已有的地名"), names.place_choices, _("（请选择）"))
            self._offer("parent", _("所属行政村"), names.village_choices, PARENT_OPEN)
            new = _("地名里没有，登记为自然村")
        else:
            del self.fields["parent"]
            bodies = [(key, str(body)) for key, body in names.organisations.items()]
            self._offer("known", _("已有的单位"), bodies, _("（请选择）"))
            new = _("新单位，登记下来")
        self._field("choice").choices = [(NEW, new), (KNOWN, _("已经有的")), (LATER, _("以后再说"))]

    def _proposed(self) -> dict[str, Any]:
        """A candidate where there is one, a new body under its full name; no place is guessed."""
        if self.unknown.candidates:
            return {"choice": KNOWN, "known": str(self.unknown.candidates[0].pk)}
        if self.unknown.is_place:
            return {"choice": LATER}
        full = canonical_name(self.unknown.name, self.names.association)
        return {"choice": NEW, "new_name": full, "new_kind": kind_of(full)}

    def guess(self) -> str:
        """What is proposed, in words; empty where only a person can say."""
        proposed = self.initial
        if self.errors or proposed["choice"] == LATER:
            return ""
        if proposed["choice"] == KNOWN:
            return _("已有的：%(name)s") % {"name": self.unknown.candidates[0]}
        kind = Kind(proposed["new_kind"]).label
        return _("新单位：%(name)s（%(kind)s）") % {"name": proposed["new_name"], "kind": kind}

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _offer(self, name: str, label: str, choices: list[tuple[str, str]], empty: str) -> None:
        self._field(name).label = label
        self._field(name).choices = [("", empty), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") == KNOWN and not cleaned.get("known"):
            self.add_error("known", _("请从已有的里面选一个。"))
        return cleaned

    def remember(self) -> bool:
        """Carry out the choice. Returns: whether anything was decided."""
        name, cleaned, names = self.unknown.name, self.cleaned_data, self.names
        if cleaned["choice"] == LATER:
            return False
        if cleaned["choice"] == KNOWN and self.unknown.is_place:
            name_place(name, names.places[cleaned["known"]], names.user)
        elif cleaned["choice"] == KNOWN:
            name_organisation(name, names.organisations[cleaned["known"]], names.user)
        elif self.unknown.is_place:
            parent = names.places.get(cleaned["parent"])
            add_natural_village(name, parent, names.association, names.user)
        else:
            full, kind = cleaned["new_name"], cleaned["new_kind"] or Kind.DEPARTMENT
            add_organisation(name, full, kind, names.association, names.user)
        return True


class QuoteForm(forms.Form):
    """The sentence of the source that a row typed by hand comes from."""

    quote = forms.CharField(
        label=gettext_lazy("出自原文哪一句"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("把那句话复制到这里；不填就算出自整份材料。"),
    )

    def __init__(self, text: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean_quote(self) -> str:
        quote = str(self.cleaned_data["quote"]).strip()
        if quote and quote not in self.text:
            raise ValidationError(_("原文里没有这句话，请从原文里原样复制。"))
        return quote

    def span(self) -> tuple[int, int]:
        """The characters of the sentence; of the whole text where none was given."""
        quote = self.cleaned_data["quote"]
        start = self.text.find(quote) if quote else 0
        return start, start + (len(quote) or len(self.text))
