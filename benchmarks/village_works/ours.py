"""The overlap engine on generated works, each step in a process of its own.

    python ours.py make:WORKS:PER_VILLAGE|prepare|search|typed|export FOLDER RUNS

``make`` writes ``rows.jsonl`` into ``FOLDER``; ``prepare`` fills ``columns`` from it. Prints
``{"seconds": [...], "megabytes": …, "pairs": …}``.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from laoqu_engines.overlap import Index, Work
from laoqu_engines.overlap.columns import HOME, StoredColumns
from laoqu_engines.overlap.numbers import STEP, Keys
from laoqu_engines.overlap.one_machine import prepare_all, search
from village_works.generator import Share, generate, share_out
from village_works.measuring import Answer, answer, timed

CORES = 2


def works(folder: Path) -> Iterator[Work]:
    with (folder / "rows.jsonl").open(encoding="utf-8") as lines:
        yield from (Work.from_json(json.loads(line)) for line in lines)


def written(share: Share) -> tuple[list[str], list[tuple[str, str]]]:
    rows, truth = generate(share)
    return [json.dumps(row, ensure_ascii=False) for row in rows], truth


def make(folder: Path, works: int, per_village: float) -> Answer:
    """``rows.jsonl`` in random order, and ``truth.tsv`` with the true pairs as row numbers."""
    lines: list[str] = []
    truth: list[tuple[str, str]] = []
    with ProcessPoolExecutor(CORES) as pool:
        for rows, pairs in pool.map(written, share_out(works, per_village)):
            lines += rows
            truth += pairs
    random.Random(works).shuffle(lines)
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    at = {json.loads(line)["id"]: row for row, line in enumerate(lines)}
    (folder / "truth.tsv").write_text(
        "".join(f"{at[first]}\t{at[second]}\n" for first, second in truth), "utf-8"
    )
    return answer([0.0], len(truth))


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
    step, *given = sys.argv[1].split(":")
    place = Path(sys.argv[2])
    if step == "make":
        print(json.dumps(make(place, int(given[0]), float(given[1]))))
    else:
        print(json.dumps(steps[step](place, int(sys.argv[3]))))
