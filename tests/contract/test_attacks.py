"""Every way to reach a row that is not one's own ends in a 404, an empty answer or a sentence."""

from typing import Any

import django_filters
from django.urls import reverse

from laoqu.access.rules import rows
from laoqu.register.filters import filterset_for
from laoqu.register.forms import form_class
from laoqu.register.models import State
from laoqu.register.names import NameField
from laoqu.register.registry import Register
from tests.cast import World
from tests.contract.builders import client_of, each_ledger, make


@each_ledger
def test_a_foreign_row_is_in_no_list_search_export_or_history_and_takes_no_post(
    slug: str, world: World
) -> None:
    foreign = make(world, slug, state=State.DRAFT)
    client, before = client_of(world.lin), foreign.version
    address = Register.registers[slug].url()
    detail = reverse("register_detail", args=[slug, foreign.pk])
    for query in ({}, {"q": foreign.code}, {"state": "draft"}, {"day": "2099-01-01"}):
        assert detail not in client.get(address, query).content.decode()
    assert detail not in client.get(reverse("search"), {"q": foreign.code}).content.decode()
    for page in ("detail", "edit", "history", "void"):
        assert client.get(reverse(f"register_{page}", args=[slug, foreign.pk])).status_code == 404
    for page in ("edit", "move", "reverse", "void", "restore"):
        url = reverse(f"register_{page}", args=[slug, foreign.pk])
        assert client.post(url, {"target": "x", "reason": "x", "latest": "1"}).status_code == 404
    chosen = f"{reverse('bulk_choose', args=[slug])}?row={foreign.pk}&field=note"
    assert client.post(chosen, {"value": "改", "reason": "因"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.version == before


@each_ledger
def test_filters_and_forms_offer_and_take_only_rows_that_the_person_may_see(
    slug: str, world: World
) -> None:
    make(world, slug, state=State.DRAFT)
    register = Register.registers[slug]
    filters: Any = filterset_for(register, world.lin)
    made = filters({}, rows(world.lin, register.model), request=None)
    for name, chosen in made.filters.items():
        if isinstance(chosen, django_filters.ModelChoiceFilter):
            offered = chosen.field.queryset
            own = rows(world.lin, offered.model)
            assert not offered.exclude(pk__in=own.values("pk")).exists(), name
    form = form_class(register, world.lin, world.linyi)
    for name, field in form.base_fields.items():
        if isinstance(field, NameField):
            hidden = field.model._default_manager.exclude(
                pk__in=rows(world.lin, field.model).values("pk")
            ).first()
            if hidden is not None:
                answer = field.answers([str(hidden)])[0]
                assert answer.row != hidden, name


@each_ledger
def test_a_row_is_neither_entered_into_nor_moved_to_another_association(
    slug: str, world: World
) -> None:
    row = make(world, slug, state=State.DRAFT)
    form = form_class(Register.registers[slug], world.mei, world.yongji)
    assert "association" not in form.base_fields
    client = client_of(world.mei)
    page = reverse("register_edit", args=[slug, row.pk])
    client.post(page, {"association": world.linyi.pk, "version": "1"})
    row.refresh_from_db()
    assert row.association == world.yongji
