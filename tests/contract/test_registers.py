"""The contract: what every ledger register gives the right person and refuses everybody else."""

import inspect
from decimal import Decimal

from django import forms
from django.urls import reverse

from laoqu.access.anchors import ANCHORS, NOBODY, PUBLIC, UPPER
from laoqu.register.fields import MoneyFormField
from laoqu.register.forms import form_class
from laoqu.register.models import Record, State
from laoqu.register.registry import Register
from tests.cast import World
from tests.contract import samples
from tests.contract.builders import (
    client_of,
    each_ledger,
    each_register,
    make,
    pages_of,
    typed_into,
)
from tests.contract.samples import SAMPLES


@each_ledger
def test_every_ledger_register_has_test_data(slug: str) -> None:
    assert slug in SAMPLES


@each_register
def test_every_field_is_on_a_page_or_said_to_be_on_none(slug: str) -> None:
    register = Register.registers[slug]
    meta = register.model._meta
    common = {field.name for field in Record._meta.get_fields()} | {"id", "reverses"}
    fields = {field.name for field in (*meta.concrete_fields, *meta.many_to_many)} - common
    on_form = {name for section in register.form for name in section.fields}
    shown = on_form | {*register.filters, *register.columns, *register.shown}
    assert fields - shown == set(register.not_shown)


@each_register
def test_a_register_is_declared_in_at_most_forty_lines(slug: str) -> None:
    source = inspect.getsource(type(Register.registers[slug]))
    body = source.split('"""', 2)[-1].split("    def ")[0]
    assert len([line for line in body.splitlines() if line.strip()]) <= 40


@each_ledger
def test_the_test_data_of_a_register_fits_in_fifteen_lines(slug: str) -> None:
    text = inspect.getsource(samples)
    declared = text.split(f'    "{slug}": Sample(')[1].split("\n    ),\n")[0]
    assert len(declared.splitlines()) <= 15


@each_ledger
def test_the_office_lists_searches_exports_and_opens_its_rows(slug: str, world: World) -> None:
    row = make(world, slug)
    client = client_of(world.mei)
    listed = client.get(reverse("register_list", args=[slug]))
    assert row.code in listed.content.decode()
    found = client.get(reverse("register_list", args=[slug]), {"q": "查无此事"})
    assert row.code not in found.content.decode()
    sheet = client.get(reverse("register_export", args=[slug]))
    if Register.registers[slug].is_personal:
        assert sheet["Location"].startswith(reverse("ask_export", args=[slug]))
    else:
        assert sheet.content[:2] == b"PK"
    assert client.get(pages_of(row, slug)["detail"]).status_code == 200


@each_ledger
def test_strangers_and_the_public_meet_a_404_and_an_empty_list(slug: str, world: World) -> None:
    row = make(world, slug)
    for person in (world.lin, world.public):
        client = client_of(person)
        assert row.code not in client.get(reverse("register_list", args=[slug])).content.decode()
        assert client.get(pages_of(row, slug)["detail"]).status_code == 404
        expected = 404 if person.is_authenticated else 302
        assert client.get(pages_of(row, slug)["edit"]).status_code == expected
        assert client.post(pages_of(row, slug)["edit"], {}).status_code == expected


@each_ledger
def test_a_public_reviewed_row_is_read_by_everybody_and_a_draft_is_not(
    slug: str, world: World
) -> None:
    public = make(world, slug, visibility="public")
    draft = make(world, slug, visibility="public", state=State.DRAFT)
    client = client_of(world.public)
    expected = 200 if PUBLIC in ANCHORS[public._meta.label] else 404
    assert client.get(pages_of(public, slug)["detail"]).status_code == expected
    assert client.get(pages_of(draft, slug)["detail"]).status_code == 404


@each_ledger
def test_the_upper_level_sees_its_counties_and_changes_nothing(slug: str, world: World) -> None:
    row = make(world, slug)
    client = client_of(world.cheng)
    expected = 404 if ANCHORS[row._meta.label].get(UPPER) == NOBODY else 200
    assert client.get(pages_of(row, slug)["detail"]).status_code == expected
    assert client.get(pages_of(row, slug)["edit"]).status_code == 404
    assert client.get(reverse("register_create", args=[slug])).status_code == 404


@each_ledger
def test_a_typed_form_becomes_a_row_with_history_in_one_go(slug: str, world: World) -> None:
    typed = typed_into(world, slug)
    answer = client_of(world.mei).post(reverse("register_create", args=[slug]), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    row = Register.registers[slug].model.objects.get()
    assert row.state == State.REVIEWED
    assert row.entered_by == world.mei
    assert row.history.count() == 1


@each_ledger
def test_two_people_editing_one_row_do_not_overwrite_each_other(slug: str, world: World) -> None:
    row = make(world, slug, state=State.DRAFT)
    client = client_of(world.mei)
    typed = {**typed_into(world, slug), "version": "1", "note": "甲"}
    page = pages_of(row, slug)["edit"]
    assert client.post(page, typed).status_code == 302
    second = client.post(page, {**typed, "note": "乙"})
    assert second.status_code == 400
    assert "别人已经改过" in second.content.decode()
    row.refresh_from_db()
    assert row.note == "甲"


def test_a_confirmed_money_line_cannot_be_edited(world: World) -> None:
    row = make(world, "contributions")
    client = client_of(world.mei)
    typed = {**SAMPLES["contributions"].typed, "visibility": "internal", "version": "1"}
    answer = client.post(pages_of(row, "contributions")["edit"], {**typed, "amount": "90万元"})
    assert answer.status_code == 400
    assert "红字冲销" in answer.content.decode()
    row.refresh_from_db()
    assert row.amount == Decimal(800000)


def test_a_township_cannot_file_a_row_for_another_township(world: World) -> None:
    typed = {**SAMPLES["visits"].typed, "visibility": "internal", "places": "虞乡镇新源村"}
    answer = client_of(world.lao).post(reverse("register_create", args=["visits"]), typed)
    assert answer.status_code in (400, 404)
    assert Register.registers["visits"].model.objects.count() == 0


def _fields(slug: str, world: World) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = form_class(
        Register.registers[slug], world.mei, world.yongji
    ).base_fields
    return fields


@each_ledger
def test_no_field_breaks_the_form_whatever_is_typed(slug: str, world: World) -> None:
    typed, made = typed_into(world, slug), _fields(slug, world)
    form = form_class(Register.registers[slug], world.mei, world.yongji)
    for name in made:
        form({**typed, name: ""}).is_valid()
    for odd in ("-5", "9999年", "99999999999", "\x00", "字" * 5000, "<script>", "=1+1"):
        assert not form(dict.fromkeys(made, odd)).is_valid()


@each_ledger
def test_numbers_and_sums_of_money_are_not_negative_and_not_beyond_counting(
    slug: str, world: World
) -> None:
    typed = typed_into(world, slug)
    form = form_class(Register.registers[slug], world.mei, world.yongji)
    for name, field in _fields(slug, world).items():
        if name == "version" or not isinstance(field, MoneyFormField | forms.IntegerField):
            continue
        assert name in form({**typed, name: "-5"}).errors, name
        if type(field) is forms.IntegerField:
            assert name in form({**typed, name: "99999999999"}).errors, name
