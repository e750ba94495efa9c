"""The demo ledger holds what the public report says, loaded as a user would load it."""

from decimal import Decimal

import pytest

from laoqu.access.models import Association
from laoqu.areas.activities.models import Performance, ReliefVisit, Training
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.honours.models import Award
from laoqu.areas.organisations.models import Kind, Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.publicity.models import MediaPlacement, Subscription
from laoqu.areas.surveys.models import Recommendation, Survey
from laoqu.intake.demo import create_demo, facts
from laoqu.intake.models import Proposal
from laoqu.register.figures import FIGURES
from laoqu.register.models import Record, Source, State, lines
from laoqu.register.registry import Register

pytestmark = pytest.mark.django_db


def test_the_money_of_the_demo_is_the_money_of_the_facts(demo: Association) -> None:
    rows = list(Contribution.objects.prefetch_related("places"))
    assert len(rows) == 11
    assert sum(row.amount or 0 for row in rows) == Decimal(78_150_000)
    links = {(row.funder_id, place.pk) for row in rows for place in row.places.all()}
    assert len(links) == 54
    assert len({place for _funder, place in links}) == 25
    told = {(line["funder"], line["wan"] * 10_000) for line in facts()["contributions"]}
    assert len(told) == 11
    assert sorted(row.amount for row in rows) == sorted(wan for _name, wan in told)


def test_the_visit_the_shows_and_the_copies_are_there(demo: Association) -> None:
    visit = ReliefVisit.objects.get()
    assert lines(visit.goods) == ["大米", "食油", "麻花", "红枣"]
    assert visit.held_on == "2024-01-30"
    assert {place.name for place in visit.places.all()} == {"新源村", "麻村"}
    shows = Performance.objects.get()
    assert (shows.count, shows.places.count()) == (21, 7)
    copies = Subscription.objects.values_list("periodical", "copies", "issue_year", "year")
    assert set(copies) == {("中国老区建设", 150, 2025, 2024), ("山西老区开发", 100, 2025, 2024)}


def test_surveys_recommendations_awards_and_boards_are_there(demo: Association) -> None:
    assert Survey.objects.count() == 2
    assert Recommendation.objects.count() == 8
    assert [s.recommendations.count() for s in Survey.objects.all()] == [4, 4]
    asked = Survey.objects.values_list("topic", "partners")
    assert set(asked) == {("职业教育发展情况", "市教体局"), ("老区村振兴发展", "")}
    assert Award.objects.count() == 5
    assert MediaPlacement.objects.get(kind="board").count == 3
    uppers = Organisation.objects.filter(kind=Kind.UPPER).values_list("name", flat=True)
    assert set(uppers) == {"中国老区建设促进会", "山西省老区建设促进会"}
    assert Training.objects.get().held_on == "2024-04"


def test_every_row_opens_its_sentence_and_the_departments_sheet_is_a_second_passage(
    demo: Association,
) -> None:
    for register in Register.registers.values():
        if register.is_ledger:
            for row in register.model._default_manager.all():
                assert isinstance(row, Record)
                assert row.passages.exists(), row
                assert row.state == State.REVIEWED
                assert row.visibility == "public"
    road = Contribution.objects.get(amount=14_490_000)
    assert {p.source.filename.rpartition(".")[2] for p in road.passages.all()} == {"docx", "xlsx"}
    assert all("1449" in passage.text for passage in road.passages.all())
    assert not Proposal.objects.filter(decision="pending").exists()


def test_the_temple_village_waits_for_its_village_and_old_area_villages_are_marked(
    demo: Association,
) -> None:
    temple = Place.objects.get(name="石佛寺")
    assert (temple.level, temple.parent.level, temple.note) == (  # type: ignore[union-attr]
        "natural_village",
        "county",
        "所属行政村待核实",
    )
    assert Place.objects.filter(old_area=True).count() == 27


def test_the_figures_of_the_demo_are_those_of_the_facts(demo: Association) -> None:
    def value(key: str) -> object:
        return FIGURES[key].value(demo, 2024)  # type: ignore[union-attr]

    assert value("contributions.amount") == 78_150_000
    assert value("contributions.lines") == 11
    assert value("contributions.links") == 54
    assert value("contributions.villages") == 25
    assert value("performances.shows") == 21
    assert value("performances.villages") == 7


def test_making_the_demo_again_changes_nothing(demo: Association) -> None:
    before = {r.slug: r.model._default_manager.count() for r in Register.registers.values()}
    create_demo()
    after = {r.slug: r.model._default_manager.count() for r in Register.registers.values()}
    assert after == before
    assert Source.objects.count() == 2
