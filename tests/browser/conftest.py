"""The offices of the tests that look at whole pages, each made once."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.browser.demo import Served, made_office


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo ledger with more rows in every register, more people and a very long list."""
    with made_office(tmp_path_factory.mktemp("demo"), "demo") as office:
        filled = office.office.run("-m", "tests.browser.fill")
        assert filled.returncode == 0, filled.stderr
        yield replace(office, addresses=tuple(json.loads(filled.stdout)))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A new association with its places and nothing else."""
    with made_office(tmp_path_factory.mktemp("empty"), "init", "--county", "140881") as office:
        yield office
