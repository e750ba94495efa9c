"""A work as offices list it: a need, a project or a line of money, with its place and scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from laoqu_engines.values.money import from_yuan

_TEXTS = (
    "county_code",
    "county",
    "township",
    "village",
    "natural_village",
    "name",
    "content",
    "department",
    "fund",
    "status",
    "line",
)


class FaultyRow(ValueError):
    """A row that cannot be used; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Work:
    """One row. Places are as written, empty where the source gives none.

    ``amount_fen`` is money of this row alone; ``joint_amount_fen`` a total shared by several
    villages, which is never divided. Rows made from one record that names several villages share
    a ``line`` and are never compared with each other (empty: a record of its own).
    """

    id: str
    county_code: str = ""
    county: str = ""
    township: str = ""
    village: str = ""
    natural_village: str = ""
    name: str = ""
    content: str = ""
    department: str = ""
    fund: str = ""
    year: int | None = None
    status: str = ""
    amount_fen: int | None = None
    joint_amount_fen: int | None = None
    line: str = ""

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """From ``{"id", "county_code", …, "amount_yuan", "joint_amount_yuan"}``.

        Unknown fields are ignored, missing ones and null are empty. Raises ``FaultyRow``.
        """
        if not isinstance(row, Mapping):
            raise FaultyRow("这一行不是一条记录，请写成 {“id”: …, “name”: …} 的样子。")
        identity = row.get("id")
        if not isinstance(identity, str | int) or isinstance(identity, bool) or identity == "":
            raise FaultyRow("有一行没有编号（id），请给每一行一个不重复的编号。")
        texts = {name: _text(row, name, identity) for name in _TEXTS}
        return cls(
            id=str(identity),
            year=_year(row.get("year"), identity),
            amount_fen=_fen(row, "amount_yuan", identity),
            joint_amount_fen=_fen(row, "joint_amount_yuan", identity),
            **texts,
        )


def _text(row: Mapping[str, Any], name: str, identity: object) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    raise FaultyRow(f"编号“{identity}”的 {name} 不是文字，请改成一句话或留空。")


def _year(value: object, identity: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2200:
        return value
    raise FaultyRow(f"编号“{identity}”的年份“{value}”不是年份，请写四位数字，例如 2024，或留空。")


def _fen(row: Mapping[str, Any], name: str, identity: object) -> int | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool):
            raise ValueError
        amount = Decimal(str(value))
        if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15:
            raise ValueError
        return from_yuan(amount)
    except (InvalidOperation, ValueError) as error:
        message = f"编号“{identity}”的 {name}“{value}”不是金额，请以元为单位写数字，最多两位小数。"
        raise FaultyRow(message) from error
