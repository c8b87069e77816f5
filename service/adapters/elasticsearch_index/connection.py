"""The cluster: how it is reached, how often it is asked again, and its errors in words that say what to do.

No message ever holds the API key or the password: they travel in a header alone.
"""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Any, TypeVar

import elastic_transport
from elastic_transport import BaseNode, ConnectionTimeout, TlsError, TransportError, Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from service.errors import ConfigError, IndexUnavailable

T = TypeVar("T")

PASSING_STATUS = (429, 502, 503, 504)
"""Too busy, or being restarted: the same request may be answered a moment later."""

_SAFE = "The articles are safe in the store and are put in when it answers again."
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Access:
    """How the cluster is reached. Either `api_key`, or `username` and `password`, or neither.

    `ca_file` is a file of certificates to trust in the place of the usual ones. A search that takes longer than
    `timeout` seconds is given up; writing may take six times as long.
    """

    url: str
    api_key: str = field(default="", repr=False)
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    verify_certificates: bool = True
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How often something is tried again, with pauses that double from `first_pause` seconds."""

    retries: int
    first_pause: float

    def pauses(self) -> Iterator[float]:
        """The pause before each retry, spread so that several clients do not come back together."""
        for retry in range(self.retries):
            yield min(self.first_pause * 2**retry, _LONGEST_PAUSE) * SystemRandom().uniform(0.75, 1.25)


# Somebody waits at the desk for a search; a rebuild rather waits a minute than begins anew.
SEARCHING = Patience(1, 0.2)
WRITING = Patience(6, 0.5)


class Cluster:
    """The connection to it. Threads may share it; requests are repeated when what went wrong may pass.

    Nothing is sent when it is made; ConfigError where the file of certificates cannot be read.
    """

    def __init__(
        self,
        access: Access,
        *,
        searching: Patience = SEARCHING,
        writing: Patience = WRITING,
        node_class: type[BaseNode] = Urllib3HttpNode,
    ) -> None:
        self.url = access.url
        self.searching = searching
        self.writing = writing
        self._timeout = access.timeout
        secured = access.url.startswith("https:")
        self.reading_client = Elasticsearch(
            access.url,
            api_key=access.api_key or None,
            basic_auth=(access.username, access.password) if access.username else None,
            request_timeout=access.timeout,
            max_retries=0,
            node_class=node_class,
            **(_tls(access) if secured else {}),
        )
        self.writing_client = self.reading_client.options(request_timeout=access.timeout * 6)

    def read(self, ask: Callable[[Elasticsearch], T]) -> T:
        """What the cluster answers to a question; IndexUnavailable where it does not."""
        with self.translated():
            return _patiently(lambda: ask(self.reading_client), self.searching)

    def write(self, change: Callable[[Elasticsearch], T]) -> T:
        """What the cluster answers to a change that may be sent twice; IndexUnavailable where it does not."""
        with self.translated():
            return _patiently(lambda: change(self.writing_client), self.writing)

    def close(self) -> None:
        """Release its connections."""
        self.reading_client.close()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """The client's errors inside the block, told as IndexUnavailable with what to do."""
        try:
            yield
        except (ApiError, TransportError) as error:
            raise IndexUnavailable(f"The search engine at {self.url} {self._told(error)}") from error

    def _told(self, error: Exception) -> str:
        if isinstance(error, UnsupportedProductError):
            return "does not answer as Elasticsearch 8 or 9 does. Check [search] url."
        if isinstance(error, ApiError):
            return told_status(error.status_code, reason_of(error.body))
        if isinstance(error, ConnectionTimeout):
            return f"did not answer in time ({self._timeout:g} s). {_SAFE} See [search] timeout_seconds."
        if isinstance(error, TlsError):
            return "shows a certificate that is not trusted. Set [search] ca_file to the certificate of its authority."
        if isinstance(error, elastic_transport.ConnectionError):
            return f"cannot be reached. Check that it runs, and [search] url. {_SAFE}"
        return f"answers what cannot be read ({type(error).__name__}). Check [search] url. {_SAFE}"


def told_status(status: int, reason: str) -> str:
    """The rest of a sentence on what an answer of this status means and what to do."""
    if status == 401:
        return "refuses the credentials. Check [search] api_key, or username and password."
    if status == 403:
        return f"forbids it ({reason}). Give the user the rights that docs/search-engines.md lists."
    if status in PASSING_STATUS:
        return f"is too busy or starting (status {status}). {_SAFE}"
    return f"refuses a request (status {status}: {reason}). See its log; `pantau index --rebuild` makes the index anew."


def reason_of(body: Any) -> str:
    """Type and reason of an error as the engine words it, cut to a line."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return " ".join(str(error).split())[:300]
    cause = error.get("caused_by") or {}
    parts = [error.get("type"), error.get("reason"), cause.get("reason") if isinstance(cause, dict) else None]
    return " ".join(": ".join(str(part) for part in parts if part).split())[:300]


def _patiently(call: Callable[[], T], patience: Patience) -> T:
    for pause in patience.pauses():
        try:
            return call()
        except (ApiError, TransportError) as error:
            if not _may_pass(error):
                raise
        time.sleep(pause)
    return call()


def _may_pass(error: ApiError | TransportError) -> bool:
    if isinstance(error, ApiError):
        return error.status_code in PASSING_STATUS
    return isinstance(error, ConnectionTimeout | elastic_transport.ConnectionError) and not isinstance(error, TlsError)


def _tls(access: Access) -> dict[str, Any]:
    if not access.verify_certificates:
        return {"verify_certs": False, "ssl_show_warn": False}
    try:
        return {"ssl_context": ssl.create_default_context(cafile=access.ca_file or None)}
    except (OSError, ValueError) as error:
        raise ConfigError(f"search.ca_file: {access.ca_file} cannot be read as certificates ({error})") from error
