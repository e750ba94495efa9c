"""疑似重复建设台账."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from laoqu.access.rules import rows
from laoqu.coordination.overlaps.models import OPEN, OverlapPair, open_pairs, pairs_of
from laoqu.coordination.overlaps.works import MODELS
from laoqu.register.filters import ANY, PlaceFilters
from laoqu.register.registry import Action, Line, Register, Section


class OverlapFilters(PlaceFilters):
    """Also by whether somebody still has to decide, by department, and by one of the records."""

    waiting = django_filters.ChoiceFilter(
        method="by_waiting",
        label=_("要不要研判"),
        choices=[("yes", _("还等着研判")), ("no", _("已经研判"))],
        empty_label=ANY,
    )
    need = django_filters.NumberFilter(
        method="about", label=_("老区需求"), widget=forms.HiddenInput
    )
    project = django_filters.NumberFilter(
        method="about", label=_("帮扶项目"), widget=forms.HiddenInput
    )
    contribution = django_filters.NumberFilter(
        method="about", label=_("帮扶资金"), widget=forms.HiddenInput
    )

    def by_waiting(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Pairs that wait for a decision, or do not."""
        return open_pairs(queryset) if value == "yes" else queryset.exclude(stage__in=OPEN)

    def about(self, queryset: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Pairs about one record, which must be one that this person may see."""
        [model] = [model for model in MODELS if model._meta.model_name == name]
        codes = list(rows(self.user, model).filter(pk=value).values_list("code", flat=True))
        return pairs_of(codes, queryset)


class OverlapRegister(Register):
    """疑似重复建设台账: pairs of records that may be one work, and what was decided on each."""

    model = OverlapPair
    slug = "overlaps"
    line = Line.HELP
    not_shown = [
        "answers",
        "asked_on",
        "decided_by",
        "first_fingerprint",
        "former_stage",
        "ground",
        "kept_code",
        "letter_number",
        "reason",
        "score",
        "second_fingerprint",
    ]
    purpose = _("可能是同一件事的两条记录，为什么可能，研判成了什么、依据是什么。")
    columns = [
        "code", "facility", "places", "first_code", "second_code", "level", "relation", "stage",
    ]  # fmt: skip
    search = ["facility", "first_code", "second_code", "ground", "places__name"]
    filters = ["year", "stage", "level", "relation", "conclusion", "departments"]
    filterset = OverlapFilters
    form = [Section(_("哪两条可能是同一件事"), "year", "first_code", "second_code")]
    shown = ["facility", "level", "relation", "stage", "conclusion", "decided_on"]
    list_actions = [Action(_("系统看得准不准"), "overlap_accuracy")]
    page = "overlaps/pair.html"

    def context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Both records side by side, and the forms of the decision."""
        from laoqu.coordination.overlaps.views import pair_context

        return pair_context(request, row)
