"""One work that is being typed, compared with all that exist."""

from collections.abc import Iterable
from typing import Self

import numpy as np

from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.columns import Columns, Numbers
from laoqu_engines.overlap.finding import Pair, best_first, pair_of
from laoqu_engines.overlap.prepare import prepare
from laoqu_engines.overlap.works import Work


class Index:
    """Works kept by the keys under which they are found."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._keep(Columns.of([prepare(work) for work in works]))

    @classmethod
    def over(cls, columns: Columns) -> Self:
        """The index of works that are prepared already."""
        made = cls(())
        made._keep(columns)
        return made

    def _keep(self, columns: Columns) -> None:
        keys = np.concatenate([columns.home, columns.places[columns.visited]])
        rows = np.concatenate([np.arange(len(columns)), columns.visitor])
        order = np.argsort(keys, kind="stable")
        self._columns, self._keys, self._rows = columns, keys[order], rows[order]

    def near(self, work: Work, limit: int = 10) -> tuple[Pair, ...]:
        """The likeliest pairs of ``work`` with the works kept, best first."""
        own = prepare(work)
        found = [self._under(key) for key in (own.home, *own.visits)]
        rows = np.unique(np.concatenate(found))
        keys = self._columns.keys(rows)
        meeting = np.isin(keys.home, (own.home, *own.visits)) | np.isin(rows, found[0])
        rows = rows[meeting & comparable(own, keys)]
        pairs = [pair_of(own, self._columns.works[row]) for row in rows.tolist()]
        kept = [pair for pair in pairs if pair.level != "none" and pair.a != pair.b]
        return tuple(sorted(kept, key=best_first)[:limit])

    def _under(self, key: int) -> Numbers:
        """The rows whose home or visit is this key."""
        begin = np.searchsorted(self._keys, key, side="left")
        return self._rows[begin : np.searchsorted(self._keys, key, side="right")]
