"""Every address of the product, and who gets anywhere with it.

The table names each address once: those open to anybody, those that ask for a log-in, those of the
office alone, and those of a row with what one must be allowed to do with it. A house rule refuses
an address that the table does not name, so that a new page is attacked from its first day.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from laoqu.access.models import Appointment, Association, Role
from laoqu.access.rules import CHANGE, DELETE, REVIEW, VIEW, may
from laoqu.access.tokens import Token, make_token
from laoqu.intake.models import Proposal, ReaderWord, Reading
from laoqu.register.models import BulkEdit, ExportRequest, SheetImport, Source
from tests.cast import World
from tests.contract.builders import client_of, make

OPEN = """
home registers search login logout choose_display set_language figures village_totals
register_list register_guide register_export fund_balance fund_uses village_file department_file
"""
"""Anybody; without an appointment only what is published."""

LOGGED_IN = """
own_account devices change_password tokens exports progress register_create ask_export
import_template import_upload bulk_choose village_coverage goods_balance meeting_reminders
task_board promises rule_reviews heritage_gaps budget_execution subscription_targets stated_numbers
overlap_accuracy honour_wall never_reported
"""
"""Whoever is logged in, and shows that person's own rows, or a 404."""

OFFICE = """
people add_person audit report report_texts report_file age_structure compliance_calendar
request_response add_common_schemes load_policies intake
"""
"""The office alone; anybody else who is logged in meets a 404, or a page that says whose it is."""

OF_A_ROW = """
register_detail      look    visits
register_edit        change  visits
register_move        change  projects
register_review      review  visits
register_reverse     review  contributions
register_void        delete  visits
register_restore     change  visits
register_history     change  visits
register_version     change  visits
unseal               change  recipients
visit_need           change  visits
survey_need          change  surveys
need_funds           look    needs
project_funds        look    projects
paper_form           look    questionnaires
questionnaire_results look   questionnaires
task_slip            look    tasks
chase_resolutions    change  meetings
meeting_minutes      change  meetings
assessment_sheet     look    assessments
rule_wall_sheet      look    rules
rule_changes         look    rule-versions
renew_post           change  posts
request_letter       change  requests
round                look    rounds
round_opinions       look    rounds
round_needs          change  rounds
round_funds          change  rounds
round_weights        change  rounds
round_limits         change  rounds
round_remove_limit   change  rounds
round_solve          change  rounds
round_compare        change  rounds
round_plan           change  rounds
round_present        change  rounds
round_pin            change  rounds
round_need           change  rounds
round_move           change  rounds
round_handle_opinion change  rounds
round_meeting        change  rounds
round_depart         change  rounds
round_withdraw       change  rounds
round_reopen         change  rounds
round_issue          change  rounds
round_take_back      change  rounds
round_letter         change  rounds
round_table          change  rounds
round_execution      change  rounds
overlap_decide       change  overlaps
overlap_undo         change  overlaps
overlap_ask          change  overlaps
overlap_answer       change  overlaps
overlap_letter       change  overlaps
source_text          look    source
source_file          look    source
review               change  source
source_year          change  source
source_names         change  source
record               change  source
record_in            change  source
reading              change  reading
proposal             change  proposal
decide               change  proposal
forget_word          delete  word
decide_export        change  export
organisation_names   change  organisation
place_names          change  place
"""
"""Whoever may do with the row what stands beside it."""

OWN = """
import_preview bulk_preview revoke_token fetch_export
person new_password set_active end_duty
"""
"""Things of one person, or of the people of one office."""

ACTIONS = {"look": VIEW, "change": CHANGE, "delete": DELETE, "review": REVIEW}
LINES = [line.split() for line in OF_A_ROW.strip().splitlines()]
LOGS = ("django_session", "axes_", "access_auditentry")


