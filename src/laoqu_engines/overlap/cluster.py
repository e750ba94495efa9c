"""All overlaps of a nation on Apache Spark: the same pairs and scores as on one machine.

The session comes from ``laoqu_engines.cluster``. Works of different counties never meet, so
Spark sends each county whole to one worker, which does there what ``find_overlaps`` does.
"""

import json
import pickle
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from laoqu_engines.overlap.columns import Columns
from laoqu_engines.overlap.judge import Level
from laoqu_engines.overlap.one_machine import shown
from laoqu_engines.overlap.prepare import prepare
from laoqu_engines.overlap.scoring import scored
from laoqu_engines.overlap.sweep import sweep
from laoqu_engines.overlap.works import Work

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

PREPARED = "county string, work binary"
PAIRS = "a string, b string, score double, level string, relation string, reason string"


def find_overlaps(rows: "DataFrame", least: Level = "medium") -> "DataFrame":
    """The pairs of at least this level, in the columns of ``PAIRS``.

    ``rows`` has one column of text, each row a JSON record as ``Work.from_json`` takes it, for
    example ``spark.read.text("works.jsonl")``.
    """
    prepared = rows.mapInArrow(_prepared, PREPARED)

    def pairs(county: "pyarrow.Table") -> "pyarrow.Table":
        return _pairs(county, least)

    return prepared.groupBy("county").applyInArrow(pairs, PAIRS)


def _prepared(batches: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
    import pyarrow

    for batch in batches:
        lines = batch.column(0).to_pylist()
        works = [prepare(Work.from_json(json.loads(line))) for line in lines if line.strip()]
        yield pyarrow.record_batch(
            {
                "county": [work.county for work in works],
                "work": [pickle.dumps(work, pickle.HIGHEST_PROTOCOL) for work in works],
            }
        )


def _pairs(county: "pyarrow.Table", least: Level) -> "pyarrow.Table":
    import pyarrow

    columns = Columns([pickle.loads(work) for work in county.column("work").to_pylist()])
    pairs = [pair.to_json() for pair in shown(columns, scored(columns, sweep(columns), least))]
    names = [field.split()[0] for field in PAIRS.split(", ")]
    values: dict[str, list[Any]] = {name: [pair[name] for pair in pairs] for name in names}
    types = [pyarrow.float64() if name == "score" else pyarrow.string() for name in names]
    return pyarrow.table(values, schema=pyarrow.schema(list(zip(names, types, strict=True))))
