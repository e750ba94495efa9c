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
    from laoqu.coordination.rounds.demo import create_demo_round
    from laoqu.intake.demo import create_demo
    from laoqu.operations.demo_rows import create_demo_rows

    mark().touch()
    with transaction.atomic():
        association = create_demo()
        create_demo_round(association)
        create_demo_rows(association)


def put_aside() -> Path | None:
    """Empty a database that holds the demo. Returns: where a copy of it was kept, if it did."""
    if not (mark().exists() and database.has_ledger()):
        return None
    aside = keep_aside("demo")
    empty_database()
    database.migrate()
    mark().unlink()
    return aside


def recreate() -> Path | None:
    """Replace the demo ledger by a fresh one. Returns: where the old one was kept, if any.

    Raises:
        Refusal: the ledger here is an office's own.
    """
    database.migrate()
    aside = put_aside()
    if database.has_ledger():
        raise Refusal(
            "这里已有正式台账，演示台账不能覆盖它。请把 LAOQU_HOME 设为另一个空文件夹再试。"
        )
    create()
    return aside