def patterns(
    found: list[URLPattern | URLResolver] | None = None, before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product: its whole path and its pattern."""
    for one in get_resolver().url_patterns if found is None else found:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, path)
        else:
            yield path, one


def listed() -> list[str]:
    """The names of the addresses that the table knows."""
    names = [*OPEN.split(), *LOGGED_IN.split(), *OFFICE.split(), *OWN.split()]
    return names + [name for name, _action, _of in LINES]


def strangers(world: World) -> dict[str, Any]:
    """People who have no business with a row of the water bureau at 高市村."""
    place = world.places
    jincheng = Association.objects.create(name="晋城市老促会", area_code="1405")
    held: dict[str, list[dict[str, Any]]] = {
        "village of another township": [{"role": Role.VILLAGE, "place": place["新源村"]}],
        "another township": [{"role": Role.TOWNSHIP, "place": place["虞乡镇"]}],
        "another unit": [{"role": Role.DEPARTMENT, "organisation": world.finance}],
        "upper level of another city": [{"role": Role.UPPER, "association": jincheng}],
        "appointment ended": [],
        "village here, office elsewhere": [
            {"role": Role.VILLAGE, "place": place["高市村"]},
            {"role": Role.OFFICE, "association": world.linyi},
        ],
    }
    people: dict[str, Any] = {"nobody": world.public, "office of the next county": world.lin}
    for number, (who, appointments) in enumerate(held.items()):
        person = get_user_model().objects.create(username=f"stranger{number}")
        for one in appointments:
            Appointment.objects.create(user=person, **{"association": world.yongji, **one})
        people[who] = person
    return people


def source(world: World) -> Any:
    return Source.objects.create(association=world.yongji, title="材料", sha256="s", text="原文")


def proposal(world: World) -> Any:
    return Proposal.objects.create(
        source=source(world), position=1, register="visits", data={}, start=0, end=1
    )


MADE: dict[str, Callable[[World], Any]] = {
    "source": source,
    "organisation": lambda w: w.water,
    "place": lambda w: w.places["高市村"],
    "proposal": proposal,
    "reading": lambda w: Reading.objects.create(association=w.yongji, sha256="r", stage="failed"),
    "word": lambda w: ReaderWord.objects.create(association=w.yongji, kind="body", word="社"),
    "export": lambda w: ExportRequest.objects.create(
        association=w.yongji, register="recipients", reason="打款", asked_by=w.mei
    ),
}


def address(name: str, of: str, row: Any, world: World) -> str:
    """The address of a row, further keys being those of things of its own."""
    pattern = next(one for _path, one in patterns() if one.name == name)
    given: dict[str, Any] = {"slug": of if of not in MADE else "visits", "pk": row.pk}
    given |= {"solution": 1, "need": 1, "organisation": 1, "kind": "docx"}
    given |= {"department": world.water.pk}
    if "entry" in pattern.pattern.converters:
        given["entry"] = row.history.first().pk
    return reverse(name, kwargs={key: given[key] for key in pattern.pattern.converters})


@contextmanager
def nothing_written() -> Iterator[None]:
    """No row of any table changes within the block, apart from log-ins and the audit trail."""

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        verb, _blank, rest = sql.partition(" ")
        if verb in ("INSERT", "UPDATE", "DELETE"):
            assert any(log in rest for log in LOGS), f"written: {sql}"
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def is_turned_away(answer: Any, person: Any) -> bool:
    """A 404, a page that takes no such request from anybody, or the log-in page."""
    if answer.status_code in (404, 405):
        return True
    away = answer.status_code == 302 and answer["Location"].startswith(reverse("login"))
    return away and not person.is_authenticated


@pytest.mark.parametrize(("name", "action", "of"), LINES)
def test_who_may_not_do_this_with_the_row_meets_a_404_and_changes_nothing(
    name: str, action: str, of: str, world: World
) -> None:
    row = MADE[of](world) if of in MADE else make(world, of)
    path = address(name, of, row, world)
    people = strangers(world)
    kept_out = [who for who, one in people.items() if not may(one, ACTIONS[action], row)]
    assert {"nobody", "office of the next county", "appointment ended"} <= set(kept_out)
    for who in kept_out:
        client = client_of(people[who])
        with nothing_written():
            for answer in (client.get(path), client.post(path, {"reason": "x", "agreed": "yes"})):
                assert is_turned_away(answer, people[who]), f"{who}: {answer.status_code}"


@pytest.mark.parametrize(("name", "action", "of"), LINES)
def test_the_office_gets_through_where_strangers_do_not(
    name: str, action: str, of: str, world: World
) -> None:
    if of == "export" or name in NEEDS_MORE:
        return
    row = MADE[of](world) if of in MADE else make(world, of, **MORE.get(name, {}))
    path, client = address(name, of, row, world), client_of(world.mei)
    posted = {"reason": "x", "target": "x", "action": "reject"}
    answers = [client.get(path), client.post(path, posted)]
    assert not all(is_turned_away(answer, world.mei) for answer in answers)


MORE: dict[str, dict[str, Any]] = {
    "unseal": {"telephone": "13800138000"},
    "visit_need": {"difficulties": "吃水难"},
}
NEEDS_MORE = ("source_file", "round_plan", "round_present", "round_need", "round_handle_opinion")
NEEDS_MORE += ("round_depart", "round_letter", "round_table", "overlap_letter")
"""Pages of a thing that the row does not have yet; the tests of their own areas open them."""


def filled(name: str, **more: Any) -> str:
    """An address without a row; the slug is that of a register about persons."""
    pattern = next(one for _path, one in patterns() if one.name == name)
    given = {"slug": "recipients", "year": 2024, "kind": "report", **more}
    return reverse(name, kwargs={key: given[key] for key in pattern.pattern.converters})


@pytest.mark.parametrize("name", [*LOGGED_IN.split(), *OFFICE.split()])
def test_without_log_in_there_is_only_the_log_in_page(name: str, world: World) -> None:
    client, path = client_of(world.public), filled(name)
    with nothing_written():
        for answer in (client.get(path), client.post(path)):
            assert is_turned_away(answer, world.public)


@pytest.mark.parametrize("name", OFFICE.split())
def test_pages_of_the_office_are_for_the_office_alone(name: str, world: World) -> None:
    make(world, "visits")
    people = strangers(world)
    del people["office of the next county"], people["village here, office elsewhere"]
    for who, person in [*people.items(), ("water bureau", world.shui), ("branch", world.lao)]:
        client = client_of(person)
        with nothing_written():
            for answer in (client.get(filled(name)), client.post(filled(name))):
                told = is_turned_away(answer, person) or answer.status_code == 403
                assert told, f"{who}: {answer.status_code}"


def things_of_mei(world: World) -> dict[str, str]:
    """The addresses of things that are one person's own or that the office of 永济市 keeps."""
    own = {"association": world.yongji, "register": "visits"}
    kept = SheetImport.objects.create(**own, filename="慰问.csv", uploaded_by=world.mei)
    bulk = BulkEdit.objects.create(**own, field="note", made_by=world.mei, stamps={})
    make_token(Appointment.objects.get(user=world.mei), "测试")
    asked = MADE["export"](world)
    keys = {
        "import_preview": {"slug": "visits", "pk": kept.pk},
        "bulk_preview": {"slug": "visits", "pk": bulk.pk},
        "revoke_token": {"pk": Token.objects.get().pk},
        "fetch_export": {"pk": asked.pk},
        **{name: {"pk": world.gao.pk} for name in ("person", "new_password", "set_active")},
        "end_duty": {"pk": Appointment.objects.get(user=world.gao).pk},
    }
    return {name: reverse(name, kwargs=key) for name, key in keys.items()}


@pytest.mark.parametrize("name", OWN.split())
def test_what_is_somebodys_own_is_a_404_for_everybody_else(name: str, world: World) -> None:
    path = things_of_mei(world)[name]
    for who, person in strangers(world).items():
        client = client_of(person)
        with nothing_written():
            for answer in (client.get(path), client.post(path, {"active": "no"})):
                assert is_turned_away(answer, person), f"{who}: {answer.status_code}"


def test_anybodys_pages_show_nothing_that_is_not_published(world: World) -> None:
    row = make(world, "visits", name="没有公开的慰问")
    pk = world.places["高市村"].pk
    for name in OPEN.split():
        page = client_of(world.public).get(filled(name, slug="visits", pk=pk))
        assert row.name.encode() not in page.content, name


def test_remarks_and_who_entered_a_row_stay_among_those_whom_it_concerns(world: World) -> None:
    row = make(world, "visits", visibility="public", note="内部的话", entered_by=world.mei)
    path = reverse("register_detail", args=["visits", row.pk])
    for person, told in ((world.public, False), (world.lin, False), (world.gao, True)):
        page = client_of(person).get(path).content.decode()
        assert row.name in page
        assert ("内部的话" in page) is told
    word = make_token(Appointment.objects.get(user=world.lin), "测试")
    program = Client(headers={"authorization": f"Bearer {word}"})
    [listed] = program.get("/api/visits").json()["rows"]
    assert (listed["name"], "note" in listed) == (row.name, False)
    assert not program.get(f"/api/visits/{row.pk}").json().get("note")


def test_a_program_gets_nowhere_without_a_token(world: World) -> None:
    client = Client()
    for path, one in patterns():
        if path.startswith("api/") and one.name not in ("openapi-json", "api-root"):
            told = path.replace("<pk>", "1").replace("<year>", "2024")
            assert client.get(f"/{told}").status_code == 401
