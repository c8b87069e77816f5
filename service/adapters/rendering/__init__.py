"""Mails: a digest or an alert as subject, plain text and HTML, in Indonesian.

All text from the web is escaped in HTML, and kept on one line in subjects and plain text. Nothing remote is loaded.
The digest is written in MJML, which becomes tables that old mail programs lay out right.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from service.adapters.rendering.chart import draw_days
from service.domain.account import AccountLink, Person
from service.domain.alert_life import AlertNews, ToldAlert
from service.domain.clipping import line, printable
from service.domain.digest import Conflict, Digest, FigureEntry, StoryEntry
from service.domain.digest_group import DEFAULT_GROUP
from service.domain.figure import is_news
from service.domain.message import Attached, Message
from service.domain.recipient import Recipient
from service.domain.subscription import MailLinks
from service.domain.wording import alarms, names
from service.domain.wording import alerts as alert_words
from service.domain.wording.findings import CHECKS, against_official, arithmetic, explanation
from service.domain.wording.language import INDONESIAN, telling_in
from service.domain.wording.numbers import number, one_decimal
from service.domain.wording.times import brief, day, long_day, moment, period, weekday
from service.usecases.digests import DigestMail

_TEMPLATES = Path(__file__).parent / "templates"
_MAX_SUBJECT = 150
_LONGEST_LINE = 1_500
# Quotes are escaped, so that this finds whole attributes.
_LEADING_ELSEWHERE = re.compile(r'href="(?!https?://)[^"]*"', re.IGNORECASE)
_MAX_ALERT_FIGURES = 6
_MOST_TOLD = 30
_MOST_ALERTED = 12
"""Outlets that are named with an alert."""
_FULL_STORIES = 3
"""Stories of a section that are told with their sentence; further ones in two lines."""
_MOST_STORIES = 50
"""Stories of a section at all. Some mail programs cut a mail after a hundred thousand bytes."""
_MOST_OUTLETS = 6
"""Outlets that are named with a story."""
_NO_FONTS = mrml.RenderOptions(fonts={})
"""Else fonts that are named would be loaded from elsewhere."""
_CHART = "grafik"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Renderer:
    """Renders mails whose links lead to the desk at `base_url`."""

    def __init__(
        self,
        base_url: str,
        outlets: dict[str, str] | None = None,
        region_name: Callable[[str], str] = str,
    ) -> None:
        """`outlets` are the names of the outlets by id; `region_name` gives that of a region's code."""
        self._base_url = base_url.rstrip("/")
        self._outlets = outlets or {}
        self._region_name = region_name
        self._inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=select_autoescape(["html", "mjml"], default=False),
            undefined=StrictUndefined,
            finalize=_printable,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.globals |= {
            "base_url": self._base_url,
            "names": names,
            "checks": CHECKS,
            "FULL": _FULL_STORIES,
            "MOST_SHORT": _MOST_STORIES,
            "OUTLETS": _MOST_OUTLETS,
            "arithmetic": partial(arithmetic, outlet_name=lambda outlet: self._outlets.get(outlet, outlet)),
        }
        self._environment.filters |= {
            "line": one_line,
            "number": number,
            "one_decimal": one_decimal,
            "day": day,
            "long_day": long_day,
            "weekday": weekday,
            "moment": moment,
            "brief": brief,
            "period": period,
            "alarm": alarms.sentence,
            "by_sentence": by_sentence,
            "fragments": fragments,
            "against_official": against_official,
            "explanation": explanation,
            "what": what,
            "where_when": where_when,
            "within": within,
            "compared": compared,
        }

    @telling_in(INDONESIAN)
    def digest(self, digest: Digest, links: MailLinks | None = None) -> DigestMail:
        """A digest for the recipient whose links these are; without links, for the desk."""
        group, chart = digest.group, _chart(digest)
        name = "" if group.id == DEFAULT_GROUP else f"{one_line(group.name)}: "
        context = {
            "digest": digest,
            "counts": digest.counts,
            "links": links,
            "quiet": _quiet(digest),
            "preheader": _preheader(digest),
            "chart": chart,
            "chart_alt": _chart_in_words(digest),
        }
        page = mrml.to_html(_well_formed(self._text("digest.mjml", **context)), render_options=_NO_FONTS).content
        return DigestMail(
            subject=_bounded(f"[{one_line(group.subject_tag)}] {day(digest.day)} – {name}{_headline(digest)}"),
            text=_well_formed(self._text("digest.txt", **context)),
            html=self._leading_to_the_web(page),
            images=() if chart is None else (chart,),
        )

    @telling_in(INDONESIAN)
    def alert_subject(self, news: AlertNews) -> str:
        """The subject under which everything about one story is told."""
        return _bounded(f"[Peringatan] {one_line(news.lead.rule_name)}: {one_line(self._title_of(news))}")

    @telling_in(INDONESIAN)
    def alert(
        self, told: Sequence[AlertNews], recipient: Recipient, message_id: str, first: ToldAlert | None
    ) -> Message:
        """The message that tells these; where it goes on from the `first` one about a story, it answers to it."""
        is_urgent = any(it.lead.severity == "high" for it in told) and not all("closed" in it.kinds for it in told)
        shown = told[:_MOST_TOLD]
        article = told[0].article if len(told) == 1 else None
        context = {
            **self._heads(told, first is not None, is_urgent),
            "told": shown,
            "more": len(told) - len(shown),
            "news": [alert_words.news(it, goes_on=first is not None) for it in shown],
            "is_urgent": is_urgent,
            "title_of": self._title_of,
            "outlet_of": lambda it: self._outlet_name(it.article.outlet) if it.article is not None else "",
            "outlets_of": self._outlets_of,
            "desk_of": lambda it: f"{self._base_url}/peringatan/{it.lead.id}",
            "sentences_of": _sentences_of,
            "figures": [it for it in article.figures if is_news(it)][:_MAX_ALERT_FIGURES] if article else [],
        }
        return Message(
            id=message_id,
            recipient=recipient.address,
            subject=self._alert_subject(told, first),
            text=self._text("alert.txt", **context),
            html=self._html("alert.html", **context),
            headers={"Importance": "high", "X-Priority": "1"} if is_urgent else {},
            channel=recipient.channel,
            thread=first.message_id if first is not None else None,
        )

    def _alert_subject(self, told: Sequence[AlertNews], first: ToldAlert | None) -> str:
        if len(told) > 1:
            titles = "; ".join(one_line(self._title_of(it)) for it in told)
            return _bounded(f"[Peringatan] {number(len(told))} peringatan baru: {titles}")
        subject = self.alert_subject(told[0])
        if "escalated" in told[0].kinds:
            return subject.replace("[Peringatan]", "[Eskalasi]", 1)
        return subject if first is None else f"Re: {first.subject}"

    def _heads(self, told: Sequence[AlertNews], goes_on: bool, is_urgent: bool) -> dict[str, str]:
        """What stands above the message, and below it why it came."""
        news = told[0]
        kicker = "Peringatan penting" if is_urgent else "Peringatan"
        foot = "Salinan di media lain tidak menjadi peringatan baru: perkembangannya menyusul dalam utas surel ini."
        if "closed" in news.kinds:
            kicker, foot = "Peringatan selesai", "Ada perkembangan baru? Peringatan dapat dibuka kembali di Pantau."
        elif "escalated" in news.kinds:
            kicker, foot = "Eskalasi", "Eskalasi berhenti begitu seseorang menandai peringatan ini ditangani di Pantau."
        elif goes_on:
            kicker = "Perkembangan peringatan"
        heading = f"{number(len(told))} peringatan baru" if len(told) > 1 else _rule_names(news)
        raised = min(it.lead.raised for it in told)
        return {"kicker": kicker, "heading": heading, "span": f"Ditemukan {moment(raised)}", "foot": foot}

    def _title_of(self, news: AlertNews) -> str:
        if news.article is not None:
            return news.article.title or "(tanpa judul)"
        return alert_words.subject_of(news.lead.about, self._region_name, self._outlet_name)

    def _outlets_of(self, news: AlertNews) -> str:
        """The outlets in the order in which they came to the story; where they are many, the first of them."""
        outlets = [self._outlet_name(it) for it in dict.fromkeys(article.outlet for article in news.articles)]
        more = len(outlets) - _MOST_ALERTED
        return ", ".join(outlets[:_MOST_ALERTED]) + (f" dan {number(more)} lainnya" if more > 0 else "")

    def _outlet_name(self, outlet: str) -> str:
        return self._outlets.get(outlet, outlet)

    def link_address(self, secret: str) -> str:
        """Where on the desk the holder of the link's secret chooses a password."""
        return f"{self._base_url}/sandi/{secret}"

    @telling_in(INDONESIAN)
    def account_link(self, link: AccountLink, person: Person, address: str) -> Message:
        """The mail that brings a person the address of a link; plain text, so that the address is seen as it is."""
        is_invitation = link.kind == "invitation"
        context = {"person": person, "address": address, "expires": link.expires, "is_invitation": is_invitation}
        return Message(
            id=f"account-{link.id}",
            recipient=person.email,
            subject="Undangan ke Pantau" if is_invitation else "Kata sandi baru untuk Pantau",
            text=self._text("account.txt", **context),
        )

    def _text(self, name: str, **context: object) -> str:
        return self._environment.get_template(name).render(**context)

    def _html(self, name: str, **context: object) -> str:
        return self._leading_to_the_web(self._environment.get_template(name).render(**context))

    def _leading_to_the_web(self, html: str) -> str:
        """The page with its style inlined; an address of another kind, like javascript:, leads to the desk."""
        return self._inliner.inline(_LEADING_ELSEWHERE.sub(f'href="{escape(self._base_url)}"', html))


