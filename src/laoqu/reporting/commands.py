"""What the `laoqu figures` and `laoqu report` commands do."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation

from laoqu.access.models import Association
from laoqu.reporting.figures import years
from laoqu.reporting.files import ReportFile, content
from laoqu.reporting.runs import changes, current_figures, record_run

ADDRESS = "http://127.0.0.1:8000"
"""Where `laoqu serve` answers unless told otherwise; stands before addresses in written files."""


def the_association() -> Association:
    """The association whose ledger this is. Errors: a sentence where none is set up yet."""
    found = Association.objects.first()
    if found is None:
        raise ValidationError(
            "还没有台账。请先运行 laoqu demo，或者 laoqu init --county 区划代码。"
        )
    return found


def year_figures(year: int) -> dict[str, Any]:
    """All figures of one year: `{"year", "association", "figures": [{"key", "label", …}]}`.

    A money value is in yuan, a ratio in percent or null; `shown` is as a text writes it.
    """
    association = the_association()
    return {
        "year": year,
        "association": association.name,
        "figures": [
            {
                "key": shown.figure.key,
                "label": str(shown.figure.label),
                **_english(shown.figure),
                "unit": str(shown.figure.unit),
                "definition": str(shown.figure.definition),
                "value": _plain(shown.value),
                "shown": shown.text,
                "url": shown.url,
            }
            for shown in current_figures(association, year)
        ],
    }


def write_report(year: int, folder: Path) -> list[Path]:
    """Write the three files into `folder`, and keep the figures of the run."""
    association = the_association()
    if year not in years(association, association):
        raise ValidationError(f"{year}年的台账里还没有记录，出不了报告。请检查年度，或先收材料。")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in ReportFile:
        path = folder / kind.filename(association, year)
        path.write_bytes(content(kind, association, year, ADDRESS))
        written.append(path)
    record_run(association, year, current_figures(association, year))
    return written


def changed_figures(year: int) -> list[str]:
    """What differs from the last report of that year, a sentence each."""
    association = the_association()
    return [
        f"{change.label}：上次{change.before or '没有'}，现在{change.after}"
        for change in changes(association, year, current_figures(association, year))
    ]


def _english(figure: Any) -> dict[str, str]:
    with translation.override("en"):
        return {
            "label_en": str(figure.label),
            "unit_en": str(figure.unit),
            "definition_en": str(figure.definition),
        }


def _plain(value: Decimal | int | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
