"""Names of places in running text, found by the way they are built.

No list of names is needed: a name is a stem of a few characters before an ending such as 镇 or 村.
Its left edge is a punctuation mark, a larger division's ending, or a word after which names begin.
"""

import re
from dataclasses import replace
from functools import cache

from laoqu_engines.reader.lexicon import Lexicon
from laoqu_engines.reader.mentions import Place
from laoqu_engines.reader.place_lists import PlaceLists
from laoqu_engines.reader.place_names import ShortNames
from laoqu_engines.values.finder import NameFinder

LEVELS = ("province", "city", "county", "township", "village", "group", "site")
_HAN = re.compile(r"[\u4e00-\u9fff〇]")
_LONGEST = {
    "province": 5,
    "city": 7,
    "county": 7,
    "township": 6,
    "village": 6,
    "group": 6,
    "site": 14,
}
_AFTER_TOWN = frozenset(["中心", "新", "老", "小", "大", "山", "街", "外", "水", "兴", "富", "强"])
_FORWARD = ("前进", "跃进", "奋进", "永进", "共进", "并进", "齐进", "新进", "红进")
_HARD = frozenset("请我入归为在到对给由把被的了于及是各该每其与赴")
_CHINESE_NUMBER = re.compile(
    r"[一二两三四五六七八九十0-9]个$|^[一二两三四五六七八九十百几数多余上0-9]+[个所座家条段处]?$|^[一二两三四五六七八九十0-9]+[条段个]|^第"
)
_DIGIT_STEMS = {"台区", "村民组", "村民小组", "村", "社区"}
_INSIDE_WORD = {
    "村": "民务级貌容医里庄落",
    "乡": "级道贤土镇村会亲友情音愁",
    "区": "域级别",
    "市": "场级面值里村",
    "县": "级域里城",
    "寨": "子",
    "屯": "子",
}


