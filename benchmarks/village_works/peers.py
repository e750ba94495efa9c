"""The peers of the overlap engine on the same prepared columns, each in a process of its own.

    python peers.py count|count-sorted|splink|splink-one FOLDER RUNS

``FOLDER`` is one that ``ours.py export`` has filled. Prints ``{"seconds": [...], "megabytes": …,
"pairs": …}``. Loading, registering and training happen before the clock starts. ``count`` is the
limit: the DuckDB self-join by village that looks at nothing and only counts, on works in the order
in which they came; ``count-sorted`` finds them sorted by village already.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from village_works.measuring import Answer, answer, timed

THREADS = 2
Measured = tuple[list[float], int]
SHOWN = 0.5  # the probability from which Splink's pairs are kept
COUNT = """
    SELECT count(*) FROM works AS a JOIN works AS b ON a.village = b.village AND a.id < b.id
"""


def connect(folder: Path, order: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": THREADS})
    rows = f"SELECT * FROM '{folder / 'columns.parquet'}'"
    connection.execute(f"CREATE TABLE works AS {rows} {f'ORDER BY {order}' if order else ''}")
    return connection


def number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])


def count(connection: duckdb.DuckDBPyConnection, runs: int) -> Measured:
    return timed(lambda: number(connection, COUNT), runs)


def level(sql: str, label: str) -> Any:
    return levels.CustomLevel(sql, label)


def settings() -> SettingsCreator:
    """The comparisons on prepared columns: the same columns that our engine compares."""
    signature = comparisons.CustomComparison(
        output_column_name="signature",
        comparison_levels=[
            level("bit_count(xor(signature_l, signature_r)) <= 8", "nearly the same words"),
            level("bit_count(xor(signature_l, signature_r)) <= 16", "similar words"),
            levels.ElseLevel(),
        ],
    )
    facility = comparisons.CustomComparison(
        output_column_name="facilities",
        comparison_levels=[
            levels.ExactMatchLevel("facilities"),
            level("facilities_l & facilities_r <> 0", "one in common"),
            levels.ElseLevel(),
        ],
    )
    scale = comparisons.CustomComparison(
        output_column_name="size",
        comparison_levels=[
            levels.NullLevel("size"),
            levels.ExactMatchLevel("size"),
            levels.PercentageDifferenceLevel("size", 0.1),
            levels.ElseLevel(),
        ],
    )
    part = comparisons.CustomComparison(
        output_column_name="part",
        comparison_levels=[
            levels.NullLevel("part"),
            levels.ExactMatchLevel("part"),
            levels.ElseLevel(),
        ],
    )
    year = comparisons.CustomComparison(
        output_column_name="year",
        comparison_levels=[
            levels.NullLevel("year"),
            levels.AbsoluteDifferenceLevel("year", 1),
            levels.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[block_on("village")],
        comparisons=[signature, facility, scale, part, year],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def trained(
    connection: duckdb.DuckDBPyConnection, interface: DuckDBAPI, works: Any, truth: Path
) -> Linker:
    """A linker whose weights come from random pairs and from true pairs."""
    linker = Linker(works, settings(), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    connection.execute(f"CREATE TABLE truth AS SELECT * FROM '{truth}' LIMIT 20000")
    linker.training.estimate_m_from_pairwise_labels(interface.register("truth"))
    return linker


def splink(connection: duckdb.DuckDBPyConnection, runs: int, truth: Path) -> Measured:
    interface = DuckDBAPI(connection)
    linker = trained(connection, interface, interface.register("works"), truth)

    def work() -> int:
        found = linker.inference.predict(threshold_match_probability=SHOWN)
        pairs = number(connection, f"SELECT count(*) FROM {found.physical_name}")
        found.drop_table_from_database_and_remove_from_cache()
        return pairs

    return timed(work, runs)


def splink_one(connection: duckdb.DuckDBPyConnection, runs: int, truth: Path) -> Measured:
    """One new record beside all that are there."""
    interface = DuckDBAPI(connection)
    works = interface.register("works")
    linker = trained(connection, interface, works, truth)
    connection.execute("CREATE TABLE typed AS SELECT * REPLACE (-1 AS id) FROM works LIMIT 1")
    typed = interface.register("typed")

    def work() -> int:
        found = linker.inference.predict_between(works, typed, threshold_match_probability=SHOWN)
        pairs = len(found.as_record_list())
        found.drop_table_from_database_and_remove_from_cache()
        return pairs

    return timed(work, runs)


def main(peer: str, folder: Path, runs: int) -> Answer:
    warnings.simplefilter("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = connect(folder, "village" if peer == "count-sorted" else "")
    if peer.startswith("count"):
        return answer(*count(connection, runs))
    measure = {"splink": splink, "splink-one": splink_one}[peer]
    return answer(*measure(connection, runs, folder / "truth.parquet"))


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
