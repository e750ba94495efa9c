"""Backup and restore on a real installation: whole, verified, all or nothing."""

import json
import signal
import zipfile
from pathlib import Path

import pytest

from laoqu.operations.backup import back_up
from laoqu.operations.refusal import Refusal
from laoqu.operations.restore import restore_from, verify
from tests.operations.office import Office, copied


@pytest.fixture(scope="module")
def restored(model_office: tuple[Office, Path], tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that changed after its backup and was then restored. Not to be changed."""
    office = copied(model_office[0], tmp_path_factory.mktemp("恢复"))
    office.add_person("乙")
    office.report.write_text("改过", "utf-8")
    office.must("restore", str(model_office[1]))
    return office


def test_restore_brings_back_rows_and_files(restored: Office) -> None:
    assert restored.people() == {"甲"}
    assert restored.report.read_text("utf-8") == "甲村"


def test_restore_keeps_the_present_data_as_a_backup_of_its_own(
    restored: Office, tmp_path: Path
) -> None:
    (aside,) = (restored.home / "backup").glob("before-restore-*.zip")
    elsewhere = Office(tmp_path / "别处")
    elsewhere.must("restore", str(aside))
    assert elsewhere.people() == {"甲", "乙"}
    assert elsewhere.report.read_text("utf-8") == "改过"


def test_rows_come_back_exactly_with_their_times_and_links(
    restored: Office, model_office: tuple[Office, Path], tmp_path: Path
) -> None:
    again = tmp_path / "再备份.zip"
    restored.must("backup", str(again))
    with zipfile.ZipFile(model_office[1]) as first, zipfile.ZipFile(again) as second:
        tables = [name for name in first.namelist() if name.startswith("tables/")]
        assert len(tables) > 5
        audit = "tables/access.auditentry.jsonl"
        tables.remove(audit)
        assert [name for name in tables if first.read(name) != second.read(name)] == []
        before, after = first.read(audit).decode(), second.read(audit).decode()
        assert after.startswith(before)
        assert "恢复备份" in after[len(before) :]


def test_verify_says_what_is_in_the_backup_and_touches_nothing(office: Office, saved: Path) -> None:
    office.add_person("乙")
    said = office.must("restore", str(saved), "--verify")
    assert said.startswith("备份完好")
    assert "1 个文件" in said
    assert office.people() == {"甲", "乙"}


def test_the_key_of_personal_numbers_is_never_in_the_backup_and_is_asked_for_elsewhere(
    office: Office, saved: Path, tmp_path: Path
) -> None:
    key = (office.home / "personal_key").read_bytes()
    with zipfile.ZipFile(saved) as archive:
        assert not any(key in archive.read(name) for name in archive.namelist())
    assert "personal_key" not in office.must("restore", str(saved))
    assert "personal_key" in Office(tmp_path / "别处").must("restore", str(saved))


def rewritten(path: Path, entry: str, data: bytes) -> None:
    """The same backup with other words in one entry, as a careless hand would leave it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[entry] = data
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def changed_manifest(path: Path) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(path) as archive:
        manifest: dict[str, list[list[str]]] = json.loads(archive.read("manifest.json"))
    return manifest


@pytest.mark.parametrize("damage", ["cut", "flipped", "row", "file", "not a zip", "empty", "gone"])
def test_a_damaged_backup_is_refused_in_one_sentence(saved: Path, damage: str) -> None:
    data = bytearray(saved.read_bytes())
    if damage == "cut":
        saved.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        data[200] ^= 0xFF
        saved.write_bytes(data)
    elif damage == "row":
        rewritten(saved, "tables/auth.user.jsonl", b"")
    elif damage == "file":
        rewritten(saved, "files/sources/2024/报告.txt", "乙村".encode())
    elif damage == "not a zip":
        saved.write_text("不是备份", "utf-8")
    elif damage == "empty":
        saved.write_bytes(b"")
    else:
        saved.unlink()
    with pytest.raises(Refusal, match=r"^[^\n]+。$"):
        verify(saved)


def test_a_damaged_backup_changes_nothing(office: Office, saved: Path) -> None:
    rewritten(saved, "tables/auth.user.jsonl", b"")
    done = office.laoqu("restore", str(saved))
    assert (done.returncode, done.stderr) == (
        1,
        "备份已损坏，没有恢复，现有数据未动。请换一个备份文件。\n",
    )
    assert office.people() == {"甲"}
    assert not (office.home / "backup").exists()


def test_a_backup_that_names_a_file_outside_the_folder_is_refused(saved: Path) -> None:
    manifest = changed_manifest(saved)
    manifest["files"][0]["name"] = "files/../../逃出.txt"  # type: ignore[call-overload]
    rewritten(saved, "manifest.json", json.dumps(manifest).encode())
    with pytest.raises(Refusal, match="不安全的文件名"):
        verify(saved)


def test_a_backup_of_a_newer_version_is_refused(saved: Path, db: None) -> None:
    manifest = changed_manifest(saved)
    manifest["migrations"].append(["access", "9999_of_the_future"])
    rewritten(saved, "manifest.json", json.dumps(manifest).encode())
    with pytest.raises(Refusal, match="请先升级"):
        restore_from(saved)


DIES = """
import os, sys, django; django.setup()
from pathlib import Path
from laoqu.operations import restore
load = restore._load_tables
def load_and_die(*given):
    load(*given)
    os.kill(os.getpid(), int(sys.argv[2]))
restore._load_tables = load_and_die
restore.restore_from(Path(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_restore_killed_in_the_middle_leaves_the_ledger_as_it_was(
    office: Office, saved: Path
) -> None:
    office.add_person("乙")
    done = office.run("-c", DIES, str(saved), str(int(signal.SIGKILL)))
    assert done.returncode == -signal.SIGKILL
    assert office.people() == {"甲", "乙"}


def test_a_backup_into_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="不存在"):
        back_up(tmp_path / "没有" / "备份.zip")


@pytest.mark.postgresql
def test_a_backup_moves_an_office_to_postgresql_and_back(
    office: Office, saved: Path, tmp_path: Path, postgresql_url: str
) -> None:
    larger = Office(tmp_path / "更大", postgresql_url)
    larger.must("restore", str(saved))
    assert larger.people() == {"甲"}
    larger.add_person("乙")  # the number that the database gives it must be free
    back = tmp_path / "搬回.zip"
    larger.must("backup", str(back))
    larger.add_person("丙")

    larger.must("restore", str(back))
    office.must("restore", str(back))

    assert larger.people() == {"甲", "乙"}
    assert office.people() == {"甲", "乙"}
