"""Brings a database to the newest schema, in this process and inside the caller's transaction.

After a change of the tables, before the first release: `python -m storage.migrate` writes
versions/0001_initial.py anew, formatted. What tables cannot say (triggers) stands in further files there, written by
hand; after the first release every change is a further file.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

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


def rewrite_initial() -> None:
    """The whole schema as one migration, from the tables as they stand; further migrations stay as they are."""
    with TemporaryDirectory() as folder, create_engine("sqlite://").connect() as connection:
        config = _config(connection)
        config.set_main_option("version_locations", folder)  # alone, so that it begins from nothing
        for option, value in _TIDY.items():
            config.set_section_option("post_write_hooks", option, value)
        command.revision(config, "initial", autogenerate=True, rev_id="0001", version_path=folder)
        written = Path(folder, "0001_initial.py").read_text("utf-8")
        (_HERE / "versions" / "0001_initial.py").write_text(written, "utf-8")


if __name__ == "__main__":
    rewrite_initial()
