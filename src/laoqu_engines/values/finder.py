"""Find many names in a running text: leftmost, longest first, in time linear in the text."""

from collections.abc import Iterable, Iterator


class NameFinder:
    """Names of at least two characters, by their first two."""

    def __init__(self, names: Iterable[str]) -> None:
        heads: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            if len(name) > 1:
                heads.setdefault(name[:2], []).append(name)
        self._heads = {
            head: tuple(sorted(group, key=len, reverse=True)) for head, group in heads.items()
        }

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each name, none inside or across another."""
        heads, at = self._heads, 0
        while at < len(text) - 1:
            end = 0
            for name in heads.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    end = at + len(name)
                    yield at, end
                    break
            at = end or at + 1

    def longest_at(self, text: str, at: int = 0) -> int:
        """Where the longest name that begins at ``at`` ends, or ``at``."""
        for name in self._heads.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                return at + len(name)
        return at
