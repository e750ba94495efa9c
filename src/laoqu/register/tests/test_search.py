"""One search over everything: two characters suffice, and nobody finds a row that is not theirs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.register.models import Source
from laoqu.register.search import tokens


@pytest.fixture
def line(world: World) -> Contribution:
    row = Contribution(
        association=world.yongji, year=2024, funder=world.water, works="铺设柏油路\n渠道防渗"
    )
    row.settle({"places": [world.places["高市村"]]})
    row.save()
    row.places.set([world.places["高市村"]])
    return row


def found(person: Any, query: str) -> str:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client.get(reverse("search"), {"q": query}).content.decode()


def listed(person: Any, query: str) -> int:
    client = Client()
    client.force_login(person)
    page = client.get(reverse("register_list", args=["contributions"]), {"q": query})
    return int(page.context["row_count"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("铺设柏油路 2024", ["铺设", "设柏", "柏油", "油路", "2024"]),
        ("路", ["路"]),
        ("“A村”、b2", ["a", "村", "b2"]),
        ("", []),
    ],
)
def test_text_is_cut_into_pairs_of_characters(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("query", ["油路", "柏油路", "水利", "高市", "帮扶2024", "渠道 油路"])
def test_two_characters_of_any_shown_field_find_the_row(
    query: str, line: Contribution, world: World
) -> None:
    assert line.code in found(world.mei, query)
    assert listed(world.mei, query) == 1


@pytest.mark.parametrize("query", ["油渠", "设油", "查无", "渠道 桥梁"])
def test_characters_that_do_not_stand_together_find_nothing(
    query: str, line: Contribution, world: World
) -> None:
    assert line.code not in found(world.mei, query)
    assert listed(world.mei, query) == 0


def test_strangers_and_the_public_find_nothing_of_it(line: Contribution, world: World) -> None:
    for person in (world.lin, world.public):
        assert line.code not in found(person, "油路")


def test_the_text_of_sources_is_found_too(world: World) -> None:
    Source.objects.create(
        association=world.yongji, title="工作总结", sha256="x", text="硬化巷道三公里。"
    )
    assert "工作总结" in found(world.mei, "巷道")


def test_changes_of_words_names_and_links_are_found_at_once(
    line: Contribution, world: World
) -> None:
    line.works = "架桥"
    line.save()
    assert listed(world.mei, "油路") == 0
    world.water.name = "永济市水务局"
    world.water.save()
    assert listed(world.mei, "水务") == 1
    line.places.set([world.places["新源村"]])
    assert (listed(world.mei, "高市"), listed(world.mei, "新源")) == (0, 1)
    line.delete()
    assert listed(world.mei, "架桥") == 0


def test_a_lone_character_is_asked_to_be_two(line: Contribution, world: World) -> None:
    assert "两个字" in found(world.mei, "路")
    assert listed(world.mei, "路") == 1


def test_quotes_and_operators_in_the_query_do_no_harm(line: Contribution, world: World) -> None:
    for query in ('"油路', "油路*", "NOT 油路 OR", "油路')--", "(油路"):
        assert found(world.mei, query)
