"""House rules that a machine can see in the code."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house_rules.repository import ROOT, files, texts

LINES = 600


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").split(".")[0]


def test_engines_never_import_django_or_the_product() -> None:
    guilty = [
        path.name
        for path in (ROOT / "src" / "laoqu_engines").rglob("*.py")
        if {"django", "laoqu"} & set(imported(path))
    ]
    assert guilty == []


def test_engines_can_be_used_where_django_is_not_installed() -> None:
    code = (
        "import importlib, pkgutil, sys; sys.modules['django'] = None; import laoqu_engines;"
        "[importlib.import_module(m.name) for m in"
        " pkgutil.walk_packages(laoqu_engines.__path__, 'laoqu_engines.')]"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in files(".py", ".html", ".css", ".js")
        if not {"vendor", "migrations"} & set(path.parts)
        and (count := len(path.read_text("utf-8").splitlines())) > LINES
    }
    assert long == {}


def test_registers_and_interfaces_never_ask_the_database_past_the_rules() -> None:
    guilty = [path for path in files(".py") if path.name in {"registers.py", "api.py"}]
    assert guilty, "no registers found: the rule looks in the wrong place"
    assert [path for path in guilty if ".objects" in path.read_text("utf-8")] == []


def test_no_page_or_style_points_to_another_host() -> None:  # A11
    outside = re.compile(r"""(src|href|action|url\()\s*[=(]?\s*["']?(https?:)?//(?!www\.w3\.org)""")
    guilty = [
        path
        for path in files(".html", ".css", ".js", ".svg")
        if not {"vendor", "migrations"} & set(path.parts)
        and path.is_relative_to(ROOT / "src")
        and outside.search(path.read_text("utf-8"))
    ]
    assert guilty == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    words = "|".join(
        ["/wo" + "rk/", "/fa" + "rm/", "py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.org"]
    )
    found = [path for path, text in texts() if re.search(words, text)]
    assert found == []


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_by_what_they_do() -> None:
    unnamed = [
        str(path.relative_to(ROOT))
        for path in files(".py")
        if path.parent.name == "migrations" and re.search(r"^\d{4}_.*auto", path.name)
    ]
    assert unnamed == []


@pytest.mark.parametrize("lock", ["run.txt", "test.txt"])
def test_locked_requirements_have_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    entries = [line for line in text.splitlines() if re.match(r"^\S+==", line)]
    assert len(entries) > 20
    assert all(line.endswith("\\") for line in entries), "an entry without a hash"
    assert text.count("--hash=sha256:") >= len(entries)
    assert "//" not in text
    assert "index" not in text
