"""All overlaps of a nation on Apache Spark: the same pairs and scores as on one machine.

Needs the extra ``laoqu[cluster]`` and a Java runtime. Works of different counties never meet, so
Spark sends each county whole to one worker, which does there what ``find_overlaps`` does.
"""

import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
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
    from pyspark.sql import DataFrame, SparkSession

PREPARED = "county string, work binary"
PAIRS = "a string, b string, score double, level string, relation string, reason string"


class ClusterMissing(RuntimeError):
    """Spark cannot be used here; the message is a Chinese sentence."""


@contextmanager
def session(master: str) -> "Iterator[SparkSession]":
    """A Spark session on this master: ``local[2]``, ``spark://host:7077``, ``yarn``.

    Raises ``ClusterMissing``.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ClusterMissing("没有安装 Spark。请先运行：pip install laoqu[cluster]") from error
    builder = SparkSession.builder.master(master).appName("laoqu")
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:
        raise ClusterMissing(f"Spark 没有启动（{master}）。请检查 Java 17 和主机地址。") from error
    try:
        yield spark
    finally:
        spark.stop()


def _settings(master: str) -> dict[str, str]:
    """On one machine, Spark serves itself only: no page, no port that others can reach."""
    alone = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
    }
    return alone if master.startswith("local") else {}


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
