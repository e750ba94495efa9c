"""A session of Apache Spark, for the engines that can use a cluster.

Needs the extra ``laoqu[cluster]`` and a Java runtime.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
