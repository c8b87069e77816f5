"""`python -m service.adapters.clip_book.press PAGE.html BOOK.pdf SECONDS`: lay out one page, in bounds.

Nothing is fetched. It ends with `LACKS_LIBRARY` where a system library is missing.
"""

import resource
import sys
from pathlib import Path
from typing import Any

LACKS_LIBRARY = 3
MOST_MEMORY = 4 << 30
"""Bytes of addresses: fonts are mapped into memory, so it is far more than is used."""


def main(page: str, book: str, seconds: str) -> int:
    """Print the page; the exit status."""
    # Whoever began this may have died: then nobody else ends it.
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return LACKS_LIBRARY

    class NothingFetched(URLFetcher):  # type: ignore[misc]  # it has no types
        """Fetches nothing: styles stand in the page itself, and fonts are the system's."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Refuse; the page is laid out without it."""
            raise ValueError(f"nothing is fetched, neither {url[:200]!r}")

    text = Path(page).read_text(encoding="utf-8")
    HTML(string=text, base_url=None, url_fetcher=NothingFetched()).write_pdf(book)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
