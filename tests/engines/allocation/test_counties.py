"""Many counties at once get the plans that each gets alone, on one machine and on Spark."""

import random
from typing import TYPE_CHECKING

import pytest
from tests.engines.allocation.problems import channel, need, problem

from laoqu_engines.allocation import Problem, solve
from laoqu_engines.allocation.counties import solve_all, solve_on

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def counties(count: int) -> dict[str, Problem]:
    """Small problems with earmarks, a group and more needs than money."""
    chance = random.Random(11)
    return {
        f"{140000 + number}": problem(
            [
                need(
                    f"n{place}",
                    cost=chance.randint(50, 900),
                    benefit=chance.randint(1, 30),
                    village=f"v{place % 3}",
                    category=chance.choice(["道路", "水利"]),
                )
                for place in range(8)
            ],
            [channel("c1", 1200), channel("c2", 700, categories=["水利"])],
        )
        for number in range(count)
    }


def test_several_processes_make_the_plans_that_one_makes() -> None:
    given = counties(3)
    alone = {code: solve(each).to_json() for code, each in given.items()}
    assert {code: plan.to_json() for code, plan in solve_all(given, cores=2).items()} == alone
    assert solve_all({}) == {}


@pytest.mark.spark
@pytest.mark.parametrize("rule", ["most_benefit", "equal_shares", "max_min"])
def test_a_cluster_makes_the_plans_that_one_machine_makes(spark: "SparkSession", rule: str) -> None:
    given = counties(12)
    on_cluster = solve_on(spark, given, rule)
    on_machine = solve_all(given, rule)
    assert list(on_cluster) == list(on_machine) == list(given)
    assert {code: plan.to_json() for code, plan in on_cluster.items()} == {
        code: plan.to_json() for code, plan in on_machine.items()
    }
    assert any(plan.payments for plan in on_machine.values())
