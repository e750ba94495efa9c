"""All words that the engine knows, in one pattern that finds them in a single pass."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from laoqu_engines.overlap.facilities import vocabulary


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word says; a word may say several things (硬化 is an action and, alone, a road)."""

    facility: int = 0
    kind: str = ""
    weak: bool = False
    actions: frozenset[str] = frozenset()
    open: bool = False
    many: bool = False
    beside: bool = False


NO_MEANING = Meaning()


@cache
def meanings() -> dict[str, Meaning]:
    """Every word with its meaning; words without any are there to be passed over."""
    raw = files("laoqu_engines.overlap").joinpath("data/words.toml").read_text("utf-8")
    lists = tomllib.loads(raw)
    actions: dict[str, set[str]] = {}
    for action, words in lists["actions"].items():
        for word in words:
            actions.setdefault(word, set()).add(action)
    opens, many = set(lists["open"]["words"]), set(lists["open"]["many"])
    beside = set(lists["beside"]["words"])
    facilities = vocabulary().words
    found = {}
    for word in {*actions, *opens, *many, *beside, *lists["dropped"]["words"], *facilities}:
        named = facilities.get(word)
        found[word] = Meaning(
            named.facility if named else 0,
            named.kind if named else "",
            named.weak if named else False,
            frozenset(actions.get(word, ())),
            word in opens,
            word in many,
            word in beside,
        )
    return found


def any_of(words: Iterable[str]) -> str:
    """A pattern of the words as a tree of their letters: longest first, quick for thousands."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        at = tree
        for letter in word:
            at = at.setdefault(letter, {})
        at[""] = {}
    return _branch(tree)


def _branch(tree: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in tree
    singles = [re.escape(letter) for letter, rest in tree.items() if letter and [*rest] == [""]]
    parts = [
        re.escape(letter) + _branch(rest)
        for letter, rest in tree.items()
        if letter and [*rest] != [""]
    ]
    if singles:
        parts.append(singles[0] if len(singles) == 1 else f"[{''.join(singles)}]")
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body
