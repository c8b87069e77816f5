"""config/outlets.toml as a file that people keep: changed in place, with all its comments, and only if it stays valid.

Errors: ConfigError.
"""

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import tomlkit
from tomlkit.items import Array, Table

from crawler.outlets.outlet import OutletsError, Source, read_outlets
from service.domain.outlet_check import Mend
from service.errors import ConfigError


class OutletsFile:
    """The outlets file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, block: str) -> None:
        """Add the block of a new outlet at the end."""
        text = self._read().rstrip("\n")
        self._write(f"{text}\n\n{block.strip()}\n")

    def mend(self, mends: Sequence[Mend]) -> int:
        """Write the mends into the blocks of their outlets; how many outlets were changed."""
        wanted = {mend.outlet: mend for mend in mends if mend.is_needed}
        document = tomlkit.parse(self._read())
        changed = 0
        for table in document.get("outlet", []):
            mend = wanted.get(str(table.get("id")))
            if mend is not None:
                _apply(table, mend)
                changed += 1
        if changed:
            self._write(tomlkit.dumps(document))
        return changed

    def _read(self) -> str:
        try:
            return self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{self._path}: cannot be read: {error}") from error

    def _write(self, text: str) -> None:
        """Put the text in the file's place at once, if it is a valid outlets file."""
        try:
            tables: Mapping[str, Any] = tomllib.loads(text)
            read_outlets(tables, str(self._path))
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{self._path}: would not be valid TOML: {error}; it was left as it is") from error
        except OutletsError as error:
            raise ConfigError(f"{error}\n{self._path} was left as it is") from error
        try:
            with NamedTemporaryFile("w", encoding="utf-8", dir=self._path.parent, delete=False) as file:
                file.write(text)
            mode = self._path.stat().st_mode
            Path(file.name).chmod(mode)
            os.replace(file.name, self._path)  # noqa: PTH105  # as atomic as the system has it
        except OSError as error:
            raise ConfigError(f"{self._path}: cannot be written: {error}") from error


def _apply(table: Table, mend: Mend) -> None:
    if mend.verified:
        table["verified"] = True
    if mend.sources is not None:
        table["discover"] = _array(mend.sources, str(table["home"]))


def _array(sources: Sequence[Source], home: str) -> Array:
    root = home if home.endswith("/") else f"{home}/"
    array = tomlkit.array()
    array.multiline(True)
    for source in sources:
        row = tomlkit.inline_table()
        url = f"{{home}}/{source.url.removeprefix(root)}" if source.url.startswith(root) else source.url
        row.update({"kind": source.kind, "url": url, **({"pages": source.pages} if source.pages > 1 else {})})
        array.append(row)
    return array
