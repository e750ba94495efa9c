"""All place names in a running text, longest first, in time linear in the text.

Names written in full are found anywhere, except as a part of a longer name. Names without their
村 are found only where a list or a sentence leaves no room for another reading: 深入东开张等村.
"""

import re
from dataclasses import dataclass

from laoqu_engines.values.area_codes import Level
from laoqu_engines.values.places import SITE_WORD, Place, Resolver

_UNIT = re.compile(
    r"(?:村|社区|委会|委员会|街道办?|办事处|街办|[镇乡省市县区州盟旗]|嘎查|苏木|林场|农场|生活区)$"
)
_SIDES = frozenset("上下东西南北前后大小新老")
_GROWS = re.compile(r"[镇乡庄屯堡寨]|街道|社区")
_BEFORE = re.compile(r"(?:^|[、，,。；;：:（(“\"\s]|[和与及到赴在为至往对给向从由是入的帮访])$")
_AFTER = re.compile(r"$|[、，,。；;）)”\"\s]|[等和与及]|[两二三四五六七八九十0-9]+个?村")


@dataclass(frozen=True)
class Mention:
    """``text[start:end] == name``; ``places`` are all it may mean.

    ``bare`` marks a name without its ending, ``site`` a site named after a place (张营小学).
    """

    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    bare: bool = False
    site: bool = False


def find_places(text: str, resolver: Resolver) -> list[Mention]:
    """The place names of the resolver in ``text``, from left to right.

    Names that follow each other from wide to narrow are one mention: 栲栳镇高市村.
    """
    mentions: list[Mention] = []
    at = 0
    while at < len(text) - 1:
        after = mentions[-1].end if mentions else -1
        ends = resolver.ends(text, at)
        mention = next((m for end in ends if (m := _stands(text, at, end, after, resolver))), None)
        if mention is None:
            at += 1
            continue
        at = mention.end
        if mentions and mentions[-1].end == mention.start:
            joined = _join(mentions[-1], mention, resolver)
            if joined:
                mentions[-1] = joined
                continue
        mentions.append(mention)
    return mentions


def _stands(text: str, start: int, end: int, after: int, resolver: Resolver) -> Mention | None:
    """The mention, where ``text[start:end]`` is a name of its own and no part of another word."""
    name = text[start:end]
    exact = resolver.exact.get(name, ())
    begins = start == after
    if not begins and start and text[start - 1] in _SIDES:
        return None  # 上高市村 is another village than 高市村
    if exact and _UNIT.search(name):
        if _GROWS.match(text, end) and not resolver.ends(text, end):
            return None
        return Mention(start, end, name, _places(exact, resolver))
    site = SITE_WORD.match(text, end)
    if site and name in resolver.stems:
        found = resolver.resolve(text[start : site.end()])
        return Mention(start, site.end(), text[start : site.end()], found.candidates, True, True)
    if (begins or _starts_word(text, start)) and _AFTER.match(text, end):
        keys = exact or resolver.stems.get(name, ())
        return Mention(start, end, name, _places(keys, resolver), bare=not exact)
    return None


def _starts_word(text: str, start: int) -> bool:
    return _BEFORE.search(text[max(0, start - 1) : start]) is not None


def _places(keys: tuple[str, ...], resolver: Resolver) -> tuple[Place, ...]:
    return tuple(resolver.places[key] for key in keys)


def _join(wide: Mention, narrow: Mention, resolver: Resolver) -> Mention | None:
    """One mention of both, where the second lies in the first."""
    if wide.bare or all(place.level is Level.NATURAL_VILLAGE for place in wide.places):
        return None
    inside = tuple(
        place
        for place in narrow.places
        if any(resolver.lies_in(place.key, outer.key) for outer in wide.places)
    )
    if not inside:
        return None
    name = wide.name + narrow.name
    return Mention(wide.start, narrow.end, name, inside, narrow.bare, narrow.site)
