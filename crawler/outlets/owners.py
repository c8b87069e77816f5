"""Which outlet a URL belongs to."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.outlets.outlet import Outlet
from crawler.urls import canonical_url


class Owners:
    """The outlets by their hosts."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._hosts = {outlet.host: outlet for outlet in outlets}

    def of(self, url: str) -> Outlet | None:
        """The outlet at whose host, or above it, the URL lives; the nearest where there are several."""
        try:
            host = urlsplit(canonical_url(url)).netloc
        except ValueError:
            return None
        while host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.partition(".")[2]
        return None
