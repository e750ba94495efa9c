"""A project goes the whole chain, keeps what was approved, and shows its four words."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import World

from laoqu.areas.needs.models import Category
from laoqu.areas.projects.models import Change, Indicator, Project
from laoqu.areas.projects.stages import FLOW, MAIN, SIDE, Stage
from laoqu.register.figures import FIGURES
from laoqu.register.flows import BACK, move
from laoqu.register.registry import Register

CHAIN = (
    "谋划 申报 审核 公示 入库 立项 列入年度计划、资金下达 前期 开工 在建 完工 自验 初验 "
    "竣工验收（合格） 结算审计、报账 竣工公告 确权登记 移交 后续管护 绩效评价 归档"
)


def project_of(world: World, **fields: Any) -> Project:
    own = {"name": "巷道排水", "category": Category.WATER_WORKS, "year": 2024, **fields}
    project = Project.objects.create(association=world.yongji, department=world.water, **own)
    project.places.set([world.places["高市村"]])
    return project


def at(world: World, stage: str, **fields: Any) -> Project:
    """A project with a target that has come to `stage`."""
    project = project_of(world, target="排水沟 800 米", **fields)
    return walk(project, world.mei, *MAIN[1 : MAIN.index(Stage(stage)) + 1])


def walk(project: Project, user: Any, *stages: str) -> Project:
    for stage in stages:
        move(FLOW, project, user, stage, "按规定办理")
    return Project.objects.get(pk=project.pk)


def edit(world: World, project: Project, **typed: str) -> Any:
    client = Client()
    client.force_login(world.mei)
    page = reverse("register_edit", args=["projects", project.pk])
    form = client.get(page).context["form"]
    kept = {name: form[name].value() or "" for name in form.fields}
    return client.post(page, {**kept, **typed})


def test_the_chain_has_the_terms_of_the_field_in_their_order(world: World) -> None:
    assert " ".join(str(stage.label) for stage in MAIN) == CHAIN
    assert at(world, Stage.ARCHIVED).stage == Stage.ARCHIVED


@pytest.mark.parametrize("stage", MAIN[:-2])
def test_no_step_is_skipped(stage: Stage) -> None:
    ahead = MAIN[MAIN.index(stage) + 2 :]
    assert [later for later in ahead if later in FLOW.moves[stage]] == []


def test_every_state_is_reached_and_names_only_states() -> None:
    reached = {target for targets in FLOW.moves.values() for target in targets}
    assert reached - {BACK} == set(Stage) - {Stage.PLANNED}
    assert set(SIDE) == set(FLOW.reasons)


def test_without_a_performance_target_a_project_is_not_admitted(world: World) -> None:
    project = walk(project_of(world), world.mei, *MAIN[1:4])
    with pytest.raises(ValidationError, match="没有绩效目标"):
        walk(project, world.mei, Stage.ADMITTED)
    Indicator.objects.create(
        association=world.yongji, year=2024, project=project, kind="quantity", name="长度",
        aimed="800米",
    )  # fmt: skip
    assert walk(project, world.mei, Stage.ADMITTED).stage == Stage.ADMITTED


def test_an_industry_project_needs_its_benefit_mechanism_to_be_admitted(world: World) -> None:
    project = project_of(world, category=Category.INDUSTRY, target="增收")
    project = walk(project, world.mei, *MAIN[1:4])
    with pytest.raises(ValidationError, match="联农带农"):
        walk(project, world.mei, Stage.ADMITTED)
    project.benefit_mechanism = "土地入股分红"
    project.save()
    assert walk(project, world.mei, Stage.ADMITTED).stage == Stage.ADMITTED


@pytest.mark.parametrize("typed", [{"planned": "50万元"}, {"places": "高市村、韩村"}])
def test_what_was_approved_changes_only_under_an_approved_change(
    world: World, typed: dict[str, str]
) -> None:
    project = at(world, Stage.UNDER_WAY, planned=Decimal(300000))
    refused = edit(world, project, **typed)
    assert refused.status_code == 400
    assert "已经批复" in refused.content.decode()
    assert edit(world, project, progress="60").status_code == 302
    project = walk(project, world.mei, Stage.ADJUSTED)
    assert edit(world, project, **typed).status_code == 302
    with pytest.raises(ValidationError, match="变更还没有批准"):
        walk(project, world.mei, Stage.UNDER_WAY)
    change = Change.objects.create(
        association=world.yongji, year=2024, project=project, content="增加", reason="需要"
    )
    with pytest.raises(ValidationError, match="变更还没有批准"):
        walk(project, world.mei, Stage.UNDER_WAY)
    change.approval_doc = "永发改〔2024〕9号"
    change.save()
    assert walk(project, world.mei, Stage.UNDER_WAY).stage == Stage.UNDER_WAY


def test_a_paused_project_resumes_only_where_it_stopped(world: World) -> None:
    project = walk(at(world, Stage.FUNDED), world.mei, Stage.PAUSED)
    targets = [state for state, _label in FLOW.next_states(project, world.mei)]
    assert targets == [Stage.FUNDED, Stage.TERMINATED, Stage.REMOVED]
    with pytest.raises(ValidationError):
        walk(project, world.mei, Stage.UNDER_WAY)
    assert walk(project, world.mei, Stage.FUNDED).stage == Stage.FUNDED


def test_a_failed_acceptance_is_rectified_before_it_passes(world: World) -> None:
    project = walk(at(world, Stage.PRE_ACCEPTED), world.mei, Stage.FAILED)
    with pytest.raises(ValidationError):
        walk(project, world.mei, Stage.ACCEPTED)
    project = walk(project, world.mei, Stage.RECTIFYING)
    assert project.steps()[3][1] is False
    assert walk(project, world.mei, Stage.ACCEPTED).steps()[3][1] is True


def test_only_the_office_admits_approves_and_accepts(world: World) -> None:
    project = at(world, Stage.NOTICED)
    targets = [state for state, _label in FLOW.next_states(project, world.shui)]
    assert Stage.ADMITTED not in targets
    assert Stage.EXAMINED in targets


@pytest.mark.parametrize(
    ("stage", "fields", "words"),
    [
        (Stage.PLANNED, {}, "落地 · 施工 · 投资 · 验收"),
        (Stage.APPROVED, {}, "落地 · 施工 · 投资 · 验收"),
        (Stage.APPROVED, {"location": "三组西巷"}, "落地✓ · 施工 · 投资 · 验收"),
        (Stage.UNDER_WAY, {"progress": 60}, "落地✓ · 施工60% · 投资 · 验收"),
        (
            Stage.ACCEPTED,
            {"planned": Decimal(300000), "paid": Decimal(200000)},
            "落地✓ · 施工✓ · 投资20万元 · 验收✓",
        ),
        (
            Stage.ARCHIVED,
            {"planned": Decimal(300000), "audited": Decimal(280000), "paid": Decimal(280000)},
            "落地✓ · 施工✓ · 投资28万元✓ · 验收✓",
        ),
    ],
)
def test_the_four_words_follow_the_project(
    world: World, stage: str, fields: dict[str, Any], words: str
) -> None:
    project = at(world, stage, **fields)
    assert project.four_words() == words
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("register_detail", args=["projects", project.pk]))
    assert [word for word, _done, _now in page.context["progress"]] == [
        word.rstrip("✓") for word in words.split(" · ")
    ]


def test_a_project_says_which_of_the_twelve_fields_are_missing(world: World) -> None:
    project = project_of(world, planned_finish_on="2024-10", implementer="栲栳镇政府")
    assert project.missing() == (
        "建设任务（内容及规模）、资金规模、补助标准、受益对象、绩效目标、群众参与"
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"planned_start_on": "2024-05", "planned_finish_on": "2024-04-30"}, "计划完工早于"),
        ({"started_on": "2024", "finished_on": "2023-12"}, "完工早于开工"),
        ({"finished_on": "2024-05-02", "accepted_on": "2024-05-01"}, "验收早于完工"),
        ({"progress": 101}, "最多是 100"),
        ({"paid": Decimal(-1)}, "不能是负数"),
        ({"surplus": Decimal(1), "returned": Decimal(2)}, "收回的不能多于结余"),
    ],
)
def test_dates_and_numbers_agree(world: World, fields: dict[str, Any], sentence: str) -> None:
    project = Project(
        association=world.yongji, year=2024, name="路", category="road", code="x", **fields
    )
    with pytest.raises(ValidationError, match=sentence):
        project.full_clean()


def test_dates_of_one_month_agree_however_precise_they_are(world: World) -> None:
    project = Project(
        association=world.yongji, year=2024, name="路", category="road", code="x",
        started_on="2024-05-20", finished_on="2024-05",
    )  # fmt: skip
    project.full_clean()


def test_a_project_is_late_when_its_planned_finish_has_passed(world: World) -> None:
    today = timezone.localdate()
    late = [at(world, Stage.UNDER_WAY, planned_finish_on=day) for day in ("2020", "2020-05-01")]
    for day in (str(today.year), today.isoformat()[:7], today.isoformat(), "2099-01", ""):
        at(world, Stage.UNDER_WAY, planned_finish_on=day)
    at(world, Stage.FINISHED, planned_finish_on="2020")
    project_of(world, planned_finish_on="2020")
    assert FIGURES["projects.late"].value(world.mei, 2024) == len(late)


def test_a_removed_project_counts_in_no_total(world: World) -> None:
    project = at(world, Stage.APPROVED, planned=Decimal("300000.55"))
    project_of(world, planned=Decimal("0.01"))
    assert FIGURES["projects.planned"].value(world.mei, 2024) == Decimal("300000.56")
    walk(project, world.mei, Stage.REMOVED)
    assert FIGURES["projects.planned"].value(world.mei, 2024) == Decimal("0.01")
    assert FIGURES["projects.rows"].value(world.mei, 2024) == 1
    assert Register.registers["projects"].model.objects.count() == 2
