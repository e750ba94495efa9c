"""A prepared work as whole numbers: what comparisons on arrays look at.

Texts become hashes (equal texts give equal numbers, 0 is none) and sets become masks.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from operator import and_
from typing import Any, Final, NamedTuple

from laoqu_engines.overlap.evidence import COMPARED, covers, distinctive, finished
from laoqu_engines.overlap.facilities import vocabulary
from laoqu_engines.overlap.places import key
from laoqu_engines.overlap.prepare import Prepared
from laoqu_engines.overlap.scales import Scale

STEP: Final = 0.0005
"""Quantities are put in steps of this, on a natural logarithm."""

ACTIONS: Final = ("rest", "repair", "replace", "widen", "equip")
SCALES: Final = 3
SMALLEST, LARGEST = 0.001, 1e10
MAIN: Final = 62
UNKNOWN: Final = 63
_DIMENSIONS: Final = {name: number for number, name in enumerate(COMPARED, 1)}
DISTINCTIVE: Final = (0.0, 0.1, 0.5, 0.8, 0.9, 1.2, 1.6, 1.8)


class Keys(NamedTuple):
    """The numbers of one work, or as arrays of shape (n,) those of many.

    The first seven are those of ``Prepared``. ``marks`` are yes or no, a bit each (``MARKS``).
    ``hamlet1`` … have the bits of the bigrams that all hamlets share, ``mention1`` … those of the
    texts in which they are looked for. ``name0`` … are two names, ``letters0`` … their bigrams.
    ``where`` is the place, ``township`` a listed one; both 0 where there are several.
    ``scale0`` … are quantities (``Packed``), 0 where there is none.
    """

    line: Any
    home: Any
    loose: Any
    facilities: Any
    reach: Any
    signature: Any
    same: Any
    identity: Any
    where: Any
    township: Any
    main: Any
    wholes: Any
    general: Any
    at: Any
    kinds: Any
    groups: Any
    year: Any
    stage: Any
    marks: Any
    amount: Any
    title: Any
    spots: Any
    spot_mask: Any
    spot_things: Any
    hamlets: Any
    hamlet_letters: Any
    hamlet1: Any
    hamlet2: Any
    hamlet3: Any
    hamlet4: Any
    mention1: Any
    mention2: Any
    mention3: Any
    mention4: Any
    name0: Any
    name1: Any
    letters0: Any
    letters1: Any
    scale0: Any
    scale1: Any
    scale2: Any


MARKS: Final = {
    name: 1 << bit
    for bit, name in enumerate(
        (
            *("vague", "covers", "open", "portion", "placed", "finished", "scaled", "more", "ends"),
            *("objects", "names", *ACTIONS),
        )
    )
}


def numbers(work: Prepared) -> Keys:
    """The columns of one work."""
    words = vocabulary()
    compared = [scale for scale in work.scales if scale.dimension in COMPARED]
    packed = [_packed(scale, work.main) for scale in compared[:SCALES]]
    names = sorted(work.names)[:2]
    single = len(work.where) == 1
    where = [f"{place.township}\x1f{place.village}" for place in work.where]
    columns: list[int] = [
        work.line,
        work.home,
        int(work.loose),
        work.facilities,
        work.reach,
        work.signature,
        work.same,
        key(work.id),
        key(work.county, where[0]) if single else 0,
        key(work.where[0].township) | 1 if single and work.where[0].township_listed else 0,
        work.main,
        words.wholes(work.main),
        work.general,
        work.at,
        sum(1 << _kinds()[kind] for kind in work.kinds),
        work.inside.groups,
        work.year or 0,
        work.inside.stage,
        _marks(work, compared),
        work.amount or 0,
        key(work.title) if work.title else 0,
        _hash(work.inside.spots),
        _mask(work.inside.spots),
        _mask(spot[1:] for spot in work.inside.spots),
        _hash(work.inside.hamlets),
        _mask(letter for name in work.inside.hamlets for letter in name),
        *_common(work.inside.hamlets),
        *_bigrams((work.text, *work.inside.hamlets)),
        *[key(name) | 1 for name in names],
        *[0] * (2 - len(names)),
        *[_bigrams((name,))[0] for name in names],
        *[0] * (2 - len(names)),
        *packed,
        *[0] * (SCALES - len(packed)),
    ]
    return Keys(*columns)


def _marks(work: Prepared, compared: Sequence[Scale]) -> int:
    said = {
        "vague": work.vague,
        "covers": covers(work),
        "open": work.open,
        "portion": work.inside.portion,
        "placed": work.inside.placed,
        "finished": finished(work),
        "scaled": bool(work.scales),
        "more": len(compared) > SCALES
        or any(not SMALLEST < scale.value < LARGEST for scale in compared),
        "names": len(work.names) > 2,
        "ends": work.inside.stretch,
        "objects": bool(work.objects),
    } | {action: action in work.actions for action in ACTIONS}
    said["equip"] = "equip" in work.title_actions
    return sum(MARKS[name] for name, yes in said.items() if yes)


def _usual(scale: Scale) -> bool:
    return SMALLEST < scale.value < LARGEST


def _packed(scale: Scale, main: int) -> int:
    """One number for a quantity; ``Packed`` takes it apart again."""
    value = min(max(scale.value, SMALLEST), LARGEST)
    step = math.floor(math.log(value) / STEP) + (1 << 14)
    of = scale.of or main
    bit = of.bit_length() - 1 if of.bit_count() == 1 else MAIN if of == main else UNKNOWN
    packed = key(f"{scale.value:.6f}") >> 29 << 16 | step
    packed = packed << 6 | bit
    packed = packed << 3 | _DIMENSIONS[scale.dimension]
    return packed << 4 | DISTINCTIVE.index(distinctive(scale)) << 1 | scale.about


class Packed:
    """Packed quantities as arrays: ``value`` is a hash, ``step`` a logarithm, ``bit`` stands for
    the facility or is MAIN or UNKNOWN."""

    def __init__(self, packed: Any) -> None:
        self.about = packed & 1
        self.distinctive = packed >> 1 & 7
        self.dimension = packed >> 4 & 7
        self.bit = packed >> 7 & 63
        self.step = packed >> 13 & 0xFFFF
        self.value = packed >> 29


def _hash(words: Iterable[str]) -> int:
    known = sorted(words)
    return key(*known) | 1 if known else 0


def _mask(words: Iterable[str]) -> int:
    mask = 0
    for word in words:
        mask |= 1 << key(word) % 63
    return mask


def _bigrams(texts: Iterable[str]) -> tuple[int, int, int, int]:
    """The bigrams of texts as bits, by four rules: four masks are seldom wrong together."""
    first, second, third, fourth = 0, 0, 0, 0
    for text in texts:
        for a, b in pairwise(map(ord, text)):
            first |= 1 << (a * 31 + b) % 63
            second |= 1 << (a * 17 + b * 5) % 61
            third |= 1 << (a * 7 + b * 11) % 59
            fourth |= 1 << (a * 3 + b * 13) % 62
    return first, second, third, fourth


def _common(words: Iterable[str]) -> tuple[int, ...]:
    """The bits that the bigrams of all words share."""
    found: tuple[int, ...] = ()
    for word in words:
        masks = _bigrams((word,))
        found = tuple(masks) if not found else tuple(map(and_, found, masks))
    return found or (0, 0, 0, 0)


@cache
def _kinds() -> dict[str, int]:
    kinds = sorted({word.kind for word in vocabulary().words.values() if word.kind})
    return {kind: bit for bit, kind in enumerate(kinds)}
