"""The API says in words what it does not take, and describes what it does."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.cast import World
from tests.contract.builders import make, typed_into
from tests.contract.test_api import Program

JSON = "application/json"


@pytest.mark.parametrize("query", [{"nonsense": "1"}, {"state": "nothing"}, {"village": "无名村"}])
def test_a_condition_that_is_not_understood_is_refused(query: dict[str, str], world: World) -> None:
    make(world, "visits")
    answer = Program(world.mei).get("visits", **query)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == set(query)


@pytest.mark.parametrize("query", [{"limit": "501"}, {"offset": "-1"}, {"offset": "9" * 20}])
def test_a_page_beyond_all_rows_is_refused(query: dict[str, str], world: World) -> None:
    answer = Program(world.mei).get("visits", **query)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, set(query))


def test_pages_hold_every_row_once(world: World) -> None:
    codes = [make(world, "visits").code for _n in range(5)]
    program = Program(world.mei)
    pages = [program.get("visits", limit="2", offset=str(n)).json() for n in (0, 2, 4)]
    assert sorted(row["code"] for page in pages for row in page["rows"]) == sorted(codes)
    assert {page["count"] for page in pages} == {5}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"[]",
        b'"x"',
        b'{"nonsense": 1}',
        b'{"year": {"a": 1}}',
        b'{"year": 1e400}',
        b"\xff\xfe{",
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"name": "' + b"x" * 6_000_000 + b'"}',
    ],
    ids=lambda body: body[:12],
)
def test_a_body_that_is_none_is_refused_and_saves_nothing(body: bytes, world: World) -> None:
    program = Program(world.mei)
    answer = program.client.post("/api/visits", body, content_type=JSON)
    assert answer.status_code in (400, 422)  # how deep a text may be nested depends on the Python
    assert program.get("visits").json()["count"] == 0


def test_a_name_that_there_is_not_is_told(world: World) -> None:
    typed = {**typed_into(world, "visits"), "nme": "慰问"}
    answer = Program(world.mei).post("visits", typed)
    assert answer.json() == {"errors": {"nme": ["没有这一项，请照接口说明写。"]}}


@pytest.mark.parametrize("empty", [None, ""])
def test_what_is_sent_empty_is_emptied(empty: Any, world: World) -> None:
    row = make(world, "visits", note="原来的", state="draft")
    answer = Program(world.mei).patch(f"visits/{row.pk}", {"note": empty, "version": 1})
    assert answer.json()["note"] == ""


def test_chinese_is_sent_as_it_is(world: World) -> None:
    make(world, "visits", note="示例")
    assert "示例" in Program(world.mei).get("visits").content.decode()


def test_the_description_names_conditions_choices_and_refusals() -> None:
    told: Any = json.loads(Client().get("/api/openapi.json").content)
    listed = told["paths"]["/api/needs"]["get"]
    assert {"q", "township", "place", "state", "limit"} <= {p["name"] for p in listed["parameters"]}
    assert {"200", "400"} <= set(listed["responses"])
    assert (
        "road（"
        in told["components"]["schemas"]["NeedTyped"]["properties"]["category"]["description"]
    )
    assert "Bearer" in told["info"]["description"]
