"""An office of its own for each test: a data folder, and the `laoqu` command run as a process."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Office:
    """One installation. `database_url` empty means SQLite in its data folder."""

    home: Path
    database_url: str = ""

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LAOQU_")}
        kept["DJANGO_SETTINGS_MODULE"] = "laoqu.settings"
        kept["LAOQU_HOME"] = str(self.home)
        if self.database_url:
            kept["LAOQU_DATABASE_URL"] = self.database_url
        return kept

    def laoqu(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "laoqu.cli", *words],
            env={**self.environment(), **more},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def python(self, code: str) -> str:
        """What a piece of code prints inside this installation."""
        done = self.laoqu("manage", "shell", "-v", "0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def has_user(self, name: str) -> bool:
        return self.python(f"{USERS}; print(User.objects.filter(username={name!r}).exists())") in {
            "True"
        }

    def add_user(self, name: str) -> None:
        self.python(f"{USERS}; User.objects.create_user({name!r})")


USERS = "from django.contrib.auth import get_user_model; User = get_user_model()"
