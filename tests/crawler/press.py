"""A small press on 127.0.0.1 for crawl tests, and the crawl as the real process."""

import os
import resource
import sys
import threading
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from crawler.__main__ import main
from crawler.events import DoneEvent, Event, PageEvent, SourceEvent, WarcEvent, read_event
from crawler.job import CrawlJob, Limits
from crawler.outlets.outlet import Outlet, Source

ROOT = Path(__file__).parents[2]
FAST = Limits(delay=0.0, autothrottle=False, retry_delay=0.0, backoff=0.0, per_host=8, timeout=5.0)


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `cut` ends the connection after it, whatever its Content-Length promised."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """One HTTP request."""

    host: str
    path: str
    headers: Mapping[str, str]


Route = Callable[[Asked], Answer]


class Press:
    """Serves what its routes say, by path or by host and path; `asked` counts the requests to each path."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: dict[str, int] = defaultdict(int)
        self.log: list[Asked] = []
        self._lock = threading.Lock()
        press = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked(self.headers.get("Host", ""), self.path, dict(self.headers.items()))
                answer = press.answer(asked)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if not any(name.lower() == "content-length" for name in answer.headers):
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if answer.status != 304:
                    self.wfile.write(answer.body)
                self.close_connection = answer.cut

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: object) -> None:
                """A crawler that hangs up is no error of the press."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked[asked.path] += 1
            self.log.append(asked)
        route = self.routes.get(f"{asked.host.partition(':')[0]}{asked.path}") or self.routes.get(asked.path)
        return route(asked) if route is not None else Answer(b"tidak ada", 404)

    def url(self, path: str, host: str = "kabar.localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, html: str, **headers: str) -> None:
        answer = Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})
        self.routes[path] = lambda asked: answer

    def article(self, path: str, title: str = "Peserta BPJS Ketenagakerjaan bertambah", more: str = "") -> None:
        text = f"<p>{title}. Kantor cabang mencatat 1.234 peserta baru pada bulan ini di kota kami.</p>" * 3
        self.page(path, f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}{more}</body></html>")

    def status(self, path: str, status: int, **headers: str) -> None:
        self.routes[path] = lambda asked: Answer(b"galat", status, {"Content-Type": "text/html", **headers})

    def feed(self, path: str, links: list[tuple[str, str]], etag: str | None = None) -> None:
        items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for link, title in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title>{items}</channel></rss>'.encode()

        def route(asked: Asked) -> Answer:
            if etag is not None and asked.headers.get("If-None-Match") == etag:
                return Answer(status=304, headers={"ETag": etag})
            return Answer(body, headers={"Content-Type": "application/rss+xml", **({"ETag": etag} if etag else {})})

        self.routes[path] = route


@contextmanager
def a_press() -> Iterator[Press]:
    press = Press()
    thread = threading.Thread(target=press.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield press
    finally:
        press.server.shutdown()
        press.server.server_close()
        thread.join()


def an_outlet(press: Press, *sources: Source, host: str = "kabar.localhost", **more: Any) -> Outlet:
    known = {
        "id": host.split(".")[0],
        "name": "Kabar",
        "tier": "local",
        "province": "72",
        "timezone": "Asia/Makassar",
        "article": r"/berita/",
    }
    return Outlet(**{**known, "home": press.url("/", host), "sources": sources, **more})


def a_job(folder: Path, *outlets: Outlet, limits: Limits = FAST, **more: Any) -> CrawlJob:
    settings = {"allow_loopback": True, "user_agent": "PantauTest/1.0", "first_words": ("bpjs",), **more}
    return CrawlJob(outlets, folder / "spool", folder / "state" / "crawl.sqlite", limits=limits, **settings)


@dataclass(frozen=True)
class Crawled:
    """The events of a crawl that ended."""

    events: tuple[Event, ...]
    errors: str

    @property
    def sources(self) -> list[SourceEvent]:
        return [event for event in self.events if isinstance(event, SourceEvent)]

    @property
    def pages(self) -> list[PageEvent]:
        return [event for event in self.events if isinstance(event, PageEvent)]

    @property
    def warcs(self) -> list[Path]:
        return [Path(event.path) for event in self.events if isinstance(event, WarcEvent)]

    def page(self, url: str) -> PageEvent:
        (event,) = [event for event in self.pages if event.url == url]
        return event


class Running:
    """A crawl under way. Its process is forked from one that has Scrapy loaded: loading costs more than most crawls."""

    def __init__(self, job: CrawlJob, prepare: Callable[[], None]) -> None:
        self._folder = Path(mkdtemp(prefix="crawl"))
        self._out, self._errors = self._folder / "out", self._folder / "errors"
        os.mkfifo(self._out)
        self._process = FORKS.Process(target=_main, args=(job.to_json(), str(self._out), str(self._errors), prepare))
        self._process.start()
        self._lines = self._out.open(encoding="utf-8")

    def line(self) -> str:
        """The next line of stdout; empty at its end."""
        return self._lines.readline()

    def turn_away(self) -> None:
        """Read no further."""
        self._lines.close()

    def is_alive(self) -> bool:
        """Whether the process has not ended yet."""
        return self._process.is_alive()

    def kill(self) -> None:
        """End the process without a word (SIGKILL)."""
        self._process.kill()
        self.end()

    def terminate(self) -> None:
        """Ask the process to end (SIGTERM)."""
        self._process.terminate()

    def end(self) -> tuple[int | None, str, str]:
        """Exit status, rest of stdout, and stderr of the process, once it has ended."""
        out = "" if self._lines.closed else self._lines.read()
        self._lines.close()
        self._process.join(60)
        status, errors = self._process.exitcode, self._errors.read_text(encoding="utf-8")
        self._process.close()
        rmtree(self._folder)
        return status, out, errors


def _main(job: str, out: str, errors: str, prepare: Callable[[], None]) -> None:
    """What `python -m crawler` does, in a forked process: streams first, then the entry point."""
    prepare()
    with Path(errors).open("w", encoding="utf-8") as sys.stderr, Path(out).open("w", encoding="utf-8") as sys.stdout:
        sys.stdin = StringIO(job)
        warnings.simplefilter("error")
        sys.exit(main())


def note_connections(path: Path) -> None:
    """Write every address that this process connects to, whoever asks for it, as the interpreter itself sees it."""
    file = path.open("w", encoding="utf-8")

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            file.write(f"{arguments[1][0]}:{arguments[1][1]}\n")
            file.flush()

    sys.addaudithook(note)


FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        "tests.crawler.press",
        "crawler.__main__",
        "crawler.middlewares",
        "scrapy.core.downloader.handlers.http11",
        "scrapy.core.downloader.contextfactory",
        "scrapy.core.engine",
        "scrapy.core.scheduler",
        "scrapy.downloadermiddlewares.httpcompression",
        "scrapy.downloadermiddlewares.redirect",
        "scrapy.extensions.throttle",
    ]
)


def as_usual() -> None:
    """Prepare nothing."""


def no_file_beyond(size: int) -> None:
    """Let no file of this process grow beyond so many bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def start(job: CrawlJob, prepare: Callable[[], None] = as_usual) -> Running:
    """Start the crawl, in a process that calls `prepare` first."""
    return Running(job, prepare)


def crawl(job: CrawlJob, connections: Path | None = None) -> Crawled:
    status, out, errors = start(job, as_usual if connections is None else partial(note_connections, connections)).end()
    assert status == 0, errors
    assert "Traceback" not in errors, errors
    events = tuple(read_event(line) for line in out.splitlines())
    assert isinstance(events[-1], DoneEvent)
    return Crawled(events, errors)
