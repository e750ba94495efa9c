"""Which place a written name means: resolved, ambiguous with its candidates, or unknown.

A name is compared whole, never as a part of another (高市 is not 下高市). In this order: the name
or an alias; a township or village written in front of it (栲栳镇高市村); the name without 村, 社区
or 镇; a site in the place (张营小学). What still fits several places is narrowed by the township
given and by the names nearby. Where that does not decide, the answer says so.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from laoqu_engines.values import gazetteer
from laoqu_engines.values.area_codes import Level
from laoqu_engines.values.finder import NameFinder
from laoqu_engines.values.spellings import spellings

__all__ = ["Level", "Place", "Resolution", "Resolver", "Status"]

Status = Literal["resolved", "ambiguous", "unknown"]
_SITES = (
    "小学|中学|学校|幼儿园|教学点|广场|公园|卫生[院室所]|敬老院|养老院|幸福院|康养小院|照料中心"
    "|服务中心|文化[站室宫]|活动中心|活动室|礼堂|图书室|农家书屋|村史馆|纪念[馆碑塔]|陵园|故居|旧址"
    "|遗址|祠堂|水库|泵站|大桥|农贸市场|合作社|加工厂"
)
SITE_WORD = re.compile(f"(?:{_SITES})")
_SITE = re.compile(rf"[\u4e00-\u9fff]{{0,6}}(?:{_SITES})")
_FOREIGN = re.compile(r"(?P<head>[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡))(?P<tail>[\u4e00-\u9fff]{2,})")
_SHOWN = 5  # candidates named in a reason


@dataclass(frozen=True)
class Place:
    """A place that names may mean. ``key`` is the caller's own; ``parent_key`` leads upward."""

    key: str
    code: str | None
    name: str
    level: Level
    parent_key: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resolution:
    """The answer to one name. ``reason`` is a Chinese sentence for the person who checks it.

    ``candidates`` are the places to choose from: the one place when resolved, none when unknown.
    """

    status: Status
    place: Place | None
    candidates: tuple[Place, ...]
    reason: str


@dataclass(frozen=True)
class _Found:
    """Places a name may mean, how they were found, and whether a person must look at it."""

    keys: tuple[str, ...]
    how: str = ""
    doubtful: bool = False


_NOTHING = _Found(())


