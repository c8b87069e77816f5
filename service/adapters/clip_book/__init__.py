"""The clip book (kliping) as PDF.

All text from the web is escaped. The page is laid out in a process of its own, which fetches nothing and has a time
limit.
"""

import logging
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.adapters.clip_book.press import LACKS_LIBRARY
from service.domain.clipping import LONGEST_LINE, Clip, ClipHeading, line
from service.domain.export import FAULT_KEPT
from service.domain.wording import names
from service.domain.wording.language import INDONESIAN, telling_in
from service.domain.wording.numbers import number
from service.domain.wording.times import day, moment
from service.errors import ExportError

logger = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_LONGEST_NAME = 80
"""Characters of what stands at the head of every page."""

INSTALL_PANGO = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"
"""The command that installs, on Debian, what a PDF is laid out with."""

NO_LIBRARY = (
    "PDF belum dapat dibuat di server ini: pustaka Pango tidak ada. Pengelola dapat memasangnya dengan "
    f"“{INSTALL_PANGO}”. CSV dan Excel tetap dapat diunduh."
)


class ClipBook:
    """Prints clip books; `directory` is the checkout, `seconds` how long one may take."""

    def __init__(self, directory: Path, *, seconds: float = 180) -> None:
        self._directory = directory
        self._seconds = seconds
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[str]] = set()
        self._is_closed = False
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"number": number, "day": day, "moment": moment}
        self._environment.globals |= {"names": names, "style": (_HERE / "templates" / "book.css").read_text("utf-8")}

    def write(self, path: Path, heading: ClipHeading, clips: Iterator[Clip]) -> None:
        """Write the book of these clips; ExportError where it cannot be printed."""
        page = path.with_suffix(".html")
        try:
            page.write_text(self.html(heading, list(clips)), encoding="utf-8")
            self._print(page, path)
        finally:
            page.unlink(missing_ok=True)

    @telling_in(INDONESIAN)
    def html(self, heading: ClipHeading, clips: list[Clip]) -> str:
        """The book before it is laid out."""
        tones = Counter(clip.tone for clip in clips)
        heading = replace(
            heading,
            agency=line(heading.agency, _LONGEST_NAME),
            by=line(heading.by, _LONGEST_NAME),
            filters=tuple((line(name, _LONGEST_NAME), line(value, LONGEST_LINE)) for name, value in heading.filters),
        )
        days = sorted(clip.day for clip in clips)
        period = line(heading.period, _LONGEST_NAME) or (
            f"{day(days[0])} – {day(days[-1])}" if days else "tidak ada berita"
        )
        template = self._environment.get_template("book.html")
        return template.render(heading=heading, clips=clips, tones=tones, period=period)

    def close(self) -> None:
        """End what is being printed."""
        with self._lock:
            self._is_closed = True
            for process in self._processes:
                process.kill()

    def _print(self, page: Path, path: Path) -> None:
        arguments = [sys.executable, "-m", "service.adapters.clip_book.press", str(page), str(path)]
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own module
            [*arguments, str(int(self._seconds))],
            cwd=self._directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        with self._lock:
            self._processes.add(process)
            if self._is_closed:
                process.kill()
        try:
            _, said = process.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired as error:
            raise ExportError(
                f"PDF tidak selesai dalam {self._seconds:g} detik. Persempit saringannya, atau unduh Excel."
            ) from error
        finally:
            process.kill()
            process.communicate()
            with self._lock:
                self._processes.discard(process)
        if process.returncode != 0:
            raise self._fault(process.returncode, said)

    def _fault(self, status: int, said: str) -> Exception:
        if status == LACKS_LIBRARY:
            return ExportError(NO_LIBRARY)
        if self._is_closed:
            # It can be made; what waits for it is to be tried again, not told that there is no file.
            return RuntimeError("the clip book was not printed: it was closed")
        # Its last line names the error.
        told = said.strip().splitlines()[-1:] or [f"status {status}"]
        logger.error("the clip book was not printed", extra={"reason": told[0][:500]})
        return ExportError(FAULT_KEPT)
