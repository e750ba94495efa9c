"""What a name or a content says: facilities, actions, quantities and the names that are left.

One pass of one pattern. Words that touch form a chain (公墓道路, 巷道排水): its last facility is
what is built, the ones before it say where or for what. Letters that no word knows are names.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from laoqu_engines.overlap import spots
from laoqu_engines.overlap.facilities import vocabulary
from laoqu_engines.overlap.lexicon import NO_MEANING, Meaning, any_of, meanings
from laoqu_engines.overlap.scales import PATTERN, Scale, derived, products, scale

_YEAR = r"(?:19|20)\d\d(?![\d.])(?:年度?)?"
_FEW = r"\d{1,4}|[一二三四五六七八九十两]{1,3}"
_PLACES = rf"(?<!\d)(?:{_FEW})个?(?:老区|行政|贫困|重点|自然)?(?:村|屯)(?![民级])"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PIECES = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")
_MANY = rf"(?:{_FEW})个?"
_NAME = r"[\u4e00-\u9fff]{2,5}"
_LIST = re.compile(rf"((?:{_NAME}?村?、)+{_NAME}?)(?:等|{_MANY}|村)")
_OWN = re.compile(rf"(?<![\u4e00-\u9fff])({_NAME}?)(?:村|等{_MANY}村)")
_MOST_NAMED = 60
_COUNT = re.compile(
    r"(?<!\d)(\d{1,4}|[一二三四五六七八九十两]{1,3})个?(?:老区|行政|贫困|重点)?(?:村|屯)(?!民)"
)
_JOINING = frozenset("和及与等含约为在由从到至的了并处个共其将对")


@dataclass(slots=True)
class Said:
    """What one text says.

    Masks: ``heads`` are built, ``at`` only stand before a head, ``general`` are general words that
    stand alone, ``broad`` also those beside a facility. ``objects`` are the names that stand right
    before what is built (翟徐 in 翟徐桥).
    """

    heads: int = 0
    general: int = 0
    broad: int = 0
    at: int = 0
    kinds: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    scales: tuple[Scale, ...] = ()
    open: bool = False
    many: bool = False


def said(text: str) -> Said:
    """Reads a normalised, lower-case text from which the own place names are taken out."""
    text, areas = products(text)
    reading = _Reading(text)
    last = 0
    for match in _pattern().finditer(text):
        start = match.start()
        if start > last:
            reading.gap(text[last:start])
        last = match.end()
        if match.lastgroup == "word":
            reading.word(match[0], last)
        else:
            reading.end()
            if match["number"] is not None:
                reading.quantity(match)
    if last < len(text):
        reading.gap(text[last:])
    reading.end()
    found = reading.said
    found.scales = (*reading.scales, *areas, *derived(reading.scales))
    return found


class _Reading:
    """Gathers words that touch, and decides at the end of each chain what it names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.said = Said()
        self.chain: list[tuple[str, int, Meaning]] = []  # letters, facility, meaning
        self.scales: list[Scale] = []
        self.head = 0  # the facility that was last named, while nothing separates it
        self.waiting = 0  # quantities at the end of the list that no facility stands before
        self.words = meanings()
        self.general = vocabulary().general

    def gap(self, letters: str) -> None:
        """Letters between words: Chinese ones continue a chain, all others end it."""
        if _HAN.fullmatch(letters):
            self.chain.append((letters, 0, NO_MEANING))
            return
        for piece in _PIECES.findall(letters):
            if _HAN.match(piece):
                self.chain.append((piece, 0, NO_MEANING))
            else:
                self.end()
                self.head = self.waiting = 0

    def word(self, word: str, after: int) -> None:
        meaning = self.words[word]
        if len(word) == 1 and word not in _JOINING and self._in_name(meaning, after):
            self.chain.append((word, 0, NO_MEANING))
            return
        if meaning.beside and self.chain:
            self.chain.append(("", 0, NO_MEANING))
            return
        said = self.said
        if meaning.actions:
            said.actions |= meaning.actions
        if meaning.open:
            said.open = True
        if meaning.many:
            said.many = True
        if meaning.facility:
            self.chain.append((word, meaning.facility, meaning))
        else:
            self.end()

    def _in_name(self, meaning: Meaning, after: int) -> bool:
        """Whether a word of one letter is only a part of a longer name (桥头, 冲口山塘)."""
        if not meaning.facility and self.chain and not self.chain[-1][1] and self.chain[-1][0]:
            return True
        follows = _HAN.match(self.text, after)
        return follows is not None and _pattern().match(self.text, after) is None

    def quantity(self, match: re.Match[str]) -> None:
        """A quantity belongs to the facility right before it, else to the one right after."""
        self.scales.append(scale(match, self.head))
        self.waiting = 0 if self.head else self.waiting + 1

    def end(self) -> None:
        """What a chain of touching words names: its last facility; the ones before say where."""
        chain = self.chain
        if not chain:
            return
        self.chain = []
        named = [link for link in chain if link[1]]
        if named:
            self._named(named)
        if len(named) < len(chain):
            end = len(chain)
            while end and (chain[end - 1][1] or not chain[end - 1][0]):
                end -= 1
            name = "".join([link[0] for link in chain[:end]])
            if len(name) > 1:
                self.said.names |= {name}
                if end < len(chain):
                    self.said.objects |= {name}

    def _named(self, named: list[tuple[str, int, Meaning]]) -> None:
        strong = [link for link in named if not link[2].weak] or named
        specific = [link for link in strong if not link[1] & self.general] or strong
        head = specific[-1][1]
        for link in strong:
            self.said.broad |= link[1] & self.general
        for _, facility, meaning in specific:
            if facility != head:
                self.said.at |= facility
            elif meaning.kind:
                self.said.kinds |= {meaning.kind}
        if head & self.general:
            self.said.general |= head
            return
        self.said.heads |= head
        self.head = head
        for at in range(len(self.scales) - self.waiting, len(self.scales)):
            self.scales[at] = replace(self.scales[at], of=head)
        self.waiting = 0


def places_named(text: str) -> frozenset[str]:
    """Names in front of 村, and names in a list that ends in 等 or a number of villages."""
    own = "村" in text
    found: list[str] = []
    if "、" in text and (own or "等" in text):
        found += [name for match in _LIST.finditer(text) for name in match[1].split("、")]
    if own:
        found += [match[1] for match in _OWN.finditer(text)]
    short = (name.removesuffix("村") for name in found[:_MOST_NAMED])
    return frozenset(name for name in short if len(name) > 1 and name not in meanings())


def villages_counted(text: str) -> int:
    """How many villages the text says it is about (12个老区村 is 12), 0 where it says nothing."""
    found = _COUNT.search(text)
    if found is None:
        return 0
    number = found[1]
    if number.isdigit():
        return int(number)
    return 1 if number == "一" else 2


@cache
def _pattern() -> re.Pattern[str]:
    words = any_of(meanings())
    return re.compile(
        rf"{_YEAR}|{_PLACES}|{spots.STAGE.pattern}|(?P<group>{spots.GROUPS.pattern})|{PATTERN}|(?P<word>{words})"
    )
