"""The block of config/outlets.toml for a new outlet, from what its site gave away; each line says how sure it is."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.outlets.outlet import Outlet, Tier
from crawler.probe import OutletEvidence, SourceEvidence
from crawler.urls import canonical_url

_SECOND_LEVEL = frozenset({"co", "go", "ac", "or", "web", "my", "net", "sch", "desa", "biz"})
_LEAST_NAME = 4
_MAX_SOURCES = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A province (`code` "72") or a kabupaten or kota ("72.71"), by its official name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the block: key, value as TOML, how it was found, and whether a person still has to look."""

    key: str
    value: str
    how: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A block for the outlets file."""

    outlet: str
    lines: tuple[Line, ...]

    def toml(self) -> str:
        """The block; behind each line how its value was found, and `CHECK` where that is a guess."""
        rows = [(f"{line.key} = {line.value}", line) for line in self.lines if "\n" not in line.value]
        width = max((len(text) for text, _ in rows), default=0)
        text = [f"{row.ljust(width)}  # {_mark(line)}" for row, line in rows]
        long = [f"# {_mark(line)}\n{line.key} = {line.value}" for line in self.lines if "\n" in line.value]
        return "\n".join(["[[outlet]]", *text, *long, ""])


def propose(
    evidence: OutletEvidence, families: Mapping[str, Sequence[str]], taken: Collection[str], place: Place | None
) -> Proposal:
    """The block for the outlet that was looked at.

    `families` (with the addresses of their sources, "{home}/feed/") and `taken` ids are those of the outlets file.
    """
    home = _home(evidence)
    family = evidence.family if evidence.family in families else ""
    lines = [
        Line("id", _text(outlet_id(home, taken)), "from the host"),
        Line("name", _text(evidence.home.name or urlsplit(home).netloc), _name_by(evidence), bool(evidence.home.name)),
        Line(
            "home",
            _text(home),
            "the address given" if evidence.home.answer.is_ok else _failed(evidence),
            evidence.home.answer.is_ok,
        ),
    ]
    if family:
        lines.append(Line("family", _text(family), evidence.family_by))
    lines += _place_lines(place)
    lines.append(Line("verified", "false", "run `pantau outlets check` on it"))
    if not family:
        lines += _rule_lines(evidence)
    if evidence.home.answer.reason == "javascript":
        lines.append(Line("javascript", "true", "the home page is empty without scripts; see the file's head", False))
    lines.append(_discover(evidence, home, families.get(family, ())))
    return Proposal(outlet_id(home, taken), tuple(line for line in lines if line.value))


def stub_for(url: str) -> Outlet:
    """An outlet of which nothing is known but its home, for a look at it."""
    home = url if "://" in url else f"https://{url}"
    parts = urlsplit(home)
    home = f"{parts.scheme}://{parts.netloc}{parts.path or '/'}"
    canonical_url(home)  # ValueError where it is no web address
    return Outlet(
        id=outlet_id(home, ()), name="", home=home, tier="local", province="00", timezone="Asia/Jakarta", sources=()
    )


def outlet_id(home: str, taken: Collection[str]) -> str:
    """An id from the host that is not taken: "sulteng.antaranews.com" gives "antaranews-sulteng"."""
    labels = urlsplit(canonical_url(home)).netloc.partition(":")[0].split(".")
    labels = labels[:-1] if len(labels) > 1 else labels
    labels = labels[:-1] if len(labels) > 1 and labels[-1] in _SECOND_LEVEL else labels
    plain = "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", label).strip("-") for label in reversed(labels))))
    number, chosen = 2, plain or "outlet"
    while chosen in taken:
        chosen, number = f"{plain}-{number}", number + 1
    return chosen


def place_in(host: str, name: str, named: Sequence[Place], places: Iterable[Place]) -> Place | None:
    """The place that name or host speaks of: one that was `named` in full, else one whose name is part of the host.

    A kabupaten or kota comes before a province, a longer name before a shorter: "lampungselatankab" is no "Lampung".
    """
    if named:
        return max(named, key=lambda place: len(place.code))
    letters = re.sub(r"[^a-z]", "", f"{host.lower()} {name.lower()}")
    inside = [
        place for place in places if len(bare_name(place.name)) >= _LEAST_NAME and bare_name(place.name) in letters
    ]
    return max(inside, key=lambda place: (len(bare_name(place.name)), len(place.code)), default=None)


def bare_name(name: str) -> str:
    """A region's name as hosts write it: "Kota Palu" is "palu"."""
    return re.sub(r"[^a-z]", "", re.sub(r"^(?:kota|kabupaten|provinsi)\s+(?:administrasi\s+)?", "", name.lower()))


