"""One demo office for all tests that look at whole pages: made once, served as its own process."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.operations.office import Office


@dataclass(frozen=True)
class Served:
    """A served office: its address and its operator."""

    url: str
    user: str
    password: str

    def sign_in(self, page: Any) -> None:
        """Log in through the form."""
        page.goto(f"{self.url}/login/")
        page.get_by_label("账号").fill(self.user)
        page.get_by_label("密码").fill(self.password)
        page.locator("main button").click()
        page.get_by_role("button", name="退出").wait_for()


@contextmanager
def serving(office: Office) -> Iterator[str]:
    """Serve an office on a free port for as long as the block lasts; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "laoqu.cli", "serve", "--port", str(port)],
        env=office.environment(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    try:
        assert any("已启动" in line for line in process.stdout), "the server did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo ledger with one more row in every register."""
    office = Office(tmp_path_factory.mktemp("demo"))
    account = re.search(r"账号：(\S+)\s+密码：(\S+)", office.must("demo"))
    assert account
    filled = office.run("-m", "tests.browser.fill")
    assert filled.returncode == 0, filled.stderr
    with serving(office) as url:
        yield Served(url, account[1], account[2])
