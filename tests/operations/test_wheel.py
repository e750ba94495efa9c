"""The product as a wheel: all it needs is inside, and it runs away from its source."""

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house_rules.repository import ROOT


@dataclass(frozen=True)
class Wheel:
    """The wheel file and a folder that it is installed into."""

    path: Path
    installed: Path


def run(*words: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Wheel:
    """Built and installed without network."""
    folder = tmp_path_factory.mktemp("wheel")
    offline = ("-m", "pip", "--disable-pip-version-check", "-q")
    run(*offline, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT))
    (path,) = folder.glob("laoqu-*.whl")
    installed = folder / "installed"
    run(*offline, "install", "--no-deps", "--no-index", "--target", str(installed), str(path))
    return Wheel(path, installed)


def test_the_wheel_holds_every_template_style_word_list_and_picture(wheel: Wheel) -> None:
    with zipfile.ZipFile(wheel.path) as archive:
        inside = set(archive.namelist())
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert any(name.endswith(".html") for name in wanted)
    assert wanted - inside == set()
    assert any(name.endswith("licenses/NOTICE") for name in inside)


def test_an_installed_wheel_sets_up_an_association_offline(wheel: Wheel, tmp_path: Path) -> None:
    elsewhere = {
        "PYTHONPATH": str(wheel.installed),
        "LAOQU_HOME": str(tmp_path / "数据"),
        "DJANGO_SETTINGS_MODULE": "laoqu.settings",
    }
    where = run("-c", "import laoqu; print(laoqu.__file__)", **elsewhere)
    assert where.startswith(str(wheel.installed))
    assert "laoqu serve" in run("-m", "laoqu.cli", "init", "--county", "140881", **elsewhere)
