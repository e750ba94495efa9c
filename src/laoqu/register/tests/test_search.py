"""One search over everything: two characters suffice, and nobody finds a row that is not theirs."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.register.models import Source
from laoqu.register.registry import Register
from laoqu.register.search import index_rows, tokens


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


def test_a_source_shows_the_lines_that_were_looked_for_and_opens_them(world: World) -> None:
    text = "工作总结\n" + "甲" * 40 + "铺设柏油路" + "乙" * 40 + "\n渠道防渗"
    source = Source.objects.create(
        association=world.yongji, title="总结", year=2024, sha256="a" * 64, text=text
    )
    index_rows(Register.registers["sources"], [source])
    page = found(world.mei, "油路")
    assert f"…{'甲' * 27}铺设柏<mark>油路</mark>{'乙' * 30}…" in page
    start = text.index("油路")
    address = (
        f"{reverse('source_text', args=[source.pk])}?start={start}&amp;end={start + 2}#passage"
    )
    assert address in page
    client = Client()
    client.force_login(world.mei)
    shown = client.get(address.replace("&amp;", "&").partition("#")[0]).content.decode()
    assert '<mark id="passage">油路</mark>' in shown
    assert "<mark" not in client.get(address).content.decode()
    assert "<mark>" not in found(world.lin, "油路")


@pytest.mark.parametrize("span", ["start=x&end=2", "start=5&end=1", "start=99999999999&end=3"])
def test_a_span_that_makes_no_sense_shows_the_text_as_it_is(span: str, world: World) -> None:
    source = Source.objects.create(
        association=world.yongji, title="总结", year=2024, sha256="b" * 64, text="铺设柏油路"
    )
    client = Client()
    client.force_login(world.mei)
    shown = client.get(f"{reverse('source_text', args=[source.pk])}?{span}").content.decode()
    assert "铺设柏油路" in re.sub("</?mark[^>]*>", "", shown)
