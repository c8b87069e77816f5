"""A response's headers as plain text."""

from scrapy.http import Response


def headers_of(response: Response) -> dict[str, str]:
    """The headers, names in lower case; values of the same name joined by commas (RFC 9110, 5.3)."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
