"""Spark finds the same pairs with the same scores as one machine."""

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from laoqu_engines.overlap import Work, cluster, find_overlaps, one_machine

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COUNTIES = ("140881", "130126", "360781")
VILLAGES = ("柳湾村", "桃园村", "柳湾村、桃园村", None)
NAMES = ("硬化道路1200米", "道路硬化1.2公里", "安装路灯43盏", "路灯亮化43盏", "人居环境整治")


def rows() -> list[dict[str, Any]]:
    chance = random.Random(5)
    return [
        {
            "id": f"r{number}",
            "county_code": chance.choice(COUNTIES),
            "township": chance.choice(["河东镇", None]),
            "village": chance.choice(VILLAGES),
            "name": chance.choice(NAMES),
            "year": chance.choice([2023, 2024, None]),
            "amount_yuan": chance.choice([480000, None]),
        }
        for number in range(120)
    ]


@pytest.mark.spark
def test_one_machine_and_a_cluster_find_the_same_pairs_with_the_same_scores(
    tmp_path: Path, spark: "SparkSession"
) -> None:
    given = rows()
    works = [Work.from_json(row) for row in given]
    lines = spark.createDataFrame(
        [(json.dumps(row, ensure_ascii=False),) for row in given], "value string"
    )
    from_cluster = [row.asDict() for row in cluster.find_overlaps(lines, "low").collect()]

    columns = one_machine.prepare_all(works, tmp_path)
    found = one_machine.search(tmp_path, "low")
    from_machine = [pair.to_json() for pair in one_machine.shown(columns, found)]

    def by_ids(pair: dict[str, Any]) -> tuple[str, str]:
        return pair["a"], pair["b"]

    assert len(from_machine) > 100
    assert sorted(from_cluster, key=by_ids) == sorted(from_machine, key=by_ids)
    assert sorted((pair.a, pair.b, pair.score) for pair in find_overlaps(works).pairs) == sorted(
        (pair["a"], pair["b"], pair["score"]) for pair in from_machine
    )
