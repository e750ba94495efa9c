"""Village statistics with their source, and places that became others."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.cast import World

from laoqu.areas.places.models import Place, Succession, VillageStatistics


def statistics(world: World, **changes: Any) -> VillageStatistics:
    given = {"place": world.places["高市村"], "source": "某镇年报", "year": 2024, **changes}
    return VillageStatistics.objects.create(association=world.yongji, **given)


def became(world: World, old: Place, new: Place) -> Succession:
    return Succession.objects.create(
        association=world.yongji, year=2024, place=old, successor=new, kind="merged"
    )


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"population": 800, "elders": 801}, "不能多于人口"),
        ({"households": 300, "monitored_households": 301}, "不能多于户数"),
        ({"left_behind_children": 3, "visibility": "public"}, "不足 5 的数不公开"),
    ],
)
def test_parts_fit_the_whole_and_small_counts_stay_inside(
    numbers: dict[str, Any], sentence: str, world: World
) -> None:  # M1
    with pytest.raises(ValidationError, match=sentence):
        statistics(world, **numbers).full_clean()


def test_one_source_gives_a_village_one_row_a_year(world: World) -> None:  # M1
    statistics(world)
    VillageStatistics.check_written([statistics(world, source="村委会上报")])
    VillageStatistics.check_written([statistics(world, year=2023)])
    with pytest.raises(ValidationError, match="已经有一行"):
        VillageStatistics.check_written([statistics(world)])


def test_a_place_takes_along_those_merged_into_it_and_never_itself(world: World) -> None:  # M1
    gao, han, xin = (world.places[name] for name in ("高市村", "韩村", "新源村"))
    became(world, han, gao)
    became(world, xin, han)
    assert gao.with_predecessors() == [gao, han, xin]
    with pytest.raises(ValidationError, match="绕了一圈"):
        became(world, gao, xin).full_clean()
