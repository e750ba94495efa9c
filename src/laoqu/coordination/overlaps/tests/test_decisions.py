"""A decision is kept with person, day and ground, is traceable in both records, can be undone."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import World

from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.projects.stages import Stage as ProjectStage
from laoqu.coordination.overlaps.decisions import Decision, decide, undo
from laoqu.coordination.overlaps.models import Conclusion, OverlapPair, Stage
from laoqu.coordination.overlaps.tests.builders import checked, money, need, project, the_pair
from laoqu.register.registry import record_url

GROUND = "问过水利局，是一条沟"


def keep(pair: OverlapPair, kept: Any) -> Decision:
    assert kept.code in pair.codes
    return Decision(Conclusion.DUPLICATE, GROUND, kept.code)


def history(row: Any) -> list[str]:
    return [one.history_change_reason or "" for one in row.history.all()]


@pytest.mark.parametrize(
    ("conclusion", "stage"),
    [
        (Conclusion.PHASED, Stage.EXCLUDED),
        (Conclusion.COMPLEMENTARY, Stage.EXCLUDED),
        (Conclusion.DIFFERENT, Stage.EXCLUDED),
        (Conclusion.JOINT, Stage.JOINT),
        (Conclusion.LACKING, Stage.LACKING),
    ],
)
def test_a_conclusion_sets_the_state_and_leaves_both_records_as_they_are(
    world: World, conclusion: str, stage: str
) -> None:
    wanted, planned = need(world), project(world)
    pair = decide(the_pair(world), world.mei, Decision(conclusion, GROUND))
    assert (pair.stage, pair.conclusion, pair.ground) == (stage, conclusion, GROUND)
    assert pair.decided_by == world.mei
    assert pair.decided_on == timezone.localdate().isoformat()
    for row in (wanted, planned):
        row.refresh_from_db()
        assert row.version == 1


def test_a_decision_needs_a_ground(world: World) -> None:
    need(world)
    project(world)
    with pytest.raises(ValidationError, match="请写明依据"):
        decide(the_pair(world), world.mei, Decision(Conclusion.DIFFERENT, "  "))
    assert the_pair(world).stage == Stage.PENDING


def test_a_need_is_merged_into_the_other_and_both_tell_it(world: World) -> None:
    kept, gone = need(world, stage=NeedStage.REPORTED), need(world, stage=NeedStage.REPORTED)
    pair = the_pair(world)
    decide(pair, world.mei, keep(pair, kept))
    for row in (kept, gone):
        row.refresh_from_db()
    assert (gone.stage, gone.merged_into, kept.stage) == ("merged", kept, NeedStage.REPORTED)
    assert history(gone)[0] == f"合并 与 {kept.code} 重复（{pair.code}）"
    assert history(kept)[0] == f"并入了 {gone.code}（{pair.code}）"
    assert [found.code for found in checked(world)] == [pair.code]  # and not asked again


def test_a_draft_cannot_be_merged_but_is_withdrawn(world: World) -> None:
    kept, gone = need(world), need(world)
    pair = the_pair(world)
    decide(pair, world.mei, keep(pair, kept))
    gone.refresh_from_db()
    assert (gone.stage, gone.merged_into) == (NeedStage.WITHDRAWN, None)


def test_a_need_kept_by_a_project_is_linked_to_it_and_goes_on(world: World) -> None:
    wanted, planned = need(world, stage=NeedStage.LISTED), project(world)
    pair = the_pair(world)
    decide(pair, world.mei, keep(pair, planned))
    wanted.refresh_from_db()
    assert wanted.stage == NeedStage.LISTED
    assert list(planned.needs.all()) == [wanted]
    assert history(wanted)[0] == f"由 {planned.code} 解决（{pair.code}）"


def test_a_project_that_leaves_hands_its_needs_to_the_other(world: World) -> None:
    kept = project(world)
    gone = project(world, stage=ProjectStage.ADMITTED, target="800米")
    gone.needs.add(need(world, ("韩村",), name="韩村饮水", works="水塔1座"))
    pair = the_pair(world)
    decide(pair, world.mei, keep(pair, kept))
    gone.refresh_from_db()
    assert gone.stage == ProjectStage.REMOVED
    assert kept.needs.count() == 1
    assert f"与 {kept.code} 重复（{pair.code}）" in history(gone)[0]


def test_confirmed_money_is_never_edited_only_noted(world: World) -> None:
    wanted, paid = need(world, works="巷道排水"), money(world)
    pair = the_pair(world)
    decide(pair, world.mei, keep(pair, wanted))
    paid.refresh_from_db()
    assert paid.version == 1
    assert paid.history.count() == 1
    page = client_of(world.mei).get(record_url(paid)).content.decode()
    assert pair.code in page  # the line's own page leads to the pair
    assert the_pair(world).kept_code == wanted.code


def test_a_project_that_is_finished_cannot_leave(world: World) -> None:
    need(world)
    planned = project(world, stage=ProjectStage.FINISHED, target="800米")
    pair = the_pair(world)
    wanted_code = next(code for code in pair.codes if code != planned.code)
    with pytest.raises(ValidationError, match="已经到了“完工”"):
        decide(pair, world.mei, Decision(Conclusion.DUPLICATE, GROUND, wanted_code))
    assert the_pair(world).is_open


def test_undoing_a_decision_opens_the_question_and_brings_the_record_back(world: World) -> None:
    kept, gone = need(world, stage=NeedStage.REPORTED), need(world, stage=NeedStage.REPORTED)
    pair = the_pair(world)
    undo(decide(pair, world.mei, keep(pair, kept)), world.mei)
    gone.refresh_from_db()
    assert (gone.stage, gone.merged_into) == (NeedStage.REPORTED, None)
    assert history(gone)[0] == f"撤销研判 {pair.code}"
    again = the_pair(world)
    assert (again.stage, again.conclusion, again.kept_code) == (Stage.PENDING, "", "")


def test_undoing_takes_the_link_of_a_need_back(world: World) -> None:
    need(world)
    planned = project(world)
    pair = the_pair(world)
    undo(decide(pair, world.mei, keep(pair, planned)), world.mei)
    assert planned.needs.count() == 0
    assert the_pair(world).is_open


def test_a_decision_is_not_undone_over_a_later_step_of_the_record(world: World) -> None:
    kept, gone = need(world, stage=NeedStage.REPORTED), need(world, stage=NeedStage.REPORTED)
    pair = the_pair(world)
    decided = decide(pair, world.mei, keep(pair, kept))
    gone.refresh_from_db()
    gone.stage = NeedStage.REPORTED
    gone.save()
    with pytest.raises(ValidationError, match="又改过状态"):
        undo(decided, world.mei)


@pytest.mark.parametrize("name", ["shui", "lao", "gao", "cheng", "lin", "public"])
def test_only_the_office_decides(world: World, name: str) -> None:
    need(world)
    project(world)
    pair, person = the_pair(world), world.people()[name]
    with pytest.raises(PermissionDenied):
        decide(pair, person, Decision(Conclusion.DIFFERENT, GROUND))
    page = reverse("overlap_decide", args=[pair.pk])
    answer = client_of(person).post(page, {"verdict": "different", "ground": GROUND})
    assert answer.status_code == (404 if person.is_authenticated else 302)
    assert the_pair(world).is_open


def test_a_decision_on_the_page_keeps_what_was_typed_when_something_is_missing(
    world: World,
) -> None:
    need(world)
    project(world)
    pair, client = the_pair(world), client_of(world.mei)
    page = reverse("overlap_decide", args=[pair.pk])
    refused = client.post(page, {"verdict": "phased", "ground": ""})
    assert refused.status_code == 400
    assert "请写明依据" in refused.content.decode()
    refused = client.post(page, {"ground": "看过图纸"})
    assert refused.status_code == 400
    assert "看过图纸" in refused.content.decode()
    assert client.post(page, {"verdict": "phased", "ground": "看过图纸"}).status_code == 302
    shown = client.get(record_url(pair)).content.decode()
    assert "分期实施" in shown
    assert "看过图纸" in shown
    assert client.post(reverse("overlap_undo", args=[pair.pk])).status_code == 302
    assert the_pair(world).is_open


def test_the_buttons_of_a_duplicate_say_which_record_is_kept(world: World) -> None:
    first, second = need(world, stage=NeedStage.REPORTED), need(world, stage=NeedStage.REPORTED)
    pair = the_pair(world)
    typed = {"verdict": "keep_second", "ground": GROUND}
    client_of(world.mei).post(reverse("overlap_decide", args=[pair.pk]), typed)
    for row in (first, second):
        row.refresh_from_db()
    rows = {first.code: first, second.code: second}
    assert rows[pair.first_code].merged_into == rows[pair.second_code]


def client_of(person: Any) -> Client:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client
