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
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return LACKS_LIBRARY
    HTML(string=Path(page).read_text(encoding="utf-8"), base_url=None, url_fetcher=refuse).write_pdf(book)
    return 0


def refuse(url: str, *_: Any, **__: Any) -> Any:
    """Fetch nothing: styles stand in the page itself, and fonts are the system's."""
    raise ValueError(f"nothing is fetched, neither {url[:200]!r}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
