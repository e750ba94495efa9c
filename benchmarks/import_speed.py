"""Taking in a sheet of 10,000 rows, beside django-import-export's default import, in one run.

    python benchmarks/import_speed.py [--rows 10000]

Ours reads, checks every row through the register's form, and writes rows, links, history and search
entries in one transaction. The peer reads the same sheet and saves each row with its links and
history, as it does by default; it keeps no search entries, so ours are counted against us.
Aims: at most 0.4 times the peer; at most one query for 500 rows beside the inserts.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections import deque
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

AIM = 0.4
BATCH = 500
HEADS = ("年度", "活动名称", "主办单位", "日期", "地点", "数量", "单位", "备注")
FIELDS = ("year", "name", "host", "held_on", "places", "count", "unit", "note")


def prepare() -> Any:
    """An empty ledger of one county in a throw-away folder, and its office."""
    from django.contrib.auth import get_user_model

    from laoqu.access.models import Appointment, Role
    from laoqu.areas.organisations.models import Organisation
    from laoqu.areas.places.services import set_up_association
    from laoqu.operations.database import migrate

    migrate()
    association = set_up_association("140881")
    for number in range(30):
        Organisation.objects.create(association=association, name=f"示例单位{number}")
    person = get_user_model().objects.create(username="office")
    Appointment.objects.create(user=person, role=Role.OFFICE, association=association)
    return person


def sheet(rows: int) -> bytes:
    """Invented performances: one or two villages each, by exact full names."""
    import xlsxwriter

    from laoqu.areas.places.models import Place

    villages = Place.objects.filter(area_code__startswith="140881", level="village")
    names = [place.full_name for place in villages.select_related("parent")]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("送戏")
        page.write_row(0, 0, HEADS)
        for n in range(rows):
            places = names[n % len(names)]
            if n % 3 == 0:
                places += f"、{names[(n * 7 + 1) % len(names)]}"
            day = f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}"
            words = (
                2024,
                f"示例演出{n}",
                f"示例单位{n % 30}",
                day,
                places,
                n % 9 + 1,
                "场",
                "示例",
            )
            page.write_row(n + 1, 0, words)
    return stream.getvalue()


def ours(data: bytes, person: Any) -> tuple[int, int]:
    """Check and save; how many rows, and how many queries beside the inserts."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from laoqu.access.rules import association_of
    from laoqu.register.importing import check_sheet, save_rows
    from laoqu.register.registry import Register

    association = association_of(person)
    assert association is not None
    register = Register.registers["performances"]
    connection.queries_log = deque(maxlen=None)
    with CaptureQueriesContext(connection) as queries:
        checked = check_sheet(register, data, "表.xlsx", person, association)
        assert not checked.bad, checked.bad[0].errors
        saved = save_rows(checked.rows, reason="导入")
    asked = [query for query in queries if not query["sql"].startswith("INSERT")]
    return len(saved), len(asked)


def theirs(data: bytes, person: Any) -> int:
    """The same rows through a plain ModelResource, row by row, in one transaction."""
    import tablib
    from import_export import fields, resources, widgets

    from laoqu.access.rules import association_of
    from laoqu.areas.activities.models import Performance
    from laoqu.areas.organisations.models import Organisation
    from laoqu.areas.places.models import Place

    association = association_of(person)
    whole = {p.full_name: p for p in Place.objects.select_related("parent") if p.level == "village"}

    class Villages(widgets.ManyToManyWidget):
        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
            return [whole[name] for name in value.split("、")]

    class PerformanceResource(resources.ModelResource):
        host = fields.Field("host", "host", widgets.ForeignKeyWidget(Organisation, "name"))
        places = fields.Field("places", "places", Villages(Place))

        class Meta:
            model = Performance
            fields = FIELDS
            import_id_fields = ("name",)
            force_init_instance = True
            clean_model_instances = True

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            instance.code = f"对照{row['name']}"

        def init_instance(self, row: Any = None) -> Any:
            return Performance(association=association)

    dataset = tablib.Dataset().load(data, format="xlsx")
    dataset.headers = list(FIELDS)
    result = PerformanceResource().import_data(dataset, raise_errors=True, use_transactions=True)
    assert not result.has_errors()
    return len(result.rows)


def peak_megabytes() -> float:
    """The most memory this process has used so far."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the times, the ratio, the queries and the peak memory; 1 when an aim is missed."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--rows", type=int, default=10_000)
    rows: int = wanted.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="laoqu-bench-") as folder:
        os.environ["LAOQU_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "laoqu.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.db.models.signals import m2m_changed, post_save

        from laoqu.register import keeping

        settings.DEBUG = False
        person = prepare()
        data = sheet(rows)
        before = peak_megabytes()
        start = perf_counter()
        saved, queries = ours(data, person)
        mine, peak = perf_counter() - start, peak_megabytes() - before
        post_save.disconnect(keeping._saved)
        m2m_changed.disconnect(keeping._linked)
        start = perf_counter()
        assert theirs(data, person) == saved == rows
        peer = perf_counter() - start
    ratio, allowed = mine / peer, rows / BATCH
    print(
        f"{rows} 行：我们 {mine:.1f} s，django-import-export {peer:.1f} s，"
        f"{ratio:.2f} 倍，目标不超过 {AIM}"
    )
    print(f"插入以外的查询 {queries} 条，目标不超过 {allowed:.0f} 条；导入多用内存 {peak:.0f} MB")
    return int(ratio > AIM or queries > allowed)


if __name__ == "__main__":
    sys.exit(main())
