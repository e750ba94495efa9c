"""The controlled vocabulary of facilities, read from ``data/facilities.toml``.

Sets of facilities are bit masks: bit ``n`` stands for the ``n``-th facility of the file. All masks
fit a signed 64-bit integer, so that a data base can work on them.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MOST = 62
"""Facilities that a mask can hold."""


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
    """A word of the trade: the facility it names, and the kind of it or ""."""

    facility: int
    kind: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facilities by the position of their bit, and all words."""

    facilities: tuple[Facility, ...]
    words: dict[str, Word]
    general: int
    one: int

    def reach(self, mask: int) -> int:
        """The facilities themselves and all wholes that may contain them."""
        for facility in self.named(mask):
            mask |= facility.wholes
        return mask | self.general

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
        words |= {word: Word(bits[row["key"]], "") for word in row["words"]}
        for kind, names in row.get("kinds", {}).items():
            words |= {word: Word(bits[row["key"]], kind) for word in names}
    general = sum(facility.bit for facility in facilities if facility.general)
    one = sum(facility.bit for facility in facilities if facility.one)
    return Vocabulary(facilities, words, general, one)
