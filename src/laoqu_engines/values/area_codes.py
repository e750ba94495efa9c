"""Statistical area codes of China: 2 + 2 + 2 + 3 + 3 digits, from the province to the village.

Source: 统计用区划代码和城乡划分代码编制规则 (National Bureau of Statistics). Codes are text. The
full form has 12 digits, zeros standing for the levels below: 140881000000 is a county. These codes
are not those of the Ministry of Civil Affairs and change over time: never key a row on one.
"""

import re
from enum import StrEnum


class Level(StrEnum):
    """层级, from wide to narrow."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    NATURAL_VILLAGE = "natural_village"


class TownshipKind(StrEnum):
    """What a township code says of its unit; ``OTHER`` are zones, farms, prisons and the like."""

    SUBDISTRICT = "街道"
    TOWN = "镇"
    RURAL = "乡"
    OTHER = "其他"


_DIGITS = {
    2: Level.PROVINCE,
    4: Level.CITY,
    6: Level.COUNTY,
    9: Level.TOWNSHIP,
    12: Level.VILLAGE,
}
_DUMMY_VILLAGES = {"498", "598"}
_CLOSED = re.compile("监狱|戒毒|看守所|劳教|虚拟(?:社区|生活区)")


def prefix(code: str) -> str:
    """The significant digits: the codes of all places within begin with them.

    ``code`` may be short (2, 4, 6, 9 digits) or full. A full code of a county without districts
    (441900000000) cannot be told from that of its city.
    """
    if not (code.isascii() and code.isdigit() and len(code) in _DIGITS):
        raise ValueError(f"“{code}”不是区划代码，请用 2、4、6、9 或 12 位数字。")
    if len(code) < 12:
        return code
    kept = len(code.rstrip("0"))
    return code[: min(digits for digits in _DIGITS if digits >= kept)]


def full(code: str) -> str:
    """The 12-digit form."""
    return prefix(code).ljust(12, "0")


def level(code: str) -> Level:
    return _DIGITS[len(prefix(code))]


def parents(code: str) -> tuple[str, ...]:
    """The 12-digit codes above, nearest first."""
    own = prefix(code)
    return tuple(
        full(own[:digits]) for digits in sorted(_DIGITS, reverse=True) if digits < len(own)
    )


def within(code: str, outer: str) -> bool:
    """Whether ``code`` is ``outer`` or lies in it."""
    return full(code).startswith(prefix(outer))


def township_kind(code: str) -> TownshipKind:
    """The kind of the township that ``code`` is or lies in (9 or 12 digits)."""
    number = int(prefix(code)[6:9] or 0)
    if not number:
        raise ValueError(f"代码“{code}”里没有镇（街道）这一级。")
    kinds = ((100, TownshipKind.SUBDISTRICT), (200, TownshipKind.TOWN), (400, TownshipKind.RURAL))
    return next((kind for below, kind in kinds if number < below), TownshipKind.OTHER)


def is_dummy(code: str, name: str = "") -> bool:
    """Units that exist for counting only (498, 598) or behind walls; no document means them."""
    return code[9:] in _DUMMY_VILLAGES or bool(_CLOSED.search(name))
