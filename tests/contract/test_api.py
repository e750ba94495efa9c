"""The API gives a program the rows, filters and forms of its one appointment, and nothing else."""

from typing import Any

from django.test import Client
from django.urls import reverse

from laoqu.access.models import Appointment
from laoqu.access.tokens import Token, make_token, revoke_token
from laoqu.register.registry import Register
from tests.cast import World
from tests.contract.builders import LEDGERS, each_ledger, make, typed_into


class Program:
    """A program that speaks with the token of a person's first appointment."""

    def __init__(self, person: Any) -> None:
        word = make_token(Appointment.objects.get(user=person), "测试")
        self.client = Client(headers={"authorization": f"Bearer {word}"})

    def get(self, path: str, **parameters: str) -> Any:
        return self.client.get(f"/api/{path}", parameters)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(f"/api/{path}", data, content_type="application/json")

    def patch(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.patch(f"/api/{path}", data, content_type="application/json")


@each_ledger
def test_the_office_reads_its_rows_and_a_stranger_reads_none(slug: str, world: World) -> None:
    row = make(world, slug)
    mine = Program(world.mei).get(slug)
    assert [found["code"] for found in mine.json()["rows"]] == [row.code]
    stranger = Program(world.lin)
    assert stranger.get(slug).json() == {"count": 0, "rows": []}
    assert stranger.get(f"{slug}/{row.pk}").status_code == 404
    assert stranger.patch(f"{slug}/{row.pk}", {"note": "改"}).status_code == 404


@each_ledger
def test_without_a_token_or_with_a_stopped_one_nothing_is_told(slug: str, world: World) -> None:
    make(world, slug, visibility="public")
    assert Client().get(f"/api/{slug}").status_code == 401
    program = Program(world.mei)
    revoke_token(Token.objects.get())
    assert program.get(slug).status_code == 401


@each_ledger
def test_a_row_sent_as_words_is_saved_through_the_form(slug: str, world: World) -> None:
    answer = Program(world.mei).post(slug, typed_into(world, slug))
    assert answer.status_code == 201, answer.content.decode()
    row = Register.registers[slug].model.objects.get()
    assert answer.json()["code"] == row.code
    assert row.entered_by == world.mei


@each_ledger
def test_a_change_needs_the_version_it_was_made_on(slug: str, world: World) -> None:
    row = make(world, slug, state="draft")
    program = Program(world.mei)
    typed = {**typed_into(world, slug), "version": 1}
    first = program.patch(f"{slug}/{row.pk}", {**typed, "note": "甲"})
    assert first.status_code == 200, first.content.decode()
    second = program.patch(f"{slug}/{row.pk}", {**typed, "note": "乙"})
    assert second.status_code == 400
    assert "别人已经改过" in second.json()["errors"][""][0]


def test_bad_words_come_back_as_sentences_by_field(world: World) -> None:
    answer = Program(world.mei).post("contributions", {"year": "2024", "amount": "不少"})
    assert answer.status_code == 400
    assert "请写成" in answer.json()["errors"]["amount"][0]


def test_a_token_acts_only_as_its_own_appointment(world: World) -> None:
    word = make_token(Appointment.objects.get(user=world.mei), "测试")
    Appointment.objects.create(user=world.mei, role="office", association=world.linyi)
    foreign = make(world, "awards", association=world.linyi)
    client = Client(headers={"authorization": f"Bearer {word}"})
    assert client.get(f"/api/awards/{foreign.pk}").status_code == 404


def test_the_list_takes_the_parameters_of_the_page(world: World) -> None:
    make(world, "awards")
    make(world, "awards", year=2023)
    answer = Program(world.mei).get("awards", year="2023")
    assert [row["year"] for row in answer.json()["rows"]] == [2023]


def test_every_register_is_described_in_chinese(world: World) -> None:
    described = Client().get("/api/openapi.json").json()
    assert {f"/api/{slug}" for slug in LEDGERS} <= set(described["paths"])
    fields = described["components"]["schemas"]["Contribution"]["properties"]
    assert fields["amount"]["title"] == "金额"


def test_a_person_makes_sees_once_and_stops_a_token(world: World) -> None:
    client = Client()
    client.force_login(world.mei)
    own = Appointment.objects.get(user=world.mei)
    shown = client.post(reverse("tokens"), {"appointment": own.pk, "name": "市级汇总"})
    assert "laoqu_" in shown.content.decode()
    assert "laoqu_" not in client.get(reverse("tokens")).content.decode()
    token = Token.objects.get()
    stranger = Client()
    stranger.force_login(world.lin)
    assert stranger.post(reverse("revoke_token", args=[token.pk])).status_code == 404
    client.post(reverse("revoke_token", args=[token.pk]))
    assert Token.objects.get().revoked_at is not None
