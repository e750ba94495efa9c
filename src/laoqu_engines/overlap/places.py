"""Where a work is: the village meant, whatever it is called, and what it may misspell."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files

from laoqu_engines.overlap.lexicon import meanings
from laoqu_engines.values.area_codes import Level
from laoqu_engines.values.gazetteer import UnknownCounty
from laoqu_engines.values.places import Resolver
from laoqu_engines.values.spellings import spellings

_SEVERAL = re.compile(r"[、,，;；/\s]+|(?<=村)[和及](?=.)")
_CALLED = "(?:大桥|桥|山塘|塘|水库|河|沟|渠|坝|泵站|闸)(?!村|组|屯)"
_MOST = 60
"""Villages of one row that are told apart; further ones are left out."""


@dataclass(frozen=True, slots=True)
class Where:
    """A village within a county, as a short name (柳湾 for 柳湾村委会).

    ``name`` is for people to read. ``listed``: the national list has it. ``maybe``: listed
    villages of the township that an unlisted name may mean: it sounds the same, or one character
    is missing or too many.
    """

    village: str
    township: str
    name: str = ""
    listed: bool = False
    township_listed: bool = False
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """The place of a row, from its columns: the villages, the names to take out of its texts
    (longest first), and the keys under which it lives (``home``) and is also looked for."""

    county: str
    where: tuple[Where, ...]
    names: tuple[str, ...]
    home: int
    around: tuple[int, ...]


@lru_cache(maxsize=1 << 16)
def site(code: str, county: str, township: str, village: str) -> Site:
    """The place that the columns county code, county, township and village name."""
    known = code or county
    where = tuple(locate(known, township, name) for name in villages(village) or ("",))
    inside = [key(known, "", place.village) for place in where if place.village]
    around = [key(known, place.township) for place in where if place.township]
    around.append(key(known))
    home = (inside or around)[0]
    maybe = [key(known, "", name) for place in where for name in place.maybe]
    names = {township, county, village}
    for place in where:
        names |= {f"{place.village}村", place.village, place.township}
    usable = {name for name in names if len(name) > 1 and name not in meanings()}
    ordered = tuple(sorted(usable, key=lambda name: (-len(name), name)))
    return Site(known, where, ordered, home, (*inside, *maybe, *around))


@lru_cache(maxsize=1 << 16)
def key(*parts: str) -> int:
    """A 63-bit number that stands for these texts, the same on every machine."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def without(text: str, names: tuple[str, ...]) -> str:
    """The text without the own places, unless a bridge, pond or river is called after one."""
    for name in names:
        if name in text:
            text = re.sub(f"{re.escape(name)}(?!{_CALLED})", "|", text)
    return text


def villages(text: str) -> tuple[str, ...]:
    """The names in a column that may hold several."""
    return tuple(dict.fromkeys(name for name in _SEVERAL.split(text) if name))[:_MOST]


@lru_cache(maxsize=1 << 16)
def locate(county: str, township: str, village: str) -> Where:
    """The place that the columns name; short names where the national list does not help."""
    resolver = _resolver(county)
    area, area_listed = _township(resolver, township)
    written = _short(village, Level.VILLAGE)
    if resolver is None or not village:
        return Where(written, area, village or township, False, area_listed)
    found = resolver.resolve(village, township=township or None)
    place = found.place
    if place is not None and place.level is Level.VILLAGE:
        above = resolver.places.get(place.parent_key or "")
        named = _short(above.name, Level.TOWNSHIP) if above else area
        return Where(_short(place.name, Level.VILLAGE), named, place.name, True, True)
    maybe = _maybe(resolver, area, written) if area_listed else ()
    return Where(written, area, village, False, area_listed, maybe)


def village_in(code: str, township: str, text: str) -> str:
    """The one village of the county that a text names in full (虎牢关村), or "" where several or
    none could be meant. For rows whose column of villages is empty."""
    resolver = _resolver(code)
    if resolver is None:
        return ""
    found: set[str] = set()
    at = 0
    while (at := resolver.next_start(text, at)) >= 0:
        ends = [end for end in resolver.ends(text, at) if text[at:end].endswith(("村", "社区"))]
        if ends:
            found.add(text[at : ends[0]])
        at = ends[0] if ends else at + 1
    listed = {locate(code, township, name) for name in found}
    names = {place.name for place in listed if place.listed}
    return names.pop() if len(names) == 1 and len(listed) == 1 else ""


def sound_alike(first: str, second: str) -> bool:
    """Whether two names of the same length differ in one character that sounds the same."""
    if len(first) != len(second):
        return False
    unlike = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(unlike) == 1 and bool(_sounds(unlike[0][0]) & _sounds(unlike[0][1]))


def one_more(first: str, second: str) -> bool:
    """Whether the longer name is the shorter one with one character put in."""
    short, long = sorted((first, second), key=len)
    if len(long) != len(short) + 1:
        return False
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _maybe(resolver: Resolver, township: str, written: str) -> tuple[str, ...]:
    inside = _inside(resolver, township)
    return tuple(name for name in inside if sound_alike(name, written) or one_more(name, written))


def _inside(resolver: Resolver, township: str) -> tuple[str, ...]:
    return tuple(
        _short(place.name, Level.VILLAGE)
        for place in resolver.places.values()
        if place.level is Level.VILLAGE
        and _short(resolver.places[place.parent_key or ""].name, Level.TOWNSHIP) == township
    )


def _township(resolver: Resolver | None, township: str) -> tuple[str, bool]:
    short = _short(township, Level.TOWNSHIP)
    if resolver is None or not township:
        return short, False
    found = resolver.resolve(township).place
    if found is not None and found.level is Level.TOWNSHIP:
        return _short(found.name, Level.TOWNSHIP), True
    keys = resolver.stems.get(short, ())
    listed = any(resolver.places[key].level is Level.TOWNSHIP for key in keys)
    return short, listed


def _short(name: str, level: Level) -> str:
    found = spellings(name.strip(), level)
    return found.stem or found.full


@lru_cache(maxsize=64)
def _resolver(county: str) -> Resolver | None:
    if len(county) != 6 or not county.isdigit():
        return None
    try:
        return Resolver.for_county(county)
    except UnknownCounty:
        return None


@cache
def _sounds_by_letter() -> dict[str, set[int]]:
    raw = files("laoqu_engines.overlap").joinpath("data/sounds.txt").read_text("utf-8")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(raw.splitlines()):
        for letter in line:
            found.setdefault(letter, set()).add(number)
    return found


def _sounds(letter: str) -> set[int]:
    return _sounds_by_letter().get(letter, set())
