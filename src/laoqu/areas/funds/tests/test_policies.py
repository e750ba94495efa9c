"""Policies are data that an office edits, and each verdict cites its clause."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.cast import World

from laoqu.areas.funds.models import FundClause, FundPolicy, use_text
from laoqu.areas.funds.services import common_policies, judge, load_policies
from laoqu.areas.needs.models import Need


@pytest.fixture
def policies(world: World) -> list[FundPolicy]:
    return load_policies(world.yongji, world.mei)


def verdicts(work: str) -> dict[str, str]:
    found = judge(work, FundPolicy.objects.prefetch_related("clauses"))
    return {finding.policy.name: finding.verdict for finding in found}


@pytest.mark.parametrize(
    ("work", "name", "verdict"),
    [
        ("道路 硬化乡村道路 800 米", "革命老区转移支付", "allowed"),
        ("道路 硬化乡村道路 800 米", "中央专项彩票公益金支持革命老区乡村振兴项目", "allowed"),
        ("其他 村口新建凉亭", "中央专项彩票公益金支持革命老区乡村振兴项目", "forbidden"),
        ("产业 蘑菇暖棚，棚区亮化", "中央专项彩票公益金支持革命老区乡村振兴项目", "forbidden"),
        ("其他 村口新建凉亭", "革命老区转移支付", ""),
        ("其他 偿还债务", "中央财政衔接推进乡村振兴补助资金", "forbidden"),
        ("红色遗址 旧址修缮", "福建省革命遗址保护利用专项资金", "allowed"),
        ("红色遗址 全国重点文物保护单位修缮", "福建省革命遗址保护利用专项资金", "forbidden"),
    ],
)
def test_a_work_is_judged_by_the_clauses_that_name_it(
    policies: list[FundPolicy], work: str, name: str, verdict: str
) -> None:
    assert verdicts(work)[name] == verdict


def test_a_work_is_judged_alike_in_every_language(world: World, policies: list[FundPolicy]) -> None:
    need = Need(association=world.yongji, year=2024, name="西巷", category="road")
    with override("en"):
        found = verdicts(use_text(need))
    assert found["革命老区转移支付"] == "allowed"
    assert found == verdicts(use_text(need))


def test_funds_that_may_pay_come_first_and_those_that_may_not_last(
    policies: list[FundPolicy],
) -> None:
    order = list(verdicts("产业 采摘园道路与凉亭").values())
    assert order == sorted(order, key=["allowed", "", "forbidden"].index)
    assert {"allowed", "forbidden"} <= set(order)


def test_every_common_clause_cites_its_source_and_says_what_is_unverified() -> None:
    for policy in common_policies():
        assert policy["basis"]
        assert {clause["verdict"] for clause in policy["clause"]} == {"allowed", "forbidden"}
        for clause in policy["clause"]:
            assert clause["citation"]
            assert clause["words"]
            assert clause["to_verify"]


def test_loading_again_keeps_what_the_office_has_edited(
    world: World, policies: list[FundPolicy]
) -> None:
    assert len(policies) == len(common_policies())
    edited = policies[0].clauses.first()
    assert edited is not None
    edited.words = "自来水"
    edited.save()
    clauses = FundClause.objects.count()
    assert load_policies(world.yongji) == []
    assert FundClause.objects.count() == clauses
    edited.refresh_from_db()
    assert edited.words == "自来水"
    assert len(load_policies(world.linyi)) == len(policies)


def test_an_edited_clause_decides_from_then_on(policies: list[FundPolicy]) -> None:
    name = "革命老区转移支付"
    assert verdicts("其他 自来水入户")[name] == ""
    policies[0].clauses.create(
        association=policies[0].association, year=2025, verdict="allowed", content="自来水",
        words="自来水", citation="本县文件",
    )  # fmt: skip
    assert verdicts("其他 自来水入户")[name] == "allowed"


def test_the_page_of_a_need_names_the_clause(world: World, policies: list[FundPolicy]) -> None:
    need = Need.objects.create(
        association=world.yongji, year=2024, name="村口凉亭", category="other"
    )
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("need_funds", args=[need.pk])).content.decode()
    assert "因为写到“凉亭”" in page
    assert "财农〔2024〕23号" in page
    typed = client.get(reverse("fund_uses"), {"work": "硬化道路"}).content.decode()
    assert "可以用" in typed
    client.force_login(world.lin)
    assert client.get(reverse("need_funds", args=[need.pk])).status_code == 404


def test_only_the_office_loads_the_common_policies(world: World) -> None:
    page = reverse("load_policies")
    for person in (world.shui, world.lao, world.gao, world.cheng):
        client = Client()
        client.force_login(person)
        assert client.post(page).status_code == 404
    client = Client()
    client.force_login(world.mei)
    assert "财预〔2015〕121号" in client.get(page).content.decode()
    assert FundPolicy.objects.count() == 0
    client.post(page)
    assert FundPolicy.objects.count() == len(common_policies())
    assert FundPolicy.objects.filter(association=world.yongji, entered_by=world.mei).exists()
