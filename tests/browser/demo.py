"""A demo office in a folder of its own, served as a process of its own."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.operations.office import Office

PASSWORD = "A-long-test-password-1"
"""Of the people beside the operator."""


@dataclass(frozen=True)
class Served:
    """A served office: its address, its operator, and addresses worth a look."""

    office: Office
    url: str
    user: str
    password: str
    addresses: tuple[str, ...] = ()

    def sign_in(self, page: Any, other: str = "") -> None:
        """Log in through the form, as the operator or as another person."""
        page.goto(f"{self.url}/login/")
        page.get_by_label("账号").fill(other or self.user)
        page.get_by_label("密码").fill(PASSWORD if other else self.password)
        page.locator("main button").click()
        page.get_by_role("button", name="退出").wait_for()

    @contextmanager
    def operator_page(self, chromium: Any, **options: Any) -> Iterator[Any]:
        """A page on which the operator is logged in; `options` are those of a browser context."""
        context = chromium.new_context(base_url=self.url, locale="zh-CN", **options)
        context.set_default_timeout(20_000)
        page = context.new_page()
        self.sign_in(page)
        yield page
        context.close()


def press(page: Any, name: str) -> None:
    """Press a button of the page itself, not of its head."""
    page.locator("main").get_by_role("button", name=name).first.click()


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


@contextmanager
def made_office(folder: Path, *command: str) -> Iterator[Served]:
    """An office made in an empty folder and served for as long as the block lasts."""
    office = Office(folder)
    account = re.search(r"账号：(\S+)\s+密码：(\S+)", office.must(*command))
    assert account
    with serving(office) as url:
        yield Served(office, url, account[1], account[2])
