"""The letter to a department: both works, three boxes, nothing to log in to."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.coordination.overlaps.letters import BOXES
from laoqu.coordination.overlaps.models import OverlapPair, Stage
from laoqu.coordination.overlaps.tests.builders import checked, need, project, the_pair
from laoqu.coordination.overlaps.tests.test_decisions import client_of
from laoqu.register.registry import record_url

NUMBER = "永老促函〔2025〕3号"


@pytest.fixture
def asked(world: World) -> OverlapPair:
    """A pair about which the departments are asked."""
    need(world, estimated=300000)
    project(world, planned=320000, financing="衔接资金")
    pair = the_pair(world)
    page = reverse("overlap_ask", args=[pair.pk])
    assert client_of(world.mei).post(page, {"number": NUMBER}).status_code == 302
    return the_pair(world)


def words_of(data: bytes) -> str:
    made: Any = Document(BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def test_each_department_gets_a_letter_with_both_works_and_three_boxes(
    world: World, asked: OverlapPair
) -> None:
    assert asked.stage == Stage.ASKED
    assert asked.letter_number == NUMBER
    for department in (world.water, world.finance):
        page = reverse("overlap_letter", args=[asked.pk, department.pk])
        answer = client_of(world.mei).get(page)
        words = words_of(answer.content)
        assert f"{department.name}：" in words
        for said in (
            "高市村巷道排水",
            "高市村巷道排水工程",
            "30万元",
            "32万元",
            "衔接资金",
            "栲栳镇",
        ):
            assert said in words
        assert [words.count(f"□ {box}") for box in BOXES] == [1, 1, 1]
        assert "不用登录" in words
        assert asked.reason in words


def test_the_letter_is_the_same_bytes_each_time(world: World, asked: OverlapPair) -> None:
    page = reverse("overlap_letter", args=[asked.pk, world.water.pk])
    client = client_of(world.mei)
    assert client.get(page).content == client.get(page).content


def test_a_letter_goes_only_to_departments_of_the_pair_and_only_through_the_office(
    world: World, asked: OverlapPair
) -> None:
    elsewhere = reverse("overlap_letter", args=[asked.pk, world.elsewhere.pk])
    assert client_of(world.mei).get(elsewhere).status_code == 404
    page = reverse("overlap_letter", args=[asked.pk, world.water.pk])
    for person in (world.shui, world.lao, world.lin):
        assert client_of(person).get(page).status_code == 404


@pytest.mark.parametrize("number", ["", "3号", "永老促函2025年3号"])
def test_a_number_that_is_none_is_refused_in_a_sentence(world: World, number: str) -> None:
    need(world)
    project(world)
    pair = the_pair(world)
    page = reverse("overlap_ask", args=[pair.pk])
    assert client_of(world.mei).post(page, {"number": number}).status_code == 400
    assert the_pair(world).stage == Stage.PENDING


def test_the_next_letter_is_offered_the_next_number(world: World, asked: OverlapPair) -> None:
    asked.letter_number = f"永老促函〔{asked.asked_on[:4]}〕3号"
    asked.save()
    need(world, ("新源村",), name="新源村巷道排水")
    project(world, ("新源村",), name="新源村巷道排水")
    _first, second = checked(world)
    page = client_of(world.mei).get(record_url(second)).content.decode()
    assert f"永老促函〔{asked.asked_on[:4]}〕4号" in page


def test_the_office_keeps_the_answer_of_a_department(world: World, asked: OverlapPair) -> None:
    typed = {"department": world.water.pk, "answer": BOXES[1], "words": "一条在东头，一条在西头"}
    page = reverse("overlap_answer", args=[asked.pk])
    assert client_of(world.mei).post(page, typed).status_code == 302
    answers = the_pair(world).answers
    assert f"永济市水利局：{BOXES[1]}一条在东头，一条在西头" in answers
    assert the_pair(world).stage == Stage.ASKED  # the decision is the office's own


def test_records_without_a_department_cannot_be_asked_about(world: World) -> None:
    need(world, lead=None)
    project(world, department=None)
    pair = the_pair(world)
    shown = client_of(world.mei).get(record_url(pair)).content.decode()
    assert "不知道该问谁" in shown
    page = reverse("overlap_ask", args=[pair.pk])
    assert client_of(world.mei).post(page, {"number": NUMBER}).status_code == 400
    assert not Contribution.objects.exists()
