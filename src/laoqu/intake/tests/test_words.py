"""What a person corrects is learned, helps with the next document, and can be taken off again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.organisations.models import Organisation
from laoqu.intake.models import Proposal, ReaderWord
from laoqu.intake.tests.conftest import HandIn
from laoqu.register.models import Source

FIRST = "2024年，在高市村修水渠3公里，花了8万元，钱是晋南情缘社想办法弄来的。\n"
SECOND = "2024年，晋南情缘社给韩村安装路灯20盏，花了6万元。\n"


@pytest.fixture
def circle(world: World) -> Organisation:
    """A body whose name ends like no body's."""
    return Organisation.objects.create(association=world.yongji, name="晋南情缘社")


def proposal_of(text: str) -> Proposal:
    return Proposal.objects.get(source=Source.objects.get(text__contains=text.strip()))


def correct(office: Client, proposal: Proposal, **typed: str) -> None:
    address = reverse("proposal", args=[proposal.pk])
    initial = office.get(address).context["form"].initial
    answer = office.post(address, {**initial, **typed})
    assert answer.status_code == 302, answer.context["form"].errors


def test_a_corrected_body_is_found_in_the_next_document(
    circle: Organisation, hand_in: HandIn, office: Client
) -> None:
    hand_in("一.txt", FIRST.encode())
    read = proposal_of(FIRST)
    assert read.data.get("funder", "") != circle.name
    correct(office, read, funder=circle.name)
    word = ReaderWord.objects.get()
    assert (word.word, word.kind, word.learned_from) == (circle.name, "body", read.source)
    hand_in("二.txt", SECOND.encode())
    assert proposal_of(SECOND).data["funder"] == circle.name


def test_a_word_taken_off_the_list_is_no_longer_used(
    circle: Organisation, hand_in: HandIn, office: Client
) -> None:
    hand_in("一.txt", FIRST.encode())
    correct(office, proposal_of(FIRST), funder=circle.name)
    address = reverse("forget_word", args=[ReaderWord.objects.get().pk])
    assert "已经入账的不变" in office.get(address).content.decode()
    assert ReaderWord.objects.exists()
    office.post(address)
    assert not ReaderWord.objects.exists()
    hand_in("二.txt", SECOND.encode())
    assert proposal_of(SECOND).data.get("funder", "") != circle.name


def test_a_name_the_reader_finds_by_itself_is_not_learned(
    world: World, hand_in: HandIn, office: Client
) -> None:
    text = "2024年，有关单位在高市村修水渠3公里，花了8万元，市水利局来看过。\n"
    world.water.aliases.create(name="市水利局")
    hand_in("一.txt", text.encode())
    read = Proposal.objects.filter(register="contributions").get()
    correct(office, read, funder="永济市水利局")
    assert not ReaderWord.objects.exists()


def test_a_name_that_the_document_does_not_use_is_not_learned(
    circle: Organisation, hand_in: HandIn, office: Client
) -> None:
    text = "2024年，在高市村修水渠3公里，花了8万元。\n"
    hand_in("一.txt", text.encode())
    correct(office, proposal_of(text), funder=circle.name)
    assert not ReaderWord.objects.exists()


def test_the_list_of_another_association_is_not_there(
    circle: Organisation, world: World, office: Client, client: Client
) -> None:
    word: Any = ReaderWord.objects.create(association=world.yongji, kind="body", word=circle.name)
    for person in (world.shui, world.lao, world.gao, world.cheng, world.lin):
        client.force_login(person)
        address = reverse("forget_word", args=[word.pk])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert ReaderWord.objects.exists()
    own = office.get(reverse("register_list", args=["reader-words"]))
    assert circle.name in own.content.decode()
