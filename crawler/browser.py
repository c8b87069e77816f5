"""Pages that only scripts fill, for outlets that say `javascript = true`: shown in a browser that has no network.

The page itself is fetched like any other. Then Chromium, through scrapy-playwright (the extra `browser`), is given what
was fetched, and whatever the page's scripts ask for is fetched by Scrapy's own downloader: the same guarded resolver,
the same robots.txt, pace, sizes and times. Chromium itself is started with a resolver that knows no name and a proxy
that does not exist, so what escapes the routing (a socket, a worker, a prefetch) leads nowhere.
"""

import asyncio
import logging
import os
import re
import shutil
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from crawler.faults import Fault, Refused, fault_of_exception, fault_of_response
from crawler.middlewares import ONCE

logger = logging.getLogger(__name__)

RENDERED_HEADER = "X-Pantau-Rendered"
"""On archived pages: the body is what the page's scripts made of it, not what the server sent."""
NEEDS_BROWSER = Fault(
    "hard",
    "needs-browser",
    "the outlet needs JavaScript: install the extra `browser` and set [crawl] browser to the path of a Chromium",
)
SLOT = "browser"
"""The downloader's slot of pages being shown: in their host's own slot they would wait for themselves."""

_MOST_REQUESTS = 80
_WANTED = frozenset({"script", "xhr", "fetch", "stylesheet"})
_QUIET_MS = 5_000
_LARGEST_PAGE = 5_000_000
# Of a response for the page's scripts: what describes the body, and nothing that sets state.
_KEPT_HEADERS = frozenset({"content-type", "etag", "last-modified"})
_ARGUMENTS = (
    # Whatever is not routed to us: no name leads anywhere, and no address is reached, not even this machine's.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=socks5://0.0.0.0:1",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
)


def find_browser(setting: str) -> str | None:
    """The Chromium to start, by path or name; None where there is none, or where the extra is not installed."""
    if not setting or find_spec("scrapy_playwright") is None:
        return None
    return shutil.which(setting)


def browser_settings(browser: str | None, timeout: float, user_agent: str) -> dict[str, Any]:
    """What Scrapy's settings have in addition where an outlet needs JavaScript."""
    if browser is None:
        return {}
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    return {
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None, "http": handler, "https": handler},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": browser,
            "args": list(_ARGUMENTS),
            # Chromium's own sandbox does not start as root, as in most containers.
            "chromium_sandbox": os.geteuid() != 0,
            # Secrets of ours that stand in the environment are no business of a page's scripts.
            "env": {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ},
        },
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": timeout * 1000,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        # Headers of the pages' own requests are ours: the browser's never leave it.
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
        "PANTAU_CONTEXT": {
            "user_agent": user_agent,
            "locale": "id-ID",
            "service_workers": "block",
            "accept_downloads": False,
        },
    }


class BrowserMiddleware:
    """Lets scripts fill the pages of requests whose meta says `javascript`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._context = crawler.settings.getdict("PANTAU_CONTEXT")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse what could not be shown anyway."""
        if request.meta.get("javascript") and not self._context:
            raise Refused(NEEDS_BROWSER)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The page as its scripts make it; Refused where the browser cannot show it."""
        if not request.meta.get("javascript") or response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        if len(response.body) > _LARGEST_PAGE:
            raise Refused(Fault("hard", "too-large", "a page too large to be shown"))
        shown = await self._show(response)
        if len(shown) > _LARGEST_PAGE:
            raise Refused(Fault("hard", "too-large", "what the page's scripts make is too large"))
        headers = response.headers.copy()
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers[RENDERED_HEADER] = SLOT
        headers.pop("Content-Encoding", None)
        return response.replace(body=shown, headers=headers, encoding="utf-8")

    async def _show(self, response: HtmlResponse) -> bytes:
        """The page's markup once its scripts have come to rest."""
        # The extra's modules are loaded where it is known to be installed.
        page_method = import_module("scrapy_playwright.page").PageMethod
        errors = import_module("playwright.async_api")
        meta = {
            "playwright": True,
            # Outlets share no storage.
            "playwright_context": urlsplit(response.url).netloc,
            "playwright_context_kwargs": self._context,
            "playwright_page_init_callback": partial(_shut_in, _Errands(self._crawler, response)),
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_methods": [page_method(partial(_come_to_rest, errors.TimeoutError))],
            "download_slot": SLOT,
            ONCE: True,
            "autothrottle_dont_adjust_delay": True,
        }
        try:
            shown = await self._crawler.engine.download_async(Request(response.url, meta=meta))
        except errors.Error as error:
            raise Refused(Fault("soft", "browser", f"the browser could not show the page: {error}"[:300])) from error
        if urlsplit(shown.url).netloc != urlsplit(response.url).netloc:
            raise Refused(Fault("hard", "off-site", f"its scripts lead to {shown.url[:300]}"))
        body: bytes = shown.text.encode("utf-8", "replace")
        return re.sub(rb"<meta[^<>]{0,200}charset[^<>]{0,200}>", b'<meta charset="utf-8">', body, count=1)


