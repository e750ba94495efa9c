"""All mentions of a text (``Marks``), and which of them stand in a passage (``within``)."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from laoqu_engines.reader import dates as date_words
from laoqu_engines.reader.lexicon import Lexicon
from laoqu_engines.reader.mentions import Amount, Count, Date, Mention, Place, Title
from laoqu_engines.reader.places import PlaceFinder
from laoqu_engines.reader.quantities import amounts, counts

_TITLE = re.compile(r"《[^《》\n]{1,60}》(?:杂志|一书|月刊|期刊|报(?!道|告))?|“[^“”\n]{1,80}”")
M = TypeVar("M", bound=Mention)


@dataclass(frozen=True)
class Marks:
    """Every mention of a text, each kind in the order of the text."""

    amounts: tuple[Amount, ...]
    counts: tuple[Count, ...]
    dates: tuple[Date, ...]
    places: tuple[Place, ...]
    titles: tuple[Title, ...]


def within(mentions: Sequence[M], start: int, end: int) -> list[M]:
    """The mentions that begin in ``[start, end)``."""
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    last = bisect_left(mentions, end, key=lambda mention: mention.start)
    return list(mentions[first:last])


def mark(text: str, lexicon: Lexicon, finder: PlaceFinder | None = None) -> Marks:
    """Stage two: all mentions of the view's text."""
    sums = amounts(text, lexicon)
    titles = [Title(m.start(), m.end(), m[0]) for m in _TITLE.finditer(text)]
    quoted = {i for t in titles if t.text[0] == "《" for i in range(t.start, t.end)}
    found = (finder or PlaceFinder(lexicon)).find(text)
    return Marks(
        tuple(sums),
        tuple(counts(text, lexicon, sums)),
        tuple(date_words.dates(text)),
        tuple(place for place in found if place.start not in quoted),
        tuple(titles),
    )
