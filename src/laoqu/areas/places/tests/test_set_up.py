"""An association of any county of China is set up offline, with its places and itself."""

import pytest

from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.places.names import resolve
from laoqu.areas.places.services import set_up_association
from laoqu_engines.values.gazetteer import UnknownCounty


def test_the_places_of_a_county_come_with_their_townships_and_what_lies_above(db: None) -> None:
    association = set_up_association("140881")
    assert association.name == "永济市革命老区建设促进会"
    village = Place.objects.get(name="高市村")
    assert village.full_name == "栲栳镇高市村"
    assert village.parent.parent.parent.parent.name == "山西省"
    assert not Place.objects.filter(nbs_code__endswith="498").exists()


def test_setting_up_twice_adds_nothing(db: None) -> None:
    first = set_up_association("140881")
    before = Place.objects.count(), Organisation.objects.count()
    assert set_up_association("140881") == first
    assert (Place.objects.count(), Organisation.objects.count()) == before


def test_two_counties_share_the_places_above_them(db: None) -> None:
    set_up_association("140881")
    set_up_association("140821")
    assert Place.objects.filter(name="运城市").count() == 1


def test_an_unknown_code_says_which_number_to_check(db: None) -> None:
    with pytest.raises(UnknownCounty, match="区划代码"):
        set_up_association("999999")


def test_names_are_understood_with_the_names_around_them(db: None) -> None:
    association = set_up_association("140881")
    answers = resolve(["栲栳镇高市村", "任阳村", "石佛寺"], None, association)
    assert [answer.row.name if answer.row else "" for answer in answers] == ["高市村", "任阳村", ""]
    assert "石佛寺" in answers[2].sentence


def test_setting_up_a_county_costs_few_queries(db: None, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(60):
        set_up_association("140881")
