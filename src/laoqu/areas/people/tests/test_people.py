"""The rules of posts, the calendar two years ahead, the age structure, and who sees persons."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import World

from laoqu.areas.people.ages import BANDS
from laoqu.areas.people.models import Member, Post
from laoqu.areas.people.services import compliance_calendar
from laoqu.register.flows import move
from laoqu.register.registry import Register

TODAY = date(2026, 11, 20)


def member(world: World, **changes: Any) -> Member:
    given = {"name": "甲", "born_on": "1960-03", "leading_cadre": True, **changes}
    return Member.objects.create(association=world.yongji, year=2026, **given)


def post(person: Member, **changes: Any) -> Post:
    given = {"office": "vice", "document_number": "永组备〔2024〕1号", "starts_on": "2024-01"}
    return Post.objects.create(
        association=person.association, year=2024, member=person, **{**given, **changes}
    )


def refused(row: Post) -> str:
    row.stage = "in_office"
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return "".join(error.value.messages)


@pytest.mark.parametrize(
    ("of_person", "of_post", "sentence"),
    [
        ({}, {"document_number": ""}, "缺审批或备案"),
        ({}, {"term": 3}, "超过两届"),
        ({"other_posts": 1}, {}, "其他社团"),
        ({"born_on": "1953-05"}, {}, "70 周岁"),
        ({}, {"legal_representative": True}, "法定代表人"),
        ({}, {"founder": True}, "发起人"),
        ({}, {"paid": True}, "取酬"),
    ],
)
def test_a_retired_leading_cadre_takes_no_office_against_the_rules(
    of_person: dict[str, Any], of_post: dict[str, Any], sentence: str, world: World
) -> None:
    assert sentence in refused(post(member(world, **of_person), **of_post))


def test_others_take_office_without_approval_and_exceptions_are_written_down(world: World) -> None:
    villager = post(member(world, leading_cadre=False, born_on="1950"), document_number="")
    villager.stage = "in_office"
    villager.full_clean()
    excepted = post(member(world, born_on="1950"), term=3, exception="永组字〔2024〕5号")
    excepted.stage = "in_office"
    excepted.full_clean()


def test_a_second_term_needs_an_approval_of_its_own(world: World) -> None:
    person = member(world)
    post(person)
    assert "重新报批" in refused(post(person, term=2))
    again = post(person, term=2, document_number="永组备〔2029〕3号")
    again.stage = "in_office"
    again.full_clean()


def test_a_third_term_is_counted_from_the_ledger_whatever_is_written_down(world: World) -> None:
    person = member(world)
    post(person, starts_on="2014-01", stage="expired", document_number="一")
    post(person, starts_on="2019-01", stage="expired", document_number="二")
    third = post(person, starts_on="2024-01", document_number="三")
    assert "任职超过两届" in refused(third)


def test_members_without_a_post_are_found_to_take_over(world: World) -> None:
    post(member(world, name="乙"), stage="in_office")
    free = member(world, name="丙")
    page = Client()
    page.force_login(world.mei)
    text = page.get(reverse("register_list", args=["members"]), {"in_office": "no"})
    assert free.code in text.content.decode()
    assert text.content.decode().count("会员2026-") == 1


def test_a_date_known_only_by_its_year_forbids_nothing_before_the_year_is_over(
    world: World,
) -> None:
    row = post(member(world, born_on="1954"), starts_on="2024-06", stage="in_office")
    row.full_clean()


def test_the_chain_of_a_post_cannot_be_jumped_and_checks_before_the_election(world: World) -> None:
    flow = Register.registers["posts"].flow
    assert flow is not None
    row = post(member(world), document_number="")
    with pytest.raises(ValidationError):
        move(flow, row, world.mei, "in_office")
    for stage in ("examined", "approved"):
        move(flow, row, world.mei, stage)
    with pytest.raises(ValidationError, match="缺审批或备案"):
        move(flow, row, world.mei, "elected")


def test_the_calendar_looks_two_years_ahead_and_no_further(world: World) -> None:
    soon = member(world, name="乙", born_on="1958-05-02")
    post(soon, stage="in_office", ends_on="2027-01")
    post(member(world, name="丙", born_on="1958-12-31"), stage="in_office")
    post(member(world, name="丁"), stage="in_office", document_number="")
    post(member(world, name="戊", born_on="1950"), stage="left", document_number="")
    calendar = compliance_calendar(world.mei, TODAY)
    assert [(e.post.member.name, e.finding.kind) for e in calendar.now] == [("丁", "document")]
    coming = [
        (year, e.post.member.name, e.finding.day) for year, group in calendar.coming for e in group
    ]
    assert coming == [("2027", "乙", "2027年1月"), ("2028", "乙", "2028年5月2日")]


def test_a_leap_day_birthday_falls_on_the_first_of_march(world: World) -> None:
    [finding] = post(member(world, born_on="1956-02-29")).findings([])
    assert finding.day == "2026年3月1日"


def test_every_number_of_the_age_structure_opens_a_list_of_as_many(world: World) -> None:
    this_year = timezone.localdate().year
    for index, age in enumerate((49, 50, 64, 65, 70)):
        person = member(world, name=f"会员{index}", born_on=f"{this_year - age}", sex="man")
        if index % 2:
            post(person, stage="in_office")
    member(world, name="未知", born_on="")
    member(world, name="退会", left_on="2025")
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("age_structure"))
    assert page.context["members"] == 6
    for row in page.context["table"]:
        for number, more in ((row.members, {}), (row.in_office, {"in_office": "yes"})):
            query = {"counted": "yes", "standing": "current", "age": row.band.key, **more}
            listed = client.get(reverse("register_list", args=["members"]), query)
            assert listed.context["row_count"] == number


def test_each_age_lies_in_exactly_one_band(world: World) -> None:
    births = ["", "1956", "1956-11", "1956-11-20", "1956-11-21", "1961-11-20", "2001-01-01"]
    for born_on in births:
        assert sum(band.holds(born_on, TODAY) for band in BANDS) == 1
        member(world, born_on=born_on)
    every = Member.objects.all()
    assert sum(band.of(every, TODAY).count() for band in BANDS) == len(births)


def test_persons_are_seen_by_their_own_office_alone(world: World) -> None:  # P1
    row = member(world)
    for name, person in world.people().items():
        client = Client()
        if person.is_authenticated:
            client.force_login(person)
        answers = [
            client.get(reverse("register_detail", args=["members", row.pk])).status_code,
            client.get(reverse("age_structure")).status_code,
            client.get(reverse("compliance_calendar")).status_code,
        ]
        expected = {"mei": [200] * 3, "lin": [404, 200, 200], "public": [404, 302, 302]}
        assert answers == expected.get(name, [404] * 3), name


def test_a_person_cannot_be_made_public(world: World) -> None:  # P1
    row = member(world)
    row.visibility = "public"
    with pytest.raises(ValidationError, match="不公开"):
        row.full_clean()


def test_the_next_term_opens_a_form_that_asks_for_a_new_approval(world: World) -> None:
    row = post(member(world), ends_on="2029-01")
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("renew_post", args=[row.pk]), follow=True)
    shown = {name: page.context["form"][name].value() for name in ("term", "document_number")}
    assert shown["term"] == 2
    assert not shown["document_number"]


def test_namesakes_are_told_apart_by_their_code(world: World) -> None:
    first, second = member(world), member(world)
    client = Client()
    client.force_login(world.mei)
    typed = {"year": "2026", "office": "council", "term": "1", "visibility": "internal"}
    page = reverse("register_create", args=["posts"])
    refused = client.post(page, {**typed, "member": "甲"})
    assert first.code in refused.content.decode()
    assert client.post(page, {**typed, "member": second.full_name}).status_code == 302
    assert Post.objects.get().member == second
