"""Exact scores of many pairs: on arrays where these settle a pair, by ``judge`` where texts do."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from laoqu_engines.overlap.bounds import Floats, bounds
from laoqu_engines.overlap.columns import Numbers, Works
from laoqu_engines.overlap.judge import HIGH, MEDIUM, Level, judge, likelihood, weights_of
from laoqu_engines.overlap.prepare import Prepared
from laoqu_engines.overlap.sweep import Candidates

THRESHOLDS: dict[Level, float] = {"high": HIGH, "medium": MEDIUM, "low": 0.0}


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of rows with their scores, each array of shape (n,)."""

    first: Numbers
    second: Numbers
    score: Floats

    @classmethod
    def joined(cls, parts: Iterable["Found"]) -> Self:
        """All pairs of several parts, each once, in the order of their rows."""
        nothing = np.zeros(0, np.int64)
        every: list[Found] = [Found(nothing, nothing, np.zeros(0)), *parts]
        first = np.concatenate([np.minimum(part.first, part.second) for part in every])
        second = np.concatenate([np.maximum(part.first, part.second) for part in every])
        score = np.concatenate([part.score for part in every])
        order = np.lexsort((second, first))
        first, second, score = first[order], second[order], score[order]
        new = (np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0)
        return cls(first[new], second[new], score[new])

    def __len__(self) -> int:
        return len(self.first)

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """The pairs one by one: both rows, the smaller first, and the score."""
        columns = (self.first.tolist(), self.second.tolist(), self.score.tolist())
        return zip(*columns, strict=True)


def scored(columns: Works, candidates: Iterable[Candidates], least: Level) -> Found:
    """The candidates of at least this level; ``judge`` scores those that arrays do not settle."""
    wanted, parts = THRESHOLDS[least], []
    fewest = math.log(wanted / (1 - wanted)) - 0.001 if wanted else -math.inf
    for chunk in candidates:
        found = bounds(chunk.a, chunk.b, weights_of(), fewest)
        first, second = chunk.first[found.kept], chunk.second[found.kept]
        scores = likelihoods(found.most)
        unsure = ~(found.most - found.least < 1e-9)
        scores[unsure] = _judged(columns, first[unsure], second[unsure])
        kept = scores >= max(wanted, 1e-9)
        parts.append(Found(first[kept], second[kept], scores[kept]))
    return Found.joined(parts)


def likelihoods(odds: Floats) -> Floats:
    """``likelihood`` of many log-odds, of which few are different."""
    different, places = np.unique(np.round(odds, 6), return_inverse=True)
    scores = np.array([likelihood(value) for value in different.tolist()], np.float64)
    return scores[places]


def _judged(columns: Works, first: Numbers, second: Numbers) -> list[float]:
    rows, places = np.unique(np.stack([first, second]), return_inverse=True)
    works = [columns.works[row] for row in rows.tolist()]
    pairs = [(works[a], works[b]) for a, b in places.reshape(2, -1).T.tolist()]
    return [judge(*sorted(pair, key=_identity)).score for pair in pairs]


def _identity(work: Prepared) -> str:
    return work.id
