"""The product's own tests once more, on PostgreSQL."""

import os
import subprocess
import sys

import pytest

from tests.house_rules.repository import ROOT


@pytest.mark.postgresql
def test_the_product_keeps_its_promises_on_postgresql(postgresql_url: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "LAOQU_REQUIRE_ALL"}
    environment["LAOQU_DATABASE_URL"] = postgresql_url
    done = subprocess.run(
        [
            sys.executable,
            *("-m", "pytest", "src", "tests/contract", "--maxfail=5", "-p", "no:cacheprovider"),
            *("-n", "auto", "--dist", "worksteal"),
            *("-m", "not browser and not postgresql and not libreoffice"),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
