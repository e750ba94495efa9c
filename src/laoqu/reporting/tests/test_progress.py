"""看进度: every count opens the list it was counted from, of the person's own rows."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World
from tests.contract.builders import make

from laoqu.register.registry import Register
from laoqu.reporting.progress import ASKED, project_stages, under_way


@pytest.fixture
def busy(world: World) -> World:
    """One open matter of each kind."""
    for slug in dict.fromkeys(slug for _label, slug, _parameters in ASKED):
        make(world, slug)
    make(world, "projects", stage="under_way")
    return world


def test_each_count_is_the_number_of_rows_its_list_shows(busy: World) -> None:
    client = Client()
    client.force_login(busy.mei)
    found = [*under_way(busy.mei), *project_stages(busy.mei)]
    assert len(found) > 3
    for line in found:
        listed = client.get(line.url).context
        assert listed["row_count"] == line.number, line.label


def test_a_stranger_counts_nothing(busy: World) -> None:
    assert under_way(busy.lin) == []
    assert list(project_stages(busy.lin)) == []


def test_the_page_opens_for_every_role(busy: World) -> None:
    for person in (busy.mei, busy.shui, busy.lao, busy.gao, busy.cheng):
        client = Client()
        client.force_login(person)
        assert client.get(reverse("progress")).status_code == 200


def test_every_question_names_a_register_and_a_filter_of_its_list(world: World) -> None:
    for _label, slug, parameters in ASKED:
        names = Register.registers[slug].filterset.base_filters
        assert set(parameters) <= set(names)


def test_rules_due_for_review_and_sites_late_with_the_four_are_told_of(world: World) -> None:
    make(world, "rules", name="学习制度")
    make(
        world,
        "heritage-sites",
        protection="county",
        announced_by="某市",
        announced_on="2020-01",
        stage="listed",
    )
    told = {str(line.label): line.number for line in under_way(world.mei)}
    assert (told["该复查的制度"], told["遗址，四有已过期限"]) == (1, 1)
    assert under_way(world.lin) == []
