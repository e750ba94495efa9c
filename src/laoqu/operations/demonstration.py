"""The demo ledger: made anew on request, never over an office's own data."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from laoqu.operations import database
from laoqu.operations.backup import keep_aside
from laoqu.operations.refusal import Refusal
from laoqu.operations.restore import empty_database


def mark() -> Path:
    """The file whose presence says that the ledger in this folder is the demo."""
    return settings.HOME / "demo"


def create() -> None:
    """Fill an empty database with the demo ledger, all or nothing."""
    from laoqu.intake.demo import create_demo

    mark().touch()
    with transaction.atomic():
        create_demo()


def recreate() -> Path | None:
    """Replace the demo ledger by a fresh one. Returns: where the old data was kept, if any.

    Raises:
        Refusal: the ledger here is an office's own.
    """
    database.migrate()
    aside = None
    if database.has_ledger():
        if not mark().exists():
            raise Refusal(
                "这里已有正式台账，演示台账不能覆盖它。请把 LAOQU_HOME 设为另一个空文件夹再试。"
            )
        aside = keep_aside("before-demo")
        empty_database()
        database.migrate()
    create()
    return aside
