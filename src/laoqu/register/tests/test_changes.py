"""Taking changes back where it is delicate: money, links, states, many rows, two people at once."""

import io
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World
from tests.contract.builders import make, typed_into

from laoqu.areas.projects.models import Project
from laoqu.register.models import BulkEdit, Record, State

LIST = "register_list"


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def save(person: Any, row: Record, slug: str, **typed: str) -> Any:
    page = reverse("register_edit", args=[slug, row.pk])
    return client_of(person).post(page, typed, follow=True)


def undo(person: Any, row: Any, slug: str, entry: int | str) -> str:
    latest = row.history.order_by("-history_id").first().history_id
    page = reverse("register_restore", args=[slug, row.pk])
    answer = client_of(person).post(page, {"latest": latest, "entry": entry}, follow=True)
    return answer.content.decode()


def oldest(row: Any) -> int:
    number: int = row.history.order_by("history_id").first().history_id
    return number


def test_a_new_row_is_taken_back_by_the_person_who_entered_it(world: World) -> None:
    typed = typed_into(world, "awards")
    page = client_of(world.mei).post(
        reverse("register_create", args=["awards"]), typed, follow=True
    )
    row = page.context["row"]
    assert page.context["undo"]["entry"] == ""
    assert "已撤销" in undo(world.mei, row, "awards", "")
    row.refresh_from_db()
    assert row.state == State.VOID


def test_confirmed_money_offers_no_undo_and_refuses_one(world: World) -> None:
    typed = typed_into(world, "contributions")
    page = reverse("register_create", args=["contributions"])
    saved = client_of(world.mei).post(page, typed, follow=True)
    assert saved.context["saved"]
    assert saved.context["undo"] is None
    row = saved.context["row"]
    assert "红字冲销" in undo(world.mei, row, "contributions", "")
    void = reverse("register_void", args=["contributions", row.pk])
    assert "红字冲销" in client_of(world.mei).post(void, {"reason": "错"}).content.decode()
    row.refresh_from_db()
    assert row.state == State.REVIEWED


def test_villages_come_back_with_the_row_and_with_what_follows_from_them(world: World) -> None:
    row: Any = make(world, "contributions", state=State.DRAFT, attribution="sole")
    typed = {**typed_into(world, "contributions"), "version": "1", "places": "高市村、韩村"}
    save(world.mei, row, "contributions", **typed)
    row.refresh_from_db()
    assert (row.places.count(), row.attribution) == (2, "joint")
    undo(world.mei, row, "contributions", oldest(row))
    row.refresh_from_db()
    assert [place.name for place in row.places.all()] == ["高市村"]
    assert row.attribution == "sole"
    version = row.history.order_by("history_id")[1].history_id
    page = reverse("register_version", args=["contributions", row.pk, version])
    assert "高市村、韩村" in client_of(world.mei).get(page).content.decode()


def test_a_step_on_the_chain_is_taken_back_too(world: World) -> None:
    row: Any = make(world, "projects", target="800米")
    move = reverse("register_move", args=["projects", row.pk])
    states = client_of(world.mei).get(reverse("register_detail", args=["projects", row.pk]))
    target = states.context["next_states"][0][0]
    moved = client_of(world.mei).post(move, {"target": target, "reason": "讲清了"}, follow=True)
    assert moved.context["undo"], "no undo after a move"
    undo(world.mei, row, "projects", oldest(row))
    assert Project.objects.get(pk=row.pk).stage == row.stage


def test_what_a_township_takes_back_after_review_waits_for_review_again(world: World) -> None:
    row = make(world, "visits", note="甲")
    row.note, row.version = "乙", 2
    row.save()
    assert "已撤销" in undo(world.lao, row, "visits", oldest(row))
    row.refresh_from_db()
    assert (row.note, row.state) == ("甲", State.SUBMITTED)


