"""The database as operations see it: brought up to date, and whether a ledger is in it."""

from django.core.management import call_command


def migrate() -> None:
    """Bring the database up to date; quick when it already is."""
    call_command("migrate", interactive=False, verbosity=0)


def has_ledger() -> bool:
    """Whether an association has been set up."""
    from laoqu.access.models import Association

    return Association.objects.exists()
