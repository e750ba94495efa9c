"""The overlap engine on generated works, each step in a process of its own.

    python ours.py prepare|search|typed|export FOLDER RUNS

``FOLDER`` holds ``rows.jsonl``; ``prepare`` fills ``FOLDER/columns`` from it. Prints
``{"seconds": [...], "megabytes": …, "pairs": …}``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from laoqu_engines.overlap import Index, Work
from laoqu_engines.overlap.columns import HOME, StoredColumns
from laoqu_engines.overlap.numbers import STEP, Keys
from laoqu_engines.overlap.one_machine import prepare_all, search
from village_works.measuring import Answer, answer, timed

CORES = 2


def works(folder: Path) -> Iterator[Work]:
    with (folder / "rows.jsonl").open(encoding="utf-8") as lines:
        yield from (Work.from_json(json.loads(line)) for line in lines)


def prepare(folder: Path, _: int) -> Answer:
    """Reading, parsing and storing all works."""
    (folder / "columns").mkdir()
    begin = perf_counter()
    stored = prepare_all(works(folder), folder / "columns", CORES)
    return answer([perf_counter() - begin], len(stored.works))


def find(folder: Path, runs: int) -> Answer:
    """All pairs of level medium and above, with their exact scores, from the stored columns."""
    return answer(*timed(lambda: len(search(folder / "columns", "medium", CORES)), runs))


def typed(folder: Path, runs: int) -> Answer:
    """One record beside all others, from its texts to pairs with sentences."""
    index = Index.over(StoredColumns(folder / "columns"))
    records = [work for work, _ in zip(works(folder), range(50 * runs), strict=False)]
    seconds, pairs = [], 0
    for record in records:
        begin = perf_counter()
        pairs += len(index.near(record))
        seconds.append(perf_counter() - begin)
    return answer(seconds, pairs)


def export(folder: Path, _: int) -> Answer:
    """The prepared columns and the true pairs for the peers, in the order of the rows."""
    import pyarrow
    from pyarrow import parquet

    stored = StoredColumns(folder / "columns")
    names = ("signature", "facilities", "groups", "hamlets", "year", "scale0")
    columns = {name: np.zeros(len(stored.works), np.int64) for name in ("village", *names)}
    for number in range(stored.parts):
        part = stored.part(number)
        columns["village"][part.rows] = part.columns[HOME]
        for name in names:
            columns[name][part.rows] = part.columns[Keys._fields.index(name)]
    place = columns.pop("groups") ^ columns.pop("hamlets")
    scale = columns.pop("scale0")
    size = np.exp((scale >> 13 & 0xFFFF) * STEP)
    nothing = {"part": place == 0, "size": scale == 0, "year": columns["year"] == 0}
    columns |= {"id": np.arange(len(place)), "part": place, "size": size}
    table = pyarrow.table(
        {name: pyarrow.array(values, mask=nothing.get(name)) for name, values in columns.items()}
    )
    parquet.write_table(table, folder / "columns.parquet")
    truth = np.loadtxt(folder / "truth.tsv", np.int64, ndmin=2)
    parquet.write_table(
        pyarrow.table({"id_l": truth[:, 0], "id_r": truth[:, 1]}), folder / "truth.parquet"
    )
    return answer([0.0], len(truth))


if __name__ == "__main__":
    steps = {"prepare": prepare, "search": find, "typed": typed, "export": export}
    print(json.dumps(steps[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