def _rule_names(news: AlertNews) -> str:
    return " · ".join(dict.fromkeys(one_line(alert.rule_name) for alert in news.alerts))


def _sentences_of(news: AlertNews) -> list[str]:
    """The sentences that decided the tone of the telling article."""
    spans = news.article.sentiment.evidence[:3] if news.article is not None else ()
    return [one_line(span.text) for span in spans]


def one_line(text: str) -> str:
    """The text on one line: a line break from the web could begin a header or fake a line of ours.

    It is shortened where it is longer than any honest sentence.
    """
    return line(text, _LONGEST_LINE)


def _printable(value: Any) -> Any:
    """What a template writes, without characters that act instead of being read."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def by_sentence(figures: Sequence[FigureEntry]) -> list[list[FigureEntry]]:
    """The figures, those of one sentence of one article together."""
    together: dict[tuple[str, str], list[FigureEntry]] = {}
    for figure in figures:
        together.setdefault((figure.article_id, figure.sentence), []).append(figure)
    return list(together.values())


def fragments(figures: Sequence[FigureEntry]) -> list[tuple[str, bool]]:
    """The figures' sentence in pieces, and whether each is one of the figures."""
    sentence = figures[0].sentence[:_LONGEST_LINE]
    pieces: list[tuple[str, bool]] = []
    at = 0
    for figure in sorted(figures, key=lambda it: it.offset):
        end = figure.offset + len(figure.surface)
        if figure.offset >= at and sentence[figure.offset : end] == figure.surface:
            pieces += [(sentence[at : figure.offset], False), (figure.surface, True)]
            at = end
    return [*pieces, (sentence[at:], False)]


