"""Names in a list that say less than a name alone: 村 left off, a part of a village, a hamlet."""

import re
from collections.abc import Callable

from laoqu_engines.reader.lexicon import Lexicon
from laoqu_engines.reader.mentions import Place

_AND = re.compile(r"[\u4e00-\u9fff]{2}[和与及]$")
_CLOSING = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:等地?(?:[一二两三四五六七八九十\d]+多?(?:余)?个)?|[两三四五六七八九十\d]+个?)"
    r"(?:革命|老区|贫困|行政|自然|边远|重点|山区|乡|社区|基点)*[\u4e00-\u9fff]?(?:村|社区|屯|乡镇|镇|街道|县|乡)(?![民委长干级])"
)
_NOT_BARE = re.compile(
    r"[的了等]|建设|村民|工程|项目|道路|单位|部门|干部|群众|个|资金|以及|地区|农村|乡镇"
)

_GROUP = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{1,3}|第?[\d一二三四五六七八九十]+)(?:[组屯湾]|村民小组|自然村)(?![织建长员合成级团会区])|(?P<number>\d+)社(?![会区员])"
)
_NO_GROUP = re.compile(
    r"(?:工作|领导|调研|帮扶|互助|监督|施工|筹备|专家|指导|宣讲|服务|考察|督查|党|党小|妇女|支部|两|各|每|通|进|村|新|老|小|的|等|所有|全部|[\d一二三四五六七八九十]+个).?"
)


class PlaceLists:
    """Completes lists of places with one lexicon.

    ``left`` finds where a name that ends at an offset begins, not before a floor; ``before`` are
    the words after which a name begins.
    """

    def __init__(
        self, lexicon: Lexicon, left: Callable[[str, int, int], int], before: frozenset[str]
    ) -> None:
        self._left = left
        self._before = before
        self._hamlet = "|".join(lexicon.words("places.hamlet"))

    def complete(self, text: str, places: list[Place]) -> list[Place]:
        """Adds the members of a list whose 村 was left off (“A、B、C三村”, “A、B等6个村”)."""
        places = self._with_groups(text, places)
        found = {place.end: place for place in places}
        for closing in _CLOSING.finditer(text):
            at = closing.start()
            if closing[0].startswith("等") or "、" in text[max(0, at - 5) : at]:
                level = {"县": "county", "乡": "township", "镇": "township"}.get(closing[0][-1])
                self._bare_members(text, at, found, level or "village")
        for place in places:
            if place.level in ("village", "group"):
                if place.start and text[place.start - 1] == "、":
                    self._bare_members(text, place.start - 1, found, "village", behind=True)
                self._following(text, place, found)
        return sorted(found.values(), key=lambda place: place.start)

    def _bare_members(
        self, text: str, end: int, found: dict[int, Place], level: str, *, behind: bool = False
    ) -> None:
        """Goes back through a list from ``end``; ``found`` is keyed by the end of each place."""
        while end > 0:
            if end in found:  # a member with its ending stands between (“A、B县、C三县”)
                start = found[end].start
                if behind or not self._joined(text, start):
                    return
                end = start - 1
                continue
            floor = max((e for e in range(max(0, end - 5), end) if e in found), default=0)
            start = self._left(text, end, floor)
            stem = text[start:end]
            if not 2 <= len(stem) <= 4 or _NOT_BARE.search(stem):
                return
            before = text[start - 1] if start else "，"
            if behind and before != "、" and not self._is_edge(text, start):
                return
            found[end] = Place(start, end, stem, level, stem)
            if start == floor > 0:  # “澄海市澄城”: the county goes before its town
                start = found[floor].start
            if not self._joined(text, start):
                return
            end = start - 1

    def _joined(self, text: str, start: int) -> bool:
        """Whether a list goes on to the left of ``start``."""
        return start > 1 and (text[start - 1] == "、" or bool(_AND.search(text, start - 3, start)))

    def _is_edge(self, text: str, start: int) -> bool:
        return start == 0 or any(
            text[max(0, start - n) : start] in self._before for n in (4, 3, 2, 1)
        )

    def _with_groups(self, text: str, places: list[Place]) -> list[Place]:
        """A part of a village joins its village (“金溪村” + “上屋组”)."""
        joined = []
        for place in places:
            group = _GROUP.match(text, place.end) if place.level == "village" else None
            if group and self._is_group(text, group):
                name = text[place.start : group.end()]
                place = Place(place.start, group.end(), name, "group", group[0])
            joined.append(place)
        return joined

    def _is_group(self, text: str, group: re.Match[str]) -> bool:
        if group["stem"] is None:
            return True
        begins = self._left(text, group.end("stem"), group.start()) == group.start()
        return begins and not _NO_GROUP.fullmatch(group["stem"])

    def _following(self, text: str, place: Place, found: dict[int, Place]) -> None:
        if place.level == "group":
            stem = r"(?:[\u4e00-\u9fff]{1,3}|[\d一二三四五六七八九十]+)"
            same = re.compile(rf"[、和]({stem}{place.text[-1]})")
            at = place.end
            while (more := same.match(text, at)) and more.end(1) not in found:
                at = more.end(1)
                found[at] = Place(more.start(1), at, more[1], "group", more[1])
        pattern = re.compile(
            rf"、([\u4e00-\u9fff]{{1,3}}(?:{self._hamlet}|老街|新街|街))(?=、|等|和|，|及|[修铺建硬改新装安解架打实扩维])"
        )
        match = pattern.match(text, place.end)
        while match and match.end(1) not in found:
            start, end = match.span(1)
            found[end] = Place(start, end, match[1], "village", match[1])
            match = pattern.match(text, end)
