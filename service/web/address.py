"""What the pages need of addresses."""

from service.domain.search_address import (
    LONGEST_TYPED,
    LONGEST_VALUE,
    SEARCH,
    BadAddress,
    SearchAddress,
    address,
    read_day,
    read_saved,
    read_search,
    read_search_as_far,
    read_text,
    web_link,
)

__all__ = [
    "LONGEST_TYPED",
    "LONGEST_VALUE",
    "SEARCH",
    "BadAddress",
    "SearchAddress",
    "address",
    "read_day",
    "read_saved",
    "read_search",
    "read_search_as_far",
    "read_text",
    "web_link",
]
