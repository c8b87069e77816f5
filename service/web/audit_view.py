"""The entries of the audit as its page shows them: in words, with links to what something was done to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from service.domain.account import AuditEntry, AuditKind
from service.domain.wording.audit import Details, Thing, details
from service.domain.wording.language import say
from service.web.address import SEARCH
from service.web.desk import Desk
from service.web.language import say_told

WORDED: frozenset[AuditKind] = frozenset({"signed-in", "session-ended", "password-set"})
"""Kinds whose details are words of ours alone."""

LONGEST_KEPT = 200
"""An address of this length was cut when it was kept, and leads nowhere."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page with what it is called; `is_title` where that is the headline of an article."""

    name: str
    address: str
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry with its details and the pages of what it is about."""

    entry: AuditEntry
    details: Details
    links: tuple[Link, ...]


def audit_rows(desk: Desk, entries: Sequence[AuditEntry]) -> list[AuditRow]:
    """The entries in their order."""
    told = [(entry, _details(desk, entry)) for entry in entries]
    wanted = {name for _, it in told for thing, name in it.things if thing == "article"}
    titles = {article.id: article.title for article in desk.store.articles(sorted(wanted))}
    return [AuditRow(entry, it, _links(entry, it, titles)) for entry, it in told]


def _details(desk: Desk, entry: AuditEntry) -> Details:
    return Details(say_told(entry.about)) if entry.kind in WORDED else details(entry, desk.region_name)


def _links(entry: AuditEntry, told: Details, titles: Mapping[str, str]) -> tuple[Link, ...]:
    if entry.kind == "rule-removed":
        return ()
    links = (_link(thing, name, titles) for thing, name in told.things)
    return tuple(link for link in links if "?" not in link.address or len(entry.about) < LONGEST_KEPT)


def _link(thing: Thing, name: str, titles: Mapping[str, str]) -> Link:
    marked = quote(name, safe="")
    match thing:
        case "article":
            title = titles.get(name, "")
            return Link(title or say("berita {id}", id=name), f"/artikel/{marked}", bool(title))
        case "story":
            return Link(say("cerita {id}", id=name), f"/cerita/{marked}")
        case "alert":
            return Link(say("peringatan {id}", id=name), f"/peringatan/{marked}")
        case "rule":
            return Link(say("aturan {id}", id=name), f"/aturan/{marked}")
        case "search":
            return Link(say("pencarian") if name else say("semua berita"), f"{SEARCH}?{name}".rstrip("?"))
        case "ledger":
            return Link(say("Buku Angka"), f"/angka?{name}".rstrip("?"))
