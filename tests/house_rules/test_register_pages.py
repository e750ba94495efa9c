"""House rules about the help of the registers: written from the declarations, never by hand."""

import importlib.util

from laoqu.register.registry import Register
from tests.house_rules.repository import ROOT


def build_docs():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "tools" / "build_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_of_the_registers_say_what_the_declarations_say() -> None:
    folder = ROOT / "docs" / "registers"
    written = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    made = build_docs().pages()
    stale = sorted(
        name for name in written.keys() | made.keys() if written.get(name) != made.get(name)
    )
    assert stale == [], "run: python tools/build_docs.py"


def test_every_register_says_in_one_sentence_what_it_holds() -> None:
    said = {slug: str(register.purpose) for slug, register in Register.registers.items()}
    assert {slug: text for slug, text in said.items() if not text.endswith("。")} == {}
    assert len(set(said.values())) == len(said)
