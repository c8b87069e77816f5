"""`pantau run | worker | web`: the processes that stay up."""

import signal
import threading
from contextlib import ExitStack

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
    with ExitStack() as stack:
        app = stack.enter_context(App(load_settings()))
        stack.enter_context(schedule.WorkerLock(app.settings.data / "worker.lock"))
        scheduler = schedule.start(app)
        stack.callback(scheduler.shutdown)
        errors.print(f"Reading {len(app.outlets)} outlets every {app.settings.crawl.every_minutes} minutes.")
        serve_desk(app)


def worker() -> None:
    """Do the whole job on schedule, without the desk."""
    set_up_logs()
    end = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: end.set())
    with ExitStack() as stack:
        app = stack.enter_context(App(load_settings()))
        stack.enter_context(schedule.WorkerLock(app.settings.data / "worker.lock"))
        scheduler = schedule.start(app)
        stack.callback(scheduler.shutdown)
        errors.print(f"Reading {len(app.outlets)} outlets every {app.settings.crawl.every_minutes} minutes.")
        end.wait()


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
