"""House rules about English: complete, in step with the pages, and compiled."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib

from tests.house_rules.repository import ROOT

SOURCE = ROOT / "src" / "laoqu"
PLACE = SOURCE / "locale" / "en" / "LC_MESSAGES"
NAMES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
SIMPLE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
BLOCK = re.compile(
    r"\{%\s*blocktranslate\b(?P<head>[^%]*)%\}(?P<text>.*?)"
    r"(?:\{%\s*plural\s*%\}.*?)?\{%\s*endblocktranslate\s*%\}",
    re.DOTALL,
)
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
HOLDERS = re.compile(r"%\(\w+\)s|%s|%%|</?strong>")
HINT = "run: python tools/build_words.py"


def in_python(path: Path) -> Iterator[str]:
    """The strings that a module marks for translation."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            first = node.args[0] if node.args and node.func.id in NAMES else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def in_template(path: Path) -> Iterator[str]:
    """The strings that a template marks for translation, as gettext sees them."""
    text = path.read_text("utf-8")
    for found in SIMPLE.finditer(text):
        yield found[1] or found[2]
    for block in BLOCK.finditer(text):
        words = block["text"].replace("%", "%%")
        yield VARIABLE.sub(r"%(\1)s", words)


def marked() -> set[str]:
    modules = (p for p in SOURCE.rglob("*.py") if not {"tests", "migrations"} & set(p.parts))
    found = {text for path in modules for text in in_python(path)}
    return found | {text for path in SOURCE.rglob("*.html") for text in in_template(path)}


def test_every_text_of_the_pages_is_in_the_english_catalogue() -> None:
    known = {entry.msgid for entry in polib.pofile(str(PLACE / "django.po")) if not entry.obsolete}
    assert sorted(marked() - known) == [], HINT


def test_every_entry_is_translated_and_keeps_its_placeholders() -> None:
    catalogue = polib.pofile(str(PLACE / "django.po"))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    changed = [
        entry.msgid
        for entry in catalogue
        if not entry.msgid_plural
        and sorted(HOLDERS.findall(entry.msgid)) != sorted(HOLDERS.findall(entry.msgstr))
    ]
    assert changed == []


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    compiled = {e.msgid: e.msgstr for e in polib.mofile(str(PLACE / "django.mo"))}
    written = {e.msgid: e.msgstr for e in polib.pofile(str(PLACE / "django.po")) if not e.obsolete}
    assert compiled == written, HINT
