"""A declaration that lacks something is refused at start, and told what to write and where."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from laoqu.access.anchors import ANCHORS
from laoqu.areas.honours.models import Award
from laoqu.areas.people.models import Recipient
from laoqu.register.faults import faults_of, refuse_faults
from laoqu.register.flows import Flow
from laoqu.register.registry import Register, Section, Tab

AWARDS = Register.registers["awards"]
DECLARED = "src/laoqu/areas/honours/registers.py, AwardRegister"


def changed(monkeypatch: pytest.MonkeyPatch, **declared: Any) -> list[str]:
    """The faults of the awards with a part declared otherwise."""
    for name, value in declared.items():
        monkeypatch.setattr(type(AWARDS), name, value)
    return list(faults_of(AWARDS))


def test_the_registers_of_the_product_have_no_fault() -> None:
    refuse_faults()


def test_a_part_left_out_is_named_with_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(type(AWARDS), "purpose")
    [fault] = faults_of(AWARDS)
    assert fault.startswith(f"{DECLARED}: write purpose =")
    with pytest.raises(ImproperlyConfigured, match="write purpose"):
        refuse_faults()


def test_a_register_without_or_with_another_s_slug_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="write slug"):
        type("NamelessRegister", (Register,), {"model": Award})
    with pytest.raises(ImproperlyConfigured, match=r"choose another slug, .*AwardRegister has"):
        type("SecondRegister", (Register,), {"model": Award, "slug": "awards"})


def test_a_model_without_anchors_is_told_where_to_write_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(ANCHORS, "honours.Award")
    [fault] = faults_of(AWARDS)
    assert fault.startswith('src/laoqu/access/anchors.py: write "honours.Award"')


def test_an_anchor_that_leads_nowhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANCHORS["honours.Award"], "place", "reciever__place")
    [fault] = faults_of(AWARDS)
    assert "reciever__place" in fault
    assert "did you mean receiver?" in fault


def test_numbers_of_persons_ask_for_anchors_of_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANCHORS, Recipient._meta.label, {"association": "association"})
    [fault] = faults_of(Register.registers["recipients"])
    assert "write PERSONAL" in fault
    assert "telephone" in fault


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("columns", ["code", "nmae"]),
        ("search", ["receiver__nmae"]),
        ("filters", ["nmae"]),
        ("totals", ["nmae"]),
        ("not_shown", ["nmae"]),
        ("form", [Section("基本情况", "nmae")]),
    ],
)
def test_a_name_that_is_no_field_is_told(
    part: str, names: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    [fault] = changed(monkeypatch, **{part: names})
    assert fault.startswith(f"{DECLARED}.{part}: ")
    assert "nmae is not a field of Award" in fault


def test_a_field_on_no_page_is_told_and_one_said_to_be_on_none_though_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = {name for section in AWARDS.form for name in section.fields}
    short = [Section("基本情况", *sorted(named - {"giver"}))]
    told = changed(monkeypatch, form=short, columns=["code", "name"], not_shown=["name"])
    assert [fault.removeprefix(DECLARED) for fault in told] == [
        ": giver is on no page; write it into form, shown or not_shown.",
        ".not_shown: take name out, a page shows it.",
    ]


def test_a_tab_and_a_chain_that_lead_nowhere_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = changed(
        monkeypatch,
        tabs=[Tab("medals", "award"), Tab("contributions", "award")],
        flow=Flow("state", {"draft": ("given",), "polished": ()}),
    )
    assert "no register with the slug medals" in told[0]
    assert "ContributionRegister.filters: write award, by which awards finds it" in told[1]
    assert "polished is not a choice of state" in told[2]


def test_two_kinds_of_record_never_share_a_prefix_and_a_name_is_chinese(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Award, "CODE_PREFIX", "帮扶")
    with pytest.raises(ImproperlyConfigured, match="choose another CODE_PREFIX"):
        refuse_faults()
    monkeypatch.setattr(Award, "CODE_PREFIX", "")
    monkeypatch.setattr(Award._meta, "verbose_name_plural", "awards")
    name, prefix = faults_of(AWARDS)
    assert "honours/models.py, Award.Meta: write verbose_name" in name
    assert "honours/models.py, Award: write CODE_PREFIX" in prefix
