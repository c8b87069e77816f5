"""Reading archived articles one by one: whatever a page does to the extractor, the next one is read."""

import traceback
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from crawler.page import Extraction, ExtractionError, Page
from service.ports import Extract, ExtractAll, Unread


def attempt(extract: Extract, pages: Sequence[Page], zone: ZoneInfo) -> Extraction | Unread:
    """What the pages say, or why they cannot be read."""
    try:
        return extract(pages, zone)
    except ExtractionError as error:
        return Unread(error.reason, str(error))
    except Exception as error:
        # The web brings pages that nobody foresaw; one of them must not hold up the others.
        return Unread("unexpected", f"{type(error).__name__}: {error}", traceback.format_exc())


def read_each(extract: Extract) -> ExtractAll:
    """The extractor in this process, article after article."""

    def read(
        articles: Iterable[tuple[tuple[Page, ...], ZoneInfo]],
    ) -> Iterator[tuple[tuple[Page, ...], Extraction | Unread]]:
        for pages, zone in articles:
            yield pages, attempt(extract, pages, zone)

    return read
