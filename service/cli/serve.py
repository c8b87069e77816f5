"""`pantau run | worker | web`: the processes that stay up."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer
import uvicorn
from rich.text import Text

from service.app import App
from service.cli.console import errors, set_up_logs
from service.cli.desk import desk_of
from service.errors import PantauError
from service.settings import Web, load_settings
from service.web.app import create_app
from service.worker import Worker


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(run)
    cli.command()(worker)
    cli.command()(web)


def run() -> None:
    """Do the whole job on schedule on the outlets of config/outlets.toml, and serve the desk."""
    set_up_logs()
    end_in_order()
    with App(load_settings()) as app, desk_port(app.settings.web) as port, Worker(app) as running:
        errors.print(_announcement(app, running))
        serve_desk(app, port)


def worker() -> None:
    """Do the whole job on schedule, without the desk."""
    set_up_logs()
    end_in_order()
    with App(load_settings()) as app, Worker(app) as running:
        errors.print(_announcement(app, running))
        threading.Event().wait()


def _announcement(app: App, running: Worker) -> str:
    if running.waits_for is not None:
        return f"Another worker does the jobs ({running.waits_for}). This one waits, and takes over when that one ends."
    crawl = app.settings.crawl
    every = f"every {crawl.poll_min_minutes} to {crawl.poll_max_minutes} minutes, by how often they publish"
    return f"Reading the sources of {len(app.outlets)} outlets {every}."


def web() -> None:
    """Serve the desk only; the worker may run elsewhere on the same data."""
    set_up_logs()
    end_in_order()
    with App(load_settings()) as app, desk_port(app.settings.web) as port:
        serve_desk(app, port)


def end_in_order() -> None:
    """Let SIGINT and SIGTERM unwind the program, so that everything it opened is closed, and end it with code 0."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)


@contextmanager
def desk_port(web: Web) -> Iterator[socket.socket]:
    """The desk's address, taken before anything else is begun; PantauError where it cannot be had."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    with socket.socket(family) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((web.host, web.port))
        except OSError as error:
            raise PantauError(
                f"the desk cannot be served on {web.host}:{web.port} ({error.strerror}); "
                "free the port or set another one: [web] port in config/pantau.toml, --port of the demo"
            ) from error
        yield taken


def serve_desk(app: App, port: socket.socket) -> None:
    """Serve on this port until interrupted."""
    settings = app.settings.web
    address = Text(f"http://{settings.host}:{settings.port}", "bold")
    errors.print(Text.assemble("The desk is on ", address, "  (Ctrl-C ends it)"))
    if settings.sign_in and app.signing_in.is_unused():
        errors.print("Nobody can sign in yet: pantau people add EMAIL --name NAME --role admin --invite")
    config = uvicorn.Config(
        create_app(desk_of(app)), log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5
    )
    uvicorn.Server(config).run(sockets=[port])
