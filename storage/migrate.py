"""Brings a database to the newest schema, in this process and inside the caller's transaction.

After a change of the tables, before the first release: `python -m storage.migrate` writes
versions/0001_initial.py anew, formatted. Afterwards a change is a further file in migrations/versions/.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine

_HERE = Path(__file__).parent / "migrations"
_TIDY = {
    "hooks": "tidy",
    "tidy.type": "module",
    "tidy.module": "ruff",
    "tidy.options": "format --quiet REVISION_SCRIPT_FILENAME",
}


def upgrade(connection: Connection) -> None:
    """Runs what is missing, all of it or nothing: DDL is transactional on SQLite as on PostgreSQL."""
    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def rewrite_initial() -> None:
    """The whole schema as one migration, from the tables as they stand."""
    for old in (_HERE / "versions").glob("*.py"):
        old.unlink()
    with create_engine("sqlite://").connect() as connection:
        config = _config(connection)
        for option, value in _TIDY.items():
            config.set_section_option("post_write_hooks", option, value)
        command.revision(config, "initial", autogenerate=True, rev_id="0001")


if __name__ == "__main__":
    rewrite_initial()
