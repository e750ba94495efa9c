"""Restore: check the whole backup first, keep the present data aside, then replace all or nothing.

The database part is one transaction, so a restore that is killed leaves the ledger as it was.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from laoqu.access.audit import write_entry
from laoqu.operations import database
from laoqu.operations.archive import Manifest, Part, check_part, read_manifest, read_rows
from laoqu.operations.backup import keep_aside, key_mark, stored_files, tables
from laoqu.operations.operators import COMMAND
from laoqu.operations.refusal import Refusal
from laoqu.register.search_sql import create_index, drop_index

BATCH = 500


def verify(path: Path) -> Manifest:
    """Check every hash and row count of a backup; touches no data.

    Raises:
        Refusal: the file is missing, damaged or not a backup.
    """
    with _opened(path) as archive:
        manifest = read_manifest(archive)
        _check_all(archive, manifest)
    return manifest


def restore_from(path: Path) -> Path | None:
    """Replace the present data by the backup. Returns: where the present data was kept, if any.

    Raises:
        Refusal: the backup is damaged or from a newer version; then nothing has changed.
    """
    with _opened(path) as archive:
        manifest = read_manifest(archive)
        _check_all(archive, manifest)
        _check_version(manifest)
        aside = keep_aside("before-restore") if _has_tables() else None
        waiting = [part for part in manifest.files if not _store(archive, part, replace=False)]
        with _free_to_rebuild(), transaction.atomic():
            _drop_tables()
            _load_tables(archive, manifest)
            database.migrate()
            write_entry(COMMAND, "恢复备份", subject=f"{path.name} {manifest.made_at}")
        for part in waiting:
            _store(archive, part, replace=True)
        _mark_demo(manifest.demo)
    return aside


def needs_other_key(path: Path) -> bool:
    """Whether numbers of persons in a backup were sealed with another key than ours."""
    with _opened(path) as archive:
        mark = read_manifest(archive).key_mark
    return mark not in ("", key_mark())


def empty_database() -> None:
    """Drop every table, all or nothing; the caller has kept a copy."""
    with _free_to_rebuild(), transaction.atomic():
        _drop_tables()


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Refusal(f"找不到备份文件 {path}，请检查文件名。") from None
    except (zipfile.BadZipFile, OSError):
        raise Refusal("这个文件不是老区的备份，或已损坏。请换一个备份文件。") from None
    with archive:
        yield archive


def _check_all(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    try:
        for part in manifest.parts():
            check_part(archive, part)
    except Refusal:
        raise
    except Exception:  # a damaged zip fails in many ways: bad CRC, bad block, missing entry
        raise Refusal("备份已损坏，没有恢复，现有数据未动。请换一个备份文件。") from None


def _check_version(manifest: Manifest) -> None:
    known = MigrationExecutor(connection).loader.graph.nodes
    if any((app, name) not in known for app, name in manifest.migrations):
        raise Refusal("这个备份来自更新的版本。请先升级老区，再恢复。")


def _has_tables() -> bool:
    return bool(connection.introspection.table_names())


@contextmanager
def _free_to_rebuild() -> Iterator[None]:
    """Let tables be dropped and made inside one transaction."""
    if not connection.features.can_rollback_ddl:
        raise Refusal("这种数据库不能整体恢复。请恢复到 SQLite 或 PostgreSQL。")
    connection.disable_constraint_checking()  # SQLite accepts this only outside a transaction
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def _drop_tables() -> None:
    drop_index(connection)
    with connection.schema_editor() as editor:
        for table in connection.introspection.table_names():
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})


def _load_tables(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Build the schema that the backup was made with, and put its rows back as they were."""
    executor = MigrationExecutor(connection)
    applied = [(app, name) for app, name in manifest.migrations]
    if set(applied) == set(executor.loader.graph.nodes):
        database.build_schema(executor)
    else:
        executor.migrate(_last_of_each_app(executor, manifest))
    schema = executor.loader.project_state(applied).apps
    models_by_label = {model._meta.label_lower: model for model in tables(schema)}
    for table in manifest.tables:
        model = models_by_label[table.model]
        with archive.open(table.part.name) as entry:
            _load_rows(model, table.columns, read_rows(entry))
    connection.check_constraints()
    with connection.cursor() as cursor:
        filled = list(models_by_label.values())
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
    create_index(connection)


def _last_of_each_app(executor: MigrationExecutor, manifest: Manifest) -> list[tuple[str, str]]:
    applied = {(app, name) for app, name in manifest.migrations}
    graph = executor.loader.graph
    return [
        node
        for node in sorted(applied)
        if not any(
            child.key in applied and child.key[0] == node[0]
            for child in graph.node_map[node].children
        )
    ]


def _load_rows(model: type[models.Model], columns: list[str], rows: Iterator[list[Any]]) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for field in fields.values():  # this model is a throw-away copy: keep the times as they were
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False
    ordered = [fields[column] for column in columns]
    batch: list[models.Model] = []
    for values in rows:
        named = zip(ordered, values, strict=True)
        batch.append(model(**{field.attname: field.to_python(value) for field, value in named}))
        if len(batch) == BATCH:
            model._base_manager.bulk_create(batch)
            batch.clear()
    model._base_manager.bulk_create(batch)


def _store(archive: zipfile.ZipFile, part: Part, replace: bool) -> bool:
    """Put one file back. Returns: False when another file has its name and may not be replaced."""
    target = stored_files() / part.name.removeprefix("files/")
    if target.exists():
        if hashlib.sha256(target.read_bytes()).hexdigest() == part.sha256:
            return True
        if not replace:
            return False
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    unfinished.write_bytes(archive.read(part.name))
    os.replace(unfinished, target)
    return True


def _mark_demo(demo: bool) -> None:
    mark = cast(Path, settings.HOME) / "demo"
    if demo:
        mark.touch()
    else:
        mark.unlink(missing_ok=True)
