"""The marks found in a text before any meaning is given to them; offsets are those of the view."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Mention:
    """``text`` at ``[start, end)``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Amount(Mention):
    """A sum of money in fen. ``guess`` says what was assumed where 元 or 万 is not written."""

    fen: int
    approx: bool
    guess: str = ""


@dataclass(frozen=True)
class Count(Mention):
    """A quantity with its measure word; ``noun`` is what follows it (“户” → “贫困户”)."""

    value: int | Decimal
    unit: str
    approx: bool
    noun: str = ""


@dataclass(frozen=True)
class Date(Mention):
    """Any of year, month and day; ``year_shift`` is -1 for 去年, 0 for 今年, else None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True)
class Place(Mention):
    """A place as written. ``level``: province … village, site; ``parent``: the prefix before it."""

    level: str
    name: str
    open_list: bool = False


@dataclass(frozen=True)
class Title(Mention):
    """《…》 or “…”, with its marks."""
