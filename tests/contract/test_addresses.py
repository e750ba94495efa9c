"""Addresses that nobody links to: cut off, retyped, or made up. Each gets an answer."""

from django.urls import reverse

from laoqu.register.filters import filterset_for
from laoqu.register.registry import Register
from tests.cast import World
from tests.contract.builders import client_of, each_register
from tests.contract.test_lists import add_row

NO_NUMBER, TOO_LARGE, NO_DAY = "²", "9" * 30, "9999-12-31"
OWN = ["day", "figure", "page", "row", "sort", "year"]
"""What the addresses of lists name beside their filters."""


@each_register
def test_an_odd_address_of_a_list_a_row_or_a_form_is_answered(slug: str, world: World) -> None:
    register, client = Register.registers[slug], client_of(world.mei)
    add_row(world, slug, 0)
    names = [*OWN, *filterset_for(register, world.mei).base_filters]
    for odd in (NO_NUMBER, TOO_LARGE, NO_DAY):
        assert client.get(register.url(), dict.fromkeys(names, odd)).status_code == 200
    fields = [name for section in register.form for name in section.fields]
    new = reverse("register_create", args=[slug])
    found = client.get(new, dict.fromkeys(fields, NO_NUMBER)).status_code
    assert found == (200 if register.addable else 404)
    for row in register.model._default_manager.all()[:1]:
        detail = reverse("register_detail", args=[slug, row.pk])
        assert client.get(detail, {"saved": NO_NUMBER, "passage": NO_NUMBER}).status_code == 200
