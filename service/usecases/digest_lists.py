"""Make the full list of a digest as files that go with it: exactly the articles that it tells."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from service.domain.article import Article
from service.domain.clipping import ClipHeading, Clipper
from service.domain.digest import Digest
from service.domain.digest_group import AttachmentKind
from service.domain.export import ExportKind
from service.domain.message import Attached
from service.domain.wording.language import say
from service.domain.wording.times import moment
from service.errors import ExportError
from service.ports import ClipWriter

MOST_LISTED: Mapping[AttachmentKind, int] = {"xlsx": 2_000, "pdf": 150}
"""Articles in one file that goes with a mail."""

_MEDIA_TYPES: Mapping[AttachmentKind, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


class DigestLists:
    """Writes the files; `writers` and `clipper` are those of the desk's exports."""

    def __init__(
        self,
        clipper: Clipper,
        writers: Mapping[ExportKind, ClipWriter],
        region_name: Callable[[str], str],
        agency: str,
        base_url: str,
    ) -> None:
        self._clipper = clipper
        self._writers = writers
        self._region_name = region_name
        self._agency = agency
        self._base_url = base_url.rstrip("/")

    def attach(self, digest: Digest, articles: Sequence[Article]) -> list[Attached]:
        """The files that the digest's group wants; ExportError where they are too long or cannot be made."""
        with TemporaryDirectory(prefix="pantau-") as folder:
            return [self._file(Path(folder), kind, digest, articles) for kind in digest.group.attachments]

    def _file(self, folder: Path, kind: AttachmentKind, digest: Digest, articles: Sequence[Article]) -> Attached:
        if len(articles) > MOST_LISTED[kind]:
            raise ExportError(say("{count} berita tidak muat dalam satu lampiran.", count=len(articles)))
        path = folder / f"daftar.{kind}"
        try:
            self._writers[kind](path, self._heading(digest, articles), map(self._clipper.clip, articles))
            content = path.read_bytes()
        except OSError as error:
            raise ExportError(say("Lampiran tidak dapat ditulis ({reason}).", reason=error.strerror)) from error
        return Attached(f"{digest.group.id}-{digest.day.isoformat()}.{kind}", _MEDIA_TYPES[kind], content)

    def _heading(self, digest: Digest, articles: Sequence[Article]) -> ClipHeading:
        group = digest.group
        filters = [("Kata", group.query)] if group.query else []
        if group.regions:
            filters.append(("Wilayah", ", ".join(map(self._region_name, sorted(group.regions)))))
        return ClipHeading(
            agency=self._agency,
            filters=tuple(filters),
            period=f"masuk {moment(digest.since, group.zone)} – {moment(digest.until, group.zone)}",
            made=digest.until,
            by=group.name,
            address=f"{self._base_url}{digest.address}",
            total=len(articles),
        )
