"""How large a work is: quantities in base units, so that 4.4公里 equals 4400米.

Texts are NFKC-normalised first (㎡ is m2 then). A width, thickness or height is a scale of its own
kind and never mistaken for a length; 120米×15米 gives the area as well.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from laoqu_engines.values.numbers import evaluate

_LENGTH = {"公里": 1000.0, "千米": 1000.0, "km": 1000.0, "华里": 500.0}
_LENGTH |= {"延长米": 1.0, "延米": 1.0, "沿米": 1.0, "米": 1.0, "m": 1.0}
_SMALL = {"厘米": 0.01, "公分": 0.01, "cm": 0.01, "毫米": 0.001, "mm": 0.001}
_AREA = {"平方米": 1.0, "平米": 1.0, "平方": 1.0, "m2": 1.0, "亩": 2000 / 3, "公顷": 10000.0}
_VOLUME = {"立方米": 1.0, "立方": 1.0, "m3": 1.0, "方": 1.0, "吨": 1.0, "t": 1.0}
_POWER = {"千瓦": 1.0, "kw": 1.0, "kva": 1.0, "千伏安": 1.0, "兆瓦": 1000.0, "mw": 1000.0}
_THINGS = "盏座口栋幢套个处眼台条根棵株块院只头匹副件棚池箱孔"
_TEN_THOUSAND = 10000.0
_WIDEST = 30  # metres; what is longer is no width, whatever stands before it


@dataclass(frozen=True, slots=True)
class Scale:
    """A quantity. ``dimension``: length, width (m), area (m2), volume (m3), power (kW), count,
    room, floor, household, person. ``text`` is as written, ``about`` says 余, 多 or 约, ``of`` is
    the mask of the facility it stands next to, 0 where none does."""

    dimension: str
    value: float
    text: str
    about: bool = False
    of: int = 0


def _units() -> dict[str, tuple[str, float]]:
    groups = (("length", _LENGTH), ("width", _SMALL), ("area", _AREA), ("volume", _VOLUME))
    units = {unit: (name, by) for name, group in groups for unit, by in group.items()}
    units |= {unit: ("power", by) for unit, by in _POWER.items()}
    units |= dict.fromkeys(_THINGS, ("count", 1.0))
    return units | {
        "间": ("room", 1.0),
        "层": ("floor", 1.0),
        "户": ("household", 1.0),
        "人": ("person", 1.0),
    }


_UNITS = _units()
_ABOUT = "余多来"
_WORDED = f"[{_THINGS}间层户亩米]|公里|千米|平方|立方|延长米"
_SIDES = "宽|厚|高|深|直径|管径|口径|路面"
PATTERN = (
    rf"(?P<side>(?:{_SIDES})度?为?)?(?P<near>约|近)?"
    rf"(?P<number>(?<![\d.])\d{{1,12}}(?:\.\d{{1,6}})?|[一二两三四五六七八九十百千]{{1,8}}(?=万?[{_ABOUT}]?(?:{_WORDED})))"
    rf"(?P<wan>万)?(?P<about>[{_ABOUT}])?"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
    r"(?![村组队屯社老行])(?P<after>宽|厚|高|深)?"
)
"""Finds one quantity in a normalised, lower-case text."""
_PRODUCT = re.compile(
    r"(?<![\d.])(\d{1,6}(?:\.\d{1,3})?)(?:米|m)?[×x*](\d{1,6}(?:\.\d{1,3})?)(?:米|m)?(?!\d)",
    re.IGNORECASE,
)


def scale(match: re.Match[str], of: int = 0) -> Scale:
    """The quantity that a match of ``PATTERN`` says, and the facility it is of."""
    dimension, by = _UNITS[match["unit"]]
    value = _number(match["number"]) * by * (_TEN_THOUSAND if match["wan"] else 1)
    if dimension == "length" and (match["side"] or match["after"]) and value <= _WIDEST:
        dimension = "width"
    return Scale(dimension, value, match[0], bool(match["near"] or match["about"]), of)


def products(text: str) -> tuple[str, list[Scale]]:
    """Areas written as length by width, taken out of the text; several are also added up
    (270×4+1216×5米)."""
    matches = list(_PRODUCT.finditer(text))
    if not matches:
        return text, []
    areas = [Scale("area", float(m[1]) * float(m[2]), m[0]) for m in matches]
    lengths = [Scale("length", max(float(m[1]), float(m[2])), m[0]) for m in matches]
    if len(areas) > 1:
        total = sum(item.value for item in areas)
        areas.append(Scale("area", total, "+".join(item.text for item in areas)))
    return _PRODUCT.sub("|", text), [*areas, *lengths]


def derived(found: list[Scale]) -> list[Scale]:
    """The area of a length followed by its width (道路670米、宽5米)."""
    return [
        Scale("area", first.value * second.value, f"{first.text}、{second.text}", True, first.of)
        for first, second in pairwise(found)
        if (first.dimension, second.dimension) == ("length", "width") and 1 <= second.value <= 30
    ]


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    found = evaluate(text)
    return float(found[0]) if found else 0.0
