"""Where in the village: groups, hamlets, directions, endpoints, stages.

All patterns work on a normalised text. Sets of groups (一组, 3至5组) are bit masks.
"""

import re
from dataclasses import dataclass

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_GROUP_UNIT = r"(?:村民小组|小组|组|队|社)"
GROUPS = re.compile(
    rf"((?:{_NUMBER}{_GROUP_UNIT}?[、,，和及至到~—-]){{0,20}}{_NUMBER})(?:村民)?小?(?:组|队|社)(?![织会区件合级])"
)
_GROUPED = re.compile(r"[组队社]")
_PORTION = re.compile(r"部分|\|段|[东南西北中上下前后]段|其中的|一段")
_PART = re.compile(rf"({_NUMBER}){_GROUP_UNIT}?(?:[至到~—-]({_NUMBER}))?")
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")}
_SPOT = re.compile(
    r"([东南西北中前后上下主])(?:大|小|边|侧)?(街|巷|路|沟|渠|头|片|坡|塘|门|岸|湾|段|线|环|院|桥|池)"
)
STAGE = re.compile(r"([一二三四五六1-6])期|首期|第([二三四五])[栋座条段期口处]")
_FROM_TO = re.compile(
    r"([\u4e00-\u9fff]{0,10})(?:至|到|—+|-|~)([\u4e00-\u9fff]{2,10}?)"
    r"(?=产业|机耕|生产|道|公路|村道|县道|乡道|水泥|硬化|主干|通|路|段|渠|沟|河|提|改|新建|贯|续|修|拓|扩"
    r"|[^\u4e00-\u9fff]|$)"
)
_BETWEEN = re.compile(r"[至到—~-]")
_END_TAIL = re.compile(r"(?:自然村|村民小组|小组|村|屯|组|处|口)$")
_STAKE = re.compile(r"k(\d{1,4})\+(\d{1,3})")
_HAMLET = re.compile(r"(?:自然村|村民小组|小组|社区|屯|组|寨|村)$")
_SEVERAL = re.compile(r"[、,，;；/和及\s]+")


@dataclass(frozen=True, slots=True)
class Inside:
    """Where in its village a work is, and which part of a larger one.

    ``groups``: bit n for the group n. ``spots``: 南街, 西沟. ``ends``: where a road begins and
    ends. ``stakes``: first and last in metres. ``stage``: 2 for 二期, 0 where none is named.
    ``portion``: the text calls it a part.
    """

    hamlets: tuple[str, ...]
    groups: int
    spots: tuple[str, ...]
    ends: tuple[str, str] | None
    stakes: tuple[int, int] | None
    stage: int
    portion: bool

    @property
    def stretch(self) -> bool:
        """Whether it says where a road or canal begins and ends."""
        return bool(self.ends or self.stakes)

    @property
    def placed(self) -> bool:
        """Whether anything says where in the village."""
        return bool(self.spots or self.hamlets or self.groups or self.portion)


def inside(hamlet: str, name: str, content: str) -> Inside:
    """From the column of hamlets and the texts without the own place names."""
    text = f"{name}|{content}"
    return Inside(
        hamlets=hamlets(hamlet) if hamlet else (),
        groups=groups(f"{hamlet}|{text}"),
        spots=spots(text),
        ends=ends(name) or ends(content),
        stakes=stakes(text) if "k" in text else None,
        stage=stage(text),
        portion=bool(_PORTION.search(text)),
    )


def groups(text: str) -> int:
    """The mask of the numbered groups named, bit n for group n (at most 60)."""
    mask = 0
    if not _GROUPED.search(text):
        return mask
    for match in GROUPS.finditer(text):
        for part in _PART.finditer(match[1]):
            first = _numbers(part[1])
            last = _numbers(part[2]) if part[2] else first
            spanned = range(first[0], last[-1] + 1) if part[2] else first
            for number in spanned:
                if 0 < number <= 60:
                    mask |= 1 << number
    return mask


def hamlets(text: str) -> tuple[str, ...]:
    """The hamlets of a column, without their endings; numbered groups are not among them."""
    names = (_HAMLET.sub("", name) for name in _SEVERAL.split(text))
    return tuple(name for name in names if len(name) > 1 and not GROUPS.fullmatch(f"{name}组"))


def spots(text: str) -> tuple[str, ...]:
    """Directions with what they point at: 南街, 西沟."""
    return tuple(dict.fromkeys(match[1] + match[2] for match in _SPOT.finditer(text)))


def stage(text: str) -> int:
    """The number of the stage (二期 is 2), 0 where none is named."""
    match = STAGE.search(text)
    if match is None:
        return 0
    number = match[1] or match[2]
    return 1 if not number else int(number) if number.isdigit() else _CHINESE[number]


def ends(text: str) -> tuple[str, str] | None:
    """Where a road or canal begins and ends (大龙塘至细石桥), or ``None``."""
    match = _FROM_TO.search(text) if _BETWEEN.search(text) else None
    if match is None or not match[2]:
        return None
    return _END_TAIL.sub("", match[1]), _END_TAIL.sub("", match[2])


def stakes(text: str) -> tuple[int, int] | None:
    """The first and last of the stakes of a stretch (K1+010至K1+860) in metres."""
    found = [int(match[1]) * 1000 + int(match[2]) for match in _STAKE.finditer(text)]
    return (min(found), max(found)) if len(found) > 1 else None


def _numbers(text: str) -> list[int]:
    """一 → [1], 二三 → [2, 3], 十二 → [12], 11 → [11]."""
    if text.isdigit():
        return [int(text)]
    if "十" in text:
        tens, _, ones = text.partition("十")
        return [
            (_CHINESE.get(tens, 1) if tens else 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)
        ]
    return [_CHINESE[char] for char in text]
