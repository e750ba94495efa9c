"""Where Laoqu keeps its data: one folder that can be copied, backed up and moved."""

import os
import secrets
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """The data folder: `LAOQU_HOME`, else `var/` inside a checkout, else the user's data folder."""
    named = os.environ.get("LAOQU_HOME")
    if named:
        return Path(named).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").exists():
        return checkout / "var"
    return Path(platformdirs.user_data_dir("laoqu", appauthor=False))


def secret_key(folder: Path) -> str:
    """The signing key of this installation, made on first use and readable by its owner only."""
    return _kept(folder / "secret_key", secrets.token_urlsafe(50))


def personal_key(folder: Path) -> bytes:
    """The key under which numbers of persons are kept, 32 bytes; it is never in the database or in
    a backup, so that a lost backup tells nothing."""
    return bytes.fromhex(_kept(folder / "personal_key", secrets.token_hex(32)))


def _kept(path: Path, made: str) -> str:
    """What the file says; where there is none, `made` becomes its text."""
    try:
        if path.stat().st_mode & 0o077 and os.name == "posix":
            path.chmod(0o600)  # copied back with wider rights
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(made)
        return made
