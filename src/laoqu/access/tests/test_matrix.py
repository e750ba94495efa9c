"""Who may do what with which row, as one table that anybody can read.

Each line: who · a row of which kind · 看 view · 增 add · 改 change · 废 make void · 审 agree to it.
"""

from typing import Any

import pytest
from tests.cast import World
from tests.contract.builders import make

from laoqu.access.rules import ADD, CHANGE, DELETE, REVIEW, VIEW, may, rows
from laoqu.areas.activities.models import ReliefVisit
from laoqu.register.models import Record

TABLE = """
mei    own      看 增 改 废 审
mei    public   看 增 改 废 审
mei    draft    看 增 改 废 审
mei    other    看 增 改 废 审
mei    foreign
mei    general  看 增 改 废 审
mei    papers   看 增 改 废 审
mei    person   看 增 改 废 审
shui   own      看 增 改
shui   public   看 增 改
shui   draft    看 增 改
shui   other
shui   foreign
shui   general  看
shui   papers
shui   person
lao    own      看 增 改
lao    public   看 增 改
lao    draft    看 增 改
lao    other
lao    foreign
lao    general  看
lao    papers
lao    person
gao    own      看
gao    public   看
gao    draft    看
gao    other
gao    foreign
gao    general  看
gao    papers
gao    person
cheng  own      看
cheng  public   看
cheng  draft    看
cheng  other    看
cheng  foreign  看
cheng  general  看
cheng  papers   看
cheng  person
lin    own
lin    public   看
lin    draft
lin    other
lin    foreign  看 增 改 废 审
lin    general
lin    papers
lin    person
public own
public public   看
public draft
public other
public foreign
public general
public papers
public person
"""
"""own: internal, of the water bureau at 高市村; public: the same, published; draft: the same,
published but not reviewed; other: internal, of another bureau and township; foreign: of the next
county; all of them relief visits. general: an honour of the association, internal; papers: a line
of its working budget; person: a member."""

ACTIONS = {"看": VIEW, "增": ADD, "改": CHANGE, "废": DELETE, "审": REVIEW}
CELLS = [
    (line.split()[0], line.split()[1], set(line.split()[2:])) for line in TABLE.strip().splitlines()
]


OTHER_REGISTERS = {"general": "awards", "papers": "budget", "person": "members"}


def the_row(world: World, kind: str) -> Record:
    if kind in OTHER_REGISTERS:
        return make(world, OTHER_REGISTERS[kind])
    here = {"association": world.yongji, "host": world.water}
    place = world.places["高市村"]
    if kind == "other":
        here, place = {**here, "host": world.finance}, world.places["新源村"]
    if kind == "foreign":
        here = {"association": world.linyi, "host": world.elsewhere}
        place = world.places["高头村"]
    row = ReliefVisit(
        name="慰问",
        year=2024,
        visibility="public" if kind in ("public", "draft") else "internal",
        state="draft" if kind == "draft" else "reviewed",
        **here,
    )
    row.save()
    row.places.set([place])
    return row


@pytest.mark.parametrize(("person", "kind", "allowed"), CELLS)
def test_a_person_may_do_with_a_row_what_the_table_says(
    person: str, kind: str, allowed: set[str], world: World
) -> None:
    row = the_row(world, kind)
    found = {word for word, action in ACTIONS.items() if may(world.people()[person], action, row)}
    assert found == allowed


def test_the_table_has_every_person_and_every_kind_of_row(world: World) -> None:
    kinds = {"own", "public", "draft", "other", "foreign", *OTHER_REGISTERS}
    assert {(person, kind) for person, kind, _ in CELLS} == {
        (person, kind) for person in world.people() for kind in kinds
    }


def test_a_row_at_two_places_of_one_township_is_listed_once(world: World) -> None:
    row: Any = the_row(world, "own")
    row.places.add(world.places["韩村"])
    assert list(rows(world.lao, ReliefVisit)) == [row]


def test_an_unknown_action_is_an_error_of_the_caller(world: World) -> None:
    with pytest.raises(ValueError, match="peek"):
        rows(world.mei, ReliefVisit, "peek")