def _place_lines(place: Place | None) -> list[Line]:
    tier: Tier = "local" if place is not None and "." in place.code else "regional"
    if place is None:
        return [
            Line("tier", _text("local"), "nothing says so", is_sure=False),
            Line("province", _text("00"), "no place in name or host: correct it", is_sure=False),
        ]
    by = f'"{place.name}" in name or host'
    lines = [Line("tier", _text(tier), by, is_sure=False), Line("province", _text(place.code[:2]), by, is_sure=False)]
    return [*lines, Line("region", _text(place.code), by, is_sure=False)] if "." in place.code else lines


def _rule_lines(evidence: OutletEvidence) -> list[Line]:
    lines = []
    if evidence.article is not None:
        lines.append(
            Line("article", _pattern(evidence.article), "shape of the addresses that its feed names", is_sure=False)
        )
    if evidence.full_article is not None:
        lines.append(Line("full_article", _text(evidence.full_article), "a link of its articles"))
    return lines


def _discover(evidence: OutletEvidence, home: str, of_family: Sequence[str]) -> Line:
    """The sources that work, a feed or else a sitemap, and the pages on the agency; nothing where the family has it."""
    working = [source for source in evidence.sources if source.answer.is_ok and source.links]
    feeds = [source for source in working if source.kind == "feed"]
    chosen = sorted(feeds, key=lambda source: -source.links)[:1]
    chosen += [source for source in working if source.kind == "sitemap"][: 1 if not chosen else 0]
    if any(_short(source.url, home) in of_family for source in chosen):
        return Line("discover", "", "")
    chosen += [source for source in working if source.origin == "agency"]
    chosen = chosen or [source for source in working if source.kind == "listing"]
    if not chosen:
        if of_family:
            return Line("discover", "", "")
        guess = '[\n  { kind = "listing", url = "{home}/" },\n]'
        return Line("discover", guess, "no source was found that works", is_sure=False)
    rows = "".join(f"  {_source(source, home)},\n" for source in chosen[:_MAX_SOURCES])
    by = ", ".join(f"{source.kind} by {source.origin} ({source.links} articles)" for source in chosen[:_MAX_SOURCES])
    return Line("discover", f"[\n{rows}]", by)


def _source(source: SourceEvidence, home: str) -> str:
    return f"{{ kind = {_text(source.kind)}, url = {_text(_short(source.url, home))} }}"


def _short(url: str, home: str) -> str:
    """The address as outlets files write it, below {home}/ where it is."""
    root = home if home.endswith("/") else f"{home}/"
    return f"{{home}}/{url.removeprefix(root)}" if url.startswith(root) else url


def _home(evidence: OutletEvidence) -> str:
    """Where the home page ended up, without query; the address asked for where it failed."""
    parts = urlsplit(evidence.home.answer.url)
    return f"{parts.scheme}://{parts.netloc}{parts.path if len(parts.path) > 1 and evidence.home.answer.is_ok else '/'}"


def _name_by(evidence: OutletEvidence) -> str:
    return "the home page's name or title" if evidence.home.name else "the host, for the home page says none"


def _failed(evidence: OutletEvidence) -> str:
    answer = evidence.home.answer
    return f"could not be read: {answer.reason} {answer.detail}".strip()


def _mark(line: Line) -> str:
    how = "".join(character for character in " ".join(line.how.split()) if character.isprintable())
    return how if line.is_sure else f"CHECK: {how}"


def _text(value: str) -> str:
    """A TOML basic string, without what no name has; JSON's escapes are a subset of its own."""
    return json.dumps("".join(filter(str.isprintable, value)), ensure_ascii=False)


def _pattern(pattern: str) -> str:
    return f"'{pattern}'" if "'" not in pattern else _text(pattern)