class Resolver:
    """Resolves names among a given set of places, usually those of one county."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.key: place for place in places}
        self.exact: dict[str, tuple[str, ...]] = {}
        self.stems: dict[str, tuple[str, ...]] = {}
        for place in self.places.values():
            found = spellings(place.name, place.level)
            for form in {*found.exact, *(_tidy(alias) for alias in place.aliases)}:
                self.exact[form] = (*self.exact.get(form, ()), place.key)
            if found.stem:
                self.stems[found.stem] = (*self.stems.get(found.stem, ()), place.key)
        self._above = {key: self._ancestors(key) for key in self.places}
        self._finder = NameFinder([*self.exact, *self.stems])
        self._context: tuple[tuple[str, ...], tuple[set[str], Counter[str]]] | None = None

    @classmethod
    def for_county(cls, code: str, extra: Iterable[Place] = ()) -> Self:
        """A resolver of the bundled places of a county; keys are their 12-digit codes.

        ``extra`` adds natural villages and aliases. Raises ``gazetteer.UnknownCounty``.
        """
        units = [
            Place(unit.code, unit.code, unit.name, unit.level, unit.parent)
            for units in gazetteer.county(code).levels()
            for unit in units
        ]
        return cls([*units, *extra])

    def resolve(
        self, name: str, *, township: str | None = None, nearby: Sequence[str] = ()
    ) -> Resolution:
        """The place that ``name`` means.

        ``township`` is the township named for it elsewhere (a column of the sheet); ``nearby`` are
        names written around it, which decide between villages of the same name.
        """
        written = _tidy(name)
        found = self._look(written, nearby)
        if not found.keys:
            return Resolution("unknown", None, (), self._missing(written))
        if not found.doubtful and township:
            found = self._within_township(found, _tidy(township))
        if not found.doubtful and len(found.keys) > 1:
            found = self._by_context(found, written, nearby)
        options = tuple(self.places[key] for key in found.keys)
        if len(options) == 1 and not found.doubtful:
            how = found.how or self._plain_reason(written, options[0])
            return Resolution("resolved", options[0], options, how)
        shown = "、".join(self.full_name(option) for option in options[:_SHOWN])
        how = found.how or f"“{name}”不止一处，请选定：{shown}。"
        return Resolution("ambiguous", None, options, how)

    def _missing(self, written: str) -> str:
        """Why nothing was found, and under which place it could be added."""
        if not written:
            return "没有写地名，请补上。"
        wide, at = "", 0
        while ends := [end for end in self.ends(written, at) if written[at:end] in self.exact]:
            wide, at = written[at : ends[0]], ends[0]
        known = f"地名里有“{wide}”，没有" if wide else "地名里没有"
        return f"{known}“{written[at:] or written}”，请核对写法，或添加为自然村。"

    def _plain_reason(self, written: str, place: Place) -> str:
        full = self.full_name(place)
        return f"“{written}”在地名表里。" if written == full else f"“{written}”是{full}。"

    def full_name(self, place: Place) -> str:
        """With its township in front: 栲栳镇高市村; a natural village with its village."""
        above = [self.places[key] for key in self._above[place.key]]
        shown = [up.name for up in above if up.level in (Level.TOWNSHIP, Level.VILLAGE)]
        return "".join(reversed(shown)) + place.name

    def lies_in(self, key: str, outer: str) -> bool:
        """Whether the place ``key`` lies in the place ``outer``; no place lies in itself."""
        return outer in self._above[key]

    def ends(self, text: str, at: int) -> list[int]:
        """Where names that begin at ``at`` end, longest first, with or without 村."""
        return self._finder.ends(text, at)

    def next_start(self, text: str, at: int) -> int:
        """Where the next name may begin, from ``at`` on, or -1."""
        return self._finder.next_start(text, at)

    def _ancestors(self, key: str) -> tuple[str, ...]:
        above: list[str] = []
        parent = self.places[key].parent_key
        while parent is not None and parent in self.places and parent not in above:
            above.append(parent)
            parent = self.places[parent].parent_key
        return tuple(above)

    def _look(self, written: str, nearby: Sequence[str] = ()) -> _Found:
        """The places a tidy name may mean, by the first way that finds any."""
        if keys := self.exact.get(written):
            return _Found(tuple(key for key in keys if not {*self._above[key]} & {*keys}))
        ways: tuple[Callable[[], _Found], ...] = (
            lambda: self._in_front(written, nearby),
            lambda: self._without_ending(written, nearby),
            lambda: self._site(written, nearby),
            lambda: self._foreign(written),
        )
        return next((found for way in ways if (found := way()).keys), _NOTHING)

    def _in_front(self, written: str, nearby: Sequence[str]) -> _Found:
        """栲栳镇高市村, 永济市虞乡镇新源村, 韩家庄村南沟: a wider place in front of the name."""
        elsewhere = _NOTHING
        for end in self.ends(written, 0):
            exact = self.exact.get(written[:end], ())
            heads, tail = exact or self.stems.get(written[:end], ()), written[end:]
            if len(tail) < 2:
                continue
            found = self._look(tail, nearby)
            inside = tuple(
                key for key in found.keys if any(self.lies_in(key, head) for head in heads)
            )
            if inside:
                return _Found(inside, found.how, found.doubtful)
            if exact and found.keys and not elsewhere.keys:
                elsewhere = self._misplaced(written[:end], tail, found.keys)
        return elsewhere

    def _misplaced(self, head: str, tail: str, keys: tuple[str, ...]) -> _Found:
        shown = "、".join(self.full_name(self.places[key]) for key in keys[:_SHOWN])
        return _Found(keys, f"{head}没有“{tail}”，别处有{shown}，请核对。", doubtful=True)

    def _without_ending(self, written: str, nearby: Sequence[str]) -> _Found:
        """任阳 for 任阳村. A village is meant before a community, a community before a township."""
        keys = self.stems.get(written, ())
        ranks: dict[int, list[str]] = {}
        for key in keys:
            ranks.setdefault(_rank(self.places[key]), []).append(key)
        if not ranks:
            return _NOTHING
        first = tuple(ranks[min(ranks)])
        others = [key for key in keys if key not in first]
        communities = any("社区" in near for near in nearby) and not any(
            near.endswith("村") for near in nearby
        )
        if communities and any(_rank(self.places[key]) == 1 for key in others):
            return _Found(keys)
        if len(first) > 1:
            return _Found(first)
        how = f"“{written}”按{self.full_name(self.places[first[0]])}来认，写时省了末尾的字。"
        if others:
            shown = "、".join(self.full_name(self.places[key]) for key in others[:_SHOWN])
            how = how.removesuffix("。") + f"；同名的还有{shown}。"
        return _Found(first, how)

    def _site(self, written: str, nearby: Sequence[str]) -> _Found:
        """张营小学, 任阳村文体广场: a site, recorded under the place it is in."""
        for end in self.ends(written, 0):
            if _SITE.fullmatch(written, end):
                found = self._look(written[:end], nearby)
                if len(found.keys) != 1:
                    return _Found(found.keys)
                where = self.full_name(self.places[found.keys[0]])
                return _Found(found.keys, f"“{written}”是{where}的场所，记在{where}名下。")
        return _NOTHING

    def _foreign(self, written: str) -> _Found:
        """A township that is not in the list (merged, renamed, or of another county)."""
        match = _FOREIGN.fullmatch(written)
        keys = self.exact.get(match["tail"], ()) if match else ()
        if match is None or not keys:
            return _NOTHING
        shown = "、".join(self.full_name(self.places[key]) for key in keys[:_SHOWN])
        how = f"地名里没有“{match['head']}”，可能已撤并或在别的县；同名的有{shown}，请核对。"
        return _Found(keys, how, doubtful=True)

    def _within_township(self, found: _Found, township: str) -> _Found:
        named = [
            key
            for key in self._look(township).keys + self.stems.get(township, ())
            if self.places[key].level is Level.TOWNSHIP
        ]
        if not named:
            return found
        inside = tuple(
            key
            for key in found.keys
            if key in named or any(self.lies_in(key, head) for head in named)
        )
        if inside:
            return _Found(inside, found.how if len(inside) == len(found.keys) else "")
        return self._misplaced(township, self.places[found.keys[0]].name, found.keys)

    def _by_context(self, found: _Found, written: str, nearby: Sequence[str]) -> _Found:
        named, counted = self._townships_of(tuple(nearby), written)
        for chosen in (named, _majority(counted)):
            keys = tuple(key for key in found.keys if self._township(key) in chosen)
            if len(keys) == 1:
                place = self.places[keys[0]]
                how = f"“{written}”不止一处，前后写的是{self._township_name(place)}，按此认定。"
                return _Found(keys, how)
        return found

    def _townships_of(self, nearby: tuple[str, ...], written: str) -> tuple[set[str], Counter[str]]:
        """Townships written out nearby, and those of the unmistakable names nearby, counted."""
        if self._context is None or self._context[0] != nearby:
            named: set[str] = set()
            counted: Counter[str] = Counter()
            for near in dict.fromkeys(map(_tidy, nearby)):
                found = self._look(near)
                if len(found.keys) != 1 or found.doubtful:
                    continue
                township = self._township(found.keys[0])
                if township is None:
                    continue
                counted[township] += 1
                if near.startswith(self._forms_of(township)):
                    named.add(township)
            self._context = (nearby, (named, counted))
        return self._context[1]

    def _forms_of(self, key: str) -> tuple[str, ...]:
        place = self.places[key]
        return (*spellings(place.name, place.level).exact, *place.aliases)

    def _township(self, key: str) -> str | None:
        chain = (key, *self._above[key])
        return next((up for up in chain if self.places[up].level is Level.TOWNSHIP), None)

    def _township_name(self, place: Place) -> str:
        key = self._township(place.key)
        return self.places[key].name if key else place.name


def _tidy(name: str) -> str:
    return re.sub(r"[\s“”\"《》〈〉]", "", unicodedata.normalize("NFKC", name))


def _rank(place: Place) -> int:
    """Which kind of place a name without its ending means first."""
    if place.level in (Level.VILLAGE, Level.NATURAL_VILLAGE):
        return 1 if place.name.endswith("社区") else 0
    return 2 if place.level is Level.TOWNSHIP else 3


def _majority(counted: Counter[str]) -> set[str]:
    """The township in which more than half of the names nearby lie, if there is one."""
    return {township for township, count in counted.items() if 2 * count > counted.total()}
