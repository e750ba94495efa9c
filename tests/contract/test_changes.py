"""Every change leaves its history entry and its note, can be looked at later, and taken back."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from laoqu.register.models import Record, State
from laoqu.register.registry import Register
from tests.cast import World
from tests.contract.builders import client_of, each_ledger, make, pages_of, sample_of, typed_into


def edit(world: World, row: Record, slug: str, person: Any = None, **typed: str) -> Any:
    """Type something into the form of a row and save it; the page that follows."""
    row.refresh_from_db()
    words = {**typed_into(world, slug), "version": str(row.version), **typed}
    answer = client_of(person or world.mei).post(pages_of(row, slug)["edit"], words, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    return answer


def offered(answer: Any) -> dict[str, str]:
    """What the button “撤销刚才的修改” of a page posts."""
    assert answer.context["undo"], "the page offers no undo"
    return {name: str(value) for name, value in answer.context["undo"].items()}


@each_ledger
def test_an_edit_leaves_one_entry_with_its_note_and_is_taken_back_at_once(
    slug: str, world: World
) -> None:
    row = make(world, slug, state=State.DRAFT, note="原来的")
    saved = edit(world, row, slug, note="改过的", change_note="听错了")
    assert "撤销刚才的修改" in saved.content.decode()
    assert [e.history_change_reason for e in row.history.all()] == ["听错了", None]
    undone = client_of(world.mei).post(pages_of(row, slug)["restore"], offered(saved), follow=True)
    assert "已撤销" in undone.content.decode()
    row.refresh_from_db()
    assert (row.note, row.version) == ("原来的", 3)
    assert row.history.first().history_change_reason == "撤销刚才的修改"
    assert row.history.count() == 3


@each_ledger
def test_an_old_version_is_shown_with_what_differs_and_restored_from_there(
    slug: str, world: World
) -> None:
    row = make(world, slug, state=State.DRAFT, note="第一版")
    edit(world, row, slug, note="第二版")
    client, pages = client_of(world.mei), pages_of(row, slug)
    listed = client.get(pages["history"]).content.decode()
    assert listed.index("第一版") < listed.index("第二版"), "before, then after"
    oldest, newest = row.history.order_by("history_id")
    page = client.get(reverse("register_version", args=[slug, row.pk, oldest.history_id]))
    assert "第二版" in page.content.decode()
    posted = {"latest": newest.history_id, "entry": oldest.history_id, "reason": "还是第一版好"}
    client.post(pages["restore"], posted)
    row.refresh_from_db()
    assert row.note == "第一版"
    assert row.history.first().history_change_reason == "还是第一版好"


@each_ledger
def test_a_row_made_void_leaves_lists_and_figures_and_comes_back(slug: str, world: World) -> None:
    row = make(world, slug, state=State.DRAFT)
    client, pages = client_of(world.mei), pages_of(row, slug)
    assert client.post(pages["void"], {"reason": ""}).status_code == 400
    gone = client.post(pages["void"], {"reason": "记重了"}, follow=True)
    row.refresh_from_db()
    assert row.state == State.VOID
    listed = Register.registers[slug].url()
    assert row.code not in client.get(listed).content.decode()
    assert row.code in client.get(listed, {"state": "void"}).content.decode()
    client.post(pages["restore"], offered(gone))
    row.refresh_from_db()
    assert row.state == State.DRAFT
    assert row.history.first().history_change_reason == "撤销刚才的修改"


@each_ledger
def test_strangers_and_readers_take_nothing_back_and_see_no_history(
    slug: str, world: World
) -> None:
    row = make(world, slug, state=State.DRAFT)
    edit(world, row, slug, note="改过的")
    oldest, newest = row.history.order_by("history_id")
    posted = {"latest": newest.history_id, "entry": oldest.history_id}
    old = reverse("register_version", args=[slug, row.pk, oldest.history_id])
    for person in (world.lin, world.cheng, world.gao):
        client, pages = client_of(person), pages_of(row, slug)
        assert client.post(pages["restore"], posted).status_code == 404
        assert client.post(pages["void"], {"reason": "不要"}).status_code == 404
        assert client.get(pages["history"]).status_code == 404
        assert client.get(old).status_code == 404
    row.refresh_from_db()
    assert (row.note, row.state) == ("改过的", State.DRAFT)


@each_ledger
def test_many_rows_are_changed_looked_at_first_and_taken_back(slug: str, world: World) -> None:
    notes = ("甲",) if sample_of(slug).alone else ("甲", "乙")
    made = [make(world, slug, state=State.DRAFT, note=note) for note in notes]
    first = made[0]
    client, model = client_of(world.mei), Register.registers[slug].model
    chosen = urlencode({"row": [row.pk for row in made], "field": "note"}, doseq=True)
    page = f"{reverse('bulk_choose', args=[slug])}?{chosen}"
    shown = client.post(page, {"value": "一起改", "reason": "统一写法"}, follow=True)
    assert "甲" in shown.content.decode()
    assert not model.objects.filter(note="一起改").exists()
    address = shown.request["PATH_INFO"]
    client.post(address, {"act": "save"})
    first.refresh_from_db()
    assert (first.note, first.version) == ("一起改", 2)
    assert first.history.first().history_change_reason == "统一写法"
    client.post(address, {"act": "undo"})
    assert tuple(model.objects.get(pk=row.pk).note for row in made) == notes
    assert first.history.first().history_change_reason == "撤销批量修改"


def test_a_saved_row_says_what_looks_doubtful_in_it(world: World) -> None:
    make(world, "successions")  # 高市村 became 韩村
    typed = {**typed_into(world, "visits"), "places": "高市村", "held_on": "2090年1月"}
    page = client_of(world.mei).post(
        reverse("register_create", args=["visits"]), typed, follow=True
    )
    text = page.content.decode()
    assert "新的事请记新名" in text
    assert "“日期”还没有到，请核对" in text
