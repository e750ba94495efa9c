"""The controlled vocabulary of facilities, read from ``data/facilities.toml``.

Sets of facilities are bit masks: bit ``n`` stands for the ``n``-th facility of the file. All masks
fit a signed 64-bit integer, so that a data base can work on them.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

MOST = 62
"""Facilities that a mask can hold."""
UNCLEAR = 1 << MOST
"""The bit of a work that names no facility of the vocabulary; it may be compared with any."""
EVERY = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Facility:
    """One kind of work. Masks: ``wholes`` may contain it, ``beside`` belong next to it."""

    key: str
    label: str
    bit: int
    wholes: int
    beside: int
    one: bool
    general: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the trade: the facility it names, and the kind of it or "".

    A weak word names it only where no other facility is named.
    """

    facility: int
    kind: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facilities by the position of their bit, and all words.

    Masks: ``general`` promise works without naming them, of ``one`` a village normally has one,
    ``sites`` own what is built at them (小学围墙 is no work of the village at large).
    """

    facilities: tuple[Facility, ...]
    words: dict[str, Word]
    general: int
    one: int
    sites: int

    def wholes(self, mask: int) -> int:
        """All that may contain one of these facilities."""
        return _wholes(mask)

    def reach(self, mask: int) -> int:
        """What these facilities may be compared with: themselves, their wholes, general words."""
        return EVERY if mask == UNCLEAR else mask | self.wholes(mask) | self.general

    def beside(self, mask: int) -> int:
        """The facilities that belong next to these."""
        found = 0
        for facility in self.named(mask):
            found |= facility.beside
        return found

    def named(self, mask: int) -> list[Facility]:
        """The facilities of a mask in the order of the file."""
        return [facility for facility in self.facilities if facility.bit & mask]

    def label(self, mask: int) -> str:
        """路灯亮化、排水."""
        return "、".join(facility.label for facility in self.named(mask))


@lru_cache(maxsize=1 << 14)
def _wholes(mask: int) -> int:
    found = 0
    for facility in vocabulary().named(mask):
        found |= facility.wholes
    return found


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package."""
    raw = files("laoqu_engines.overlap").joinpath("data/facilities.toml").read_text("utf-8")
    rows = tomllib.loads(raw)["facility"]
    bits = {row["key"]: 1 << position for position, row in enumerate(rows)}

    def mask(keys: Iterable[str]) -> int:
        return sum({bits[key] for key in keys})

    beside = {row["key"]: mask(row.get("beside", ())) for row in rows}
    for row in rows:  # what belongs next to a facility has it next to itself
        for other in row.get("beside", ()):
            beside[other] |= bits[row["key"]]
    facilities = tuple(
        Facility(
            row["key"],
            row["label"],
            bits[row["key"]],
            mask(row.get("part_of", ())),
            beside[row["key"]],
            row.get("one", False),
            row.get("general", False),
        )
        for row in rows
    )
    words: dict[str, Word] = {}
    for row in rows:
        named = [(word, "", False) for word in row["words"]]
        named += [(word, "", True) for word in row.get("weak", ())]
        named += [(word, kind, False) for kind, own in row.get("kinds", {}).items() for word in own]
        for word, kind, weak in named:  # a word of two facilities means either
            other = words.get(word, Word(0))
            words[word] = Word(other.facility | bits[row["key"]], kind or other.kind, weak)
    general = sum(facility.bit for facility in facilities if facility.general)
    one = sum(facility.bit for facility in facilities if facility.one)
    sites = sum(bits[row["key"]] for row in rows if row.get("site"))
    return Vocabulary(facilities, words, general, one, sites)
