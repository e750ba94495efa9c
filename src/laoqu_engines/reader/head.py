"""What a document says of itself: whose report it is, and which county or town it is about."""

import re
from collections import Counter

from laoqu_engines.reader.bodies import BodyFinder
from laoqu_engines.reader.marks import Marks
from laoqu_engines.reader.mentions import Place

_SELF = re.compile(
    r"我们|[我本][会局镇乡县市区村站校院办委部厅行馆队社所场厂](?![员里外家国])|我(?:单位|中心|公司|集团|街道|支行)"
    r"|(?:工作)?(?:总结|汇报|报告|小结|情况|的函|简报|信息|要情|大事记|纪实)$"
    r"|^[^，。；]{2,24}20\d\d年[^，。；]{0,14}(?:工作|情况)",
    re.MULTILINE,
)
_OF_ITSELF = re.compile(
    r"[^，。；]{0,40}(?:20\d\d年.{0,12}工作|总结|汇报|报告|小结|情况|材料|函|台账|自查|清单|纪实|综述|简报|快讯)"
)
_AWAY = re.compile("经商|打工|务工|创业|工作|就业|读书|上学|发展")
_OPENING = 40  # characters in which a text says what it is about
_DAY = re.compile(r"[（(]?(?:20|19|二〇)[\d〇一二三四五六七八九十年月日. -]+[）)]?")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:老促会|老区建设促进会)")
_NOT_A_NAME = re.compile("[将把由在对为向]")
_COUNTY_OF = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:自治县|县|市|区|旗)(?=..)")
_OF_A_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,7}[市县区旗州]")
_OF_EACH = re.compile(r"\d[\d.]*(?![\d.年])")


def author(text: str, marks: Marks, bodies: BodyFinder) -> str | None:
    """Who speaks as 我们 or 我局: signed below, named in the title, or the association told of."""
    if not _SELF.search(text):
        return None
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    signed = [line for line in lines[-4:] if not _DAY.fullmatch(line)] if len(lines) > 4 else []
    for line in reversed(signed):
        body = bodies.at(line, 0, len(line)) if 3 < len(line) < 30 else None
        if body and body.end == len(line):
            return line
    return _entitled(text, marks, bodies) or _association(text, bodies)


def _entitled(text: str, marks: Marks, bodies: BodyFinder) -> str | None:
    """“岭背镇2024年上半年工作汇报”, “县农业农村局关于……情况的函” in one of the first lines."""
    at = 0
    alone: str | None = None
    for line in text.split("\n")[:6]:
        if 6 < len(line) < 50 and line[-1] not in "。；，" and _OF_ITSELF.search(line):
            first = at + (2 if line.startswith("关于") else 0)
            body = bodies.at(text, first, at + len(line))
            if body and len(body.text) > 3:
                return body.text
            place = next((p for p in marks.places if p.start == first), None)
            if place and place.level in ("township", "county", "city", "village"):
                return place.text
        elif 3 < len(line) < 30 and (body := bodies.at(text, at, at + len(line))):
            alone = alone or (line if body.end == at + len(line) else None)
        at += len(line) + 1
    return alone


def _association(text: str, bodies: BodyFinder) -> str | None:
    """The association of a county that a text names most."""
    if not re.search(r"我们|我会|本会|工作报告|年度?工作(?:总结|情况|报告)", text):
        return None
    names: Counter[str] = Counter()
    for match in _NAMED.finditer(text):
        body = bodies.at(text, match.start(), match.end())
        if body and not _NOT_A_NAME.search(body.text) and _OF_A_COUNTY.match(body.text):
            names[body.text] += 1
    return names.most_common(1)[0][0] if names else None


def home(text: str, marks: Marks, author_name: str | None) -> Place | None:
    """The town whose report it is, else the county, city or province named most."""
    own = next((p for p in marks.places if p.text == author_name), None)
    if own and own.level == "township":
        return own
    towns = [p for p in marks.places if p.level == "township"]
    levels = {p.level for p in marks.places}
    single = len({p.name for p in towns}) == 1 and not levels & {"city", "county"}
    if single and towns[0].start < _OPENING:
        return towns[0]
    wanted = ("city", "county") if levels & {"city", "county"} else ("province",)
    large = [
        p
        for p in marks.places
        if p.level in wanted and not _listed(text, p) and not _AWAY.match(text, p.end)
    ]
    if not large:  # “镇巴县农民科技教育培训中心”: the county in a longer name
        longer = next((m for p in marks.places if (m := _COUNTY_OF.match(p.text))), None)
        start = text.find(longer[0]) if longer else 0
        return (
            Place(start, start + len(longer[0]), longer[0], "county", longer[0]) if longer else None
        )
    counted = Counter(p.text for p in large)
    best = max(counted.values())
    return next(p for p in large if counted[p.text] == best)


def _county_within(text: str, marks: Marks) -> Place | None:
    longer = next((m for p in marks.places if (m := _COUNTY_OF.match(p.text))), None)
    if longer is None:
        return None
    start = text.find(longer[0])
    return Place(start, start + len(longer[0]), longer[0], "county", longer[0])


def _listed(text: str, place: Place) -> bool:
    """One of several (“平山、阜平、涞源三县”, “A县12份、B县9份”): not what a text is about."""
    around = text[max(0, place.start - 1) : place.start]
    around += text[place.end : place.end + 1]
    counted = _OF_EACH.match(text, place.end)
    return bool(counted) or ("、" in around and place.text[-1] not in "市县区州旗")
