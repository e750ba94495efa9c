"""One work that is being typed, compared with all that exist."""

from collections.abc import Iterable
from typing import Self

import numpy as np

from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.columns import HOME, Columns, Numbers, Works
from laoqu_engines.overlap.finding import Pair, best_first, pair_of
from laoqu_engines.overlap.prepare import prepare
from laoqu_engines.overlap.works import Work


class Index:
    """Works kept by the keys under which they are found."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._keep(Columns([prepare(work) for work in works]))

    @classmethod
    def over(cls, works: Works) -> Self:
        """The index of works that are prepared already."""
        made = cls(())
        made._keep(works)
        return made

    def _keep(self, works: Works) -> None:
        parts = [works.part(number) for number in range(works.parts)]
        self._works = works
        self._homes = _sorted([part.columns[HOME] for part in parts], [p.rows for p in parts])
        visits = [part.places[part.visited] for part in parts]
        self._visits = _sorted(visits, [part.visitor for part in parts])

    def near(self, work: Work, limit: int = 10) -> tuple[Pair, ...]:
        """The likeliest pairs of ``work`` with the works kept, best first."""
        own = prepare(work)
        found = [_under(self._homes, key) for key in (own.home, *own.visits)]
        rows = np.unique(np.concatenate([*found, _under(self._visits, own.home)]))
        rows = rows[comparable(own, self._works.keys(rows))]
        pairs = [pair_of(own, self._works.works[row]) for row in rows.tolist()]
        kept = [pair for pair in pairs if pair.level != "none" and pair.a != pair.b]
        return tuple(sorted(kept, key=best_first)[:limit])


Lookup = tuple[Numbers, Numbers]
"""Keys in their order, and the row of each."""


def _sorted(keys: list[Numbers], rows: list[Numbers]) -> Lookup:
    every, of = np.concatenate(keys), np.concatenate(rows)
    order = np.argsort(every, kind="stable")
    return every[order], of[order]


def _under(lookup: Lookup, key: int) -> Numbers:
    keys, rows = lookup
    begin = np.searchsorted(keys, key, side="left")
    return rows[begin : np.searchsorted(keys, key, side="right")]
