"""Full-text SQL of each database: the one module with SQL that only one vendor understands.

The words of each row lie in `register_searchentry.bigrams`. SQLite keeps an FTS5 index beside that
table by triggers; PostgreSQL has a GIN index on it.
"""

from typing import Any

TABLE = "register_search"
SQLITE = [
    "CREATE VIRTUAL TABLE IF NOT EXISTS register_search USING fts5("
    "bigrams, content='register_searchentry', content_rowid='id')",
    "CREATE TRIGGER IF NOT EXISTS register_search_added "
    "AFTER INSERT ON register_searchentry BEGIN "
    "INSERT INTO register_search(rowid, bigrams) VALUES (new.id, new.bigrams); END",
    "CREATE TRIGGER IF NOT EXISTS register_search_removed "
    "AFTER DELETE ON register_searchentry BEGIN "
    "INSERT INTO register_search(register_search, rowid, bigrams) "
    "VALUES ('delete', old.id, old.bigrams); END",
    "CREATE TRIGGER IF NOT EXISTS register_search_changed "
    "AFTER UPDATE ON register_searchentry BEGIN "
    "INSERT INTO register_search(register_search, rowid, bigrams) "
    "VALUES ('delete', old.id, old.bigrams); "
    "INSERT INTO register_search(rowid, bigrams) VALUES (new.id, new.bigrams); END",
]
POSTGRESQL = [
    "CREATE INDEX IF NOT EXISTS register_search ON register_searchentry "
    "USING gin (to_tsvector('simple', bigrams))",
]
MATCH = {
    "sqlite": "SELECT entry.object_id FROM register_search JOIN register_searchentry AS entry "
    "ON entry.id = register_search.rowid WHERE entry.model = %s AND register_search MATCH %s",
    "postgresql": "SELECT object_id FROM register_searchentry WHERE model = %s "
    "AND to_tsvector('simple', bigrams) @@ phraseto_tsquery('simple', %s)",
}

HOLDING = {
    "sqlite": "SELECT DISTINCT entry.model FROM register_search JOIN register_searchentry AS entry "
    "ON entry.id = register_search.rowid WHERE register_search MATCH %s",
    "postgresql": "SELECT DISTINCT model FROM register_searchentry "
    "WHERE to_tsvector('simple', bigrams) @@ phraseto_tsquery('simple', %s)",
}


def create_index(connection: Any) -> None:
    """Make the index of this database where it is missing, from the words that are there."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite and TABLE in connection.introspection.table_names(cursor):
            return
        for statement in SQLITE if sqlite else POSTGRESQL:
            cursor.execute(statement)
        if sqlite:
            cursor.execute("INSERT INTO register_search(register_search) VALUES ('rebuild')")


def drop_index(connection: Any) -> None:
    """Take the index away, with the hidden tables that it keeps, so that tables can be dropped."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def phrase(connection: Any, tokens: list[str]) -> str:
    """The tokens, which hold letters and digits only, as one phrase of this database."""
    words = " ".join(tokens)
    return f'"{words}"' if connection.vendor == "sqlite" else words
