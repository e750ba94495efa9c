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
    known: dict[str, _Name] = {}
    at = 0
    while (at := resolver.next_start(text, at)) >= 0:
        after = mentions[-1].end if mentions else -1
        mention = None
        for end in resolver.ends(text, at):
            name = text[at:end]
            if name not in known:
                known[name] = _name(name, resolver)
            if mention := _stands(text, at, known[name], after, resolver):
                break
        if mention is None:
            at += 1
            continue
        at = mention.end
        joined = _join(mentions[-1], mention, resolver) if mention.start == after else None
        if joined:
            mentions[-1] = joined
        else:
            mentions.append(mention)
    return mentions


@dataclass(frozen=True)
class _Name:
    """A name of the resolver: what it may mean, in full or without its ending."""

    text: str
    exact: tuple[Place, ...]
    stem: tuple[Place, ...]
    unit: bool  # ends in 村, 镇 and the like


def _name(text: str, resolver: Resolver) -> _Name:
    exact, stem = (
        tuple(resolver.places[key] for key in table.get(text, ()))
        for table in (resolver.exact, resolver.stems)
    )
    return _Name(text, exact, stem, bool(exact) and _UNIT.search(text) is not None)


def _stands(text: str, start: int, name: _Name, after: int, resolver: Resolver) -> Mention | None:
    """The mention, where the name stands for itself and is no part of another word."""
    end = start + len(name.text)
    begins = start == after
    if not begins and start and text[start - 1] in _SIDES:
        return None  # 上高市村 is another village than 高市村
    if name.unit:
        if _GROWS.match(text, end) and not resolver.ends(text, end):
            return None
        return Mention(start, end, name.text, name.exact)
    site = SITE_WORD.match(text, end) if name.stem else None
    if site:
        whole = text[start : site.end()]
        return Mention(start, site.end(), whole, resolver.resolve(whole).candidates, True, True)
    if (begins or _starts_word(text, start)) and _AFTER.match(text, end):
        return Mention(start, end, name.text, name.exact or name.stem, bare=not name.exact)
    return None


def _starts_word(text: str, start: int) -> bool:
    return _BEFORE.search(text[max(0, start - 1) : start]) is not None


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
