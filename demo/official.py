"""The agency's own series of the sample newsroom's world, as invented as its news: one agrees, two are at odds with it."""

from datetime import date, timedelta

Row = tuple[str, str, str, str, str, str, str]


def official_rows(anchor: date) -> list[Row]:
    """A table as `pantau figures import-official` reads it, heading first, for a newsroom of that day."""
    month = (anchor.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    source = "Data contoh, bukan angka sebenarnya"
    return [
        ("metric", "region", "period", "value", "unit", "source", "segment"),
        ("coverage", "72.71", month, "34.62", "percent", source, ""),
        ("coverage", "63.71", month, "48.87", "percent", source, ""),
        ("coverage", "63.72", month, "58.40", "percent", source, ""),
        ("membership", "ID", month, "38612400", "people", source, ""),
    ]
