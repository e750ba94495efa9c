"""Find many names in a running text: longest first, in time linear in the text."""

import re
from collections.abc import Iterable, Iterator


class NameFinder:
    """Names of at least two characters, kept by their first two."""

    def __init__(self, names: Iterable[str]) -> None:
        heads: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            if len(name) > 1:
                heads.setdefault(name[:2], []).append(name)
        self._heads = {
            head: tuple(sorted(group, key=len, reverse=True)) for head, group in heads.items()
        }
        self._start = re.compile("|".join(map(re.escape, sorted(heads))) or "(?!)")

    def ends(self, text: str, at: int = 0) -> list[int]:
        """Where the names that begin at ``at`` end, longest first."""
        group = self._heads.get(text[at : at + 2], ())
        return [at + len(name) for name in group if text.startswith(name, at)]

    def next_start(self, text: str, at: int) -> int:
        """Where the first two characters of a name next stand, from ``at`` on, or -1."""
        match = self._start.search(text, at)
        return match.start() if match else -1

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each name from left to right, none inside or across another."""
        at = 0
        while (at := self.next_start(text, at)) >= 0:
            ends = self.ends(text, at)
            if ends:
                yield at, ends[0]
            at = ends[0] if ends else at + 1
