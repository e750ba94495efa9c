"""The database as operations see it: brought up to date, and whether a ledger is in it."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor


def migrate() -> None:
    """Bring the database up to date; an empty one gets all its tables at once."""
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        connection.disable_constraint_checking()  # SQLite makes tables only without
        try:
            with transaction.atomic():
                build_schema(executor)
        finally:
            connection.enable_constraint_checking()
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def build_schema(executor: MigrationExecutor) -> None:
    """Make the tables of an empty database from the models, and note our migrations as done.

    Replaying our migrations one by one gives the same tables, in minutes instead of seconds. Those
    of other packages are replayed, because some of them also write the rows that they start from.
    """
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("laoqu.")}
    nodes = executor.loader.graph.nodes
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours])
    with connection.schema_editor() as editor:
        for label in ours:
            for model in apps.get_app_config(label).get_models():
                editor.create_model(model)
    for app, name in sorted(nodes):
        if app in ours:
            executor.recorder.record_applied(app, name)


def has_ledger() -> bool:
    """Whether an association has been set up."""
    from laoqu.access.models import Association

    return Association.objects.exists()
