"""Reading the produced report gives back the facts it was made from, by its visible text alone."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from tests.cast import World

from laoqu.access.models import Association
from laoqu.areas.activities.models import Performance, ReliefVisit, Training
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.honours.models import Award
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.publicity.models import Lecture, MediaPlacement, Subscription
from laoqu.areas.surveys.models import Recommendation, Survey
from laoqu.reporting.files import ReportFile, content
from laoqu.reporting.ledger import Ledger
from laoqu.reporting.tests.builders import ledger
from laoqu.reporting.tests.generated import LEDGERS, afterwards_as_before, write
from laoqu_engines.reader import Fact, read
from laoqu_engines.reader.documents import extract

KINDS: dict[Any, tuple[str, str, str]] = {
    ReliefVisit: ("visit", "host", "goods"),
    Performance: ("performance", "host", ""),
    Training: ("training", "host", ""),
    Survey: ("survey", "host", "reports"),
    MediaPlacement: ("media", "host", ""),
    Lecture: ("lecture", "host", "forms"),
    Meeting: ("meeting", "host", ""),
    Recommendation: ("recommendation", "proposer", "content"),
    Award: ("award", "receiver", "name"),
    Subscription: ("subscription", "subscriber", "periodical"),
}
"""By model: the kind of fact, the field of its body, the field of its items."""


def read_back(association: Association, year: int = 2024) -> list[Fact]:
    """The facts in the clean copy; a total repeats money of other facts and is none of its own."""
    data = content(ReportFile.CLEAN, association, year, "")
    return [fact for fact in read(extract(data, "报告.docx").text).facts if fact.role != "total"]


def told(association: Association, year: int = 2024) -> Counter[Any]:
    """What the ledger holds, in the terms of the reader."""
    by = Ledger(association, year).by
    rows: list[Any] = []
    for model, (kind, actor, items) in KINDS.items():
        for row in model.objects.filter(association=association, year=year, state="reviewed"):
            count = getattr(row, "copies", None) or getattr(row, "count", None)
            entries = getattr(row, items).splitlines() if items else []
            rows.append(
                (
                    kind,
                    by(getattr(row, actor)),
                    None,
                    _places(row),
                    _whole(count),
                    _date(row),
                    *entries,
                )
            )
    for row in Contribution.objects.filter(association=association, year=year, stage="stated"):
        fen = None if row.amount is None else int(row.amount * 100)
        rows.append((row.kind, by(row.funder), fen, _places(row), _whole(row.count), _date(row)))
    return Counter(rows)


def _places(row: Any) -> frozenset[str]:
    return (
        frozenset(place.name for place in row.places.all())
        if hasattr(row, "places")
        else frozenset()
    )


def _date(row: Any) -> str:
    if isinstance(row, Subscription):
        return str(row.issue_year)
    own = [getattr(row, name, "") for name in ("held_on", "given_on", "awarded_on", "made_on")]
    return next((day for day in own if day), str(row.year))


def _whole(count: Any) -> int | None:
    return None if count is None else int(count)


def understood(facts: list[Fact]) -> Counter[Any]:
    """The same of what was read; items without book marks, places only where rows hold them."""
    placed = {"funding", "donation", "visit", "performance", "survey"}
    with_items = {kind for kind, _body, items in KINDS.values() if items}
    return Counter(
        (
            fact.kind,
            fact.actor or "",
            fact.amount,
            frozenset(place.text for place in fact.places) if fact.kind in placed else frozenset(),
            _whole(fact.count),
            fact.date,
            *(_title(fact, item) for item in fact.items if fact.kind in with_items),
        )
        for fact in facts
    )


def assert_reads_back(association: Association) -> None:
    told_rows, read_rows = told(association), understood(read_back(association))
    missing, extra = told_rows - read_rows, read_rows - told_rows
    assert (sorted(map(str, missing)), sorted(map(str, extra))) == ([], [])


def _title(fact: Fact, item: str) -> str:
    return item.strip("《》") if fact.kind == "subscription" else item


def test_a_ledger_with_every_kind_of_row_reads_back_complete(world: World) -> None:
    ledger(world)
    assert_reads_back(world.yongji)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LEDGERS)
def test_random_ledgers_read_back_complete(world: World, drawn: dict[str, Any]) -> None:
    with afterwards_as_before():
        write(world, drawn)
        assert_reads_back(world.yongji)
