"""Backup: all rows at one moment and all uploaded files, in one file that can be checked."""

import hashlib
import json
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from laoqu.operations.archive import MANIFEST, HashingWriter, Manifest, Part, Table, add_file
from laoqu.operations.refusal import Refusal

KEPT_DAYS = 14
DAY = timedelta(days=1)
LEFT_OUT = {"sessions.session"}  # who is logged in is not data of the office


def key_mark() -> str:
    """The fingerprint of the key under which numbers of persons are sealed here."""
    return hashlib.sha256(b"mark" + settings.PERSONAL_KEY).hexdigest()[:16]


def key_file() -> Path:
    """Where that key lies."""
    folder: Path = settings.HOME
    return folder / "personal_key"


def back_up(path: Path) -> Manifest:
    """Write a backup to `path`; the file appears only when it is complete.

    Raises:
        Refusal: the folder does not exist or the database is empty.
    """
    if not path.absolute().parent.is_dir():
        raise Refusal(f"文件夹 {path.absolute().parent} 不存在，请先建好。")
    unfinished = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _write(archive)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def keep_aside(name: str) -> Path:
    """Keep a copy of the present data in the backup folder before something replaces it."""
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S-%f")
    path = backup_folder() / f"{name}-{stamp}.zip"
    back_up(path)
    return path


def backup_folder() -> Path:
    """Where copies are kept; made when it is not there."""
    folder: Path = settings.HOME / "backup"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def last_backup_at() -> datetime | None:
    """When the newest copy in the backup folder was made."""
    made = [path.stat().st_mtime for path in backup_folder().glob("*.zip")]
    return datetime.fromtimestamp(max(made), UTC) if made else None


def back_up_daily(stopping: threading.Event, then: Callable[[], object]) -> None:
    """Keep a copy now if the last is older than a day, and then every day, until told to stop.

    Args:
        then: the other work of the night, done after each copy.
    """
    while True:
        try:
            if back_up_if_due() is not None:
                then()
        except Exception as error:
            print(f"每日备份和比对没有成功：{error}。请检查磁盘空间。", flush=True)
        finally:
            connection.close()
        if stopping.wait(timeout=600):
            return


def back_up_if_due() -> Path | None:
    """Keep a daily copy when the newest is older than a day, and only the last fourteen of them."""
    last = last_backup_at()
    if last is not None and timezone.now() - last < DAY:
        return None
    path = keep_aside("daily")
    for old in sorted(backup_folder().glob("daily-*.zip"))[:-KEPT_DAYS]:
        old.unlink()
    return path


def stored_files() -> Path:
    """The folder of uploaded files."""
    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def tables(apps: Apps) -> Iterator[type[models.Model]]:
    """Every table of a schema, link tables of many-to-many fields included."""
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy and options.label_lower not in LEFT_OUT:
            yield model


def _write(archive: zipfile.ZipFile) -> Manifest:
    with _one_moment():
        loader = MigrationLoader(connection)
        applied = [list(node) for node in loader.applied_migrations if node in loader.graph.nodes]
        if not applied:
            raise Refusal("数据库还是空的，没有可备份的数据。请先运行 laoqu serve。")
        schema = loader.project_state([(app, name) for app, name in applied]).apps
        written = [_write_table(archive, model) for model in tables(schema)]
    manifest = Manifest(
        version=version("laoqu"),
        made_at=timezone.localtime().strftime("%Y-%m-%d %H:%M:%S"),
        demo=(settings.HOME / "demo").exists(),
        migrations=sorted(applied),
        tables=written,
        files=_write_files(archive),
        key_mark=key_mark(),
    )
    archive.writestr(MANIFEST, manifest.to_json())
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, while others go on writing where the database can."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor != "sqlite":  # SQLite reads one moment anyhow
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> Table:
    fields = model._meta.concrete_fields
    writer = HashingWriter(archive, f"tables/{model._meta.label_lower}.jsonl")
    rows = 0
    for row in model._base_manager.order_by("pk").iterator(chunk_size=2000):
        values = [_plain(field, row) for field in fields]
        line = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)
        writer.write(line.encode() + b"\n")
        rows += 1
    columns = [field.attname for field in fields]
    return Table(model._meta.label_lower, columns, writer.close(rows))


def _plain(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    """The value as JSON can hold it, so that `field.to_python` gives it back."""
    value = getattr(row, field.attname)
    if isinstance(field, models.FileField | models.BinaryField):
        return field.value_to_string(row)
    return value


def _write_files(archive: zipfile.ZipFile) -> list[Part]:
    root = stored_files()
    found = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []
    return [add_file(archive, path, f"files/{path.relative_to(root).as_posix()}") for path in found]