def what(told: FigureEntry | Conflict) -> str:
    """What a number is about: its metric, and direction, region and period where they are known."""
    direction = told.direction if isinstance(told, FigureEntry) else None
    parts = (
        names.METRICS.get(told.metric, told.metric),
        names.DIRECTIONS.get(direction, direction) if direction else "",
        one_line(told.region or ""),
        period(told.period) if told.period else "",
    )
    return " · ".join(it for it in parts if it)


def within(name: str) -> str:
    """A name as it stands within a sentence: "Besaran manfaat" → "besaran manfaat", "PHK" as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def where_when(entry: StoryEntry, zone: ZoneInfo) -> str:
    """When a story was printed first, and about where."""
    return " · ".join(it for it in (brief(entry.moment, zone), one_line(", ".join(entry.regions))) if it)


def compared(digest: Digest) -> str:
    """How much was printed, beside the day before and the average."""
    counts, before, average = digest.counts, digest.yesterday, digest.average
    said = "Tidak ada berita"
    if counts.articles:
        said = f"{number(counts.articles)} berita dalam {number(counts.stories)} cerita"
    if before and digest.is_daily:
        said += f"; sehari sebelumnya {number(before.articles)}"
        said += f" ({number(before.negative)} negatif)" if before.negative else ""
    if average:
        said += f"; rata-rata {average.days} hari sebelumnya {one_decimal(average.articles)}"
        said += f" ({one_decimal(average.negative)} negatif)" if average.negative else ""
    return f"{said}."


def _well_formed(text: str) -> str:
    """The text without the characters that no document may have."""
    return _UNPRINTABLE.sub("", text)


def _chart(digest: Digest) -> Attached | None:
    """The picture of the days, where the digest shows it."""
    if "counts" not in digest.group.sections or len(digest.days) < 2:
        return None
    return Attached(_CHART, "image/png", draw_days(digest.days, digest.average))


def _chart_in_words(digest: Digest) -> str:
    days = ", ".join(
        f"{day(it.day)} {number(it.counts.articles)}"
        + (f" ({number(it.counts.negative)} negatif)" if it.counts.negative else "")
        for it in digest.days
    )
    return f"Grafik jumlah berita per hari: {days}."


def _quiet(digest: Digest) -> str:
    said = "Tidak ada berita baru tentang lembaga dalam kurun waktu ini."
    if digest.press.is_blind:
        return f"{said} Itu tidak berarti tidak ada yang terbit: pemantauan sedang terganggu."
    return f"{said} Pemantauan tetap berjalan."


def _preheader(digest: Digest) -> str:
    """What a mail program shows beside the subject."""
    first = next(iter((*digest.needs_answer, *digest.stories)), None)
    return one_line(first.title) if first else _quiet(digest)


def _headline(digest: Digest) -> str:
    if digest.is_quiet:
        return "pemantauan terganggu" if digest.press.is_blind else "tidak ada berita"
    parts = [f"{number(digest.counts.articles)} berita", f"{number(digest.counts.negative)} negatif"]
    if digest.differences:
        parts.append(f"{number(digest.differences)} beda angka")
    if digest.press.is_blind:
        parts.append("pemantauan terganggu")
    return ", ".join(parts)


def _bounded(subject: str) -> str:
    return subject if len(subject) <= _MAX_SUBJECT else subject[: _MAX_SUBJECT - 1].rstrip() + "…"
