"""How an outlet is doing, judged by what last happened to each of its sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HEALTH_WINDOW = timedelta(days=7)
"""How far back an outlet's recent days reach."""

SILENCE = timedelta(days=3)
"""A regional outlet that brings no page for so long has moved or blocks us, even if its feed answers."""

UNREACHABLE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SourceState:
    """The last event of one feed, sitemap or listing. `outcome` as in `FetchEvent`."""

    outcome: str
    reason: str
    at: datetime
    retry_at: datetime | None = None

    @property
    def failed(self) -> bool:
        """Whether it could not be read."""
        return self.outcome in ("soft", "hard")


def outlet_status(
    sources: Sequence[SourceState], last_ok: datetime | None, last_page: datetime | None, now: datetime
) -> tuple[str, str]:
    """The outlet's status and, where it is not "ok", why, in one short word.

    "unseen": never tried. "unreachable": no source can be read, and it takes a person or has lasted a day.
    "failing": some source could not be read. "silent": all can be read, yet no page came for days.
    """
    if not sources and last_page is None:
        return "unseen", ""
    failed = sorted((source for source in sources if source.failed), key=lambda source: source.at)
    if failed:
        reason = failed[-1].reason
        none_works = len(failed) == len(sources)
        needs_a_person = all(source.outcome == "hard" for source in failed)
        lasting = last_ok is None or now - last_ok > UNREACHABLE_AFTER
        return ("unreachable" if none_works and (needs_a_person or lasting) else "failing"), reason
    if last_page is None or now - last_page > SILENCE:
        return "silent", "no-pages"
    return "ok", ""


def next_try(sources: Sequence[SourceState]) -> datetime | None:
    """When the first of the failed sources is tried again, as far as it is known."""
    return min((source.retry_at for source in sources if source.failed and source.retry_at), default=None)