def test_an_undo_after_somebody_else_changed_the_row_changes_nothing(world: World) -> None:
    row = make(world, "awards", note="甲")
    seen = oldest(row)
    save(world.mei, row, "awards", **typed_into(world, "awards"), version="1", note="乙")
    page = reverse("register_restore", args=["awards", row.pk])
    answer = client_of(world.mei).post(page, {"latest": seen, "entry": seen}, follow=True)
    assert "别人已经改过" in answer.content.decode()
    row.refresh_from_db()
    assert row.note == "乙"


def test_a_row_on_which_others_rest_is_not_made_void(world: World) -> None:
    below = make(world, "goods")
    page = reverse("register_void", args=["visits", below.visit.pk])  # type: ignore[attr-defined]
    answer = client_of(world.mei).post(page, {"reason": "不要了"})
    assert "它下面还有 1 行" in answer.content.decode()


def test_the_version_of_a_day_is_found_by_its_date(world: World) -> None:
    row = make(world, "awards")
    history = reverse("register_history", args=["awards", row.pk])
    client = client_of(world.mei)
    shown = client.get(history, {"day": "2099-12-31"}, follow=True)
    assert "这就是现在的内容" in shown.content.decode()
    assert "那一天还没有这一行" in client.get(history, {"day": "1999-01-01"}).content.decode()
    assert client.get(history, {"day": "不是日子"}).status_code == 200


def test_a_list_of_a_day_shows_what_its_rows_held_that_day(world: World) -> None:
    old: Any = make(world, "visits", name="旧名")
    entry = old.history.get()
    entry.history_date = datetime(2024, 5, 1, 12, tzinfo=UTC)
    entry.save()
    typed = {**typed_into(world, "visits"), "version": "1", "name": "新名", "places": "韩村"}
    save(world.mei, old, "visits", **typed)
    make(world, "visits", name="后来的")
    client, address = client_of(world.mei), reverse(LIST, args=["visits"])
    then = client.get(address, {"day": "2024-05-01"}).content.decode()
    assert "旧名" in then
    assert "高市村" in then
    assert "新名" not in then
    assert "后来的" not in then
    assert "旧名" not in client.get(address, {"day": "2024-04-30"}).content.decode()
    assert "旧名" not in client.get(address).content.decode()
    reader = client_of(world.cheng).get(address, {"day": "2024-05-01"}).content.decode()
    assert "旧名" not in reader, "a reader sees what is there today only"
    sheet = client.get(reverse("register_export", args=["visits"]), {"day": "2024-05-01"})
    page = openpyxl.load_workbook(io.BytesIO(sheet.content)).active
    assert "旧名" in {cell.value for row in page.iter_rows() for cell in row}


def test_two_people_at_once_see_both_contents_and_the_typed_words_stay(world: World) -> None:
    row = make(world, "awards", note="甲")
    typed = {**typed_into(world, "awards"), "version": "1"}
    save(world.mei, row, "awards", **typed, note="先存的")
    refused = save(world.mei, row, "awards", **typed, note="后存的")
    assert refused.status_code == 400
    [(label, now, mine)] = refused.context["theirs"]
    assert (str(label), now, mine) == ("备注", "先存的", "后存的")
    version = refused.context["form"]["version"].value()
    again = save(world.mei, row, "awards", **{**typed, "version": version}, note="后存的")
    assert again.status_code == 200
    row.refresh_from_db()
    assert row.note == "后存的"


def test_what_was_typed_before_the_log_in_ended_is_still_there(world: World) -> None:
    row = make(world, "awards")
    page = reverse("register_edit", args=["awards", row.pk])
    client = Client()
    typed = {**typed_into(world, "awards"), "version": "1", "note": "写了半天"}
    asked = client.post(page, typed)
    assert asked.status_code == 302
    account = {"username": "mei", "password": "a-long-test-password"}
    back = client.post(asked.url, account, follow=True)  # type: ignore[attr-defined]
    assert "写了半天" in back.content.decode()
    assert "还没有保存" in back.content.decode()
    assert client.post(page, typed).status_code == 302
    row.refresh_from_db()
    assert row.note == "写了半天"
    assert (
        "写了半天"
        not in client_of(world.mei)
        .get(reverse("register_create", args=["awards"]))
        .content.decode()
    ), "kept for its own page only"


