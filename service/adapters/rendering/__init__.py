"""Mails: a digest or an alert as subject, plain text and HTML, in Indonesian.

All text from the web is escaped in HTML, and kept on one line in subjects and plain text. Nothing remote is loaded.
"""

import re
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from service.domain.account import AccountLink, Person
from service.domain.alert import Alert
from service.domain.article import Article
from service.domain.clipping import line, printable
from service.domain.digest import Digest, FigureEntry
from service.domain.figure import is_news
from service.domain.message import Message
from service.domain.wording import alarms, names
from service.domain.wording.findings import CHECKS, against_official, arithmetic, explanation
from service.domain.wording.numbers import difference, number
from service.domain.wording.times import day, long_day, moment, period

_TEMPLATES = Path(__file__).parent / "templates"
_MAX_SUBJECT = 150
_LONGEST_LINE = 1_500
# Quotes are escaped, so that this finds whole attributes.
_LEADING_ELSEWHERE = re.compile(r'href="(?!https?://)[^"]*"', re.IGNORECASE)
_MAX_ALERT_FIGURES = 6


class Renderer:
    """Renders mails whose links lead to the desk at `base_url`; `subject_tag` opens the digests' subject."""

    def __init__(self, base_url: str, subject_tag: str, outlets: dict[str, str] | None = None) -> None:
        """`outlets` are the names of the outlets by id."""
        self._base_url = base_url.rstrip("/")
        self._subject_tag = subject_tag
        self._outlets = outlets or {}
        self._inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=select_autoescape(["html"], default=False),
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
            "difference": difference,
            "arithmetic": partial(arithmetic, outlet_name=lambda outlet: self._outlets.get(outlet, outlet)),
        }
        self._environment.filters |= {
            "line": one_line,
            "number": number,
            "day": day,
            "long_day": long_day,
            "moment": moment,
            "period": period,
            "alarm": alarms.sentence,
            "by_sentence": by_sentence,
            "fragments": fragments,
            "against_official": against_official,
            "explanation": explanation,
        }

    def digest(self, digest: Digest) -> tuple[str, str, str]:
        """Subject, plain text and HTML of a digest."""
        subject = f"[{self._subject_tag}] {day(digest.day)} – {_headline(digest)}"
        context = {"digest": digest, "counts": digest.counts}
        return subject, self._text("digest.txt", **context), self._html("digest.html", **context)

    def alert(self, alert: Alert, article: Article, recipient: str) -> Message:
        """The mail that tells the recipient of the alert; its id follows from the two."""
        context = {
            "alert": alert,
            "article": article,
            "outlet": self._outlets.get(article.outlet, article.outlet),
            "sentences": [one_line(span.text) for span in article.sentiment.evidence[:3]],
            "figures": [figure for figure in article.figures if is_news(figure)][:_MAX_ALERT_FIGURES],
        }
        return Message(
            id=f"alert-{alert.id}-{sha256(recipient.encode()).hexdigest()[:12]}",
            recipient=recipient,
            subject=_bounded(one_line(f"[Peringatan] {alert.rule_name}: {article.title}")),
            text=self._text("alert.txt", **context),
            html=self._html("alert.html", **context),
            headers={"Importance": "high", "X-Priority": "1"} if alert.severity == "high" else {},
        )

    def link_address(self, secret: str) -> str:
        """Where on the desk the holder of the link's secret chooses a password."""
        return f"{self._base_url}/sandi/{secret}"

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
        html = self._environment.get_template(name).render(**context)
        # An address of another kind, like javascript:, leads to the desk.
        return self._inliner.inline(_LEADING_ELSEWHERE.sub(f'href="{escape(self._base_url)}"', html))


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
