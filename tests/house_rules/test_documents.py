"""House rules about what newcomers and offices read."""

import argparse
import importlib
import re

import pytest
from tools.pictures import IN_DOCUMENTS

from laoqu.cli import parser
from tests.house_rules.repository import ROOT


def command_names() -> list[str]:
    actions = parser()._subparsers._group_actions  # type: ignore[union-attr]
    choices = next(a.choices for a in actions if isinstance(a, argparse._SubParsersAction))
    return list(choices)


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
@pytest.mark.parametrize("name", command_names())
def test_every_command_is_in_both_readmes(readme: str, name: str) -> None:
    assert f"laoqu {name}" in (ROOT / readme).read_text("utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_every_make_command_is_in_both_readmes(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    names = re.search(r"^([a-z ]+):", makefile, re.MULTILINE)
    assert names
    text = (ROOT / readme).read_text("utf-8")
    assert [name for name in names[1].split() if f"make {name}" not in text] == []


@pytest.mark.parametrize(
    "document",
    [
        *("README.md", "README.en.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/glossary.md"),
        "docs/adding-a-register.md",
        *(f"docs/zh/{path.name}" for path in sorted((ROOT / "docs" / "zh").glob("*.md"))),
    ],
)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_example_of_adding_a_register_stands_in_the_product_word_for_word() -> None:
    page = (ROOT / "docs" / "adding-a-register.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n# (\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == page.count("```python") == 4
    stale = [path for path, code in blocks if code not in (ROOT / path).read_text("utf-8")]
    assert stale == []
    for name, module in re.findall(r"`(\w+)` from `([\w.]+)`", page):
        assert hasattr(importlib.import_module(module), name), f"{module}.{name}"


def test_every_picture_is_taken_by_the_tool_and_shown_in_a_document() -> None:
    guides = [ROOT / "README.md", ROOT / "README.en.md", *(ROOT / "docs" / "zh").glob("*.md")]
    text = "".join(guide.read_text("utf-8") for guide in guides)
    shown = set(re.findall(r"pictures/([\w-]+)\.png", text))
    kept = {path.stem for path in (ROOT / "docs" / "pictures").iterdir()}
    assert shown == kept == set(IN_DOCUMENTS)


def test_every_dependency_has_its_reason_and_licence() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert listed
    names = re.findall(r'^    "([A-Za-z0-9.-]+)', listed[1], re.MULTILINE)
    assert len(names) > 10
    text = (ROOT / "docs" / "decisions" / "dependencies.md").read_text("utf-8").lower()
    assert [name for name in names if name.lower() not in text] == []
