"""The help page of a register says what its declaration says."""

import pytest
from django.test import Client
from django.urls import reverse

from laoqu.register.guide import guide_of
from laoqu.register.registry import FieldClass, Register

pytestmark = pytest.mark.django_db


def test_the_help_page_opens_for_anybody_and_names_every_field(client: Client) -> None:
    needs = Register.registers["needs"]
    page = client.get(reverse("register_guide", args=["needs"])).content.decode()
    labels = [entry.label for _title, entries in guide_of(needs).sections for entry in entries]
    assert len(labels) == sum(len(section.fields) for section in needs.form)
    assert [label for label in labels if label not in page] == []
    assert "已列入清单" in page


def test_the_help_page_of_an_unknown_register_is_not_found(client: Client) -> None:
    assert client.get(reverse("register_guide", args=["nothing"])).status_code == 404


def test_data_of_persons_is_said_to_be_the_office_s_alone() -> None:
    rights = {right.role: right.actions for right in guide_of(Register.registers["members"]).rights}
    seen = {role for role, actions in rights.items() if actions}
    assert seen == {"秘书处"}


def test_numbers_of_persons_are_marked_as_sensitive_and_names_as_personal() -> None:  # P1
    register = Register.registers["recipients"]
    assert register.class_of("identity") is FieldClass.SENSITIVE
    assert register.class_of("name") is FieldClass.PERSONAL
    assert Register.registers["contributions"].class_of("amount") is FieldClass.PUBLIC


def test_a_money_field_says_that_bare_numbers_are_ten_thousands() -> None:
    guide = guide_of(Register.registers["contributions"])
    kinds = {entry.label: entry.kind for _title, entries in guide.sections for entry in entries}
    assert "按万元算" in kinds["金额"]


def test_a_related_row_is_asked_for_by_name_or_by_a_code_like_its_own() -> None:
    guide = guide_of(Register.registers["contributions"])
    kinds = {entry.label: entry.kind for _title, entries in guide.sections for entry in entries}
    assert kinds["出资单位"] == "名称；要先记在“单位”里"
    assert kinds["用在哪些项目"] == "编号，例如“项目2024-001”"


def test_rights_are_said_in_one_breath_and_an_end_is_called_an_end() -> None:
    projects = guide_of(Register.registers["projects"])
    rights = {right.role: right.actions for right in projects.rights}
    assert rights["秘书处"] == ("看、新记、修改、作废：全部行",)
    assert {step.state: step.following for step in projects.steps}["终止"] == ("到这里为止",)
