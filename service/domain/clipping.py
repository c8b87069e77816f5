"""The clip form: what of an article stands in an export, bounded and without anything that acts instead of being read.

The columns follow the ministry's clipping form: Judul, Nama Media, Halaman/URL, Jurnalis, Tanggal, Kategori, Layanan,
Sentimen, Narasumber, Ringkasan.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nlp.analysis import Figure, Quote
from service.domain.article import WIB, Article
from service.domain.figure import is_news
from service.domain.wording.names import COMPARATORS, METRICS, RELEVANCES, TONES, TOPICS
from service.domain.wording.numbers import figure_value
from service.domain.wording.times import day, moment

LONGEST_LINE = 600
LONGEST_HEADLINE = 300
LONGEST_LINK = 2_000
MOST_FIGURES = 8
MOST_QUOTES = 4
MOST_NAMES = 6

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SENTENCE = re.compile(r"[^\n]{1,2000}?[.!?][”\"]?(?=\s|$)|[^\n]{1,2000}")
_WEB = re.compile(r"https?://[^\s\"'<>\\]+\Z", re.IGNORECASE)

Cell = str | int | date | None


class Link(str):
    """A web address that may be clicked."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ClipQuote:
    """What somebody said; `speaker` with the office in brackets, "" where nobody is named.

    Only of a `verbatim` one `text` is the speaker's own words; else it is what the outlet says that they said.
    """

    speaker: str
    text: str
    verbatim: bool

    @property
    def printed(self) -> str:
        """The text, between quotation marks where it is the speaker's own words."""
        return f"“{self.text}”" if self.verbatim else self.text


@dataclass(frozen=True, slots=True)
class Clip:
    """One article as a clip. Every text is on one line; `link` is "" where the address is none of the web."""

    id: str
    headline: str
    outlet: str
    published: datetime | None
    day: date
    region: str
    region_code: str
    tone: str
    topic: str
    relevance: str
    sentence: str
    figures: tuple[str, ...]
    quotes: tuple[ClipQuote, ...]
    authors: tuple[str, ...]
    programs: tuple[str, ...]
    labels: tuple[str, ...]
    link: str
    address: str
    desk_link: str
    story: str

    @property
    def when(self) -> str:
        """Day and time in WIB; the day alone, on which it was found, where none was printed."""
        return f"{day(self.day)}, {self.time} WIB" if self.time else f"{day(self.day)} (ditemukan)"

    @property
    def time(self) -> str:
        """The time of day in WIB at which it was published, "" where none was printed."""
        return f"{self.published.astimezone(WIB):%H.%M}" if self.published else ""

    @property
    def tone_name(self) -> str:
        """The tone in Indonesian."""
        return TONES.get(self.tone, self.tone)


