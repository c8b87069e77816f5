"""Why a request came to nothing, in the words of the fetch-event log.

soft faults go away by themselves and are tried again; hard ones need a person, or are the server's last word.
"""

import zlib
from dataclasses import dataclass
from gzip import BadGzipFile
from typing import Literal

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import HtmlResponse, Response
from service_identity.exceptions import VerificationError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.headers import headers_of
from crawler.walls import LARGEST_WALL, challenge_of


@dataclass(frozen=True, slots=True)
class Fault:
    """`reason` is one short word for counters, `detail` a sentence for a person."""

    outcome: Literal["soft", "hard"]
    reason: str
    detail: str


class Refused(IgnoreRequest):
    """The crawler itself does not make or continue this request; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


_EXCEPTIONS: tuple[tuple[type[Exception], Fault], ...] = (
    (DownloadTimeoutError, Fault("soft", "timeout", "no answer in time")),
    (CannotResolveHostError, Fault("soft", "dns", "the host name has no address")),
    (DownloadConnectionRefusedError, Fault("soft", "refused", "the host refuses connections")),
    # Scrapy cancels a download in one case only: it is larger than DOWNLOAD_MAXSIZE.
    (DownloadCancelledError, Fault("hard", "too-large", "the answer is larger than allowed")),
    (ResponseDataLossError, Fault("soft", "truncated", "the answer broke off")),
    (BadGzipFile, Fault("soft", "bad-encoding", "the answer is not packed as it says")),
    (zlib.error, Fault("soft", "bad-encoding", "the answer is not packed as it says")),
    (UnsupportedURLSchemeError, Fault("hard", "bad-url", "not an http(s) URL")),
    (ValueError, Fault("hard", "bad-url", "the URL cannot be requested")),
)

# Statuses by which servers say "not now": overload, maintenance, a gateway's trouble.
_SOFT_STATUSES = frozenset({408, 425, 429})


def fault_of_exception(error: BaseException) -> Fault:
    """The fault behind what a download raised."""
    if isinstance(error, Refused):
        return error.fault
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if isinstance(error, DownloadFailedError) and _is_tls(error):
        return Fault("hard", "tls", "the host's certificate or TLS is not acceptable")
    for kind, fault in _EXCEPTIONS:
        if isinstance(error, kind):
            return fault
    return Fault("soft", "connection", f"{type(error).__name__}: {str(error)[:200]}")


def fault_of_response(response: Response) -> Fault | None:
    """The fault a response stands for, or None where it is an answer."""
    status = response.status
    if 200 <= status < 300 or status == 304:
        return None
    if (fault := _challenge(response)) is not None:
        return fault
    outcome: Literal["soft", "hard"] = "soft" if status >= 500 or status in _SOFT_STATUSES else "hard"
    return Fault(outcome, f"http-{status}", f"the server answered with status {status}")


def fault_of_page(response: Response) -> Fault | None:
    """As fault_of_response, where a page for readers is expected: a robot check may come with status 200 too."""
    fault = fault_of_response(response)
    if fault is None and response.status != 304 and isinstance(response, HtmlResponse):
        return _challenge(response)
    return fault


def _challenge(response: Response) -> Fault | None:
    # The marks are ASCII; decoding the page properly takes far longer than looking for them.
    page = response.body.decode("latin-1") if len(response.body) <= LARGEST_WALL else ""
    wall = challenge_of(response.status, headers_of(response), page)
    return None if wall is None else Fault("hard", wall.reason, wall.detail)


def _ignored(message: str) -> Fault:
    """Scrapy's own middlewares explain themselves in the message only."""
    if "max redirections" in message:
        return Fault("hard", "redirect-loop", "too many redirections")
    if "DOWNLOAD_MAXSIZE" in message:
        return Fault("hard", "too-large", "the answer unpacks to more than allowed")
    return Fault("hard", "ignored", message[:200])


def _is_tls(error: DownloadFailedError) -> bool:
    cause = error.__cause__
    reasons: list[Failure] = cause.reasons if isinstance(cause, ResponseFailed) else []
    return any(isinstance(reason.value, (SSL.Error, VerificationError)) for reason in reasons)
