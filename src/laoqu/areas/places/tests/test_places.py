"""Codes, levels and coordinates of places fit each other."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.cast import World

from laoqu.areas.places.models import Place


def refused(place: Place, **changes: Any) -> str:
    for name, value in changes.items():
        setattr(place, name, value)
    with pytest.raises(ValidationError) as error:
        place.full_clean()
    return "".join(error.value.messages)


def test_a_code_is_twelve_digits_and_lies_in_the_code_above(world: World) -> None:  # M1
    gao = world.places["高市村"]
    assert "12 位数字" in refused(gao, nbs_code="14088110420X")
    assert "代码和上级的对不上" in refused(gao, nbs_code="140881102204")
    gao.nbs_code = "140881104299"
    gao.full_clean()
    assert "6 位数字" in refused(gao, mca_code="1408")


def test_a_place_lies_in_a_place_of_a_higher_level(world: World) -> None:
    gao = world.places["高市村"]
    assert "上级的层级应当更高" in refused(gao, parent=world.places["韩村"])
    assert "上级的层级应当更高" in refused(gao, parent=gao)


@pytest.mark.parametrize("written", ["110.45,34.87", "110.45，34.87", "98,30"])
def test_coordinates_are_written_longitude_first(world: World, written: str) -> None:
    gao = world.places["高市村"]
    gao.coordinates = written
    gao.full_clean()
    assert "先写经度" in refused(gao, coordinates="高市村口")
