"""The sample newsroom's web server: every outlet a virtual host on one port of 127.0.0.1.

Errors: PortInUse (another program listens there).
"""

import errno
import hashlib
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from demo.newsroom import Newsroom
from demo.pages import Resource, resources, route_of

ADDRESS = "127.0.0.1"
_MEANINGFUL = ("page", "sesi")  # other query parameters, such as utm_source, change nothing


class PortInUse(RuntimeError):
    """The port is taken; the message says what to do."""


class NewsroomServer(ThreadingHTTPServer):
    """Serves a newsroom. `hits` counts the requests by host and path with query, for instance "sagara.localhost/atom.xml"."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.hits: Counter[str] = Counter()
        self._counting = threading.Lock()
        self._routes: Mapping[str, Resource] = {
            route_of(url): resource for url, resource in resources(newsroom).items()
        }
        super().__init__((ADDRESS, newsroom.port), _Handler)

    def resource(self, host: str, target: str) -> Resource | None:
        """What stands at the target (path with query) of the host; None where nothing does."""
        parts = urlsplit(target)
        query = [
            (key, value)
            for key, value in parse_qsl(parts.query)
            if key in _MEANINGFUL and (key, value) != ("page", "1")
        ]
        return self._routes.get(f"{host}{parts.path}" + (f"?{urlencode(query)}" if query else ""))

    def count(self, host: str, target: str) -> None:
        """Note a request."""
        with self._counting:
            self.hits[host + target] += 1


@contextmanager
def serve(newsroom: Newsroom) -> Iterator[NewsroomServer]:
    """Serve the newsroom on its port until the block ends; raises PortInUse."""
    try:
        server = NewsroomServer(newsroom)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        message = f"port {newsroom.port} of {ADDRESS} is taken by another program: stop it, or choose another port"
        raise PortInUse(message) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="newsroom", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: NewsroomServer
    server_version = "Newsroom"
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = (
        True  # headers and body are two writes; waiting for an ACK between them costs 40 ms a page
    )

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        self.server.count(host, self.path)
        resource = self.server.resource(host, self.path)
        if resource is None:
            self._answer(HTTPStatus.NOT_FOUND, b"<h1>404: halaman tidak ditemukan</h1>", {"Content-Type": "text/html"})
            return
        headers = {"Content-Type": resource.content_type}
        if resource.location:
            headers["Location"] = resource.location
        body = resource.render()
        if resource.modified:
            tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            headers |= {"ETag": tag, "Last-Modified": format_datetime(resource.modified, usegmt=True)}
            if self._has_it_already(tag, resource.modified):
                self._answer(HTTPStatus.NOT_MODIFIED, b"", headers)
                return
        self._answer(resource.status, body, headers)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _has_it_already(self, tag: str, modified: datetime) -> bool:
        if known := self.headers.get("If-None-Match"):
            return tag in known
        if since := self.headers.get("If-Modified-Since"):
            try:
                return modified <= parsedate_to_datetime(since).replace(tzinfo=UTC)
            except ValueError:
                return False
        return False

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and status != HTTPStatus.NOT_MODIFIED:
                self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # A reader that has seen enough hangs up, as it should on the 15 MB page.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: `hits` is the log."""
