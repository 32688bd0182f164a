"""Brings a database to the newest schema, in this process and inside the caller's transaction.

After a change of the tables: `python -m storage.migrate telegram` compares them with what the migrations make, and
writes the difference as a further file there, formatted, to be read before it is committed. What tables cannot say
(triggers) is written by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

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
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_begun(connection: Connection) -> bool:
    """Whether there is anything of ours at all."""
    return inspect(connection).has_table("facts")


def is_newest(connection: Connection) -> bool:
    """Whether the schema is the one that this code was written for."""
    newest = ScriptDirectory.from_config(_config(connection)).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(newest)


def write_next(name: str) -> None:
    """What the tables have and the migrations do not make, as one more migration."""
    with create_engine("sqlite://").connect() as connection:
        config = _config(connection)
        upgrade(connection)
        newest = ScriptDirectory.from_config(config).get_current_head() or "0000"
        for option, value in _TIDY.items():
            config.set_section_option("post_write_hooks", option, value)
        command.revision(config, name, autogenerate=True, rev_id=f"{int(newest) + 1:04}")


if __name__ == "__main__":
    write_next(sys.argv[1])
