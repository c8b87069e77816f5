"""The tables of words in `nlp/resources/`, and a fingerprint of all of them."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files


def rows(resource: str) -> Iterator[list[str]]:
    """The rows of a table: columns separated by tabs, lines that begin with "#" are comments."""
    for line in files("nlp").joinpath("resources", resource).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def fingerprint() -> str:
    """Changes when any byte of any table does."""
    digest = sha256()
    for table in sorted(files("nlp").joinpath("resources").iterdir(), key=lambda entry: entry.name):
        if table.is_file():
            digest.update(table.name.encode())
            digest.update(table.read_bytes())
    return digest.hexdigest()
