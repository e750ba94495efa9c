"""Would weights learned from labelled pairs do better than those set by hand?

    python tools/fit_overlap.py ROWS.jsonl PAIRS.tsv [SAMPLE.txt …]

Fits the weights of ``overlap/data/weights.toml`` by logistic regression that is drawn towards the
present ones, and prints F1, average precision and log-loss on pairs of counties left out of the
fit, for several strengths of the pull. ``PAIRS.tsv`` has the columns a, b, label; ``SAMPLE.txt``
are files as in ``tests/engines/overlap/samples``, which are only learned from. Writes nothing.
"""

import csv
import json
import sys
import zlib
from pathlib import Path

import numpy as np

from laoqu_engines.overlap import Work
from laoqu_engines.overlap.judge import collect, weights_of
from laoqu_engines.overlap.prepare import prepare

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.engines.overlap.scoring import POSITIVE, labelled

FOLDS = 5
PULLS = (1.0, 3.0, 10.0, 30.0)
NAMES = list(weights_of())
PRESENT = np.array([weights_of()[name] for name in NAMES])

Labelled = tuple[str, Work, Work]


def main() -> None:
    rows, pairs, *samples = map(Path, sys.argv[1:])
    judged = table(read(rows, pairs))
    learned = table([pair for path in samples for pair in labelled(path)])
    print("weights          F1     AP     log-loss")
    show("set by hand", likelihood(judged[0], PRESENT), judged[1])
    for pull in PULLS:
        scores = np.zeros(len(judged[1]))
        for fold in range(FOLDS):
            out = judged[2] == fold
            x = np.vstack([judged[0][~out], learned[0]])
            y = np.concatenate([judged[1][~out], learned[1]])
            scores[out] = likelihood(judged[0][out], fit(x, y, pull))
        show(f"fitted, pull {pull:g}", scores, judged[1])


def read(rows: Path, pairs: Path) -> list[Labelled]:
    lines = rows.read_text("utf-8").splitlines()
    works = {work.id: work for work in map(Work.from_json, map(json.loads, lines))}
    with pairs.open(encoding="utf-8") as file:
        table = list(csv.DictReader(file, delimiter="\t"))
    return [(row["label"], works[row["a"]], works[row["b"]]) for row in table]


def table(pairs: list[Labelled]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How much of each kind of evidence a pair has, whether it is to be shown, its fold."""
    amounts, wanted, folds = [], [], []
    for label, a, b in pairs:
        row = dict.fromkeys(NAMES, 0.0) | {"start": 1.0}
        found = collect(prepare(a), prepare(b))
        for name, amount, *_ in found:
            row[name] += amount
        if found:
            amounts.append([row[name] for name in NAMES])
            wanted.append(label in POSITIVE)
            folds.append(zlib.crc32(a.county_code.encode()) % FOLDS)
    return np.array(amounts).reshape(-1, len(NAMES)), np.array(wanted, float), np.array(folds)


def likelihood(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x @ weights))


def fit(x: np.ndarray, y: np.ndarray, pull: float) -> np.ndarray:
    """Newton's method on the penalised log-likelihood."""
    weights = PRESENT.copy()
    for _ in range(30):
        p = likelihood(x, weights)
        slope = x.T @ (p - y) + pull * (weights - PRESENT)
        bend = (x * (p * (1 - p))[:, None]).T @ x + pull * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def show(name: str, scores: np.ndarray, wanted: np.ndarray) -> None:
    shown = scores >= 0.5
    right = (shown & (wanted == 1)).sum()
    f1 = 2 * right / (shown.sum() + wanted.sum())
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(wanted[order])
    precision = hits / np.arange(1, len(order) + 1)
    average = (precision * wanted[order]).sum() / wanted.sum()
    loss = -np.mean(np.log(np.where(wanted == 1, scores, 1 - scores)))
    print(f"{name:16} {f1:.3f}  {average:.3f}  {loss:.3f}")


if __name__ == "__main__":
    main()
