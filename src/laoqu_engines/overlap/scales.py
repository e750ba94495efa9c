"""How large a work is: quantities in base units, so that 4.4公里 equals 4400米."""

import re
from dataclasses import dataclass

_UNITS = {
    "公里": ("length", 1000.0),
    "千米": ("length", 1000.0),
    "km": ("length", 1000.0),
    "米": ("length", 1.0),
    "m": ("length", 1.0),
    "平方米": ("area", 1.0),
    "平米": ("area", 1.0),
    "㎡": ("area", 1.0),
    "亩": ("area", 2000 / 3),
    "立方米": ("volume", 1.0),
    "立方": ("volume", 1.0),
    "盏": ("count", 1.0),
    "座": ("count", 1.0),
    "栋": ("count", 1.0),
    "口": ("count", 1.0),
    "套": ("count", 1.0),
    "个": ("count", 1.0),
}
_SCALE = re.compile(
    rf"(\d+(?:\.\d+)?)[余多]?({'|'.join(sorted(_UNITS, key=len, reverse=True))})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A quantity: ``dimension`` is length (m), area (m²), volume (m³) or count."""

    dimension: str
    value: float
    text: str


def scales(text: str) -> tuple[Scale, ...]:
    """The quantities of a text in the order written."""
    found = []
    for match in _SCALE.finditer(text):
        dimension, factor = _UNITS[match[2].lower()]
        found.append(Scale(dimension, float(match[1]) * factor, match[0]))
    return tuple(found)
