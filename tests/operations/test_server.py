"""Serving an office: one address, one account, one sentence when it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.test import Client
from django.utils import timezone

from laoqu.access.passwords import random_password
from laoqu.operations import operators
from laoqu.operations.backup import back_up_if_due, backup_folder, last_backup_at
from tests.operations.office import Office


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def served(office: Office, port: int) -> Iterator["subprocess.Popen[str]"]:
    """The office, served on `port`, after it has said that it started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "laoqu.cli", "serve", "--port", str(port)],
        env=office.environment(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    yield process
    process.kill()
    process.wait()
    assert process.stdout
    process.stdout.close()


def said_until(process: "subprocess.Popen[str]", word: str) -> str:
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if word in line:
            break
    return said


def test_serve_shows_its_address_and_a_password_and_stops_on_request(
    served: "subprocess.Popen[str]", office: Office, port: int
) -> None:
    said = said_until(served, "密码只显示这一次")
    assert f"http://127.0.0.1:{port}/" in said
    assert re.search(r"操作员账号：operator  密码：\S{12,}", said)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
        assert page.status == 200

    second = office.laoqu("serve", "--port", str(port))
    assert second.returncode == 1
    assert second.stderr == (
        f"端口 {port} 已被占用，可能老区已在运行。请直接打开，或改用 --port {port + 1}。\n"
    )

    served.send_signal(signal.SIGINT)
    assert "已停止" in said_until(served, "已停止")
    assert served.wait(timeout=30) == 0
    assert "密码：" not in office.must("operator")


@pytest.mark.django_db
def test_no_account_exists_before_the_first_start() -> None:  # S: default accounts
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_the_password_is_random_and_shown_only_when_it_is_made() -> None:
    first = operators.ensure_operator()
    assert first
    assert operators.ensure_operator() is None
    second = operators.set_new_password()
    assert second != first
    user = get_user_model().objects.get(username="operator")
    assert not user.check_password(first)
    assert user.check_password(second)


@pytest.mark.django_db
def test_the_operator_is_no_superuser() -> None:  # S: no superuser in daily work
    operators.ensure_operator()
    user = get_user_model().objects.get(username="operator")
    assert not user.is_staff
    assert not user.is_superuser


def test_a_random_password_has_three_kinds_of_characters() -> None:  # S: password rules
    password = random_password()
    assert all(re.search(kind, password) for kind in ("[a-z]", "[0-9]", "[^a-z0-9]"))
    validate_password(password)


@pytest.mark.django_db
def test_a_new_password_opens_an_account_locked_by_wrong_ones(client: Client) -> None:  # S
    operators.ensure_operator()
    wrong = {"username": "operator", "password": "wrong"}
    assert [client.post("/login/", wrong).status_code for _ in range(6)][-1] == 429
    right = {"username": "operator", "password": operators.set_new_password()}
    assert client.post("/login/", right).status_code == 302


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("LAOQU_HOEM", "/tmp", "不认识的设置：LAOQU_HOEM"),
        ("LAOQU_DATABASE_URL", "我的数据库", "看不懂 LAOQU_DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_answered_in_one_sentence(
    office: Office, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, sentence: str
) -> None:
    environment = {**office.environment(), setting: value}
    monkeypatch.setattr(Office, "environment", lambda self: environment)
    done = office.laoqu("operator")
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own; the tests' database, made at once, counts as migrated."""
    settings.HOME = tmp_path
    done = {("access", "0001_initial"): None}
    loader = SimpleNamespace(
        applied_migrations=done,
        graph=SimpleNamespace(nodes=done),
        project_state=lambda nodes: SimpleNamespace(apps=apps),
    )
    monkeypatch.setattr("laoqu.operations.backup.MigrationLoader", lambda connection: loader)
    return tmp_path


@pytest.mark.django_db
def test_a_copy_is_kept_once_a_day(folder: Path) -> None:
    assert last_backup_at() is None
    made = back_up_if_due()
    assert made is not None
    last = last_backup_at()
    assert last is not None
    assert abs((timezone.now() - last).total_seconds()) < 60
    assert back_up_if_due() is None
    yesterday = timezone.now().timestamp() - 25 * 3600
    os.utime(made, (yesterday, yesterday))
    assert back_up_if_due() not in (None, made)


@pytest.mark.django_db
def test_only_the_last_fourteen_daily_copies_are_kept(folder: Path) -> None:
    long_ago = timezone.now().timestamp() - 30 * 86400
    for day in range(1, 20):
        old = backup_folder() / f"daily-202401{day:02d}-000000-000000.zip"
        old.touch()
        os.utime(old, (long_ago, long_ago))
    by_hand = backup_folder() / "before-restore-20240101-000000-000000.zip"
    by_hand.touch()
    os.utime(by_hand, (long_ago, long_ago))
    made = back_up_if_due()
    kept = sorted(backup_folder().glob("daily-*.zip"))
    assert len(kept) == 14
    assert kept[-1] == made
    assert by_hand.exists()
