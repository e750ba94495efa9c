"""The chains of surveys and proposals, the yearly look back, and results that give nobody away."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import World

from laoqu.areas.surveys.models import (
    LookBack,
    Question,
    Questionnaire,
    Recommendation,
    Survey,
    Tally,
)
from laoqu.areas.surveys.services import LEAST, kept_back, results
from laoqu.register.flows import move
from laoqu.register.forms import form_class
from laoqu.register.registry import Register


def survey(world: World, **changes: Any) -> Survey:
    return Survey.objects.create(
        association=world.yongji, **{"year": 2024, "topic": "养老情况", **changes}
    )


def proposal(world: World, **changes: Any) -> Recommendation:
    return Recommendation.objects.create(
        association=world.yongji, **{"year": 2024, "content": "加大投入", **changes}
    )


def questionnaire(world: World, *options: str) -> Questionnaire:
    """One question with its options, asked on paper."""
    question = Question.objects.create(
        association=world.yongji, year=2024, theme="养老", wording="谁照顾您？",
        options="\n".join(options),
    )  # fmt: skip
    made = Questionnaire.objects.create(association=world.yongji, year=2024, name="养老问卷")
    made.questions.add(question)
    return made


def tally(asked: Questionnaire, option: str, group: str, count: int) -> Tally:
    return Tally.objects.create(
        association=asked.association, year=2024, questionnaire=asked,
        question=asked.questions.get(), option=option, group=group, count=count,
    )  # fmt: skip


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def walk(slug: str, row: Any, world: World, *states: str, reason: str = "") -> None:
    flow = Register.registers[slug].flow
    assert flow is not None
    for state in states:
        move(flow, row, world.mei, state, reason)


def test_a_survey_is_written_with_a_report_and_sent_with_a_receiver(world: World) -> None:  # M13
    row = survey(world)
    with pytest.raises(ValidationError, match="还没有调研报告"):
        walk("surveys", row, world, "written")
    Survey.objects.filter(pk=row.pk).update(reports="《养老调研》")
    walk("surveys", row, world, "written", "reviewed")
    with pytest.raises(ValidationError, match="报送给谁"):
        walk("surveys", row, world, "submitted")


def test_a_survey_that_comes_with_its_report_is_written_already(world: World) -> None:
    row = Survey(association=world.yongji, year=2024, topic="养老", reports="《养老调研》")
    row.settle({})
    assert row.stage == "written"


def test_the_words_of_a_pasted_report_are_counted(world: World) -> None:  # M13
    make = form_class(Register.registers["surveys"], world.mei, world.yongji)
    typed = {"year": "2024", "topic": "养老", "visibility": "internal", "held_on": "2024年5月"}
    form = make({**typed, "text": "老区 养老\n情况", "ended_on": "2024年4月"})
    assert "结束不能早于开始" in form.errors.as_text()
    form = make({**typed, "text": "老区 养老\n情况", "ended_on": "2024年6月"})
    assert form.is_valid(), form.errors
    assert form.save_record().words == 6


def test_a_proposal_is_refused_with_reason_and_effective_with_evidence(world: World) -> None:  # M13
    row = proposal(world)
    with pytest.raises(ValidationError, match="报送对象"):
        walk("recommendations", row, world, "delivered")
    Recommendation.objects.filter(pk=row.pk).update(addressee="某市人民政府")
    walk("recommendations", row, world, "delivered")
    with pytest.raises(ValidationError, match="未采纳的理由"):
        walk("recommendations", row, world, "not_adopted")
    walk("recommendations", row, world, "adopted", "carried_out")
    with pytest.raises(ValidationError, match="见效要有证据"):
        walk("recommendations", row, world, "effective")


def test_earlier_proposals_are_due_for_this_years_look_back(world: World) -> None:  # M13
    year = timezone.localdate().year
    due = proposal(world, year=year - 1)
    proposal(world, year=year)
    proposal(world, year=year - 1, adoption="not_adopted", answer="条件不具备")
    page = reverse("register_list", args=["recommendations"])
    found = client_of(world.mei).get(page, {"look_back": "due"}).context["filters"].qs
    assert list(found) == [due]
    LookBack.objects.create(
        association=world.yongji, year=year, recommendation=due, looked_on=str(year), findings="好"
    )
    answer = client_of(world.mei).get(page, {"look_back": "due"})
    assert list(answer.context["filters"].qs) == []
    assert list(client_of(world.mei).get(page, {"look_back": "done"}).context["filters"].qs) == [
        due
    ]


def test_a_look_back_is_of_the_year_it_was_made_in(world: World) -> None:
    row = LookBack(
        association=world.yongji, code="x", year=2024, recommendation=proposal(world),
        looked_on="2025-03", findings="好",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="不是同一年"):
        row.full_clean()


def test_a_choice_has_options_and_a_tally_names_one_of_them(world: World) -> None:  # M13
    with pytest.raises(ValidationError, match="至少要两个选项"):
        Question(association=world.yongji, code="x", year=2024, theme="甲", wording="乙").clean()
    asked = questionnaire(world, "子女", "邻居")
    with pytest.raises(ValidationError, match="没有这个选项"):
        tally(asked, "村干部", "others", 3).clean()
    shown = tally(asked, "子女", "others", 3)
    shown.visibility = "public"
    with pytest.raises(ValidationError, match="统计底数不公开"):
        shown.clean()


def test_small_cells_and_what_gives_them_away_are_kept_back(world: World) -> None:  # M13
    asked = questionnaire(world, "子女", "邻居", "没有人")
    for option, count in (("子女", 30), ("邻居", 8), ("没有人", 3)):
        tally(asked, option, "left_behind_elders", count)
    for option, count in (("子女", 20), ("邻居", 6)):
        tally(asked, option, "left_behind_women", count)
    [table] = results(world.mei, asked)
    assert [line.cells for line in table.lines] == [(30, 20), (None, 6), (None, 0)]
    assert [line.total for line in table.lines] == [50, None, None]
    assert (table.totals, table.total) == ((None, 26), None)
    page = client_of(world.mei).get(reverse("questionnaire_results", args=[asked.pk]))
    assert ">3<" not in page.content.decode()
    assert ">8<" not in page.content.decode()


def test_a_group_of_few_people_is_not_shown_at_all(world: World) -> None:  # M13
    asked = questionnaire(world, "子女", "邻居")
    tally(asked, "子女", "left_behind_children", 4)
    [table] = results(world.mei, asked)
    assert [line.cells for line in table.lines] == [(None,), (None,)]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_knowing_the_group_does_not_give_a_small_cell_away(column: list[int]) -> None:  # M13
    hidden = kept_back(column)
    assert all(hide for n, hide in zip(column, hidden, strict=True) if 0 < n < LEAST)
    together = [n for n, hide in zip(column, hidden, strict=True) if hide]
    assert not together or all(hidden) or (len(together) > 1 and sum(together) >= 2 * LEAST)


def test_tallies_are_the_offices_alone(world: World) -> None:
    asked = questionnaire(world, "子女", "邻居")
    tally(asked, "子女", "others", 9)
    assert results(world.mei, asked)
    assert results(world.lao, asked) == results(world.cheng, asked) == []


def test_the_paper_form_prints_the_questions_in_the_order_of_the_bank(world: World) -> None:  # M13
    asked = questionnaire(world, "子女", "邻居")
    first = Question.objects.create(
        association=world.yongji, year=2024, theme="养老", rank=1, kind="number", wording="几口人？"
    )
    asked.questions.add(first)
    page = client_of(world.mei).get(reverse("paper_form", args=[asked.pk])).content.decode()
    assert page.index("几口人？") < page.index("谁照顾您？")
    assert "□ 邻居" in page
    assert client_of(world.lin).get(reverse("paper_form", args=[asked.pk])).status_code == 404
