"""An office of its own for each test: a data folder, and the `laoqu` command run as a process."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

INSERT = """INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active,
    first_name, last_name, email, date_joined)
    VALUES ('{}', '', false, false, true, '', '', '', '2024-01-30 08:00:00')"""


@dataclass(frozen=True)
class Office:
    """One installation. `database_url` empty means SQLite in its data folder."""

    home: Path
    database_url: str = ""

    @property
    def report(self) -> Path:
        """The uploaded file that every office of these tests has."""
        return self.home / "files" / "sources" / "2024" / "报告.txt"

    def environment(self) -> dict[str, str]:
        """What its processes see."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LAOQU_")}
        kept["DJANGO_SETTINGS_MODULE"] = "laoqu.settings"
        kept["LAOQU_HOME"] = str(self.home)
        if self.database_url:
            kept["LAOQU_DATABASE_URL"] = self.database_url
        return kept

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments to its end."""
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    def laoqu(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end, whatever comes of it."""
        return self.run("-m", "laoqu.cli", *words)

    def must(self, *words: str) -> str:
        """What one command says; it has to succeed."""
        done = self.laoqu(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def people(self) -> set[str]:
        """The names of all accounts, read past Django."""
        return {name for (name,) in self._sql("SELECT username FROM auth_user")}

    def area_codes(self) -> list[str]:
        """The areas of all associations, read past Django."""
        return [code for (code,) in self._sql("SELECT area_code FROM access_association")]

    def add_person(self, name: str) -> None:
        """Another account, written past Django."""
        self._sql(INSERT.format(name))

    def _sql(self, statement: str) -> list[Any]:
        if self.database_url:
            import psycopg

            with psycopg.connect(self.database_url) as server:
                cursor = server.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.home / "laoqu.sqlite3")) as file, file:
            return file.execute(statement).fetchall()


def copied(model: Office, folder: Path) -> Office:
    """A copy of an office in another folder."""
    shutil.copytree(model.home, folder / "数据 文件夹")
    return replace(model, home=folder / "数据 文件夹")
