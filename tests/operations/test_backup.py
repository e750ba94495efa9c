"""Backup and restore on a real installation: whole, verified, all or nothing."""

import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.operations.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office on SQLite with one person and one uploaded file."""
    return furnished(Office(tmp_path / "数据 文件夹"))


def furnished(office: Office) -> Office:
    assert office.laoqu("migrate").returncode == 0
    office.add_user("甲")
    stored = office.home / "files" / "sources" / "2024" / "报告.txt"
    stored.parent.mkdir(parents=True)
    stored.write_text("甲村", "utf-8")
    return office


def saved(office: Office, tmp_path: Path) -> Path:
    path = tmp_path / "备份.zip"
    done = office.laoqu("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


def test_restore_brings_back_rows_and_files(office: Office, tmp_path: Path) -> None:
    path = saved(office, tmp_path)
    office.add_user("乙")
    stored = office.home / "files" / "sources" / "2024" / "报告.txt"
    stored.unlink()

    done = office.laoqu("restore", str(path))

    assert done.returncode == 0, done.stderr
    assert office.has_user("甲")
    assert not office.has_user("乙")
    assert stored.read_text("utf-8") == "甲村"


def test_restore_keeps_the_present_data_as_a_backup_of_its_own(
    office: Office, tmp_path: Path
) -> None:
    path = saved(office, tmp_path)
    office.add_user("乙")
    (office.home / "files" / "sources" / "2024" / "报告.txt").write_text("改过", "utf-8")
    office.laoqu("restore", str(path))
    (aside,) = (office.home / "backup").glob("before-restore-*.zip")

    assert office.laoqu("restore", str(aside)).returncode == 0

    assert office.has_user("乙")
    stored = office.home / "files" / "sources" / "2024" / "报告.txt"
    assert stored.read_text("utf-8") == "改过"


def test_rows_come_back_exactly_with_their_times_and_links(office: Office, tmp_path: Path) -> None:
    path = saved(office, tmp_path)
    office.laoqu("restore", str(path))
    again = tmp_path / "再备份.zip"
    office.laoqu("backup", str(again))
    with zipfile.ZipFile(path) as first, zipfile.ZipFile(again) as second:
        tables = [name for name in first.namelist() if name.startswith("tables/")]
        assert len(tables) > 5
        assert [n for n in tables if first.read(n) != second.read(n)] == []


def test_new_rows_after_a_restore_get_numbers_of_their_own(office: Office, tmp_path: Path) -> None:
    office.laoqu("restore", str(saved(office, tmp_path)))
    office.add_user("丙")
    assert office.has_user("丙")


def test_verify_says_what_is_in_the_backup_and_touches_nothing(
    office: Office, tmp_path: Path
) -> None:
    path = saved(office, tmp_path)
    office.add_user("乙")
    done = office.laoqu("restore", str(path), "--verify")
    assert done.returncode == 0
    assert "备份完好" in done.stdout
    assert "1 个文件" in done.stdout
    assert office.has_user("乙")


def rewritten(path: Path, entry: str, data: bytes) -> None:
    """The same backup with other words in one entry, as a careless hand would leave it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[entry] = data
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("damage", ["cut", "flipped", "row", "not a zip", "empty", "missing"])
def test_a_damaged_backup_is_refused_in_one_sentence(
    office: Office, tmp_path: Path, damage: str
) -> None:
    path = saved(office, tmp_path)
    data = bytearray(path.read_bytes())
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        data[200] ^= 0xFF
        path.write_bytes(data)
    elif damage == "row":
        rewritten(path, "tables/auth.user.jsonl", b"")
    elif damage == "not a zip":
        path.write_text("不是备份", "utf-8")
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()

    for words in (["--verify"], []):
        done = office.laoqu("restore", str(path), *words)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert done.stderr.endswith("。\n")
    assert office.has_user("甲")
    assert not (office.home / "backup").exists()


def test_a_backup_that_names_a_file_outside_the_folder_is_refused(
    office: Office, tmp_path: Path
) -> None:
    path = saved(office, tmp_path)
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["files"][0]["name"] = "files/../../逃出.txt"
    rewritten(path, "manifest.json", json.dumps(manifest).encode())
    done = office.laoqu("restore", str(path))
    assert (done.returncode, done.stderr) == (
        1,
        "备份里有不安全的文件名，没有恢复。请换一个备份文件。\n",
    )


def test_a_backup_of_a_newer_version_is_refused(office: Office, tmp_path: Path) -> None:
    path = saved(office, tmp_path)
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["migrations"].append(["access", "9999_of_the_future"])
    rewritten(path, "manifest.json", json.dumps(manifest).encode())
    done = office.laoqu("restore", str(path))
    assert done.returncode == 1
    assert "请先升级" in done.stderr
    assert office.has_user("甲")


def test_a_restore_killed_in_the_middle_leaves_the_ledger_as_it_was(
    office: Office, tmp_path: Path
) -> None:
    path = saved(office, tmp_path)
    office.add_user("乙")
    code = (
        "import os, signal, sys, django; django.setup()\n"
        "from pathlib import Path\n"
        "from laoqu.operations import restore\n"
        "load = restore._load_tables\n"
        "def load_and_die(*given):\n"
        "    load(*given)\n"
        f"    os.kill(os.getpid(), {int(signal.SIGKILL)})\n"
        "restore._load_tables = load_and_die\n"
        f"restore.restore_from(Path({str(path)!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=office.environment(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert office.has_user("乙")
    assert office.laoqu("restore", str(path)).returncode == 0
    assert not office.has_user("乙")


def test_a_backup_into_a_missing_folder_is_refused(office: Office, tmp_path: Path) -> None:
    done = office.laoqu("backup", str(tmp_path / "没有" / "备份.zip"))
    assert done.returncode == 1
    assert "不存在" in done.stderr


@pytest.mark.postgresql
def test_a_backup_moves_an_office_from_sqlite_to_postgresql_and_back(
    office: Office, tmp_path: Path, postgresql_url: str
) -> None:
    path = saved(office, tmp_path)
    larger = Office(tmp_path / "更大", postgresql_url)

    assert larger.laoqu("restore", str(path)).returncode == 0
    assert larger.has_user("甲")
    larger.add_user("乙")
    back = tmp_path / "搬回.zip"
    assert larger.laoqu("backup", str(back)).returncode == 0
    assert office.laoqu("restore", str(back)).returncode == 0
    assert office.has_user("乙")


@pytest.mark.postgresql
def test_postgresql_restores_over_present_data(tmp_path: Path, postgresql_url: str) -> None:
    office = furnished(Office(tmp_path / "办公室", postgresql_url))
    path = saved(office, tmp_path)
    office.add_user("乙")
    done = office.laoqu("restore", str(path))
    assert done.returncode == 0, done.stderr
    assert office.has_user("甲")
    assert not office.has_user("乙")
    office.add_user("丙")