def bulk(world: World, person: Any, query: dict[str, Any], **posted: str) -> Any:
    address = f"{reverse('bulk_choose', args=['awards'])}?{urlencode(query, doseq=True)}"
    return client_of(person).post(address, posted, follow=True)


def test_all_rows_of_a_filter_are_changed_and_no_others(world: World) -> None:
    rows = [make(world, "awards", year=year) for year in (2023, 2023, 2024)]
    page = bulk(
        world, world.mei, {"all": 1, "year": 2023, "field": "note"}, value="改", reason="因"
    )
    assert page.context["good"] == 2
    client_of(world.mei).post(page.request["PATH_INFO"], {"act": "save"})
    for row in rows:
        row.refresh_from_db()
    assert [row.note for row in rows] == ["改", "改", ""]


def test_a_foreign_row_among_the_chosen_ones_is_a_404(world: World) -> None:
    own, foreign = make(world, "awards"), make(world, "awards", association=world.linyi)
    query = {"row": [own.pk, foreign.pk], "field": "note"}
    assert bulk(world, world.mei, query, value="改", reason="因").status_code == 404
    assert BulkEdit.objects.count() == 0
    for person in (world.cheng, world.lin):
        assert bulk(world, person, {"row": [own.pk]}).status_code == 404
    edit = bulk(world, world.mei, {"row": [own.pk], "field": "note"}, value="改", reason="因")
    address = edit.request["PATH_INFO"]
    assert client_of(world.lin).post(address, {"act": "save"}).status_code == 404


def test_a_row_that_somebody_changed_since_it_was_chosen_stays_as_it_is(world: World) -> None:
    first, second = make(world, "awards"), make(world, "awards")
    query = {"row": [first.pk, second.pk], "field": "note"}
    address = bulk(world, world.mei, query, value="改", reason="因").request["PATH_INFO"]
    save(world.mei, first, "awards", **typed_into(world, "awards"), version="1", note="别人的")
    page = client_of(world.mei).get(address)
    assert (page.context["good"], page.context["left"]) == (1, 1)
    client_of(world.mei).post(address, {"act": "save"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.note, second.note) == ("别人的", "改")


def test_a_value_that_the_field_refuses_is_said_before_any_row_is_looked_at(world: World) -> None:
    row = make(world, "awards")
    page = bulk(world, world.mei, {"row": [row.pk], "field": "year"}, value="前年", reason="因")
    assert page.status_code == 400
    assert "value" in page.context["form"].errors


def test_changing_many_rows_costs_the_same_queries_for_two_and_for_twenty(
    world: World, django_assert_max_num_queries: Any
) -> None:
    def prepare(count: int) -> str:
        rows = [make(world, "awards").pk for _ in range(count)]
        page = bulk(world, world.mei, {"row": rows, "field": "note"}, value="改", reason="因")
        path: str = page.request["PATH_INFO"]
        return path

    client, few_rows, many_rows = client_of(world.mei), prepare(2), prepare(20)
    client.get(reverse(LIST, args=["awards"]))
    for act in ("save", "undo"):
        with django_assert_max_num_queries(80) as few:
            client.post(few_rows, {"act": act})
        with django_assert_max_num_queries(len(few)):
            client.post(many_rows, {"act": act})


@pytest.mark.parametrize("query", [{}, {"row": "x"}, {"all": 1, "year": 1999}])
def test_without_rows_the_page_asks_to_choose_some(query: dict[str, Any], world: World) -> None:
    make(world, "awards")
    page = client_of(world.mei).get(reverse("bulk_choose", args=["awards"]), query, follow=True)
    assert "请先选几行" in page.content.decode()
    assert 'type="checkbox" name="row"' in page.content.decode()
