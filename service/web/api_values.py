"""What the API takes as parameters of several routes."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator


def _written_out(value: object) -> object:
    # A number alone would be taken for seconds since 1970.
    if isinstance(value, str) and value.count("-") != 2:
        raise ValueError("a day is written as 2026-11-23")
    return value


Day = Annotated[date, BeforeValidator(_written_out)]
"""A day of Asia/Jakarta, as 2026-11-23."""