@dataclass(frozen=True, slots=True)
class ClipHeading:
    """What a collection of clips is: whose, of what, from when to when, made when and by whom.

    `period` is "" where the filter names none; `filters` are its parts in words; `total` and `tones` count articles.
    """

    agency: str
    filters: tuple[tuple[str, str], ...]
    period: str
    made: datetime
    by: str
    address: str
    total: int = 0
    tones: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Clipper:
    """Makes clips of articles; `outlet_name` and `region_name` name ids and codes, `desk_address` gives pages by id."""

    outlet_name: Callable[[str], str]
    region_name: Callable[[str], str]
    desk_address: Callable[[str], str]

    def clip(self, article: Article) -> Clip:
        """The article as a clip."""
        code = article.regions[0].code if article.regions else ""
        figures = [figure for figure in article.figures if is_news(figure)]
        quotes = article.analysis.quotes[:MOST_QUOTES]
        programs = dict.fromkeys(figure.program for figure in figures if figure.program)
        return Clip(
            id=article.id,
            headline=line(article.title, LONGEST_HEADLINE) or "(tanpa judul)",
            outlet=line(self.outlet_name(article.outlet), LONGEST_HEADLINE),
            published=article.published,
            day=article.day,
            region=line(self.region_name(code), LONGEST_HEADLINE) if code else "",
            region_code=code,
            tone=article.sentiment.label,
            topic=TOPICS.get(article.topic, article.topic) if article.topic else "",
            relevance=RELEVANCES.get(article.relevance, article.relevance),
            sentence=line(_deciding(article), LONGEST_LINE),
            figures=tuple(dict.fromkeys(_stated(figure) for figure in figures))[:MOST_FIGURES],
            quotes=tuple(
                ClipQuote(_speaker(it), line(it.text, LONGEST_LINE).rstrip(","), it.kind == "direct") for it in quotes
            ),
            authors=_lines(article.authors),
            programs=tuple(programs)[:MOST_NAMES],
            labels=_lines(article.labels),
            link=article.url if len(article.url) <= LONGEST_LINK and _WEB.fullmatch(printable(article.url)) else "",
            address=line(article.url, LONGEST_LINK),
            desk_link=self.desk_address(article.id),
            story=article.story_id or "",
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands below it, and how wide a spreadsheet shows it, in characters."""

    heading: str
    cell: Callable[[Clip], Cell]
    width: int = 14


COLUMNS: tuple[Column, ...] = (
    Column("Tanggal", lambda clip: clip.day, 12),
    Column("Waktu (WIB)", lambda clip: clip.time, 12),
    Column("Judul", lambda clip: clip.headline, 60),
    Column("Nama media", lambda clip: clip.outlet, 24),
    Column("Tautan", lambda clip: Link(clip.link) if clip.link else clip.address, 40),
    Column("Jurnalis", lambda clip: "; ".join(clip.authors), 22),
    Column("Kategori", lambda clip: clip.topic, 16),
    Column("Layanan", lambda clip: ", ".join(clip.programs), 14),
    Column("Sentimen", lambda clip: clip.tone_name, 12),
    Column("Wilayah", lambda clip: clip.region, 24),
    Column("Kode wilayah", lambda clip: clip.region_code, 12),
    Column("Narasumber", lambda clip: "\n".join(_told(clip, quote) for quote in clip.quotes), 60),
    Column("Ringkasan", lambda clip: clip.sentence, 80),
    Column("Angka dinyatakan", lambda clip: "\n".join(clip.figures), 40),
    Column("Relevansi", lambda clip: clip.relevance, 14),
    Column("Label", lambda clip: ", ".join(clip.labels), 18),
    Column("Berita di Pantau", lambda clip: clip.desk_link, 40),
    Column("Cerita", lambda clip: clip.story, 20),
    Column("Id", lambda clip: clip.id, 20),
)

WIDTHS = tuple(column.width for column in COLUMNS)


def table(clips: Iterable[Clip]) -> Iterator[list[Cell]]:
    """The heading and then a row per clip, as they come."""
    yield [column.heading for column in COLUMNS]
    for clip in clips:
        yield [column.cell(clip) for column in COLUMNS]


def notes(heading: ClipHeading) -> list[list[Cell]]:
    """What a collection of clips is, as rows of name and value."""
    rows: list[list[Cell]] = [["Keterangan", "Isi"], ["Lembaga", heading.agency]]
    for name, value in heading.filters or (("Saringan", "tidak ada"),):
        rows.append([name, line(value, LONGEST_LINK)])
    rows += [
        ["Alamat pencarian", Link(heading.address)],
        ["Disusun", moment(heading.made)],
        ["Oleh", heading.by],
        ["Jumlah berita", heading.total],
    ]
    for tone, count in (heading.tones or {}).items():
        rows.append([TONES.get(tone, tone), count])
    return rows


def printable(text: str) -> str:
    """The text without characters that act instead of being read: controls, marks of writing direction, unseen ones."""
    return _CONTROLS.sub("", text)


def line(text: str, longest: int) -> str:
    """The text on one line, shortened where it is longer than any honest one."""
    # Cut before it is cleaned, too: what is sent to harm is long.
    told = " ".join(printable(text[: longest * 4]).split())
    return told if len(told) <= longest else told[: longest - 1].rstrip() + "…"


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    told = (line(text, LONGEST_HEADLINE) for text in list(texts)[:MOST_NAMES])
    return tuple(text for text in told if text)


def _deciding(article: Article) -> str:
    """The sentence that decided the tone, else the first that names the agency, else the first."""
    evidence = article.sentiment.evidence
    if evidence:
        return evidence[0].text
    named = next((it.start for it in article.analysis.mentions if it.field == "text" and it.kind == "agency"), None)
    text = article.text[:20_000]
    for found in _SENTENCE.finditer(text):
        if found.group().strip() and (named is None or found.start() <= named < found.end()):
            return found.group()
    return text[:LONGEST_LINE]


def _stated(figure: Figure) -> str:
    metric = METRICS.get(figure.metric, figure.metric)
    about = COMPARATORS.get(figure.comparator)
    value = figure_value(figure.value, figure.unit)
    return line(f"{metric}: {f'{about} ' if about else ''}{value}", LONGEST_LINE)


def _speaker(quote: Quote) -> str:
    speaker = line(quote.speaker or "", LONGEST_HEADLINE)
    title = line(quote.speaker_title or "", LONGEST_HEADLINE)
    return f"{speaker} ({title})" if speaker and title else speaker or title


def _told(clip: Clip, quote: ClipQuote) -> str:
    """As the clipping form has it: tone – name (office) – quote."""
    return " – ".join(part for part in (clip.tone_name, quote.speaker, quote.printed) if part)
