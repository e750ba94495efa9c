"""The demo ledger, made once for all tests of a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from laoqu.access.models import Association
from laoqu.intake.demo import create_demo


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Association]:
    """The association of the demo. What a test changes in its ledger is undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield create_demo()
        transaction.set_rollback(True)
