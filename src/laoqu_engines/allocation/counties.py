"""The plans of many counties, each a problem of its own: on one machine or on Apache Spark.

Counties share no money, so that every plan is made alone and is the same wherever it is made.
"""

import multiprocessing
import pickle
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from laoqu_engines.allocation.plan import Plan
from laoqu_engines.allocation.problem import Problem
from laoqu_engines.allocation.solve import solve

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def solve_all(
    problems: Mapping[str, Problem], rule: str = "most_benefit", gap: float = 1e-4, cores: int = 1
) -> dict[str, Plan]:
    """The plans by county, made on so many cores of this machine."""
    work = partial(_solved, rule=rule, gap=gap)
    if cores == 1:
        return dict(map(work, problems.items()))
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        return dict(pool.imap(work, problems.items()))


def solve_on(
    spark: "SparkSession",
    problems: Mapping[str, Problem],
    rule: str = "most_benefit",
    gap: float = 1e-4,
) -> dict[str, Plan]:
    """The plans by county, made by the workers of a cluster (``laoqu_engines.cluster.session``)."""
    packed = [pickle.dumps(each) for each in problems.items()]
    work = partial(_solved_packed, rule=rule, gap=gap)
    parts = max(1, min(len(packed), 4 * spark.sparkContext.defaultParallelism))
    made = spark.sparkContext.parallelize(packed, parts).map(work).collect()
    return dict(map(pickle.loads, made))


def _solved(county: tuple[str, Problem], rule: str, gap: float) -> tuple[str, Plan]:
    code, problem = county
    return code, solve(problem, rule, gap)


def _solved_packed(county: bytes, rule: str, gap: float) -> bytes:
    return pickle.dumps(_solved(pickle.loads(county), rule, gap))
