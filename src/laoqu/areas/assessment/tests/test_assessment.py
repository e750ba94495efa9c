"""Criteria with their figures, the sheet that the ledger fills, marks with gaps and measures."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.activities.models import ReliefVisit
from laoqu.areas.assessment.defaults import SETS
from laoqu.areas.assessment.models import Assessment, Criterion, Mark, Scheme
from laoqu.areas.assessment.services import add_common_schemes, sheet
from laoqu.areas.assessment.standing import STANDING
from laoqu.areas.organisations.models import Kind, Organisation
from laoqu.areas.rules.models import Rule
from laoqu.register.figures import FIGURES
from laoqu.register.flows import move
from laoqu.register.registry import Register


def criterion(scheme: Scheme, *figures: str, **changes: Any) -> Criterion:
    given = {"name": "工作成效", "way": "computed", "figures": "\n".join(figures), **changes}
    return Criterion.objects.create(
        association=scheme.association, year=2024, scheme=scheme, **given
    )


def assessment(world: World, scheme: Scheme, organisation: Any = None) -> Assessment:
    itself = Organisation.objects.get(association=world.yongji, kind=Kind.ASSOCIATION)
    return Assessment.objects.create(
        association=world.yongji, year=2024, scheme=scheme, organisation=organisation or itself
    )


def mark(of: Assessment, one: Criterion, **given: Any) -> Mark:
    return Mark.objects.create(
        association=of.association, year=2024, assessment=of, criterion=one,
        **{"result": "met", **given},
    )  # fmt: skip


def visited(world: World, village: str, year: int = 2024) -> None:
    row = ReliefVisit.objects.create(association=world.yongji, year=year, name="慰问")
    row.places.set([world.places[village]])


@pytest.fixture
def scheme(world: World) -> Scheme:
    return Scheme.objects.create(association=world.yongji, year=2024, name="五有")


def test_a_criterion_names_figures_that_exist_and_are_scored(
    scheme: Scheme,
) -> None:  # M18
    criterion(scheme, "送温暖慰问", "visits.villages").full_clean()
    for named, sentence in (("查无此数", "没有叫"), ("新闻宣传", "不作考评依据"), ("", "至少写")):
        with pytest.raises(ValidationError, match=sentence):
            criterion(scheme, named).full_clean()


def test_the_common_sets_are_added_once_as_rows_and_mostly_computed(world: World) -> None:  # M18
    made = add_common_schemes(world.yongji, world.mei, 2024)
    assert [one.name for one in made] == ["六有四好", "五有"]
    assert add_common_schemes(world.yongji, world.mei, 2024) == []
    for row in Criterion.objects.all():
        row.full_clean()
    branch = Organisation.objects.create(
        association=world.yongji, name="栲栳镇分会", kind=Kind.BRANCH, place=world.places["栲栳镇"]
    )
    for scheme, whom in zip(made, (None, branch), strict=True):
        filled = sheet(world.mei, assessment(world, scheme, whom))
        assert filled.computed == len(filled.items)


def test_the_common_sets_name_only_what_there_is() -> None:
    keys = {key for one in SETS for item in one.items for key in item.evidence}
    assert keys <= {*FIGURES, *(str(one.label) for one in STANDING)}


def test_the_sheet_takes_its_evidence_from_the_ledger(world: World, scheme: Scheme) -> None:  # M18
    criterion(scheme, "送温暖慰问", "提出建议", rank=1)
    criterion(scheme, name="办公场所", way="self", rank=2)
    visited(world, "高市村")
    visited(world, "韩村", year=2023)
    first, second = sheet(world.mei, assessment(world, scheme)).items
    told = [words for words, _url in first.evidence[0].said]
    assert told == ["2024年 1次", "2023年 1次", "2022年 0次"]
    assert (first.suggested, second.suggested) == ("partly", None)


def test_a_branch_is_judged_by_its_townships_rows(world: World, scheme: Scheme) -> None:  # M18
    criterion(scheme, "送温暖慰问", "提出建议")
    visited(world, "高市村")
    visited(world, "新源村")
    branch = Organisation.objects.create(
        association=world.yongji, name="栲栳镇分会", kind=Kind.BRANCH, place=world.places["栲栳镇"]
    )
    [item] = sheet(world.mei, assessment(world, scheme, branch)).items
    [evidence] = item.evidence
    assert evidence.said[0][0] == "2024年 1次"
    empty = Organisation.objects.create(
        association=world.yongji, name="某镇分会", kind=Kind.BRANCH, place=world.places["猗氏镇"]
    )
    [item] = sheet(world.mei, assessment(world, scheme, empty)).items
    assert item.suggested == "not_met"


def test_what_stands_now_is_evidence_of_a_branch_and_of_the_association(
    world: World, scheme: Scheme
) -> None:  # M18
    criterion(scheme, "办公场所", "门牌", "现行制度")
    branch = Organisation.objects.create(
        association=world.yongji, name="栲栳镇分会", kind=Kind.BRANCH, premises="镇政府二楼"
    )
    [item] = sheet(world.mei, assessment(world, scheme, branch)).items
    assert [one.said[0][0] for one in item.evidence] == ["镇政府二楼", "没有"]
    assert item.suggested == "partly"
    own = {"association": world.yongji, "year": 2020}
    Rule.objects.create(**own, name="学习制度")
    Rule.objects.create(**own, name="旧制度", repealed_on="2021")
    [item] = sheet(world.mei, assessment(world, scheme)).items
    assert item.evidence[2].said[0][0] == "1"


def test_what_is_not_met_has_a_gap_and_a_measure(world: World, scheme: Scheme) -> None:  # M18
    done = assessment(world, scheme)
    one = criterion(scheme, "送温暖慰问")
    with pytest.raises(ValidationError, match="写明差距和整改措施"):
        mark(done, one, result="not_met").full_clean()
    with pytest.raises(ValidationError, match="已经评过"):
        Mark.check_written([mark(done, one)])
    other = Scheme.objects.create(association=world.yongji, year=2024, name="另一套")
    with pytest.raises(ValidationError, match="不在本次考评"):
        mark(done, criterion(other, "送温暖慰问")).full_clean()


def test_an_assessment_closes_when_all_is_put_right(world: World, scheme: Scheme) -> None:
    flow = Register.registers["assessments"].flow
    assert flow is not None
    done = assessment(world, scheme)
    one = criterion(scheme, "送温暖慰问")
    with pytest.raises(ValidationError, match="还没有评的指标：工作成效"):
        move(flow, done, world.mei, "self_assessed")
    given = mark(done, one, result="partly", gap="一村未到", measure="年内补上")
    for stage in ("self_assessed", "checked", "answered", "rectifying"):
        move(flow, done, world.mei, stage)
    with pytest.raises(ValidationError, match="没有整改完"):
        move(flow, done, world.mei, "cleared")
    Mark.objects.filter(pk=given.pk).update(rectified_on="2024-12")
    move(flow, done, world.mei, "cleared")


def test_the_sheet_is_shown_to_whom_it_concerns(world: World, scheme: Scheme) -> None:
    criterion(scheme, "送温暖慰问")
    page = reverse("assessment_sheet", args=[assessment(world, scheme).pk])
    for person, status in (
        (world.mei, 200),
        (world.cheng, 200),
        (world.shui, 404),
        (world.lin, 404),
    ):
        client = Client()
        client.force_login(person)
        assert client.get(page).status_code == status


def test_the_office_puts_the_common_sets_in_with_one_tap(world: World) -> None:
    client = Client()
    client.force_login(world.mei)
    page = reverse("add_common_schemes")
    assert "六有四好" in client.get(page).content.decode()
    client.post(page)
    assert Scheme.objects.filter(association=world.yongji).count() == 2
    client.force_login(world.gao)
    assert client.post(page).status_code == 404
