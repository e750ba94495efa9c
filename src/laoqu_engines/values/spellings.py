"""How the name of a unit is written: in the national list, in full, and for short.

任阳村委会, 任阳村民委员会, 任阳村 and 任阳 are one village, 西厢社区居委会 and 西厢社区 one
community.
"""

import re
from dataclasses import dataclass

from laoqu_engines.values.area_codes import Level

_COMMUNITY = re.compile(r"(?:社区)?(?:居民委员会|居委会?|社区委员会)$|社区$")
_VILLAGE = re.compile(r"村?(?:村民委员会|村委会?)$|村$")
_COMMITTEE = re.compile(r"(?:牧民|居民)?委员会$|牧委会?$")
_COMMUNITY_OFFICES = ("居委会", "居民委员会", "社区居委会", "社区居民委员会")
_VILLAGE_OFFICES = ("村委会", "村民委员会", "村村委会", "村村民委员会", "村村")
_PEOPLES = (
    "(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜"
    "|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒"
    "|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族?)*"
)
_ABOVE = re.compile(rf"{_PEOPLES}自治[区州县旗]$|特别行政区$|[省市县区州盟旗]$")
_RURAL = re.compile(rf"{_PEOPLES}(?<=族)乡$|[乡镇]$|苏木$")
_STREETS = re.compile(r"街道(?:办事处)?$|办事处$")


@dataclass(frozen=True)
class Spellings:
    """``full`` is how people write the name, ``exact`` what stands for it beyond doubt, ``stem``
    what is left without 村, 社区, 镇 (empty where nothing can be left out)."""

    full: str
    exact: tuple[str, ...]
    stem: str


def spellings(name: str, level: Level) -> Spellings:
    """The spellings of a unit, from any one of them."""
    if level is Level.VILLAGE:
        full, stem, offices = _village(name)
        found = Spellings(full, tuple((stem or full) + office for office in offices), stem)
    elif level is Level.TOWNSHIP:
        found = _township(name)
    elif level is Level.NATURAL_VILLAGE:
        stem = name.removesuffix("自然村").removesuffix("村")
        found = Spellings(name, (f"{stem}村", f"{stem}自然村"), "" if stem == name else stem)
    else:
        found = Spellings(name, (name,), _ABOVE.sub("", name))
    full = found.full if len(found.full) > 1 else name
    forms = tuple(dict.fromkeys(form for form in (full, name, *found.exact) if len(form) > 1))
    return Spellings(full, forms, found.stem if len(found.stem) > 1 else "")


def full_name(listed: str, level: Level) -> str:
    """The name as people write it; the same as ``spellings(…).full``, and quick."""
    full = _village(listed)[0] if level is Level.VILLAGE else spellings(listed, level).full
    return full if len(full) > 1 else listed


def _village(name: str) -> tuple[str, str, tuple[str, ...]]:
    """Full name, stem, and the endings that an office of it is written with."""
    if (stem := _COMMUNITY.sub("", name)) != name:
        stem = stem.removesuffix("社区")
        return f"{stem}社区", stem, _COMMUNITY_OFFICES
    if (stem := _VILLAGE.sub("", name)) != name:
        if not name.endswith("村"):
            stem = stem.removesuffix("村")
        return f"{stem}村", stem, _VILLAGE_OFFICES
    stem = _COMMITTEE.sub("", name)
    return stem, "", ("村",) if stem.endswith("嘎查") else ()


def _township(name: str) -> Spellings:
    stem = _STREETS.sub("", name)
    if stem != name:
        full = name if name.endswith("街道") else name.replace("街道办事处", "街道")
        offices = ("街道", "街道办事处", "街道办", "办事处", "街办")
        return Spellings(full, tuple(stem + office for office in offices), stem)
    stem = _RURAL.sub("", name)
    return Spellings(name, (), "" if stem == name else stem)