@cache
def _endings(lexicon_words: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    pairs = [(word, level) for level, words in lexicon_words for word in words]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return re.compile("|".join(dict.fromkeys(word for word, _ in pairs)))


class PlaceFinder:
    """Finds places in one text after another with one lexicon."""

    def __init__(
        self,
        lexicon: Lexicon,
        known: NameFinder | None = None,
        stems: NameFinder | None = None,
        small_cities: frozenset[str] = frozenset(),
    ) -> None:
        words = tuple((level, lexicon.words(f"places.{level}")) for level in LEVELS)
        self._pattern = _endings(words)
        self._levels: dict[str, list[str]] = {}
        for level, endings in words:
            for ending in endings:
                self._levels.setdefault(ending, []).append(level)
        verbs = (w for w in lexicon.words("works.verbs") if len(w) > 1)
        first = lexicon.words("bodies.first_verbs")
        self._before = frozenset([*lexicon.words("places.before"), *verbs, *first])
        self._surnames = frozenset(lexicon.words("bodies.surnames"))
        self._generic = lexicon.words("places.generic")
        self._praise = lexicon.words("places.praise")
        self._ordinary = lexicon.words("places.ordinary")
        self._provinces = frozenset(lexicon.words("places.short_province"))
        self._lists = PlaceLists(lexicon, self._left, self._before)
        self._short = ShortNames(lexicon, stems)
        self._known = known
        self._small_cities = small_cities

    def find(self, text: str) -> list[Place]:
        """Every place, prefixes joined (“城北街道西伍姓村” is one), in the order of the text."""
        ends = {end: start for start, end in self._known.matches(text)} if self._known else {}
        parts = _as_elsewhere(self._parts(text, ends))
        found = self._lists.complete(text, _join(text, parts))
        short = [
            p
            for p in self._short.find(text)
            if not any(q.start < p.end and q.end > p.start for q in found)
        ]
        return sorted([*found, *short], key=lambda place: place.start)

    def _parts(self, text: str, ends: dict[int, int]) -> list[Place]:
        found: list[Place] = []
        for match in self._pattern.finditer(text):
            end = match.end()
            last = found[-1] if found else None
            if last and last.end == match.start() and self._levels[match[0]] == ["site"]:
                small = last.level in ("village", "group")
                if not small or (last.text[-1] not in "村区" and match[0][-1] in "学校"):
                    # “古田镇” + “敬老院”, “耳寨” + “小学”
                    name = text[last.start : end]
                    found[-1] = Place(last.start, end, name, "site", name)
                continue
            if last and last.end == match.start():
                level = self._levels[match[0]][0]
                if match[0] == "村" and text[last.end - 1] == "村":  # “柳塘村” + “村集体”
                    continue
                if last.text.endswith("小区"):
                    continue
                if match[0] == "村" and last.level == "township":  # “新安镇村” is a village
                    if not _TOWN_AND_VILLAGE.match(text, end):
                        name = text[last.start : end]
                        found[-1] = Place(last.start, end, name, "village", name)
                    continue
                if LEVELS.index(level) <= LEVELS.index(last.level):
                    name = text[last.start : end]  # “泉州” + “市”
                    found[-1] = Place(
                        last.start, end, name, self._level(match[0], last, found), name
                    )
                    continue
            floor = last.end if last else 0
            part = self._part(text, (match.start(), end), floor, ends)
            if part is not None:
                found.append(replace(part, level=self._level(match[0], part, found)))
        return found

    def _level(self, ending: str, part: Place, found: list[Place]) -> str:
        levels = self._levels[ending]
        inside_city = found and found[-1].end == part.start and found[-1].level == "city"
        small = inside_city or part.text in self._small_cities
        return "county" if ending == "市" and small else levels[0]

    def _part(
        self, text: str, span: tuple[int, int], floor: int, ends: dict[int, int]
    ) -> Place | None:
        """The place whose ending stands at ``span``; ``ends``: known names by their end."""
        stem_end, end = span
        ending = text[stem_end:end]
        start = ends.get(end, -1)
        if end - start == 2 and _EDGE_OF_TWO.search(text, max(0, start - 1), start):
            start = -1  # “建成县乡公路”
        if start < floor:
            start = self._left(text, stem_end, floor, ending)
            stem = text[start:stem_end]
            if (
                ending == "乡"
                and len(stem) == 2
                and stem[-1] == "城"
                and _AFTER_MARK.search(text, max(0, start - 1), start)
            ):
                return Place(start, end, text[start:end], "township", text[start:end])
            joined = start == floor > 0 and stem in _AFTER_TOWN
            if start and text[start - 1].isdigit() and stem[:1] in _MEASURES:
                return None  # “6支村秧歌队”
            if stem[:1] == "区" and text[start - 1 : start] in _KINDS_OF_AREA:
                return None  # “老区移民村”
            if not stem or not (joined or self._names_one(stem, ending)):
                return None
            if ending == "省" and stem not in self._provinces:
                return None
            if self._levels[ending][0] in ("city", "county") and not self._clear(text, start, stem):
                return None
        known = end in ends and text.startswith("级", end)  # “江门市级资金”
        inside = not known and text[end : end + 1] in _INSIDE_WORD.get(ending, " ")
        inside = inside and not text.startswith(_NO_WORD, end)
        if inside or _OF_VILLAGES.match(text, end - 1):
            return None
        return Place(start, end, text[start:end], self._levels[ending][0], text[start:end])

    def _left(self, text: str, at: int, floor: int, ending: str = "村") -> int:
        level = self._levels[ending][0]
        start = at
        if ending in _DIGIT_STEMS:
            while start > floor and text[start - 1] in "0123456789":
                start -= 1
        edge = max(floor, at - _LONGEST[level])
        while start > edge and _HAN.match(text[start - 1]):
            if self._stops(text, start, at - start, floor, level == "site"):
                break
            start -= 1
        return start

    def _stops(self, text: str, start: int, size: int, floor: int, site: bool) -> bool:
        if (
            text[start - 1] in _HARD
            or (size and text[start - 1] == "村")
            or _YUAN.search(text, max(0, start - 2), start)
        ):
            return True
        if any(start - n >= floor and text[start - n : start] in self._before for n in (4, 3, 2)):
            return True
        if site or size < 2 or text[start - 1] not in self._before:
            return False
        return start - 1 > floor or text[start - 1] in "和、至及"

    def _clear(self, text: str, start: int, stem: str) -> bool:
        """Whether a county that is on no list has a sure left edge (“据县财政局” has none)."""
        if (
            len(stem) < 2
            or (stem[0] in "向从往由" and len(stem) == 2)
            or stem[-1] in "前后时底末间期夕"
            or text.startswith("区", start + len(stem))
        ):
            return False  # every district of a city is on the list
        edge = text[max(0, start - 2) : start]
        return not edge or not _HAN.match(edge[-1]) or bool(_SURE_EDGE.search(edge))

    def _names_one(self, stem: str, ending: str) -> bool:
        if stem in ("县", "市", "区", "镇", "乡") and self._levels[ending] == ["site"]:
            return True
        if (
            (stem in self._generic and not ending.startswith("烈士"))
            or stem in self._before
            or (_CHINESE_NUMBER.search(stem) and not re.match("第.中学", stem + ending))
        ):
            return False
        if (
            "某" in stem
            or _SLOGAN.search(stem)
            or stem[0] == "个"
            or stem[-1] == "两"
            or (len(stem) > 2 and stem[-1] in "三四五六七八九十")
        ):
            return False
        if ending == "乡" and stem[-1] == "家" and stem[0] not in self._surnames:
            return False
        if (
            "老区" in stem
            or (len(stem) > 2 and stem[-1] == "和")
            or (_COMMITTEE.search(stem) and self._levels[ending] != ["site"])
        ):
            return False
        if re.fullmatch(".?村", stem) and self._levels[ending] == ["site"]:
            return False  # “村小学” is of the village told of
        site = self._levels[ending] == ["site"]
        if len(stem) > 2 and (stem.endswith(self._praise) or (_SPOKEN.search(stem) and not site)):
            return False
        if "和" in stem[1:] and site:
            return False
        if stem[-1] == "进" and stem[-2:] not in _FORWARD:
            return False
        return not (stem + ending).endswith(self._ordinary) and (
            stem[0] == "和" or set(stem) - self._before != set()
        )


_TOWN_AND_VILLAGE = re.compile("[民级干两三联公工主集组、和道街屯户]|支部|党|委|镇")
_EDGE_OF_TWO = re.compile(r"[建完组共集实达形变造促养生收]$")
_NO_WORD = ("民政", "民族", "民宿", "民间", "民俗")
_SLOGAN = re.compile("[联帮扶进访包][百千万]|[百千万][企校院家]")
_COMMITTEE = re.compile("[县市省区党常村居纪政监两团工农]委|委[会员]")
_AFTER_MARK = re.compile(r"[，。；、：\n]$")
_KINDS_OF_AREA = tuple("老灾库山牧林湖矿景")
_OF_VILLAGES = re.compile(r"村(?:干部|支部|支书|第一书记)")
_SPOKEN = re.compile(r"老促|会[^泽宁昌同理东稽川里水仙]|局|请|授|邀|派[人员]|名$")
_MEASURES = tuple("支个处座条所家名位户批项块")
_YUAN = re.compile(r"[\d万亿余多]元$")
_SURE_EDGE = re.compile(
    r"[在到赴去自由从和与及为向省市州月日年了给对]$|投入|援助|来到|来自|位于|前往|走进|深入|其中|帮扶|驻|带队|我们|支持|资助|慰问|走访"
)


def _as_elsewhere(parts: list[Place]) -> list[Place]:
    """“衬砌熊集镇” is 熊集镇 where the text names that town elsewhere too."""
    names = {p.text for p in parts if p.level in ("township", "village") and len(p.text) > 2}
    cut = []
    for part in parts:
        shorter = [part.text[n:] for n in range(2, len(part.text) - 2)]
        name = next((s for s in shorter if s in names), None)
        if name and part.level in ("township", "village"):
            part = replace(part, start=part.end - len(name), text=name, name=name)
        cut.append(part)
    return cut


def _join(text: str, parts: list[Place]) -> list[Place]:
    """Joins each smaller unit to the larger ones before it; a hall of a village is the village."""
    joined: list[Place] = []
    order = {level: index for index, level in enumerate(LEVELS)}
    for part in parts:
        last = joined[-1] if joined else None
        if last is None or last.end != part.start or order[last.level] >= order[part.level]:
            joined.append(part)
        elif part.level != "site" or last.level not in ("village", "group"):
            words = text[last.start : part.end]
            joined[-1] = Place(last.start, part.end, words, part.level, part.name)
    return joined
