"""Versions of rules, what changed, the yearly review, the wall sheet; outings with approval."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.rules.models import Rule, RuleVersion, Study
from laoqu.areas.rules.services import reviews_due, version_in_force

TODAY = date(2026, 11, 20)


def rule(world: World, *versions: tuple[str, str], **changes: Any) -> Rule:
    row = Rule.objects.create(
        association=world.yongji, year=2024, **{"name": "学习制度", **changes}
    )
    for effective_on, text in versions:
        RuleVersion.objects.create(
            association=world.yongji, year=2024, rule=row, effective_on=effective_on, text=text
        )
    return row


def test_the_version_in_force_is_the_latest_that_has_begun(world: World) -> None:
    row = rule(world, ("2024", "一"), ("2026-11-20", "二"), ("2026-12", "三"))
    found = version_in_force(row, TODAY)
    assert found is not None
    assert found.text == "二"
    assert version_in_force(rule(world, ("2027", "四")), TODAY) is None


def test_what_changed_is_told_sentence_by_sentence(world: World) -> None:
    row = rule(
        world, ("2024-01", "每月学习一次。学习要记录。"), ("2025-01", "每周学习一次。学习要记录。")
    )
    first, second = row.versions.order_by("effective_on")
    assert list(second.changes()) == [
        ("-", "每月学习一次。"),
        ("+", "每周学习一次。"),
        (" ", "学习要记录。"),
    ]
    assert [mark for mark, _line in first.changes()] == ["+", "+"]
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("rule_changes", args=[second.pk])).content.decode()
    assert "<del>每月学习一次。</del>" in page
    assert "<ins>每周学习一次。</ins>" in page


def test_a_rule_has_one_version_a_day(world: World) -> None:
    row = rule(world, ("2024-01", "一"))
    again = RuleVersion(
        association=world.yongji, code="x", year=2024, rule=row, effective_on="2024-01", text="二"
    )
    with pytest.raises(ValidationError, match="同一天"):
        again.full_clean()


def test_more_cannot_acknowledge_than_have_to(world: World) -> None:
    version = rule(world, ("2024-01", "一")).versions.get()
    version.to_acknowledge, version.acknowledged = 5, 6
    with pytest.raises(ValidationError, match="比应签收的多"):
        version.full_clean()


def test_rules_are_due_for_review_a_year_after_the_last_look(world: World) -> None:
    rule(world, ("2025-11-20", "一"), name="满一年")
    rule(world, ("2025-11-21", "一"), name="差一天")
    rule(world, ("2020", "一"), name="复查过", reviewed_on="2026-03")
    rule(world, ("2020", "一"), name="已废止", repealed_on="2024")
    rule(world, name="没有正文")
    rule(world, ("2023-05", "一"), name="很久了")
    due = reviews_due(world.mei, TODAY)
    assert [(review.rule.name, review.last) for review in due] == [
        ("没有正文", ""),
        ("很久了", "2023年5月"),
        ("满一年", "2025年11月20日"),
    ]
    assert reviews_due(world.lin, TODAY) == []


def test_the_wall_sheet_shows_the_public_only_what_is_published(world: World) -> None:
    row = rule(world, ("2024-01", "每月学习一次。"), visibility="public")
    client = Client()
    page = reverse("rule_wall_sheet", args=[row.pk])
    assert "每月学习一次" not in client.get(page).content.decode()
    row.versions.update(visibility="public")
    assert "每月学习一次" in client.get(page).content.decode()


def test_an_outing_states_who_approved_it_and_what_it_cost(world: World) -> None:
    row = Study(association=world.yongji, code="x", year=2024, topic="瞻仰", kind="outing")
    with pytest.raises(ValidationError, match="谁批准"):
        row.full_clean()
    row.approved_by = "会长办公会"
    with pytest.raises(ValidationError, match="费用"):
        row.full_clean()
    row.cost = 0
    row.full_clean()
    Study(association=world.yongji, code="y", year=2024, topic="读报").full_clean()
