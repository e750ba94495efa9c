"""Every list: what it costs, and that each filter filters and each column sorts."""

import json
from pathlib import Path
from typing import Any

import django_filters
import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from laoqu.access.rules import rows
from laoqu.register.cells import raw
from laoqu.register.filters import FewOrTyped, PlaceFilters, filterset_for
from laoqu.register.models import Source
from laoqu.register.registry import Register, record_url
from laoqu.register.tables import CappedPaginator, table_for, with_relations
from tests.cast import World
from tests.contract.builders import client_of, each_ledger, each_register, make

RECORDED = Path(__file__).with_name("query_counts.json")
MOST = 8
"""Queries of a list, beside one for each filter that offers rows of another table."""


def add_row(world: World, slug: str, number: int) -> None:
    """One more row of any register."""
    if Register.registers[slug].is_ledger:
        make(world, slug)
    elif slug == "sources":
        Source.objects.create(association=world.yongji, title=f"材料{number}", sha256=str(number))


def list_queries(world: World, slug: str) -> int:
    """What one look at the list costs a person who is logged in and reads on."""
    client = client_of(world.mei)
    client.get(reverse("register_list", args=[slug]))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("register_list", args=[slug])).status_code == 200
    return len(queries)


@each_register
def test_a_list_costs_the_recorded_queries_however_many_rows_it_has(
    slug: str, world: World
) -> None:
    add_row(world, slug, 0)
    few = list_queries(world, slug)
    for number in range(1, 5):
        add_row(world, slug, number)
    many = list_queries(world, slug)
    recorded = json.loads(RECORDED.read_text("utf-8"))
    if slug not in recorded:
        kept = json.dumps({**recorded, slug: many}, indent=2, sort_keys=True)
        RECORDED.write_text(f"{kept}\n", "utf-8")
        pytest.fail(
            f"{many} queries, now written into {RECORDED.name}. If that is meant, run again."
        )
    assert few == many == recorded[slug], f"if this is meant, change {slug} in {RECORDED.name}"
    offered = filterset_for(Register.registers[slug], world.mei).base_filters.values()
    related = [
        chosen
        for chosen in offered
        if isinstance(chosen, django_filters.ModelChoiceFilter)
        and chosen.extra.get("widget") is not forms.HiddenInput
    ]
    assert many <= MOST + len(related)


def own_and_other(row: Any, chosen: django_filters.Filter) -> tuple[Any, Any]:
    """A value of the filter that the row has, and one that it lacks; None where there is none."""
    value = raw(row, chosen.field_name)
    if isinstance(chosen, django_filters.ModelChoiceFilter):
        own = [item.pk for item in (value if isinstance(value, list) else [value]) if item]
        other = chosen.field.queryset.exclude(pk__in=own).first()
        return own[0] if own else None, other.pk if other else None
    if isinstance(chosen, django_filters.ChoiceFilter):
        keys = [str(key) for key, _label in chosen.field.choices if key not in ("", None)]
        return str(value) if value not in ("", None) else None, next(
            key for key in keys if key != str(value)
        )
    return value or None, (value or 0) + 1 if isinstance(value, int) else "查无此值"


@each_ledger
def test_every_filter_keeps_the_rows_that_fit_and_drops_the_others(slug: str, world: World) -> None:
    row = make(world, slug)
    register = Register.registers[slug]
    filters = filterset_for(register, world.mei)

    def found(name: str, value: Any) -> bool:
        made = filters({name: str(value)}, rows(world.mei, register.model), request=None)
        assert made.form.is_valid(), made.form.errors
        return made.qs.filter(pk=row.pk).exists()

    for name, chosen in filters({}, rows(world.mei, register.model), request=None).filters.items():
        if name == "association":
            assert found(name, "140881")
            assert not found(name, "140821")
        elif chosen.method is None:
            own, other = own_and_other(row, chosen)
            assert own is None or found(name, own), name
            assert other is None or not found(name, other), name
        elif isinstance(chosen, django_filters.ChoiceFilter):
            for value, _label in chosen.field.choices:
                found(name, value)


@each_ledger
def test_every_column_sorts_both_ways(slug: str, world: World) -> None:
    make(world, slug)
    make(world, slug, year=2023)
    register = Register.registers[slug]
    found = with_relations(register, rows(world.mei, register.model))
    columns = [column for column in table_for(register)(found).columns if column.orderable]
    assert columns
    for column in columns:
        up, down = (
            [row.record for row in table_for(register)(found, order_by=sign + column.name).rows]
            for sign in ("", "-")
        )
        values = [raw(row, column.name) for row in up]
        if all(value is not None for value in values) and values[0] != values[1]:
            assert [row.pk for row in up] == [row.pk for row in reversed(down)], column.name


@pytest.mark.parametrize("slug", ["contributions", "visits", "places"])
def test_the_list_page_is_drawn_sorted_and_filtered(slug: str, world: World) -> None:
    add_row(world, slug, 0)
    register = Register.registers[slug]
    page = client_of(world.mei).get(register.url(), {"sort": f"-{register.columns[0]}"})
    assert page.status_code == 200
    assert "▼" in page.content.decode()


def test_among_many_villages_the_name_is_typed_and_an_unknown_one_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FewOrTyped, "MOST", 1)
    row = make(world, "visits")
    other = make(world, "visits", village=world.places["新源村"])
    client, url = client_of(world.mei), Register.registers["visits"].url()
    page = client.get(url, {"place": "高市村"}).content.decode()
    assert row.code in page
    assert other.code not in page
    assert '<input type="text" name="place" value="高市村"' in page
    by_key = client.get(url, {"place": world.places["高市村"].pk}).content.decode()
    assert 'value="栲栳镇高市村"' in by_key
    assert "无名村" in client.get(url, {"place": "无名村"}).content.decode()


def test_a_long_list_says_more_than_instead_of_counting_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CappedPaginator, "MOST", 3)
    page = client_of(world.mei).get(Register.registers["places"].url())
    assert page.context["uncounted"]
    assert "超过" in page.content.decode()
    make(world, "contributions")
    assert (
        not client_of(world.mei).get(Register.registers["contributions"].url()).context["uncounted"]
    ), "a list with totals is counted to the end"


@each_ledger
def test_a_village_without_rows_has_none_on_its_page_and_in_its_list(
    slug: str, world: World
) -> None:
    row, han = make(world, slug), world.places["韩村"]
    client = client_of(world.mei)
    assert row.code not in client.get(record_url(han)).content.decode()
    if issubclass(Register.registers[slug].filterset, PlaceFilters):
        for parameters in ({"place": str(han.pk)}, {"township": str(han.pk)}):
            page = client.get(reverse("register_list", args=[slug]), parameters)
            assert row.code not in page.content.decode()


@each_ledger
def test_a_condition_that_is_not_understood_finds_nothing_and_says_so(
    slug: str, world: World
) -> None:
    row = make(world, slug)
    page = client_of(world.mei).get(reverse("register_list", args=[slug]), {"year": "去年"})
    text = page.content.decode()
    assert row.code not in text
    assert "errorlist" in text


def test_the_level_above_chooses_one_of_its_associations(world: World) -> None:
    here, there = make(world, "awards"), make(world, "awards", association=world.linyi)
    upper, url = client_of(world.cheng), Register.registers["awards"].url()
    page = upper.get(url).content.decode()
    assert '<option value="140821">临猗县革命老区建设促进会</option>' in page
    assert there.code in page
    chosen = upper.get(url, {"association": "140881"}).context["filters"].qs
    assert list(chosen) == [here]
    assert "临猗县革命老区建设促进会" not in client_of(world.mei).get(url).content.decode()
