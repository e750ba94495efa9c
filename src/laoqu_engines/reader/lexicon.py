"""The words the reader knows: one data file, to which an association may add its own."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Word lists by ``section.name`` (“places.before”), each longest word first."""

    lists: Mapping[str, tuple[str, ...]]

    def words(self, name: str) -> tuple[str, ...]:
        return self.lists[name]

    def extended(self, extra: Mapping[str, Iterable[str]]) -> "Lexicon":
        """A lexicon with further entries; an unknown list name is an error."""
        unknown = sorted(set(extra) - set(self.lists))
        if unknown:
            raise ValueError(
                f"词表里没有这一类：{'、'.join(unknown)}。请用：{'、'.join(self.lists)}。"
            )
        merged = {
            name: _ordered([*words, *extra.get(name, ())]) for name, words in self.lists.items()
        }
        return Lexicon(merged)


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of the words, in the order given."""
    return re.compile("|".join(map(re.escape, words)))


def _ordered(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    raw = files("laoqu_engines.reader").joinpath("data/lexicon.toml").read_text("utf-8")
    return Lexicon(
        {
            f"{section}.{name}": _ordered(words)
            for section, lists in tomllib.loads(raw).items()
            for name, words in lists.items()
        }
    )
