"""Every page of a register: its way there, its help, its two languages, what each person meets."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from laoqu.access.anchors import (
    ANCHORS,
    DEPARTMENT,
    NOBODY,
    PLACE,
    SHOWN_AT_PLACE,
    SHOWN_TO_DEPARTMENT,
)
from laoqu.access.models import Appointment
from laoqu.access.tokens import make_token
from laoqu.register.fields import PartialDateField
from laoqu.register.forms import ABOUT_THE_CHANGE, form_class
from laoqu.register.guide import guide_of
from laoqu.register.models import State
from laoqu.register.registry import Register
from laoqu.register.sealed import Number, SealedField, sealed_fields
from tests.cast import World
from tests.contract.builders import (
    LEDGERS,
    client_of,
    each_ledger,
    each_register,
    make,
    make_elsewhere,
    pages_of,
    sample_of,
    typed_into,
)

CHINESE = re.compile(r"[一-鿿]")
SEALED = [slug for slug in LEDGERS if sealed_fields(Register.registers[slug].model)]
CHAINS = [slug for slug in LEDGERS if Register.registers[slug].flow]
NUMBERS = {
    Number.TELEPHONE: "13800138000",
    Number.IDENTITY: "11010519491231002X",  # the example of the standard itself
    Number.ACCOUNT: "6222020000000001234",
}


def labels_on_form(slug: str, world: World) -> list[str]:
    fields = form_class(Register.registers[slug], world.mei, world.yongji).base_fields
    return [str(field.label) for name, field in fields.items() if name not in ABOUT_THE_CHANGE]


@each_ledger
def test_from_the_menu_one_comes_to_the_list_the_blank_form_and_the_help(
    slug: str, world: World
) -> None:
    client, register = client_of(world.mei), Register.registers[slug]
    assert f'href="{register.url()}"' in client.get(reverse("registers")).content.decode()
    listed = client.get(register.url()).content.decode()
    for page in ("register_create", "import_upload", "register_guide"):
        assert reverse(page, args=[slug]) in listed
    form = client.get(reverse("register_create", args=[slug])).content.decode()
    assert reverse("register_guide", args=[slug]) in form
    guide = client_of(world.public).get(reverse("register_guide", args=[slug])).content.decode()
    helped = [entry.label for _title, entries in guide_of(register).sections for entry in entries]
    assert [label for label in helped if label not in form or label not in guide] == []
    assert [label for label in labels_on_form(slug, world) if label not in form] == []


def words_of(register: Register) -> Iterator[Any]:
    """Every text that the declaration and its model bring to the pages."""
    meta = register.model._meta
    yield from (register.purpose, meta.verbose_name, meta.verbose_name_plural)
    yield from (section.title for section in register.form)
    yield from (action.label for action in (*register.actions, *register.list_actions))
    for field in (*meta.concrete_fields, *meta.many_to_many):
        if field.name not in ("id", "association", "reverses"):
            yield from (field.verbose_name, field.help_text)
            yield from (label for _value, label in field.choices or ())


@each_register
def test_every_label_hint_and_choice_has_its_english(slug: str) -> None:
    kept = set()
    for words in words_of(Register.registers[slug]):
        with override("zh-hans"):
            chinese = str(words)
        with override("en"):
            if CHINESE.search(chinese) and str(words) == chinese:
                kept.add(chinese)
    assert kept == set(), "put the words into _(), then translate them in locale/en"


@each_ledger
def test_the_one_search_box_finds_a_row_by_its_code(slug: str, world: World) -> None:
    row = make(world, slug)
    found = client_of(world.mei).get(reverse("search"), {"q": row.code}).content.decode()
    assert pages_of(row, slug)["detail"] in found


@each_ledger
def test_a_bureau_and_a_branch_see_their_own_and_change_no_row_of_others(
    slug: str, world: World
) -> None:
    own, other = make(world, slug), make_elsewhere(world, slug)
    anchors: dict[str, Any] = ANCHORS[own._meta.label]
    for person, anchor, for_viewing in (
        (world.shui, DEPARTMENT, SHOWN_TO_DEPARTMENT),
        (world.lao, PLACE, SHOWN_AT_PLACE),
        (world.gao, PLACE, SHOWN_AT_PLACE),
    ):
        path = anchors.get(anchor, anchors.get(for_viewing))
        theirs = bool(path) and type(own)._default_manager.exclude(**{path: None}).contains(own)
        writes = theirs and anchor in anchors and person is not world.gao
        expected = {
            (own, "detail"): theirs or path is None,
            (own, "edit"): writes,
            (other, "detail"): path is None,
            (other, "edit"): False,
        }
        client = client_of(person)
        for (row, page), allowed in expected.items():
            status = client.get(pages_of(row, slug)[page]).status_code
            assert status == (200 if allowed else 404), (person, page, row)


@each_ledger
def test_what_a_bureau_or_a_branch_enters_waits_for_the_office_and_counts_nowhere(
    slug: str, world: World
) -> None:
    register, sample = Register.registers[slug], sample_of(slug)
    typed = {**typed_into(world, slug), sample.organisation: world.water.name, "places": "高市村"}
    for person, anchor in ((world.shui, DEPARTMENT), (world.lao, PLACE)):
        if ANCHORS[register.model._meta.label].get(anchor, NOBODY) == NOBODY:
            continue
        before = set(register.model.objects.values_list("pk", flat=True))
        answer = client_of(person).post(reverse("register_create", args=[slug]), typed)
        entered = register.model.objects.exclude(pk__in=before)
        if answer.status_code == 400:  # the sample names no bureau or no village
            assert CHINESE.search(str(answer.context["form"].errors))
            assert not entered.exists()
            continue
        [row] = entered
        assert row.state == State.SUBMITTED
        assert not register.countable(entered).exists()
        if sample.alone:
            row.delete()


@each_ledger
def test_a_form_that_lacks_what_it_needs_comes_back_with_a_sentence_and_saves_nothing(
    slug: str, world: World
) -> None:
    client, register = client_of(world.mei), Register.registers[slug]
    typed, page = typed_into(world, slug), reverse("register_create", args=[slug])
    before = register.model.objects.count()
    fields = form_class(register, world.mei, world.yongji).base_fields
    needed = [name for name, field in fields.items() if field.required]
    assert "year" in needed
    answer = client.post(page, {**typed, **dict.fromkeys(needed, "")})
    assert answer.status_code == 400
    errors = answer.context["form"].errors
    assert [name for name in needed if not CHINESE.search(str(errors.get(name, "")))] == []
    assert register.model.objects.count() == before


@each_ledger
def test_signs_of_markup_in_any_text_are_shown_as_they_were_typed(slug: str, world: World) -> None:
    written = {
        field.name: "<b>甲"
        for field in Register.registers[slug].model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, PartialDateField | SealedField)
        and not field.choices
        and (field.max_length or 10) >= 10
        and field.name not in ("code", "state", "visibility")
        and not field.unique
    }
    row = make(world, slug, **{**written, "state": State.DRAFT})
    client = client_of(world.mei)
    shown = {
        page: client.get(page).content.decode()
        for page in (Register.registers[slug].url(), *pages_of(row, slug).values())
    }
    assert [page for page, content in shown.items() if "<b>甲" in content] == []
    assert "&lt;b&gt;甲" in shown[pages_of(row, slug)["detail"]]


@each_ledger
def test_a_day_is_asked_for_and_former_contents_are_the_office_s_alone(
    slug: str, world: World
) -> None:
    row = make(world, slug, note="当天的")
    today, register = timezone.localdate().isoformat(), Register.registers[slug]
    office = client_of(world.mei)
    assert row.code in office.get(register.url(), {"day": today}).content.decode()
    earlier = office.get(register.url(), {"day": "2000-01-01"}).content.decode()
    assert pages_of(row, slug)["detail"] not in earlier
    version = office.get(pages_of(row, slug)["history"], {"day": today}, follow=True)
    assert "当天的" in version.content.decode()
    for reader in (world.cheng, world.public):
        assert not client_of(reader).get(register.url(), {"day": today}).context["day"]


@each_ledger
def test_sheet_day_and_interface_cost_the_same_for_one_row_and_for_five(
    slug: str, world: World
) -> None:
    office, day = client_of(world.mei), timezone.localdate().isoformat()
    word = make_token(Appointment.objects.get(user=world.mei), "测试")
    pages = {
        "sheet": (reverse("register_export", args=[slug]), {}),
        "day": (Register.registers[slug].url(), {"day": day}),
        "interface": (f"/api/{slug}", {}),
    }

    def costs() -> dict[str, int]:
        found = {}
        for name, (page, query) in pages.items():
            with CaptureQueriesContext(connection) as queries:
                office.get(page, query, headers={"authorization": f"Bearer {word}"})
            found[name] = len(queries)
        return found

    make(world, slug)
    costs()  # what is asked once and kept
    few = costs()
    for _number in range(4):
        make(world, slug)
    assert costs() == few


@pytest.mark.parametrize("slug", SEALED)
def test_a_number_of_a_person_is_masked_on_every_page_and_found_by_who_knows_it(
    slug: str, world: World
) -> None:
    model = Register.registers[slug].model
    held = {field.name: NUMBERS[field.kind] for field in sealed_fields(model)}
    row = make(world, slug, state=State.DRAFT, **held)
    client = client_of(world.mei)
    word = make_token(Appointment.objects.get(user=world.mei), "测试")
    shown = [
        client.get(page) for page in (Register.registers[slug].url(), *pages_of(row, slug).values())
    ]
    shown.append(client.get(f"/api/{slug}", headers={"authorization": f"Bearer {word}"}))
    for number in held.values():
        assert not any(number in page.content.decode() for page in shown)
        found = client.get(Register.registers[slug].url(), {"q": number}).content.decode()
        assert pages_of(row, slug)["detail"] in found


@pytest.mark.parametrize("slug", CHAINS)
def test_each_first_step_of_a_chain_is_taken_with_its_history_or_refused_in_words(
    slug: str, world: World
) -> None:
    register = Register.registers[slug]
    flow: Any = register.flow
    first = str(register.model._meta.get_field(flow.field).default)
    for target in flow.moves[first]:
        row = make(world, slug, **{flow.field: first})
        page = reverse("register_move", args=[slug, row.pk])
        said = client_of(world.mei).post(page, {"target": target, "reason": "测试"}, follow=True)
        row.refresh_from_db()
        moved = flow.state_of(row) == target
        assert moved or any(CHINESE.search(str(m)) for m in said.context["messages"])
        assert row.history.count() == (2 if moved else 1)
        row.history.all().delete()
        type(row)._default_manager.filter(pk=row.pk).delete()
