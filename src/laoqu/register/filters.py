"""Filters of a register's list. Every filter is part of the address, so a list can be sent."""

from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from laoqu.access.rules import association_of, associations_below, rows
from laoqu.register.asked import whole_number
from laoqu.register.models import Record, State
from laoqu.register.names import name_of, resolve_names
from laoqu.register.sealed import with_number
from laoqu.register.search import few_keys

if TYPE_CHECKING:
    from laoqu.register.registry import Register

ANY = _("全部")


class FewOrTyped(forms.Select):
    """A choice among a few rows; where there are many, the name is typed as in documents."""

    MOST = 200

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        rows_offered: Any = self.choices.queryset  # type: ignore[attr-defined]
        few = list(rows_offered[: self.MOST + 1])
        if len(few) <= self.MOST:
            self.choices = [("", ANY), *((row.pk, str(row)) for row in few)]
            return super().get_context(name, value, attrs)
        key = whole_number(value)
        chosen = value if key is None else rows_offered.filter(pk=key).first()
        shown = name_of(chosen) if isinstance(chosen, models.Model) else chosen
        return forms.TextInput().get_context(name, shown, attrs)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        context = self.get_context(name, value, attrs)
        template = context["widget"]["template_name"]
        return self._render(template, context, renderer)  # type: ignore[attr-defined]


class RowField(ModelChoiceField):  # type: ignore[misc]
    """One of the user's rows, by its key (from an address) or by its name."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def to_python(self, value: Any) -> Any:
        if value in (None, "") or whole_number(value) is not None:
            return super().to_python(value)
        association = association_of(self.user)
        if association is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        [answer] = resolve_names(self.queryset.model, [value], self.user, association)
        if answer.row is None:
            raise ValidationError(answer.sentence)
        return answer.row


class RowFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Filters by a related row."""

    field_class = RowField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"empty_label": ANY, "widget": FewOrTyped, **kwargs}
        super().__init__(*args, **kwargs)


