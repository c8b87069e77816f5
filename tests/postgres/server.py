"""A real PostgreSQL for one run of the tests, reached through a socket in a folder of its own."""

import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, text

from service.adapters.sql.store import SqlStore

_PLACES = "/usr/lib/postgresql/*/bin"
_TEMPLATE = "migrated"
# What is stored need not outlive the tests.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "timezone=UTC")


class NotInstalled(Exception):
    """There is no PostgreSQL to run here; the message says what to do."""


class PostgresServer:
    """A server with its data in `folder`."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder = folder
        self._programs = programs
        self._number = 0
        if _is_root():
            shutil.chown(folder, "nobody", "nogroup")

    def start(self) -> None:
        """Start it and wait until it answers; CalledProcessError, with what it printed, where it does not."""
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-U", "pantau", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        settings = " ".join(f"-c {it}" for it in (*_SETTINGS, f"unix_socket_directories={self._folder}"))
        self._run("pg_ctl", "-D", data, "-l", str(self._folder / "log"), "-w", "-o", settings, "start")

    def stop(self) -> None:
        """End it and forget what it held."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def empty(self) -> str:
        """The URL of a new, empty database; the one of the call before is gone."""
        return self._new("template0")

    def migrated(self) -> str:
        """The URL of a new database with the schema of this version; the one of the call before is gone."""
        return self._new(_TEMPLATE)

    def prepare(self) -> None:
        """Make what `migrated` copies."""
        self._execute(f"CREATE DATABASE {_TEMPLATE}")
        store = SqlStore(self._url(_TEMPLATE))
        store.migrate()
        store.close()

    def _new(self, template: str) -> str:
        self._execute(f"DROP DATABASE IF EXISTS pantau{self._number} WITH (FORCE)")
        self._number += 1
        self._execute(f"CREATE DATABASE pantau{self._number} TEMPLATE {template}")
        return self._url(f"pantau{self._number}")

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://pantau@/{database}?host={self._folder}"

    def _execute(self, statement: str) -> None:
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self._folder,
            check=True,
            # Pipes would be held open by the server that it leaves behind.
            stdout=subprocess.DEVNULL,
            user="nobody" if _is_root() else None,
            group="nogroup" if _is_root() else None,
            extra_groups=[] if _is_root() else None,
        )


@cache
def server() -> PostgresServer:
    """The server of this run, started when it is first asked for; NotInstalled where there is none."""
    programs = _programs()
    started = PostgresServer(Path(tempfile.mkdtemp(prefix="pantau-postgres-", dir=_memory())), programs)
    started.start()
    ending.callback(started.stop)
    started.prepare()
    return started


ending = ExitStack()
"""What is to be done when the tests are over."""


def _programs() -> Path:
    """The folder of the newest PostgreSQL there is; NotInstalled where there is none."""
    found = [it for it in Path("/").glob(_PLACES.removeprefix("/")) if (it / "initdb").exists()]
    on_the_path = shutil.which("initdb")
    if found:
        return max(found, key=lambda it: int(it.parent.name))
    if on_the_path is not None:
        return Path(on_the_path).resolve().parent
    raise NotInstalled("PostgreSQL is not installed: run make postgresql")


def _memory() -> Path | None:
    shared = Path("/dev/shm")
    return shared if os.access(shared, os.W_OK) else None


def _is_root() -> bool:
    """Whether another user has to run it: it refuses root."""
    return os.geteuid() == 0
