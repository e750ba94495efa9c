"""Reading the keys of a file's object one by one: what is left over at the end is unknown."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

MOST_FEN = 10**15
MOST_NUMBER = 10**12
MISSING = object()


class ProblemError(ValueError):
    """A faulty problem, in one Chinese sentence."""


def twice(found: Iterable[str]) -> str | None:
    """The first text that occurs a second time."""
    seen: set[str] = set()
    for item in found:
        if item in seen:
            return item
        seen.add(item)
    return None


def rows(found: object, who: str) -> Sequence[object]:
    """A list, or the sentence that it should be one."""
    if isinstance(found, (list, tuple)):
        return found
    raise ProblemError(f"{who}应当是一个列表，请用方括号写。")


class Fields:
    """The keys of one object. Every reader takes its key; `close` refuses what nobody took."""

    def __init__(self, found: object, who: str, kind: str = "") -> None:
        if not isinstance(found, dict):
            raise ProblemError(f"{who}应当是一组“键: 值”，请用花括号写。")
        self._left: dict[Any, Any] = dict(found)
        self._kind = kind
        self.who = who

    def close(self) -> None:
        """Refuse keys that no reader took."""
        if self._left:
            raise ProblemError(
                f"{self.who}里有不认识的键“{next(iter(self._left))}”，请改正或去掉。"
            )

    def get(self, key: str, default: Any = None) -> Any:
        """The value as it stands."""
        return self._left.pop(key, default)

    def entries(self, key: str, default: object = MISSING) -> Sequence[object]:
        """A list."""
        found = self.get(key, default)
        if found is MISSING:
            raise ProblemError(f"{self.who}没有“{key}”，请补上这个列表。")
        return rows(found, f"{self.who}的{key}")

    def name(self, key: str) -> str:
        """The id, by which later sentences call this object."""
        found = self.text(key)
        if self._kind:
            self.who = f"{self._kind}“{found}”"
        return found

    def text(self, key: str) -> str:
        """A text that is not empty."""
        found = self.optional_text(key)
        if not found:
            raise ProblemError(f"{self.who}没有写“{key}”，请补上。")
        return found

    def optional_text(self, key: str) -> str | None:
        """A text or nothing."""
        found = self.get(key)
        if found is None or isinstance(found, str):
            return found
        raise ProblemError(f"{self.who}的{key}应当是文字，请加上引号。")

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts or nothing."""
        found = self.get(key)
        if found is None:
            return None
        items = rows(found, f"{self.who}的{key}")
        if any(not isinstance(item, str) for item in items):
            raise ProblemError(f"{self.who}的{key}里应当全是文字，请加上引号。")
        return tuple(str(item) for item in items)

    def names(self, key: str) -> dict[str, str]:
        """Texts by text; left out is none."""
        found = self.get(key, {})
        if isinstance(found, dict) and all(isinstance(item, str) for item in found.values()):
            return found
        raise ProblemError(f"{self.who}的{key}应当是“编号: 名称”，名称都是文字，请改正。")

    def flag(self, key: str) -> bool:
        """true or false; left out is false."""
        found = self.get(key, False)
        if isinstance(found, bool):
            return found
        raise ProblemError(f"{self.who}的{key}应当是true或false，请改正。")

    def choice(self, key: str, allowed: Sequence[str]) -> str | None:
        """One of a few words, or nothing."""
        found = self.get(key)
        if found is None or (isinstance(found, str) and found in allowed):
            return found
        raise ProblemError(f"{self.who}的{key}不能是“{found}”，请写{'、'.join(allowed)}中的一个。")

    def count(self, key: str, least: int = 0) -> int:
        """A whole number; left out is the least allowed."""
        found = self.get(key)
        if found is None and not least:
            return 0
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            raise ProblemError(f"{self.who}的{key}应当是不小于{least}的整数，请改正。")
        return found

    def optional_fen(self, key: str) -> int | None:
        """A sum of at least one fen, or nothing."""
        return self.fen(key, least=1) if self._left.get(key) is not None else self.get(key)

    def fen(self, key: str, least: int = 0) -> int:
        """A sum in whole fen."""
        found = self.get(key)
        if found is None:
            raise ProblemError(f"{self.who}没有写“{key}”，请以分为单位补上。")
        if isinstance(found, bool) or not isinstance(found, int):
            raise ProblemError(
                f"{self.who}的{key}不是整数，金额以分为单位（1元写100），请换算后再写。"
            )
        if found < least:
            raise ProblemError(f"{self.who}的{key}是{found}，金额至少是{least}分，请改正。")
        if found > MOST_FEN:
            raise ProblemError(f"{self.who}的{key}超过十万亿元，请检查单位是不是分。")
        return found

    def number(self, key: str, default: Fraction | None = None) -> Fraction:
        """A number from 0 up, exactly as its decimals were written."""
        found = self.get(key, default)
        if found is None:
            raise ProblemError(f"{self.who}没有写“{key}”，请补上一个数。")
        value = exact(found)
        if value is None or not 0 <= value <= MOST_NUMBER:
            raise ProblemError(f"{self.who}的{key}应当是0到一万亿之间的数，请改正。")
        return value

    def share(self, key: str, whole: bool = False) -> Fraction:
        """A part of the whole: 0 up to below 1, or up to 1 where `whole`."""
        value = self.number(key, None if whole else Fraction(0))
        if value > 1 or (value == 1 and not whole):
            raise ProblemError(f"{self.who}的{key}应当是从0到1的小数（10%写0.1），请改正。")
        return value


def exact(found: object) -> Fraction | None:
    """The decimal that was written, as a fraction; nothing for what is no finite number."""
    if isinstance(found, (int, Fraction)) and not isinstance(found, bool):
        return Fraction(found)
    if isinstance(found, (float, Decimal)):
        try:
            return Fraction(str(found))
        except ValueError:
            return None
    return None
