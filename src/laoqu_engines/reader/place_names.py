"""Names of places that no ending shows: by where they stand, or from a list of names."""

import re
from collections.abc import Iterator

from laoqu_engines.reader.lexicon import Lexicon
from laoqu_engines.reader.mentions import Place
from laoqu_engines.values.finder import NameFinder

_SCHOOLS = re.compile(
    r"(?<=[在到])(?:[\u4e00-\u9fff]{1,3})?[县市区镇乡](?:文化广场|人民广场|体育馆|剧院|礼堂|大礼堂|会展中心|政务中心|行政中心|行政服务中心|青少年宫|文化宫)"
    r"|(?<=[给到在赴往为、和])[\u4e00-\u9fff]{2}第?[一二三四五六七八九]中(?![学生国个层级央年心])"
    r"|全[省市县区镇乡]\d+所(?:中小学校?|小学|中学|学校)"
    r"|(?:[省市县区州]|(?!组织|邀请|带领|安排)[\u4e00-\u9fff]{2}[市县区])第?[一二三四五六七八九][中小高](?![学生国个层级速山央年])"
)
_NAME = r"(?!本|全|各|该|学校|社区|部分|公路|主|集镇|乡镇|村)[\u4e00-\u9fff]{2,3}?"
_WHERE = re.compile(r"(?:来到|前往|在|到|赴|去)")
_SITE_NEXT = re.compile(r"[^，。；、]{0,6}?(?:学院|大学|中学|小学|医院|机场|车站|宾馆|纪念|培训)")
_GOES_ON = re.compile(r"[市县区州镇乡村街道路社会局旗山河湖岭山的事]")


class ShortNames:
    """Finds short names with one lexicon; ``stems``: cities and counties without 市, 县."""

    def __init__(self, lexicon: Lexicon, stems: NameFinder | None) -> None:
        provinces = "|".join(lexicon.words("places.short_province"))
        self._short_name = re.compile(
            rf"(?:在|到|赴|去|来到|前往)((?:{provinces})[\u4e00-\u9fff]{{2,3}}?)(?:取经|研修|培训|观摩|慰问|调研|走访|出席|参加|召开|举行|举办|学习|考察|参观|开展|演出|瞻仰|，|、|等)"
        )
        self._province = re.compile(
            rf"(?:{provinces})(?=组建|全区|全省|各地|老区|省|自治区|壮族|回族|维吾尔)"
        )
        self._hamlet = "|".join(lexicon.words("places.hamlet"))
        member = rf"[\u4e00-\u9fff]{{1,3}}(?:{self._hamlet})"
        self._seen = re.compile(
            rf"(?:看了?|参观了?|瞻仰了?|走进|走访了?|去了?|跑了|到了?|走了|来到)(?P<names>{member}(?:、{member})+(?:[和及]{member})?|{member}[和及]{member})(?=[，。；等])"
        )
        names = lexicon.words("places.names")
        self._own = NameFinder(names) if names else None
        works = "|".join(
            sorted(map(re.escape, lexicon.words("works.verbs")), key=len, reverse=True)
        )
        hamlet = "|".join(w for w in lexicon.words("places.hamlet") if w not in "里口头店集组河山")
        self._at_work = re.compile(
            rf"在(?P<names>{_NAME}(?:、{_NAME})+|[\u4e00-\u9fff]{{2}}(?:{hamlet}))(?:等地)?(?=(?:各|先后|分别)?(?:{works}|打|挖|筑))"
        )
        self._area = re.compile(f"(?:{'|'.join(lexicon.words('places.old_area'))})(?:革命)?老区")
        self._stems = stems

    def _also(self, text: str, end: int, level: str) -> Iterator[Place]:
        """“赴瑞金、于都”: further cities behind a first one."""
        while self._stems and end < len(text) and text[end] in "、和":
            ends = [e for e in self._stems.ends(text, end + 1) if not _GOES_ON.match(text, e)]
            if not ends:
                return
            name = text[end + 1 : ends[0]]
            yield Place(end + 1, ends[0], name, level, name)
            end = ends[0]

    def find(self, text: str) -> Iterator[Place]:
        """Names without 市, 县 or 村: an association's own, “到河南平顶山出席…”, “在金坛合办…”."""
        for start, end in self._own.matches(text) if self._own else ():
            yield Place(start, end, text[start:end], "village", text[start:end])
        for match in self._province.finditer(text):
            if not text.startswith(("省", "自治区", "老区开发", "老区建设"), match.end()):
                yield Place(match.start(), match.end(), match[0], "province", match[0])
        for match in self._seen.finditer(text):
            for member in re.finditer(r"[^、和及]+", match["names"]):
                start = match.start("names") + member.start()
                yield Place(start, start + len(member[0]), member[0], "site", member[0])
        for match in self._at_work.finditer(text):
            for member in re.finditer(r"[^、和]+", match["names"]):
                start = match.start("names") + member.start()
                yield Place(start, start + len(member[0]), member[0], "group", member[0])
        for match in self._area.finditer(text):
            yield Place(match.start(), match.end(), match[0], "area", match[0])
        for match in _SCHOOLS.finditer(text):
            yield Place(match.start(), match.end(), match[0], "site", match[0])
        for match in _WHERE.finditer(text):
            ahead = text[match.end() : match.end() + 5]
            first = next(self._stems.matches(ahead), (1, 1)) if self._stems else (1, 1)
            end = match.end() + first[1]
            if first[0] == 0 and not _GOES_ON.match(text, end) and not _SITE_NEXT.match(text, end):
                name = text[match.end() : end]
                yield Place(match.end(), end, name, "city", name)
                yield from self._also(text, end, "city")
        for match in self._short_name.finditer(text):
            yield Place(match.start(1), match.end(1), match[1], "site", match[1])
            yield from self._also(text, match.end(1), "site")
