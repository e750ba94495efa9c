"""The cast: seven people and a small world of two counties, used by every test of the product.

Mei runs the office of 永济市. Shui speaks for its water bureau, Lao for the branch of 栲栳镇, Gao
for 高市村. Cheng watches from the city level above. Lin runs the office of the next county, 临猗县,
and is a stranger here. The reader of the public pages has no account at all.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser

from laoqu.access.models import Appointment, Association, Role
from laoqu.areas.organisations.models import Kind, Organisation
from laoqu.areas.places.models import Place
from laoqu.register.registry import Register
from laoqu.register.search import index_rows

PASSWORD = make_password("a-long-test-password")

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
    """Two counties under one city, their offices, a few villages and bureaus, seven people.

    Written set by set and without history: nearly every test starts here.
    """
    places = _places()
    yongji, linyi, city = Association.objects.bulk_create(
        [
            Association(name="永济市革命老区建设促进会", area_code="140881"),
            Association(name="临猗县革命老区建设促进会", area_code="140821"),
            Association(name="运城市老区建设促进会", area_code="1408"),
        ]
    )
    bodies = [
        Organisation(association=yongji, name="永济市水利局"),
        Organisation(association=yongji, name="永济市财政局"),
        Organisation(association=linyi, name="临猗县水利局"),
        Organisation(association=yongji, name=yongji.name, kind=Kind.ASSOCIATION),
    ]
    water, finance, elsewhere, _itself = Organisation.objects.bulk_create(bodies)
    index_rows(Register.registers["places"], list(places.values()))
    index_rows(Register.registers["organisations"], bodies)
    made = World(yongji, linyi, city, places, water, finance, elsewhere)
    _people(made)
    return made


def _places() -> dict[str, Place]:
    """The places by name, level by level so that each knows its parent."""
    by_code: dict[str, Place] = {}
    for level in dict.fromkeys(unit[2] for unit in UNITS):
        units = [unit for unit in UNITS if unit[2] == level]
        made = Place.objects.bulk_create(
            Place(name=name, level=level, nbs_code=code, area_code=code, parent=by_code.get(parent))
            for code, name, _level, parent in units
        )
        by_code.update({place.nbs_code: place for place in made})
    return {place.name: place for place in by_code.values()}


def _people(world: World) -> None:
    """Six people with an account, each with one appointment."""
    held: dict[str, dict[str, Any]] = {
        "mei": {"role": Role.OFFICE, "association": world.yongji},
        "shui": {
            "role": Role.DEPARTMENT,
            "association": world.yongji,
            "organisation": world.water,
        },
        "lao": {
            "role": Role.TOWNSHIP,
            "association": world.yongji,
            "place": world.places["栲栳镇"],
        },
        "gao": {
            "role": Role.VILLAGE,
            "association": world.yongji,
            "place": world.places["高市村"],
        },
        "cheng": {"role": Role.UPPER, "association": world.city},
        "lin": {"role": Role.OFFICE, "association": world.linyi},
    }
    people = get_user_model().objects.bulk_create(
        get_user_model()(username=name, password=PASSWORD) for name in held
    )
    for person in people:
        setattr(world, person.username, person)
    Appointment.objects.bulk_create(
        Appointment(user=person, **held[person.username]) for person in people
    )
