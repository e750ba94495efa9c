"""The backup file: one zip with a manifest, the rows of every table as JSON lines, and the files.

The rows are written through Django, not by the database's own tool, so that a copy made on SQLite
can be restored on PostgreSQL or on any other database that Django speaks to, and an older copy by a
newer version.
"""

import hashlib
import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from laoqu.operations.refusal import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Part:
    """One entry of the archive. `rows` is None for an uploaded file."""

    name: str
    sha256: str
    size: int
    rows: int | None = None


@dataclass(frozen=True)
class Table:
    """One table: the model it belongs to, its columns in order, and the entry with its rows."""

    model: str
    columns: list[str]
    part: Part


@dataclass(frozen=True)
class Manifest:
    """What the archive holds. `migrations` are the applied ones as [app, name]."""

    version: str
    made_at: str
    demo: bool
    migrations: list[list[str]]
    tables: list[Table]
    files: list[Part]
    key_mark: str = ""
    """What tells the key of personal numbers from another; the key itself is never inside."""
    format: int = FORMAT

    def summary(self) -> str:
        """For a person: when it was made and how much is in it."""
        rows = sum(table.part.rows or 0 for table in self.tables)
        return f"{self.made_at}，{len(self.tables)} 张表 {rows} 行，{len(self.files)} 个文件"

    def parts(self) -> list[Part]:
        return [table.part for table in self.tables] + self.files

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Raises KeyError, TypeError or ValueError when the text is not a manifest."""
        data: dict[str, Any] = json.loads(text)
        tables = [Table(**{**table, "part": Part(**table["part"])}) for table in data["tables"]]
        files = [Part(**part) for part in data["files"]]
        return cls(**{**data, "tables": tables, "files": files})


class HashingWriter:
    """Writes bytes into an entry of a zip and counts and hashes them on the way."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self.size = 0
        self._sha256 = hashlib.sha256()
        self._entry = archive.open(name, "w", force_zip64=True)

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self._sha256.update(data)
        self._entry.write(data)

    def close(self, rows: int | None = None) -> Part:
        self._entry.close()
        return Part(self.name, self._sha256.hexdigest(), self.size, rows)


def add_file(archive: zipfile.ZipFile, path: Path, name: str) -> Part:
    """Copy one file into the archive under `name`."""
    writer = HashingWriter(archive, name)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            writer.write(chunk)
    return writer.close()


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest of an opened backup. Raises Refusal when the file is not a backup of ours."""
    try:
        manifest = Manifest.from_json(archive.read(MANIFEST).decode())
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, OSError):
        raise Refusal("这个文件不是老区的备份，或已损坏。请换一个备份文件。") from None
    if manifest.format != FORMAT:
        raise Refusal("这个备份来自更新的版本。请先升级老区，再恢复。")
    return manifest


def check_part(archive: zipfile.ZipFile, part: Part) -> None:
    """Compare one entry with the manifest: its place, length, hash and number of rows."""
    path = PurePosixPath(part.name)
    if path.is_absolute() or ".." in path.parts or "\\" in part.name or ":" in part.name:
        raise Refusal("备份里有不安全的文件名，没有恢复。请换一个备份文件。")
    digest, size, rows = hashlib.sha256(), 0, 0
    with archive.open(part.name) as entry:
        while chunk := entry.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            rows += chunk.count(b"\n")
    counted = part.rows is None or part.rows == rows
    if (digest.hexdigest(), size, counted) != (part.sha256, part.size, True):
        raise ValueError(part.name)


def read_rows(entry: IO[bytes]) -> Any:
    """The rows of a table entry, one list of column values each."""
    for line in entry:
        yield json.loads(line)
