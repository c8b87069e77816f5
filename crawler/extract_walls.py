"""Pages that stand in an article's place: bot challenges, error pages, pay walls and log-in walls.

Errors: ExtractionError with reason "challenge", "not-found", "http-error", "paywall" or "login".
"""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract_text import text_of
from crawler.metadata import Metadata
from crawler.page import ExtractionError

_SHORT_PAGE = 60_000
_TITLES = 20
_TITLE = re.compile(r"<[tT][iI][tT][lL][eE]\b[^>]{0,200}>([^<]{0,200})")
_CHALLENGE_TITLE = re.compile(
    r"\s*(?:just a moment|attention required|checking your browser|ddos-guard|access denied"
    r"|are you a robot|please wait|security check"
    r"|verif(?:y|ying) you are human|human verification|captcha|robot check|request rejected"
    r"|mohon tunggu|sucuri website firewall|one moment, please)",
    re.IGNORECASE,
)
_CHALLENGE_MARK = re.compile(
    r"cf-browser-verification|cf_chl_opt|challenge-platform/h/|cf-challenge|/cdn-cgi/challenge|incapsula incident id"
    r"|_incapsula_resource|sucuri_cloudproxy_js|ddos-guard\.net/.{0,20}check|px-captcha|captcha-delivery\.com"
    r"|aes\.js.{0,400}toNumbers|awswaf.{0,40}challenge|hcaptcha\.com/captcha",
    re.IGNORECASE | re.DOTALL,
)
_NOT_FOUND_TITLE = re.compile(
    r"\s*(?:(?:error\s*)?404\b|(?:page )?not found)|\s*(?:halaman|berita|artikel) tidak (?:ditemukan|ada)"
    r"|.{0,60}(?:page not found|halaman tidak ditemukan)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:artikel|konten|berita)\s+(?:ini\s+)?(?:khusus|hanya|eksklusif)\s+(?:untuk\s+|bagi\s+)?(?:pelanggan|anggota|member)"
    r"|berlangganan\s+(?:sekarang\s+)?untuk\s+(?:membaca|melanjutkan|mengakses)|lanjutkan membaca dengan berlangganan"
    r"|silakan berlangganan|sudah berlangganan\?|subscribe to (?:read|continue)|this article is for subscribers"
    r"|anda memiliki \d+ artikel gratis|konten premium",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:silakan|silahkan|harap|anda harus|please)\s+(?:log\s?in|masuk|sign\s?in|daftar)\b.{0,60}"
    r"(?:membaca|melanjutkan|melihat|mengakses|to (?:read|continue|view))"
    r"|(?:masuk|log\s?in) untuk (?:membaca|melanjutkan)",
    re.IGNORECASE,
)
_TEASER_WORDS = 150


def raise_if_no_article_can_stand_here(html: str, status: int) -> None:
    """Raise for challenges and error pages, which no reading of the text makes into news."""
    head = html[:_SHORT_PAGE]
    titles = [found[1] for found in islice(_TITLE.finditer(head), _TITLES)]
    if any(map(_CHALLENGE_TITLE.match, titles)) or (
        len(html) < _SHORT_PAGE and _may_challenge(head.lower()) and _CHALLENGE_MARK.search(head)
    ):
        raise ExtractionError("challenge", "the site asks for a browser check instead of giving the page")
    if status in {404, 410} or any(map(_NOT_FOUND_TITLE.match, titles)):
        raise ExtractionError("not-found", "the site says that there is no such page")
    if status >= 400:
        raise ExtractionError("http-error", f"the response has status {status}")


def _may_challenge(head: str) -> bool:
    """Whether one of the words stands there without which no mark does; far cheaper than to seek the marks."""
    return any(
        word in head
        for word in ("challenge", "captcha", "incapsula", "sucuri", "ddos-guard", "cf-browser", "cf_chl", "aes.js")
    )


def raise_if_the_text_is_withheld(tree: HtmlElement, paragraphs: Sequence[str], metadata: Metadata) -> None:
    """Raise when a wall stands where the text should go on."""
    if sum(len(line.split()) for line in paragraphs) >= _TEASER_WORDS:
        return
    shown = text_of(tree)[:200_000]
    if not metadata.is_free or _PAYWALL.search(shown):
        raise ExtractionError("paywall", "only subscribers see the text")
    if _LOGIN.search(shown):
        raise ExtractionError("login", "only readers who log in see the text")
