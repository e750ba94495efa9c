"""Making the annual report from a ledger, beside a bare python-docx document of the same length.

    python benchmarks/report_speed.py

The report is composed from the rows of a ledger in memory (as many lines as named below) and
written as clean copy and as check copy; the bare document has the same paragraphs in the default
look of python-docx, the check copy with the same comments. Aim: at most 1.5 times. Medians.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

AIM, RUNS, LINES = 1.5, 7, 120
LINE = "永济市水利局投资{}万元，为高市村改善人畜饮水、渠道防渗。"


def main() -> int:
    """Print the ratios of writing, and of composing and writing."""
    with tempfile.TemporaryDirectory(prefix="laoqu-bench-") as folder:
        os.environ |= {
            "LAOQU_HOME": folder,
            "LAOQU_DATABASE_URL": "sqlite://:memory:",
            "DJANGO_SETTINGS_MODULE": "laoqu.settings",
        }
        import django

        django.setup()
        return measure(make_ledger())


def make_ledger() -> Any:
    """An association with `LINES` contributions."""
    from django.core.management import call_command

    from laoqu.access.models import Association
    from laoqu.areas.contributions.models import Contribution
    from laoqu.areas.organisations.models import Organisation
    from laoqu.areas.places.models import Place

    call_command("migrate", verbosity=0)
    association = Association.objects.create(name="永济市革命老区建设促进会", area_code="140881")
    water = Organisation.objects.create(association=association, name="永济市水利局")
    village = Place.objects.create(name="高市村", level="village", nbs_code="140881104201")
    for number in range(1, LINES + 1):
        line = Contribution(
            association=association, year=2024, funder=water, amount=Decimal(number * 10_000),
            works="改善人畜饮水\n渠道防渗",
        )  # fmt: skip
        line.settle({"places": [village]})
        line.save()
        line.places.set([village])
    return association


def measure(association: Any) -> int:
    """The report beside the bare document, with and without comments."""
    from laoqu.reporting.report import compose
    from laoqu_engines.document import write_document

    document = compose(association, 2024)
    composing = timed(lambda: compose(association, 2024))
    worst = 0.0
    for comments, name in ((False, "正式稿"), (True, "核对稿")):
        ours = timed(partial(write_document, document, comments=comments))
        peer = timed(partial(bare, document, comments=comments))
        worst = max(worst, ours / peer)
        print(
            f"{name}：写出 {ours * 1000:.0f} 毫秒，同样长短的 python-docx {peer * 1000:.0f} 毫秒，"
            f"比值 {ours / peer:.2f}（目标不超过 {AIM}）；"
            f"从台账取数成文另需 {composing * 1000:.0f} 毫秒，连同取数比值 "
            f"{(ours + composing) / peer:.2f}"
        )
    return 0 if worst <= AIM else 1


def bare(document: Any, *, comments: bool) -> bytes:
    """The same text with python-docx alone."""
    import docx

    from laoqu.reporting.preview import preview

    word = docx.Document()
    for block in preview(document):
        if block.rows:
            table = word.add_table(len(block.rows), len(block.rows[0]))
            for index, row in enumerate(block.rows):
                for cell, run in zip(table.rows[index].cells, row, strict=True):
                    cell.text = run.text
            continue
        paragraph = word.add_paragraph(block.text)
        for run in block.runs:
            added = paragraph.add_run(run.text)
            if comments and run.note:
                word.add_comment(added, text=run.note.definition)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def timed(work: Callable[[], Any]) -> float:
    """The median time of several runs, in seconds."""
    work()
    times = []
    for _ in range(RUNS):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return median(times)


if __name__ == "__main__":
    sys.exit(main())
