"""Everything that a comparison needs of a work, read from its texts once."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from laoqu_engines.overlap.facilities import vocabulary
from laoqu_engines.overlap.scales import Scale, scales
from laoqu_engines.overlap.works import Work
from laoqu_engines.values.area_codes import Level
from laoqu_engines.values.spellings import spellings

LONGEST = 2000
"""Characters of name and content that are compared; the rest is cut."""

_WORD = re.compile("|".join(sorted(vocabulary().words, key=len, reverse=True)))
_SPLIT = re.compile(r"[、,，;；/\s]+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """One work, ready to be compared.

    Columns of whole numbers, for array and data base back ends: ``home`` is the key of its village
    (or township, or county, where none narrower is given: then ``loose``), ``visits`` further keys
    under which it is looked for; two works are compared when they share their homes or one visits
    the other's home. ``facilities`` is the mask of what it names, ``reach`` the same with all that
    may contain it, ``signature`` 64 bits of the bigrams of its text, ``line`` the key of its
    line or 0, ``same`` equal for rows that differ in nothing but their id.
    """

    id: str
    line: int
    home: int
    visits: tuple[int, ...]
    loose: bool
    facilities: int
    reach: int
    signature: int
    same: int
    county: str
    township: str
    villages: tuple[str, ...]
    text: str
    cut: bool
    scales: tuple[Scale, ...]
    year: int | None
    amount: int | None
    joint: int | None


def prepare(work: Work) -> Prepared:
    """Parses a work. Pure; never fails, whatever the texts hold."""
    whole = f"{work.name}。{work.content}"
    text = whole[:LONGEST]
    words = vocabulary()
    facilities = 0
    for found in _WORD.finditer(text):
        facilities |= words.words[found[0]].facility
    county = work.county_code or work.county
    township = _stem(work.township, Level.TOWNSHIP)
    villages = tuple(
        dict.fromkeys(_stem(name, Level.VILLAGE) for name in _SPLIT.split(work.village) if name)
    )
    wide = [key(county, township), key(county)] if township else [key(county)]
    keys = [*(key(county, "", village) for village in villages), *wide]
    return Prepared(
        id=work.id,
        line=key(work.line) if work.line else 0,
        home=keys[0],
        visits=tuple(keys[1:]),
        loose=not villages,
        facilities=facilities,
        reach=words.reach(facilities),
        signature=signature(text),
        same=_same(work),
        county=county,
        township=township,
        villages=villages,
        text=text,
        cut=len(whole) > LONGEST,
        scales=scales(text),
        year=work.year,
        amount=work.amount_fen,
        joint=work.joint_amount_fen,
    )


def key(*parts: str) -> int:
    """A 63-bit number that stands for these texts, the same on every machine."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def signature(text: str) -> int:
    """63 bits, one set for each bigram of the text."""
    bits = 0
    for first, second in pairwise(text):
        bits |= 1 << (ord(first) * 31 + ord(second)) % 63
    return bits


def _stem(name: str, level: Level) -> str:
    found = spellings(name.strip(), level)
    return found.stem or found.full


def _same(work: Work) -> int:
    fields = (getattr(work, name) for name in work.__slots__ if name not in ("id", "line"))
    return key(*map(str, fields))
