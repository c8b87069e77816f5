"""`pantau run | worker | web`: the processes that stay up."""

import signal
import threading
from contextlib import suppress
from types import FrameType

import typer
import uvicorn

from service.app import App
from service.cli.console import errors, set_up_logs
from service.cli.desk import desk_of
from service.settings import load_settings
from service.web.app import create_app
from service.worker import scheduled


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(run)
    cli.command()(worker)
    cli.command()(web)


def run() -> None:
    """Do the whole job on schedule on the outlets of config/outlets.toml, and serve the desk."""
    set_up_logs()
    end_in_order()
    with App(load_settings()) as app, scheduled(app):
        errors.print(f"Reading {len(app.outlets)} outlets every {app.settings.crawl.every_minutes} minutes.")
        serve_desk(app)


def worker() -> None:
    """Do the whole job on schedule, without the desk."""
    set_up_logs()
    end_in_order()
    with App(load_settings()) as app, scheduled(app):
        errors.print(f"Reading {len(app.outlets)} outlets every {app.settings.crawl.every_minutes} minutes.")
        threading.Event().wait()


def web() -> None:
    """Serve the desk only; the worker may run elsewhere on the same data."""
    set_up_logs()
    end_in_order()
    with App(load_settings()) as app:
        serve_desk(app)


def end_in_order() -> None:
    """Let SIGINT and SIGTERM unwind the program, so that everything it opened is closed, and end it with code 0."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)


def serve_desk(app: App) -> None:
    """Serve until interrupted."""
    settings = app.settings.web
    errors.print(f"The desk is on [bold]http://{settings.host}:{settings.port}[/]  (Ctrl-C ends it)")
    with suppress(KeyboardInterrupt):
        uvicorn.run(
            create_app(desk_of(app)),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
        )