class _Errands:
    """Runs a page's errands: what its scripts ask for is fetched by Scrapy, within bounds."""

    def __init__(self, crawler: Crawler, document: HtmlResponse) -> None:
        self._crawler = crawler
        self._document = document
        self._is_given = False
        self._requests = 0
        self._bytes = 0

    async def run(self, route: Any) -> None:
        """Answer one request of the page, unless the page is gone by then."""
        try:
            await self._answer(route)
        except import_module("playwright.async_api").Error as error:
            logger.debug("a page was closed before its errand came back page=%s: %s", self._document.url, error)

    async def _answer(self, route: Any) -> None:
        asked = route.request
        if asked.is_navigation_request():
            await self._navigate(route)
            return
        self._requests += 1
        if asked.method != "GET" or asked.resource_type not in _WANTED or self._requests > _MOST_REQUESTS:
            await route.abort("blockedbyclient")
            return
        response = await self._fetch(asked.url)
        if response is None:
            await route.abort("failed")
            return
        await route.fulfill(status=response.status, headers=_described(response), body=response.body)

    async def _navigate(self, route: Any) -> None:
        """Give the page itself, once; frames get nothing."""
        if route.request.frame.parent_frame is not None:
            await route.abort("blockedbyclient")
            return
        if self._is_given:
            # A page that leaves for another address stays: a browser shows on what it has after "no content".
            await route.fulfill(status=204)
            return
        self._is_given = True
        headers = {"content-type": f"text/html; charset={self._document.encoding}"}
        await route.fulfill(status=200, headers=headers, body=self._document.body)

    async def _fetch(self, url: str) -> Response | None:
        """The response to a page's errand, or None where it may not or could not be had."""
        limits = self._crawler.settings
        try:
            request = Request(url, headers={"Accept": "*/*"}, meta={ONCE: True})
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # the boundary of a fetch of its own: the page goes on without it
            fault = fault_of_exception(error)
            logger.info("a page's errand failed page=%s url=%s reason=%s", self._document.url, url[:300], fault.reason)
            return None
        self._bytes += len(response.body)
        if fault_of_response(response) is not None or self._bytes > 4 * limits.getint("DOWNLOAD_MAXSIZE"):
            return None
        return response


async def _shut_in(errands: _Errands, page: Any, request: Request) -> None:
    """Route all that the page asks for to us. scrapy-playwright's own route was set before, and is not reached."""
    await page.route("**/*", errands.run)
    await page.route_web_socket("**/*", lambda socket: socket.close())
    page.on("popup", lambda popup: asyncio.ensure_future(popup.close()))
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))


async def _come_to_rest(timeout: type[Exception], page: Any) -> None:
    """Wait until the page asks for nothing any more; one that never stops is taken as it is."""
    try:
        await page.wait_for_load_state("networkidle", timeout=_QUIET_MS)
    except timeout:
        logger.info("the page does not come to rest page=%s", page.url)


def _described(response: Response) -> Mapping[str, str]:
    """Headers for the page: readable from any origin, since nothing was sent that says whose browser it is."""
    headers = {"access-control-allow-origin": "*"}
    for name, values in response.headers.items():
        if name.decode("latin-1").lower() in _KEPT_HEADERS:
            headers[name.decode("latin-1").lower()] = values[-1].decode("latin-1")
    return headers
