"""The files of the project, for the rules that all of them keep."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "tools", "docs", "requirements", "deploy", "benchmarks", ".ci")
TEXT = {".py", ".html", ".css", ".js", ".md", ".txt", ".toml", ".json", ".csv", ".po", ".svg", ""}


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of the project, or those with one of these suffixes; no caches, nothing built."""
    here = [path for path in ROOT.iterdir() if path.is_file()]
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    for path in sorted(here + inside):
        wanted = not suffixes or path.suffix in suffixes
        if wanted and path.is_file() and "__pycache__" not in path.parts and path.name != ".git":
            yield path


def texts() -> Iterator[tuple[str, str]]:
    """Path and content of every text file."""
    for path in files(*TEXT):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
