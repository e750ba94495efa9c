"""Pages of the list of places: all 620,573 villages of the nation beside 1,000, in one run.

    python benchmarks/register_lists.py [--places 620573]

Builds a throw-away SQLite ledger, first with 1,000 places, then with the nation, and asks for the
same pages through the whole product as the office would. Counts processor time (SQLite works in
this process), so that other programs on the machine do not matter. Aims: list, sorted and filtered
pages at most 2 times, search through the full-text index at most 5 times; the same queries.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

FEW = 1_000
RUNS = 9
PAGES = {
    "列表": ("", 2.0),
    "第 3 页": ("page=3", 2.0),
    "按名称排": ("sort=name", 2.0),
    "按名称倒排": ("sort=-name", 2.0),
    "按层级排": ("sort=level", 2.0),
    "按上级排": ("sort=parent", 2.0),
    "按老区村排": ("sort=-old_area", 2.0),
    "只看行政村": ("level=village", 2.0),
    "只看老区村": ("old_area=True", 2.0),
    "只看镇，倒排": ("level=township&sort=-name", 2.0),
    "查找 高市": ("q=高市", 5.0),
    "查找 栲栳镇": ("q=栲栳镇", 5.0),
    "查找并筛选": ("q=里社&level=village", 5.0),
    "查找并筛选，十万条合条件": ("q=社区&level=village", 5.0),
    "查不到": ("q=查无此村", 5.0),
}


def units(most: int) -> Iterator[tuple[Any, ...]]:
    """Every unit of the nation with a key, its parent's key before it; 永济市 first."""
    from laoqu_engines.values import gazetteer

    keys: dict[str, int] = {}
    counties = [gazetteer.county("140881"), *gazetteer.every_county()]
    for county in counties:
        for level in county.levels():
            for unit in level:
                if unit.code not in keys and len(keys) < most:
                    keys[unit.code] = len(keys) + 1
                    yield (
                        keys[unit.code],
                        unit.name,
                        str(unit.level),
                        unit.code,
                        keys.get(unit.parent or ""),
                    )


def fill(found: Iterator[tuple[Any, ...]]) -> int:
    """Write places and their search entries, set by set. Returns how many."""
    from django.db import connection, transaction

    from laoqu.areas.places.models import Place
    from laoqu.register.models import SearchEntry
    from laoqu.register.search import tokens

    written = 0
    with transaction.atomic():
        while part := list(islice(found, 20_000)):
            Place.objects.bulk_create(
                Place(
                    id=key,
                    name=name,
                    level=level,
                    nbs_code=code,
                    area_code=code,
                    parent_id=parent,
                    old_area=key % 15 == 7,
                )
                for key, name, level, code, parent in part
            )
            SearchEntry.objects.bulk_create(
                SearchEntry(
                    model="places.Place",
                    object_id=key,
                    bigrams=" ".join(tokens(f"{name}\n{code}")),
                )
                for key, name, _level, code, _parent in part
            )
            written += len(part)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return written


def prepare() -> Any:
    """An empty ledger and a client that is logged in as the office of 永济市."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from laoqu.access.models import Appointment, Association, Role
    from laoqu.operations.database import migrate

    migrate()
    association = Association.objects.create(name="示例老促会", area_code="140881")
    person = get_user_model().objects.create(username="office")
    Appointment.objects.create(user=person, role=Role.OFFICE, association=association)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def measure(client: Any) -> dict[str, tuple[float, int]]:
    """Median seconds and queries of each page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for label, (query, _aim) in PAGES.items():
        address = f"/registers/places/?{query}"
        client.get(address)
        times = []
        for _run in range(RUNS):
            start = process_time()
            answer = client.get(address)
            times.append(process_time() - start)
        assert answer.status_code == 200, answer.status_code
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[label] = (median(times), len(queries))
    return found


def main() -> int:
    """Print a line for each page; 1 when an aim is missed."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--places", type=int, default=10_000_000)
    most: int = wanted.parse_args().places
    with tempfile.TemporaryDirectory(prefix="laoqu-bench-") as folder:
        os.environ["LAOQU_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "laoqu.settings"
        import django

        django.setup()
        client = prepare()
        source = units(most)
        fill(islice(source, FEW))
        few = measure(client)
        start = process_time()
        count = FEW + fill(source)
        print(f"{count} 个地名（建库 {process_time() - start:.0f} s），与 {FEW} 个相比：")
        many = measure(client)
    missed = False
    for label, (_query, aim) in PAGES.items():
        (short, asked), (long, asked_too) = few[label], many[label]
        ratio = long / short
        missed |= ratio > aim or asked != asked_too
        print(
            f"{label}: {short * 1000:.0f} → {long * 1000:.0f} ms，{ratio:.2f} 倍，"
            f"目标不超过 {aim:.0f} 倍；查询 {asked} → {asked_too} 条"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
