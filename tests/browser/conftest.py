"""One demo office for all tests that look at whole pages: made once."""

from collections.abc import Iterator

import pytest

from tests.browser.demo import Served, demo_office


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo ledger with one more row in every register."""
    with demo_office(tmp_path_factory.mktemp("demo")) as office:
        filled = office.office.run("-m", "tests.browser.fill")
        assert filled.returncode == 0, filled.stderr
        yield office
