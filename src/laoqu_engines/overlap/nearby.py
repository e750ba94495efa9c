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
        homes = [part.columns[HOME] for part in parts]
        keys = np.concatenate([*homes, *(part.places[part.visited] for part in parts)])
        rows = np.concatenate([*(part.rows for part in parts), *(part.visitor for part in parts)])
        order = np.argsort(keys, kind="stable")
        self._works, self._keys, self._rows = works, keys[order], rows[order]

    def near(self, work: Work, limit: int = 10) -> tuple[Pair, ...]:
        """The likeliest pairs of ``work`` with the works kept, best first."""
        own = prepare(work)
        found = [self._under(key) for key in (own.home, *own.visits)]
        rows = np.unique(np.concatenate(found))
        keys = self._works.keys(rows)
        meeting = np.isin(keys.home, (own.home, *own.visits)) | np.isin(rows, found[0])
        rows = rows[meeting & comparable(own, keys)]
        pairs = [pair_of(own, self._works.works[row]) for row in rows.tolist()]
        kept = [pair for pair in pairs if pair.level != "none" and pair.a != pair.b]
        return tuple(sorted(kept, key=best_first)[:limit])

    def _under(self, key: int) -> Numbers:
        """The rows whose home or visit is this key."""
        begin = np.searchsorted(self._keys, key, side="left")
        return self._rows[begin : np.searchsorted(self._keys, key, side="right")]
