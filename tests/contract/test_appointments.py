"""A person with several appointments does with each row only what the one that reaches it allows.

Shui is liaison of the water bureau in 永济市; here she runs the office of the next county as well.
"""

from typing import Any

import pytest
from django.urls import reverse

from laoqu.access.models import Appointment, Role
from laoqu.access.rules import CHANGE, DELETE, REVIEW, VIEW, may
from laoqu.areas.activities.models import ReliefVisit
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.needs.models import Need
from laoqu.register.importing import check_sheet
from laoqu.register.models import State
from laoqu.register.names import resolve_names
from laoqu.register.registry import Register
from tests.cast import World
from tests.contract.builders import client_of, make, pages_of, typed_into


@pytest.fixture
def shui(world: World) -> Any:
    Appointment.objects.create(user=world.shui, role=Role.OFFICE, association=world.linyi)
    return world.shui


def test_the_office_of_one_county_decides_nothing_in_the_other(shui: Any, world: World) -> None:
    row = make(world, "visits")
    allowed = {action for action in (VIEW, CHANGE, DELETE, REVIEW) if may(shui, action, row)}
    assert allowed == {VIEW, CHANGE}


def test_what_she_enters_as_liaison_waits_for_the_office_there(shui: Any, world: World) -> None:
    client = client_of(shui)
    client.post(reverse("register_create", args=["visits"]), typed_into(world, "visits"))
    row = ReliefVisit.objects.get()
    assert (row.association, row.state) == (world.yongji, State.SUBMITTED)


def test_steps_that_are_the_offices_are_not_offered_where_she_is_liaison(
    shui: Any, world: World
) -> None:
    row = make(world, "projects")
    flow = Register.registers["projects"].flow
    assert flow is not None
    offered = {state for state, _label in flow.next_states(row, shui)}
    assert offered.isdisjoint(flow.office)


def test_the_same_code_in_two_counties_means_the_row_of_the_county_at_hand(
    shui: Any, world: World
) -> None:
    here = make(world, "needs", visibility="public")
    there = make(world, "needs", association=world.linyi, visibility="public")
    assert here.code == there.code
    for association, row in ((world.yongji, here), (world.linyi, there)):
        [answer] = resolve_names(Need, [here.code], shui, association)
        assert answer.row == row


def test_a_sheet_for_one_county_never_moves_a_row_of_the_other(shui: Any, world: World) -> None:
    here = make(world, "visits", state=State.DRAFT)
    sheet = f"编号,年度,活动名称\n{here.code},2024,换了名字\n".encode("utf-8-sig")
    register = Register.registers["visits"]
    checked = check_sheet(register, sheet, "慰问.csv", shui, world.linyi)
    assert not checked.good
    assert "没有编号" in "".join(checked.rows[0].sentences())


def test_rows_of_two_counties_are_not_changed_in_one_go(shui: Any, world: World) -> None:
    here = make(world, "visits", state=State.DRAFT)
    there = make(world, "visits", state=State.DRAFT, association=world.linyi)
    client = client_of(shui)
    address = reverse("bulk_choose", args=["visits"])
    both = client.post(
        f"{address}?row={here.pk}&row={there.pk}&field=note",
        {"value": "改", "reason": "因"},
        follow=True,
    )
    assert "几个老促会" in both.content.decode()
    shown = client.post(
        f"{address}?row={here.pk}&field=note", {"value": "改", "reason": "因"}, follow=True
    )
    client.post(shown.request["PATH_INFO"], {"act": "save"})
    here.refresh_from_db()
    assert (here.note, here.association) == ("改", world.yongji)


@pytest.mark.parametrize("role", [Role.VILLAGE, Role.UPPER])
def test_who_only_looks_on_at_one_place_still_enters_rows_at_the_other(
    role: str, world: World
) -> None:
    gao = world.gao
    Appointment.objects.filter(user=gao).update(role=role)
    Appointment.objects.create(
        user=gao, role=Role.DEPARTMENT, association=world.linyi, organisation=world.elsewhere
    )
    typed = {**typed_into(world, "visits"), "host": "临猗县水利局", "places": "高头村"}
    client_of(gao).post(reverse("register_create", args=["visits"]), typed)
    assert ReliefVisit.objects.get().association == world.linyi


def test_an_appointment_that_ended_opens_nothing_from_the_next_page_on(world: World) -> None:
    row = make(world, "visits")
    client = client_of(world.shui)
    assert client.get(pages_of(row, "visits")["detail"]).status_code == 200
    Appointment.objects.filter(user=world.shui).delete()
    assert client.get(pages_of(row, "visits")["detail"]).status_code == 404


def review(person: Any, slug: str, row: Any, **posted: str) -> Any:
    return client_of(person).post(
        reverse("register_review", args=[slug, row.pk]), posted, follow=True
    )


def test_a_row_from_outside_counts_once_the_office_agrees_and_can_be_sent_back(
    world: World,
) -> None:
    row = make(world, "visits", state=State.SUBMITTED)
    assert "待审核：" in client_of(world.mei).get(reverse("progress")).content.decode()
    assert (
        "审核通过" in client_of(world.mei).get(pages_of(row, "visits")["detail"]).content.decode()
    )
    assert "写明为什么退回" in review(world.mei, "visits", row, agreed="no").content.decode()
    review(world.mei, "visits", row, agreed="no", reason="缺日期")
    row.refresh_from_db()
    assert row.state == State.RETURNED
    assert (
        "退回了这一行"
        in client_of(world.shui).get(pages_of(row, "visits")["detail"]).content.decode()
    )
    words = {**typed_into(world, "visits"), "version": str(row.version), "note": "补了"}
    client_of(world.shui).post(pages_of(row, "visits")["edit"], words)
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    review(world.mei, "visits", row, agreed="yes")
    row.refresh_from_db()
    assert row.state == State.REVIEWED
    reasons = list(row.history.values_list("history_change_reason", flat=True)[:3])
    assert reasons == ["已审核", "", "已退回 缺日期"]


def test_nobody_but_the_office_agrees_to_a_row(world: World) -> None:
    row = make(world, "visits", state=State.SUBMITTED)
    for person in (world.shui, world.lao, world.gao, world.cheng, world.lin):
        assert review(person, "visits", row, agreed="yes").status_code == 404


def test_a_reviewed_row_that_an_outsider_changes_is_neither_counted_nor_public_until_seen(
    world: World,
) -> None:
    row = make(world, "visits")
    words = {**typed_into(world, "visits"), "version": "1", "visibility": "public"}
    saved = client_of(world.shui).post(pages_of(row, "visits")["edit"], words, follow=True)
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    assert not may(world.public, VIEW, row)
    undo = {name: str(value) for name, value in saved.context["undo"].items()}
    client_of(world.shui).post(pages_of(row, "visits")["restore"], undo)
    row.refresh_from_db()
    assert (row.visibility, row.state) == ("internal", State.SUBMITTED)


def test_confirmed_money_is_cancelled_by_the_office_alone(world: World) -> None:
    line = make(world, "contributions")
    address = reverse("register_reverse", args=["contributions", line.pk])
    assert client_of(world.shui).post(address, {"reason": "不要了"}).status_code == 404
    client_of(world.mei).post(address, {"reason": "抄错了"})
    assert Contribution.objects.filter(reverses=line).exists()


def test_money_from_outside_enters_the_totals_when_the_office_agrees(world: World) -> None:
    line = make(world, "contributions", state=State.SUBMITTED)
    review(world.mei, "contributions", line, agreed="yes")
    line.refresh_from_db()
    assert line.state == State.REVIEWED
