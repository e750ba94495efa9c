"""Accounts: opened by the office, one's own password, nobody else's; everything is written down."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.access.audit import AuditEntry
from laoqu.access.models import Appointment, Role
from laoqu.access.passwords import PasswordRecord, set_password
from laoqu.access.rules import VIEW, may

FIRST, SECOND = "First-password-1", "Second-password-2"
NEW = {"name": "示例", "username": "shili", "role": "township", "place": "虞乡镇"}


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.mei)
    return client


def opened(office: Client, **changes: str) -> tuple[Any, str]:
    """A new person as the page hands it over, with the password that it shows."""
    page = office.post(reverse("add_person"), {**NEW, **changes}).content.decode()
    shown = re.search(r"[a-z]{4}\d-[a-z]{4}\d-[a-z]{4}\d", page)
    assert shown, page
    return get_user_model().objects.get(username=changes.get("username", "shili")), shown[0]


def logged_in(username: str, password: str) -> Client:
    client = Client()
    answer = client.post(reverse("login"), {"username": username, "password": password})
    assert answer.status_code == 302
    return client


def change(client: Client, old: str, new: str) -> str:
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("change_password"), data, follow=True).content.decode()


def test_the_office_opens_an_account_whose_password_is_shown_once(
    office: Client, world: World
) -> None:
    person, password = opened(office)
    held = person.appointments.get()
    assert (held.role, held.place.name, held.association) == ("township", "虞乡镇", world.yongji)
    assert may(person, VIEW, world.places["新源村"])
    assert password not in office.get(reverse("person", args=[person.pk])).content.decode()
    acts = AuditEntry.objects.filter(subject="shili").values_list("act", "address")
    assert {("开账号", "127.0.0.1"), ("重设密码", "127.0.0.1")} <= set(acts)


def test_a_password_that_the_office_knows_is_changed_before_anything_else(office: Client) -> None:
    _person, password = opened(office)
    client = logged_in("shili", password)
    assert client.get(reverse("home"))["Location"] == reverse("change_password")
    assert "密码已修改" in change(client, password, FIRST)
    assert client.get(reverse("home")).status_code == 200
    assert logged_in("shili", FIRST).get(reverse("home")).status_code == 200


def test_a_password_of_ninety_days_is_changed_too(world: World) -> None:  # S: at most 90 days
    set_password(world.mei, FIRST)
    assert logged_in("mei", FIRST).get(reverse("home")).status_code == 200
    record = PasswordRecord.objects.get(user=world.mei)
    record.set_at -= timedelta(days=91)
    record.save()
    assert logged_in("mei", FIRST).get(reverse("home")).status_code == 302


def test_none_of_the_last_five_passwords_comes_back(world: World) -> None:  # S: history of 5
    client = Client()
    client.force_login(world.mei)
    used = [f"Password-number-{n}" for n in range(6)]
    set_password(world.mei, used[0])
    client.force_login(world.mei)
    for old, new in pairwise(used):
        assert "密码已修改" in change(client, old, new)
    assert "最近用过" in change(client, used[5], used[1])
    assert "密码已修改" in change(client, used[5], used[0])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": "MEI"}, "已经有人用了"),
        ({"role": "department", "place": ""}, "哪个单位的联络员"),
        ({"place": ""}, "哪个镇"),
        ({"place": "查无此镇"}, "查无此镇"),
        ({"place": "高头村", "role": "village"}, "高头村"),
        ({"role": "upper"}, "有效"),
    ],
)
def test_an_account_with_a_slip_is_refused_in_words(
    changes: dict[str, str], sentence: str, office: Client
) -> None:
    page = office.post(reverse("add_person"), {**NEW, **changes}).content.decode()
    assert sentence in page
    assert not get_user_model().objects.filter(username="shili").exists()


def test_a_role_is_added_and_taken_back(office: Client, world: World) -> None:
    page = reverse("person", args=[world.gao.pk])
    office.post(page, {"role": "department", "organisation": "永济市财政局"})
    held = Appointment.objects.get(user=world.gao, role=Role.DEPARTMENT)
    assert held.organisation == world.finance
    office.post(reverse("end_duty", args=[held.pk]))
    assert not Appointment.objects.filter(pk=held.pk).exists()


def test_the_last_account_of_an_office_stays(office: Client, world: World) -> None:
    held = Appointment.objects.get(user=world.mei)
    answer = office.post(reverse("end_duty", args=[held.pk]), follow=True)
    assert "至少要留一个" in answer.content.decode()
    assert Appointment.objects.filter(pk=held.pk).exists()


def test_a_stopped_account_cannot_log_in_and_a_resumed_one_can(
    office: Client, world: World
) -> None:
    set_password(world.gao, FIRST)
    address = reverse("set_active", args=[world.gao.pk])
    data = {"username": "gao", "password": FIRST}
    office.post(address, {"active": "no"})
    assert Client().post(reverse("login"), data).status_code == 200
    office.post(address, {"active": "yes"})
    assert Client().post(reverse("login"), data).status_code == 302


def test_nobody_stops_the_own_account(office: Client, world: World) -> None:
    office.post(reverse("set_active", args=[world.mei.pk]), {"active": "no"})
    world.mei.refresh_from_db()
    assert world.mei.is_active


def test_a_new_password_replaces_the_old_one(office: Client, world: World) -> None:
    set_password(world.gao, FIRST)
    office.post(reverse("new_password", args=[world.gao.pk]))
    data = {"username": "gao", "password": FIRST}
    assert Client().post(reverse("login"), data).status_code == 200


def test_people_of_another_association_are_not_found(office: Client, world: World) -> None:
    assert office.get(reverse("person", args=[world.lin.pk])).status_code == 404
    for name in ("new_password", "set_active"):
        assert office.post(reverse(name, args=[world.lin.pk])).status_code == 404
    theirs = Appointment.objects.get(user=world.lin)
    assert office.post(reverse("end_duty", args=[theirs.pk])).status_code == 404


def test_a_person_who_serves_elsewhere_too_keeps_the_password(office: Client, world: World) -> None:
    Appointment.objects.create(user=world.lin, role=Role.OFFICE, association=world.yongji)
    assert office.get(reverse("person", args=[world.lin.pk])).status_code == 200
    for name in ("new_password", "set_active"):
        assert office.post(reverse(name, args=[world.lin.pk])).status_code == 404


def test_only_the_office_finds_the_pages_of_accounts_and_of_the_audit_trail(world: World) -> None:
    for person in (world.shui, world.lao, world.gao, world.cheng):
        client = Client()
        client.force_login(person)
        for name in ("people", "add_person", "audit"):
            assert client.get(reverse(name)).status_code == 404
        assert client.get(reverse("own_account")).status_code == 200


def test_the_audit_trail_is_shown_whole_and_says_when_it_is_not(
    office: Client, world: World
) -> None:
    opened(office)
    page = office.get(reverse("audit"), {"who": "mei"}).content.decode()
    assert "开账号" in page
    assert "完整无缺" in page
    AuditEntry._base_manager.filter(act="开账号").update(actor="别人")
    assert "被改动过" in office.get(reverse("audit")).content.decode()


def test_one_sees_where_one_is_logged_in_and_ends_a_log_in_that_is_not_ones_own(
    world: World,
) -> None:
    set_password(world.mei, FIRST)
    here, there = logged_in("mei", FIRST), logged_in("mei", FIRST)
    stranger = Client()
    stranger.force_login(world.lin)
    page = here.get(reverse("devices"))
    found = page.context["devices"]
    assert [device.present for device in found] == [True, False]
    assert there.session.session_key not in page.content.decode()
    stranger.post(reverse("devices"), {"device": found[1].key})
    assert there.get(reverse("own_account")).status_code == 200
    here.post(reverse("devices"), {"device": found[1].key})
    assert there.get(reverse("own_account")).status_code == 302
    assert here.get(reverse("own_account")).status_code == 200
    assert AuditEntry.objects.latest("pk").act == "让设备退出"


def test_logging_out_leaves_a_copied_cookie_worthless(world: World) -> None:
    set_password(world.mei, FIRST)
    client, thief = logged_in("mei", FIRST), Client()
    thief.cookies = client.cookies.copy()
    assert thief.get(reverse("own_account")).status_code == 200
    client.post(reverse("logout"))
    assert thief.get(reverse("own_account")).status_code == 302


def test_a_new_password_or_a_stopped_account_ends_every_log_in(office: Client) -> None:
    person, password = opened(office)
    client = logged_in("shili", password)
    change(client, password, FIRST)
    other = logged_in("shili", FIRST)
    office.post(reverse("new_password", args=[person.pk]))
    assert client.get(reverse("own_account")).status_code == 302
    assert other.get(reverse("own_account")).status_code == 302
    client = logged_in("shili", opened_again(office, person))
    office.post(reverse("set_active", args=[person.pk]), {"active": "no"})
    assert client.get(reverse("change_password")).status_code == 302


def opened_again(office: Client, person: Any) -> str:
    page = office.post(reverse("new_password", args=[person.pk])).content.decode()
    shown = re.search(r"[a-z]{4}\d-[a-z]{4}\d-[a-z]{4}\d", page)
    assert shown
    return shown[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "department", "place": "", "organisation": "临猗县水利局"},
        {"role": "township", "place": "运城市"},
        {"role": "township", "place": "猗氏镇"},
        {"role": "village", "place": "虞乡镇"},
    ],
)
def test_nobody_is_appointed_to_a_unit_or_place_of_somebody_else(
    wrong: dict[str, str], office: Client
) -> None:
    page = office.post(reverse("add_person"), {**NEW, **wrong})
    assert page.context["form"].errors
    assert not get_user_model().objects.filter(username="shili").exists()


def test_what_somebody_does_for_another_association_is_not_told(
    office: Client, world: World
) -> None:
    Appointment.objects.create(
        user=world.shui,
        role=Role.DEPARTMENT,
        association=world.linyi,
        organisation=world.elsewhere,
    )
    page = office.get(reverse("people")).content.decode()
    assert "永济市水利局" in page
    assert "临猗县水利局" not in page
