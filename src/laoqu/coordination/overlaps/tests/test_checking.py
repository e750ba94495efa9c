"""Questions are asked once: again only when a record changed, closed when it no longer fits."""

from typing import Any

import pytest
from tests.cast import World

from laoqu.coordination.overlaps.checking import check_ledger, check_rows
from laoqu.coordination.overlaps.commands import check_all
from laoqu.coordination.overlaps.decisions import Decision, decide
from laoqu.coordination.overlaps.models import Conclusion, OverlapPair, Relation, Stage
from laoqu.coordination.overlaps.tests.builders import checked, money, need, project, the_pair
from laoqu.register.models import State

DIFFERENT = Decision(Conclusion.DIFFERENT, "现场看过，一条在东头，一条在西头")


def test_a_need_and_a_project_for_one_drain_become_a_question(world: World) -> None:
    wanted, planned = need(world), project(world, year=2025)
    pair = the_pair(world)
    assert set(pair.codes) == {wanted.code, planned.code}
    assert pair.stage == Stage.PENDING
    assert pair.relation == Relation.DUPLICATE
    assert pair.year == 2025
    assert list(pair.places.all()) == [world.places["高市村"]]
    assert set(pair.departments.all()) == {world.water, world.finance}
    assert "800米" in pair.reason
    assert pair.history.get().history_change_reason == "系统比对"


def test_two_lines_for_several_villages_are_one_question_that_names_where_they_meet(
    world: World,
) -> None:
    money(world, ("高市村", "韩村"), works="村巷排水道盖板", funder=world.water)
    money(world, ("高市村", "韩村", "新源村"), works="人畜饮水\n巷道排水")
    pair = the_pair(world)
    assert pair.relation == Relation.CANNOT_TELL
    assert "没有写明哪个村办哪一件" in pair.reason
    assert {place.name for place in pair.places.all()} == {"高市村", "韩村"}


def test_the_same_work_in_another_village_is_no_question(world: World) -> None:
    need(world)
    project(world, ("新源村",), name="新源村巷道排水工程")
    assert checked(world) == []


def test_a_need_and_the_project_that_solves_it_are_no_question(world: World) -> None:
    planned = project(world)
    planned.needs.add(need(world))
    assert checked(world) == []


def test_a_line_and_the_total_it_belongs_to_are_no_question(world: World) -> None:
    total = money(world)
    money(world, part_of=total)
    assert checked(world) == []


def test_checking_again_changes_nothing(world: World) -> None:
    need(world)
    project(world)
    pair = the_pair(world)
    outcome = check_ledger(world.yongji)
    assert (outcome.new, outcome.again, outcome.closed) == ([], [], [])
    pair.refresh_from_db()
    assert pair.version == 1
    assert pair.history.count() == 1


def test_what_was_decided_is_never_asked_again(world: World) -> None:
    wanted = need(world)
    project(world)
    decide(the_pair(world), world.mei, DIFFERENT)
    wanted.stage, wanted.note = "reported", "办到下一步，内容没有变"
    wanted.save()
    assert check_ledger(world.yongji).again == []
    assert check_rows(world.yongji, [wanted]).again == []
    assert the_pair(world).stage == Stage.EXCLUDED


def test_what_was_decided_is_asked_again_when_a_record_says_something_else(world: World) -> None:
    wanted = need(world)
    project(world)
    decide(the_pair(world), world.mei, DIFFERENT)
    wanted.location = "东头大巷"
    wanted.save()
    assert [pair.code for pair in check_ledger(world.yongji).again] == [the_pair(world).code]
    pair = the_pair(world)
    assert (pair.stage, pair.conclusion, pair.ground) == (Stage.PENDING, "", "")
    assert pair.history.first().history_change_reason == f"{wanted.code} 改过，请重新研判"
    assert pair.history.filter(conclusion=Conclusion.DIFFERENT).exists()


def test_a_question_whose_records_no_longer_look_alike_is_closed(world: World) -> None:
    wanted = need(world)
    project(world)
    the_pair(world)
    wanted.name, wanted.works = "高市村文化广场", "文化广场300平方米"
    wanted.save()
    [closed] = check_rows(world.yongji, [wanted]).closed
    assert closed.state == State.VOID
    wanted.name, wanted.works = "高市村巷道排水", "新建巷道排水沟800米"
    wanted.save()
    [again] = check_rows(world.yongji, [wanted]).again
    assert again.pk == closed.pk
    assert OverlapPair.objects.get().state == State.REVIEWED


def test_a_record_that_left_and_stands_again_is_asked_about_again(world: World) -> None:
    kept, gone = need(world, stage="reported"), need(world, stage="reported")
    pair = the_pair(world)
    decide(pair, world.mei, Decision(Conclusion.DUPLICATE, "是一条沟", kept.code))
    gone.refresh_from_db()
    gone.stage, gone.merged_into = "reported", None
    gone.save()
    assert [found.code for found in check_ledger(world.yongji).again] == [pair.code]
    assert the_pair(world).is_open


def test_checking_one_row_leaves_the_questions_of_others_alone(world: World) -> None:
    need(world)
    project(world)
    other = need(world, ("新源村",), name="新源村巷道排水")
    before = the_pair(world)
    check_rows(world.yongji, [other])
    assert the_pair(world).version == before.version


def test_the_ledger_of_another_county_is_not_compared(world: World) -> None:
    need(world)
    project(world, association=world.linyi)
    assert checked(world) == []


def test_a_check_of_one_row_costs_the_same_queries_however_large_the_village(
    world: World, django_assert_max_num_queries: Any
) -> None:
    row = need(world, name="高市村文化广场", works="文化广场300平方米")
    project(world, name="高市村小学围墙", works="围墙200米")
    money(world, works="机井")
    with django_assert_max_num_queries(25) as few:
        check_rows(world.yongji, [row])
    for number in range(6):
        money(world, works=f"第{number}号机井")
    with django_assert_max_num_queries(len(few)):
        check_rows(world.yongji, [row])


def test_many_new_questions_are_written_in_the_queries_of_one(
    world: World, django_assert_max_num_queries: Any
) -> None:
    need(world)
    project(world)
    money(world, works="机井")
    with django_assert_max_num_queries(40) as few:
        assert len(check_ledger(world.yongji).new) == 1
    for village in ("新源村", "韩村"):
        for _ in range(3):
            need(world, (village,), name=f"{village}巷道排水")
    with django_assert_max_num_queries(len(few) + 1):  # the old ones are looked up too
        assert len(check_ledger(world.yongji).new) == 6


def test_the_command_says_for_each_association_what_came_of_it(world: World) -> None:
    need(world)
    project(world)
    told = {sentence.split("：")[0]: sentence for sentence in check_all()}
    assert set(told) == {world.yongji.name, world.linyi.name, world.city.name}
    assert "新发现 1 件" in told[world.yongji.name]
    assert "等研判的共 1 件" in told[world.yongji.name]


def test_a_watched_command_draws_a_bar(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    need(world)
    project(world)
    check_all(watched=True)
    drawn = capsys.readouterr().err
    assert "比对 [##############################] 1/1" in drawn
    assert "记下 [##############################] 1/1" in drawn
