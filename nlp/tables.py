"""The tables of words in `nlp/resources/`."""

from collections.abc import Iterator
from importlib.resources import files


def rows(resource: str) -> Iterator[list[str]]:
    """The rows of a table: columns separated by tabs, lines that begin with "#" are comments."""
    for line in files("nlp").joinpath("resources", resource).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
