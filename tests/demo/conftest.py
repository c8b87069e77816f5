from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from demo.newsroom import Newsroom
from demo.server import NewsroomServer, serve
from tests.ports import free_port

ANCHOR = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


Get = Callable[..., Answer]


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return Newsroom(ANCHOR, free_port())


@pytest.fixture(scope="session")
def server(newsroom: Newsroom) -> Iterator[NewsroomServer]:
    with serve(newsroom) as running:
        yield running


@pytest.fixture(scope="session")
def get(server: NewsroomServer) -> Iterator[Get]:
    """Ask for a URL; the virtual host goes into the Host header, so that no resolver is needed."""
    connection = HTTPConnection("127.0.0.1", server.newsroom.port)

    def ask(url: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers={"Host": parts.netloc, **named})
        response = connection.getresponse()
        return Answer(
            response.status, {name.lower(): value for name, value in response.headers.items()}, response.read()
        )

    yield ask
    connection.close()
