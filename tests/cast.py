"""The cast: seven people and a small world of two counties, used by every test of the product.

Mei runs the office of 永济市. Shui speaks for its water bureau, Lao for the branch of 栲栳镇, Gao
for 高市村. Cheng watches from the city level above. Lin runs the office of the next county, 临猗县,
and is a stranger here. The reader of the public pages has no account at all.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from laoqu.access.models import Appointment, Association, Role
from laoqu.areas.organisations.models import Kind, Organisation
from laoqu.areas.places.models import Place

UNITS = [
    ("140000000000", "山西省", "province", ""),
    ("140800000000", "运城市", "city", "140000000000"),
    ("140881000000", "永济市", "county", "140800000000"),
    ("140881104000", "栲栳镇", "township", "140881000000"),
    ("140881104201", "高市村", "village", "140881104000"),
    ("140881104202", "韩村", "village", "140881104000"),
    ("140881102000", "虞乡镇", "township", "140881000000"),
    ("140881102201", "新源村", "village", "140881102000"),
    ("140821000000", "临猗县", "county", "140800000000"),
    ("140821100000", "猗氏镇", "township", "140821000000"),
    ("140821100201", "高头村", "village", "140821100000"),
]


@dataclass
class World:
    """Everything the tests start from."""

    yongji: Association
    linyi: Association
    city: Association
    places: dict[str, Place]
    water: Organisation
    finance: Organisation
    elsewhere: Organisation
    mei: Any = None
    shui: Any = None
    lao: Any = None
    gao: Any = None
    cheng: Any = None
    lin: Any = None
    public: Any = field(default_factory=AnonymousUser)

    def people(self) -> dict[str, Any]:
        """The seven by name."""
        names = ("mei", "shui", "lao", "gao", "cheng", "lin", "public")
        return {name: getattr(self, name) for name in names}


@pytest.fixture
def world(db: None) -> World:
    """Two counties under one city, their offices, a few villages and bureaus, seven people."""
    places: dict[str, Place] = {}
    by_code: dict[str, Place] = {}
    for code, name, level, parent in UNITS:
        place = Place.objects.create(
            name=name, level=level, nbs_code=code, parent=by_code.get(parent)
        )
        places[name] = by_code[code] = place
    yongji = Association.objects.create(name="永济市革命老区建设促进会", area_code="140881")
    linyi = Association.objects.create(name="临猗县革命老区建设促进会", area_code="140821")
    city = Association.objects.create(name="运城市老区建设促进会", area_code="1408")
    made = World(
        yongji,
        linyi,
        city,
        places,
        water=Organisation.objects.create(association=yongji, name="永济市水利局"),
        finance=Organisation.objects.create(association=yongji, name="永济市财政局"),
        elsewhere=Organisation.objects.create(association=linyi, name="临猗县水利局"),
    )
    Organisation.objects.create(association=yongji, name=yongji.name, kind=Kind.ASSOCIATION)
    made.mei = _person("mei", Role.OFFICE, yongji)
    made.shui = _person("shui", Role.DEPARTMENT, yongji, organisation=made.water)
    made.lao = _person("lao", Role.TOWNSHIP, yongji, place=places["栲栳镇"])
    made.gao = _person("gao", Role.VILLAGE, yongji, place=places["高市村"])
    made.cheng = _person("cheng", Role.UPPER, city)
    made.lin = _person("lin", Role.OFFICE, linyi)
    return made


def _person(name: str, role: Role, association: Association, **at: Any) -> Any:
    person = get_user_model().objects.create_user(name, password="a-long-test-password")
    Appointment.objects.create(user=person, role=role, association=association, **at)
    return person
