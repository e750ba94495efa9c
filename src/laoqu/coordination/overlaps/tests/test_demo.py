"""The demo's public facts hold three candidates; each is a question that no text can decide."""

import pytest
from django.db.models import QuerySet

from laoqu.access.models import Association
from laoqu.coordination.overlaps.checking import check_ledger
from laoqu.coordination.overlaps.models import OverlapPair, Relation, Stage

CANDIDATES = [
    ({"永济市乡村振兴局", "永济市水利局"}, {"任阳村", "洗马村"}),
    ({"永济市乡村振兴局", "永济市农业农村局"}, {"虞乡村", "西开张村", "东开张村"}),
    ({"永济市农经局", "永济市民政局"}, {"任阳村", "宋家卓村", "张营村"}),
]


@pytest.fixture
def pairs(demo: Association, db: None) -> QuerySet[OverlapPair]:
    """The questions of the demo."""
    check_ledger(demo)
    return OverlapPair.objects.all()


def test_the_three_candidates_are_questions_that_the_text_does_not_decide(
    pairs: QuerySet[OverlapPair],
) -> None:
    for departments, villages in CANDIDATES:
        [pair] = [
            pair
            for pair in pairs
            if {department.name for department in pair.departments.all()} == departments
        ]
        assert {place.name for place in pair.places.all()} == villages
        assert pair.relation == Relation.CANNOT_TELL
        assert pair.stage == Stage.PENDING