class RowFilters(django_filters.FilterSet):  # type: ignore[misc]
    """Search box, 计入合计, one filter per declared field; choices come from the user's rows."""

    q = django_filters.CharFilter(method="search", label=_("查找"))
    counted = django_filters.ChoiceFilter(
        method="only_counted",
        label=_("合计"),
        choices=[("yes", _("计入合计的"))],
        empty_label=ANY,
    )

    state = django_filters.ChoiceFilter(
        label=_("数据状态"), choices=State.choices, empty_label=_("全部（不含作废）")
    )

    association = django_filters.CharFilter(
        field_name="association__area_code", label=_("老促会"), widget=forms.HiddenInput
    )

    register: "Register"
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for chosen in self.filters.values():
            if isinstance(chosen, RowFilter):
                chosen.extra["user"] = self.user
        below = associations_below(self.user) if "association" in self.filters else []
        if below:
            choices = [("", ANY), *((one.area_code, one.name) for one in below)]
            self.filters["association"].extra["widget"] = forms.Select(choices=choices)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Apply each filter; one that crosses to many rows is applied inside, so no row doubles.

        Where a condition is not understood there are no rows: never more than was asked for.
        """
        if self.form.errors:
            return queryset.none()
        for name, value in self.form.cleaned_data.items():
            chosen = self.filters[name]
            if value in (None, "") or not _crosses_to_many(queryset.model, chosen.field_name):
                queryset = chosen.filter(queryset, value)
            else:
                inner = chosen.filter(queryset.model._default_manager.all(), value)
                queryset = queryset.filter(pk__in=inner.order_by().values("pk"))
        if self.register.is_ledger and not self.form.cleaned_data.get("state"):
            queryset = queryset.exclude(state=State.VOID)
        return queryset

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows in which every word of the search box occurs in some declared field."""
        for word in value.split():
            keys: Any = few_keys(queryset.model, word)
            if keys is None:  # a lone character, which the index does not hold
                inner = queryset.model._default_manager.filter(
                    reduce(or_, (Q(**{f"{f}__icontains": word}) for f in self.register.searched))
                )
                keys = inner.order_by().values("pk")
            held = with_number(queryset.model, word)
            queryset = queryset.filter(Q(pk__in=keys) | held if held else Q(pk__in=keys))
        return queryset

    def only_counted(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Only the rows that totals and figures count."""
        return self.register.countable(queryset)


class PlaceFilters(RowFilters):
    """For registers whose rows have `places`: by township and by village.

    Offered are the places that rows name; one that no row names may be asked for, and has none.
    """

    path: ClassVar[str] = "places"

    township = RowFilter(queryset=lambda request: None, method="in_township", label=_("镇（街道）"))
    place = RowFilter(queryset=lambda request: None, field_name="places", label=_("村"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.register.model._meta.get_field(self.path).related_model
        own = rows(self.user, self.register.model).order_by().values(self.path)
        self.filters["place"].field_name = self.path
        named = rows(self.user, place).filter(pk__in=own)
        above = rows(self.user, place).filter(pk__in=named.values("parent"))
        for name, offered in (("place", named), ("township", above.filter(level="township"))):
            key = whole_number(str((self.data or {}).get(name, "")))
            if key is not None:
                offered = offered | rows(self.user, place).filter(pk=key)
            self.filters[name].queryset = offered.order_by("area_code", "pk")

    def in_township(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Rows that name the township or any place below it."""
        inside = {f"{self.path}__area_code__startswith": value.prefix}
        inner = queryset.model._default_manager.filter(**inside)
        return queryset.filter(pk__in=inner.order_by().values("pk"))


def over_before(queryset: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
    """Rows whose date, be it a year, a month or a day, was over before that day."""
    ended: QuerySet[Any] = queryset.annotate(**{f"{name}_ended": Concat(name, Value("-99"))})
    return ended.filter(**{f"{name}_ended__lt": day.isoformat()})


class OnePlaceFilters(PlaceFilters):
    """For registers whose rows have one `place`."""

    path = "place"


def _crosses_to_many(model: type[models.Model], path: str) -> bool:
    for part in path.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:  # a filter with a method of its own
            return False
        if field.many_to_many or field.one_to_many:
            return True
        if field.related_model is None:
            return False
        model = field.related_model
    return False


def filterset_for(register: "Register", user: object) -> type[RowFilters]:
    """The filter class of a register for one user."""
    attributes: dict[str, Any] = {"register": register, "user": user}
    offered = _Offered(register, user)
    for name in register.filters:
        attributes[name] = _filter_for(register.model, name, user, offered)
    if not register.searched:
        attributes["q"] = None
    if not register.is_ledger:
        attributes["counted"] = attributes["association"] = attributes["state"] = None
    return type(f"{register.model.__name__}Filters", (register.filterset,), attributes)


class _Offered:
    """The values that the filters of years, names and numbers offer, asked for all at once."""

    def __init__(self, register: "Register", user: object) -> None:
        self.register, self.user, self.names = register, user, list[str]()

    @cached_property
    def combinations(self) -> list[tuple[Any, ...]]:
        """Every combination of the values that stands in a row."""
        found = rows(self.user, self.register.model).order_by()
        return list(found.values_list(*self.names).distinct())

    def select(self, name: str) -> forms.Select:
        """A choice among the values of one field."""
        index = len(self.names)
        self.names.append(name)

        def choices() -> list[tuple[Any, Any]]:
            values = {combination[index] for combination in self.combinations} - {None, ""}
            return [("", ANY), *((value, value) for value in sorted(values, reverse=True))]

        return forms.Select(choices=choices)  # type: ignore[arg-type]


def _filter_for(
    model: type[models.Model], name: str, user: object, offered: _Offered
) -> django_filters.Filter:
    field: Any = model._meta.get_field(name)
    common: dict[str, Any] = {"field_name": name, "label": field.verbose_name}
    if field.related_model is not None:
        if issubclass(field.related_model, Record):
            # asked for from that record's page; a choice among thousands of codes helps nobody
            common["widget"] = forms.HiddenInput
        return RowFilter(
            queryset=lambda request, related=field.related_model: rows(user, related), **common
        )
    if isinstance(field, models.BooleanField):
        return django_filters.ChoiceFilter(
            choices=[("True", _("是")), ("False", _("否"))], empty_label=ANY, **common
        )
    if field.choices:
        return django_filters.ChoiceFilter(choices=field.choices, empty_label=ANY, **common)
    kind = (
        django_filters.NumberFilter
        if isinstance(field, models.IntegerField)
        else django_filters.CharFilter
    )
    return kind(widget=offered.select(name), **common)
