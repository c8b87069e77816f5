"""`pantau run | worker | web`: the processes that stay up."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import typer
import uvicorn

from service import worker as schedule
from service.app import App
from service.cli.console import errors, set_up_logs
from service.cli.desk import desk_of
from service.settings import load_settings
from service.web.app import create_app


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(run)
    cli.command()(worker)
    cli.command()(web)


def run() -> None:
    """Do the whole job on schedule on the outlets of config/outlets.toml, and serve the desk."""
    set_up_logs()
    with _at_work() as app:
        serve_desk(app)


def worker() -> None:
    """Do the whole job on schedule, without the desk."""
    set_up_logs()
    end = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: end.set())
    with _at_work():
        end.wait()


@contextmanager
def _at_work() -> Iterator[App]:
    """The app while its jobs run on schedule; ours alone on these data."""
    with App(load_settings()) as app, schedule.WorkerLock(app.settings.data / "worker.lock"):
        scheduler = schedule.start(app)
        try:
            errors.print(f"Reading {len(app.outlets)} outlets every {app.settings.crawl.every_minutes} minutes.")
            yield app
        finally:
            scheduler.shutdown()


def web() -> None:
    """Serve the desk only; the worker may run elsewhere on the same data."""
    set_up_logs()
    with App(load_settings()) as app:
        serve_desk(app)


def serve_desk(app: App) -> None:
    """Serve until interrupted."""
    settings = app.settings.web
    errors.print(f"The desk is on [bold]http://{settings.host}:{settings.port}[/]  (Ctrl-C ends it)")
    uvicorn.run(
        create_app(desk_of(app)),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
