"""The schema's history: revisions are appended, never edited. Run from code, so no alembic.ini is needed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from service.errors import StoreError

# Any fixed number: PostgreSQL lets one process at a time hold it.
_MIGRATION_LOCK = 0x70616E746175


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest revision, all or nothing; of two processes the second finds it done."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        configuration = _configuration()
        _refuse_newer(connection, ScriptDirectory.from_config(configuration))
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")


def check(connection: Connection) -> None:
    """Raise StoreError, saying what to do, when the schema is not of this version."""
    scripts = ScriptDirectory.from_config(_configuration())
    _refuse_newer(connection, scripts)
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        raise StoreError("the database is empty: any stage of pantau prepares it, for example `pantau ingest`")
    if current != scripts.get_current_head():
        raise StoreError(
            f"the database is of an older version ({current}): stop Pantau and start it anew, which upgrades it"
        )


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(
            f"the database was written by a newer Pantau (revision {current}): install that version or restore the"
            " backup made before the upgrade"
        )


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return configuration
