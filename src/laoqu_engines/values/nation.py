"""Resolves names anywhere in the nation: first the county they must lie in, then the place.

Kept in memory is only which county codes each of 329,000 names occurs in (about 100 MiB); the
places of a county are read when one of its names is asked for.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from laoqu_engines.values import gazetteer
from laoqu_engines.values.finder import NameFinder
from laoqu_engines.values.places import Place, Resolution, Resolver

_SHORTEST = 2
_MOST = 20  # counties whose places are offered for a name that none decides
_SHOWN = 5
_NAMED = 4  # a county said by name weighs as much as so many names that only it has


class NationResolver:
    """``resolve`` as ``places.Resolver`` does it, without being told the county."""

    def __init__(self) -> None:
        self._names = _counties_by_name()
        counties = gazetteer.county_names()
        self._counties: dict[str, list[str]] = {}
        for county in counties:
            self._counties.setdefault(county.name, []).append(county.code)
        self._finder = NameFinder(self._counties)

    def resolve(
        self, name: str, *, township: str | None = None, nearby: Sequence[str] = ()
    ) -> Resolution:
        """The place that ``name`` means; ``nearby``, the names written around it, say in which
        county. Several where neither it nor they decide."""
        votes: Counter[str] = Counter()
        for written in dict.fromkeys([name, township or "", *nearby]):
            votes.update(self._votes(written))
        ranked = votes.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            found = _county(ranked[0][0]).resolve(name, township=township, nearby=nearby)
            if found.status != "unknown":
                return found
        return self._undecided(name)

    def _votes(self, written: str) -> dict[str, float]:
        """How much a name speaks for each county: by its county's name, else by its own."""
        said = [
            code for a, b in self._finder.matches(written) for code in self._counties[written[a:b]]
        ]
        if said:
            return {code: _NAMED / len(said) for code in said}
        codes = self._codes(written)
        return {f"{code:06}": 1 / len(codes) for code in codes}

    def _codes(self, written: str) -> Sequence[int]:
        """The counties with a place called like the longest ending of ``written``, and of these
        those that also have the township before it."""
        for at in range(max(0, len(written) - _SHORTEST + 1)):
            if codes := self._names.get(written[at:]):
                above = self._codes(written[:at])
                return [code for code in codes if code in above] or codes
        return ()

    def _undecided(self, name: str) -> Resolution:
        codes = self._codes(name)
        options: list[Place] = []
        for code in codes[:_MOST]:
            options += _county(f"{code:06}").resolve(name).candidates
        if not options:
            return Resolution("unknown", None, (), f"全国的地名里没有“{name}”，请核对写法。")
        if len(codes) == 1 and len(options) == 1:
            where = _county_name(f"{codes[0]:06}")
            return Resolution("resolved", options[0], tuple(options), f"“{name}”只有{where}有。")
        shown = "、".join(_county_name(f"{code:06}") for code in codes[:_SHOWN])
        how = f"全国叫“{name}”的不止一处，例如{shown}，请写明县名。"
        return Resolution("ambiguous", None, tuple(options), how)


@cache
def _counties_by_name() -> dict[str, tuple[int, ...]]:
    """In which counties each name of a township or village occurs."""
    found: dict[str, set[int]] = {}
    for county in gazetteer.every_county():
        code = int(county.code)
        for unit in (*county.townships, *county.villages):
            found.setdefault(unit.name, set()).add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


@lru_cache(maxsize=30)
def _county(code: str) -> Resolver:
    return Resolver.for_county(code)


@cache
def _full_names() -> dict[str, str]:
    return {county.code: county.full_name for county in gazetteer.county_names()}


def _county_name(code: str) -> str:
    return _full_names()[code]
