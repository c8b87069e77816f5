"""Mails say the same in text and HTML, in Indonesian, and hostile text stays text."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import html as lxml_html

from service.adapters.rendering import Renderer
from service.domain.alert import alert_for
from service.domain.alert_life import AlertNews, NoticeKind, ToldAlert
from service.domain.article import Article
from service.domain.digest import Digest, OutletTrouble, PressState, compose_digest
from service.domain.digest_group import DigestGroup
from service.domain.health import Alarm
from service.domain.message import Message
from service.domain.recipient import recipient_of_mail
from service.usecases.digests import DigestMail
from tests.service.builders import NOW, TEXT, TITLE, a_figure, a_rule, a_span, an_alert, an_article
from tests.service.desk_sample import sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeStore, told_by_ledger
from tests.service.signed_in import signed_in

NAMES = {"kabarsukamaju.example": "Kabar Sukamaju", "beritarotan.example": "Berita Rotan"}
GROUP = DigestGroup("harian", "Kliping harian", subject_tag="Kliping BPJAMSOSTEK")
HOSTILE = "<script>alert('x')</script>\x00\x1b\r\nBcc: all@agency.example \"><img src=//evil.example>"


HUMAS = recipient_of_mail("humas@agency.example")


def an_alert_news(*story: Article, **changes: Any) -> AlertNews:
    """A new alert that the first of these articles raised."""
    alert = alert_for(a_rule(**changes), story[0], NOW)
    return AlertNews((alert,), frozenset({"raised"}), story[0], story)


def mail(renderer: Renderer, *news: AlertNews) -> Message:
    return renderer.alert(news, HUMAS, "alert-x", None)


def both(message: Message) -> tuple[str, str]:
    """What the reader of either part sees."""
    assert message.html is not None
    return message.text, visible(message.html)


@pytest.fixture
def renderer() -> Renderer:
    return Renderer("http://127.0.0.1:8400/", NAMES)


def a_digest(*articles: Article) -> Digest:
    since = NOW - timedelta(days=2)
    press = PressState(
        watched=9,
        well=6,
        failing=1,
        unseen=1,
        troubles=(
            OutletTrouble("Suara Teluk", "suarateluk", Alarm("unreachable", since, since, "http-404")),
            OutletTrouble("Warta Muara", "warta", Alarm("silent", since, since, "no-pages", 72, usual=14), False),
        ),
        more_troubles=2,
    )
    return compose_digest(
        GROUP,
        date(2026, 11, 23),
        NOW - timedelta(days=1),
        NOW,
        articles=articles,
        press=press,
        outlet_names=NAMES,
        **told_by_ledger(*articles),
    )


def a_full_digest() -> Digest:
    figures = (a_figure(), a_figure("41.200 orang", value=41_200.0, kind="count", unit="people"))
    wrong = (a_figure(value=19.7),)
    return a_digest(
        an_article("keluhan", tone="negative", story_id="s1", alert_classes=("complaint",), figures=figures),
        an_article("salinan", outlet="beritarotan.example", tone="negative", story_id="s1", figures=wrong),
        an_article("santunan", tone="positive", title="Ahli waris menerima santunan"),
        an_article("jadwal", title="Jadwal layanan akhir tahun"),
    )


def parts(mail: DigestMail) -> tuple[str, str, str]:
    return mail.subject, mail.text, mail.html


def parsed(html: str) -> Any:
    return lxml_html.fromstring(html)


def visible(html: str) -> str:
    tree = parsed(html)
    for hidden in tree.xpath("//style|//title|//div[@class='preheader']"):
        hidden.drop_tree()
    return " ".join(tree.text_content().split())


def test_the_subject_counts_news_negatives_and_disagreements(renderer: Renderer) -> None:
    subject = renderer.digest(a_full_digest()).subject
    assert subject == "[Kliping BPJAMSOSTEK] Sen 23 Nov 2026 – 4 berita, 2 negatif, 1 beda angka"


def test_the_subject_is_silent_about_disagreements_where_there_are_none(renderer: Renderer) -> None:
    many = replace(a_digest(an_article()), counts=replace(a_digest(an_article()).counts, articles=1042, negative=3))
    assert renderer.digest(many).subject == "[Kliping BPJAMSOSTEK] Sen 23 Nov 2026 – 1.042 berita, 3 negatif"


def test_a_quiet_day_says_so_in_every_part(renderer: Renderer) -> None:
    subject, text, html = parts(renderer.digest(a_digest()))
    assert subject == "[Kliping BPJAMSOSTEK] Sen 23 Nov 2026 – tidak ada berita"
    assert "Tidak ada berita baru" in text
    assert "Tidak ada berita baru" in visible(html)


def test_every_section_stands_in_both_parts(renderer: Renderer) -> None:
    _, text, html = parts(renderer.digest(a_full_digest()))
    for heading in ("Perlu tanggapan", "Beda angka", "Angka baru hari ini", "Berita lain", "Wilayah"):
        assert heading in visible(html)
        assert heading.casefold() in text.casefold()
    for words_of_both in (
        "Keluhan layanan",
        "Kabar Sukamaju",
        "Berita Rotan",
        "10,97 persen",
        "Juni 2026",
        "Sumatera Selatan",
        "Ahli waris menerima santunan",
        "Suara Teluk",
        "9 media dipantau, 6 lancar; 1 sebagian sumbernya gagal dibaca dan dicoba lagi; 1 belum pernah diambil.",
        "Tidak satu pun sumbernya dapat dibaca: halaman tidak ditemukan. Sejak Sab 21 Nov 2026, 08.00 WIB.",
        "Tidak ada halaman baru selama 3 hari; jeda terlama biasanya 14 jam.",
        "2 media lain yang bermasalah",
        "Min 22 Nov 2026, 08.00 WIB",
    ):
        assert words_of_both in visible(html)
        assert words_of_both in text


def test_new_troubles_are_marked_and_come_first(renderer: Renderer) -> None:
    _, text, html = parts(renderer.digest(a_full_digest()))
    assert "[BARU] Suara Teluk" in text
    assert "[BARU] Warta Muara" not in text
    assert visible(html).index("baru · tidak dapat dibaca") < visible(html).index("Warta Muara")
    assert parsed(html).xpath("//a[@href='http://127.0.0.1:8400/sumber/suarateluk']")


def test_silence_of_a_crawler_that_stood_still_is_not_called_a_quiet_day(renderer: Renderer) -> None:
    idle = Alarm("idle", NOW - timedelta(hours=9), NOW, "not-asked", 9)
    digest = replace(a_digest(), press=PressState(watched=9, alarms=(idle,)))
    subject, text, html = parts(renderer.digest(digest))
    assert subject.endswith("– pemantauan terganggu")
    for part in (text, visible(html)):
        assert "Pemantauan tetap berjalan" not in part
        assert "Sudah 9 jam tidak ada sumber yang diperiksa" in part


def test_the_text_part_has_every_link_of_the_html_part(renderer: Renderer) -> None:
    _, text, html = parts(renderer.digest(a_full_digest()))
    links = {link for link in parsed(html).xpath("//a/@href") if "example" in link}
    assert links
    assert all(link in text for link in links)


def test_the_html_loads_nothing_and_carries_its_own_style(renderer: Renderer) -> None:
    html = renderer.digest(a_full_digest()).html
    tree = parsed(html)
    assert tree.xpath("//img|//link|//script|//iframe|//@src|//@background") == []
    assert "url(" not in html
    assert "@import" not in html
    assert "prefers-color-scheme: dark" in html
    assert tree.xpath("//td[contains(@style, 'padding')]")
    assert len(html) < 100_000


def test_a_story_is_told_with_the_time_of_the_outlet_that_tells_it(renderer: Renderer) -> None:
    first = an_article("awal", published=NOW - timedelta(hours=5), tone="negative", score=0.6, story_id="s1")
    teller = an_article("lanjut", outlet="beritarotan.example", tone="negative", score=0.9, story_id="s1")
    teller = replace(teller, title="Peserta mengeluh", published=NOW - timedelta(hours=2))
    for part in (renderer.digest(a_digest(first, teller)).text, visible(renderer.digest(a_digest(first, teller)).html)):
        assert "Peserta mengeluh" in part
        assert "06.00" in part
        assert "03.00" not in part


def test_every_page_of_the_desk_that_a_digest_leads_to_is_there(renderer: Renderer) -> None:
    figures = [a_figure(value=float(number)) for number in range(40)]
    articles = [
        an_article(f"b{number}", outlet=f"media-{number % 2}.example", story_id=f"s{number // 2}", figures=(it,))
        for number, it in enumerate(figures)
    ]
    client = signed_in(sample_desk(FakeIndex(), FakeStore()))
    _, text, html = parts(renderer.digest(a_digest(*articles)))
    links = {link for link in parsed(html).xpath("//a/@href") if link.startswith("http://127.0.0.1:8400/")}
    links |= set(re.findall(r"http://127\.0\.0\.1:8400/\S+", text))
    pages = {link.removeprefix("http://127.0.0.1:8400") for link in links}
    pages = {page for page in pages if page.count("/") == 1}
    assert {page.partition("?")[0] for page in pages} >= {"/angka", "/cari", "/sumber"}
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_open_alerts_lead_to_their_article_or_to_the_alerts(renderer: Renderer) -> None:
    article = an_article("lama", title="Antrean panjang di loket")
    silent = replace(an_alert(article), rule_name="Media berhenti terbit")
    digest = compose_digest(
        GROUP,
        date(2026, 11, 23),
        NOW - timedelta(days=1),
        NOW,
        articles=(),
        press=PressState(),
        outlet_names=NAMES,
        alerts=[(an_alert(article), article), (silent, None)],
    )
    _, text, html = parts(renderer.digest(digest))
    for said in ("Peringatan yang belum ditangani", "Antrean panjang di loket", "Media berhenti terbit"):
        assert said in text
        assert said in visible(html)
    beside = replace(digest, needs_answer=a_digest(an_article("keluhan", tone="negative")).needs_answer)
    for part in (renderer.digest(beside).text, visible(renderer.digest(beside).html)):
        assert "Peringatan lain yang belum ditangani" in part
    for address in (f"http://127.0.0.1:8400/artikel/{article.id}", "http://127.0.0.1:8400/peringatan"):
        assert f"  {address}\n" in text
        assert parsed(html).xpath("//a[@href=$it]", it=address)


def test_the_worst_of_days_is_not_cut_by_a_mail_program_and_leaves_nothing_out_silently(renderer: Renderer) -> None:
    title = "Peserta aktif tinggal 38,6 juta, DPR minta direksi BPJS Ketenagakerjaan memberi penjelasan"
    figures = (a_figure(), a_figure("41.200 orang", value=41_200.0, kind="count", unit="people"))
    articles = [
        an_article(
            f"{'alamat-yang-panjang-' * 4}{number}",
            story_id=f"s{number // 3}",
            outlet=("kabarsukamaju.example", "beritarotan.example", "x.example")[number % 3],
            tone="negative" if number < 240 else "positive",
            title=f"{title} ({number})",
            alert_classes=("complaint",),
            figures=(figures[0], replace(figures[1], value=41_200.0 + number)),
        )
        for number in range(360)
    ]
    _, text, html = parts(renderer.digest(a_digest(*articles)))
    assert len(html.encode()) < 100_000
    for part in (text, visible(html)):
        assert "80 cerita" in part
        assert "dan 30 cerita negatif lain" in part
        assert "117 beda angka lain" in part
    assert "sentimen=negatif" in text
    assert parsed(html).xpath("//a[contains(@href, 'sentimen=negatif')]")


def test_hostile_text_is_escaped_and_kept_on_one_line(renderer: Renderer) -> None:
    text = f"{TEXT}\n{HOSTILE}".replace("\r\n", " ")
    figure = replace(a_figure(speaker=HOSTILE, region=HOSTILE), surface="<b>1</b>")
    article = an_article(title=HOSTILE, text=text, evidence=(), tone="negative", figures=(figure,), outlet="x.example")
    hostile = Renderer("http://127.0.0.1:8400", {"x.example": HOSTILE})
    digest = compose_digest(
        replace(GROUP, name=HOSTILE),
        date(2026, 11, 23),
        NOW - timedelta(days=1),
        NOW,
        articles=[article],
        press=PressState(1, troubles=(OutletTrouble(HOSTILE, HOSTILE, Alarm("unreachable", NOW, NOW, HOSTILE)),)),
        outlet_names={"x.example": HOSTILE},
        **told_by_ledger(article),
    )
    message = mail(hostile, an_alert_news(article), an_alert_news(replace(article, id="b", story_id="s2")))
    _, digest_text, digest_html = parts(hostile.digest(digest))
    for html in (digest_html, message.html or ""):
        tree = parsed(html)
        assert tree.xpath("//script|//img") == []
        assert "alert('x')" in visible(html)
    for part in (digest_text, message.text, message.subject):
        assert not re.search(r"^Bcc:", part, re.MULTILINE)
    assert "\n" not in message.subject


def test_an_alert_tells_what_where_and_why(renderer: Renderer) -> None:
    article = an_article(tone="negative", alert_classes=("complaint",), figures=(a_figure(), a_figure(kind="rule")))
    copy = an_article("salinan", outlet="beritarotan.example", story_id=article.story_id)
    news = an_alert_news(article, copy)
    message = mail(renderer, news)
    assert message.subject == f"[Peringatan] Berita negatif: {article.title}"
    assert (message.recipient, message.thread) == ("humas@agency.example", None)
    for part in both(message):
        for said in (article.title, "Kabar Sukamaju", "Negatif", "Keluhan layanan", "10,97 persen", "Kota Palembang"):
            assert said in part
        assert "Dimuat 2 media: Kabar Sukamaju, Berita Rotan" in part
    assert article.url in message.text
    assert f"http://127.0.0.1:8400/peringatan/{news.lead.id}" in message.text


def test_several_alerts_are_told_together(renderer: Renderer) -> None:
    stories = [an_article(f"s{number}", title=f"Keluhan ke-{number}", tone="negative") for number in range(3)]
    message = mail(renderer, *map(an_alert_news, stories))
    assert message.subject == "[Peringatan] 3 peringatan baru: Keluhan ke-0; Keluhan ke-1; Keluhan ke-2"
    for part in both(message):
        for article in stories:
            assert article.title in part
    assert "Angka yang disebut" not in message.text


def test_what_is_new_of_a_story_stands_in_the_card_of_that_story(renderer: Renderer) -> None:
    first = an_alert_news(an_article("a", title="Keluhan pertama", story_id="s1"))
    grown = an_alert_news(
        an_article("b", title="Keluhan kedua", story_id="s2"), an_article("c", outlet="c.example", story_id="s2")
    )
    message = mail(renderer, first, replace(grown, kinds=frozenset({"grown"})))
    cards = lxml_html.document_fromstring(message.html or "").cssselect("table.card")
    texts = ["".join(map(str, card.itertext())) for card in cards]
    told = [[said in text for said in ("Keluhan kedua", "Kini dimuat 2 media.")] for text in texts]
    assert told == [[False, False], [True, True]]


def test_a_quoted_sentence_keeps_its_own_quotation_marks_alone(renderer: Renderer) -> None:
    said = '"Uangnya tidak seberapa," kata Yusuf.'
    message = mail(renderer, an_alert_news(an_article(tone="negative", evidence=(a_span(said, said),))))
    assert f"> {said}" in message.text.splitlines()


def test_a_night_of_alerts_is_told_in_bounds(renderer: Renderer) -> None:
    stories = [an_article(f"s{number}", title=f"Keluhan nomor {number}.", tone="negative") for number in range(80)]
    message = mail(renderer, *map(an_alert_news, stories))
    assert "Keluhan nomor 29." in message.text
    assert "Keluhan nomor 30." not in message.text
    for part in both(message):
        assert "dan 50 peringatan lain" in part


@pytest.mark.parametrize(
    ("kinds", "changes", "subject", "said"),
    [
        ({"grown"}, {}, "Re: [Peringatan] Berita negatif: Judul", "Kini dimuat 2 media."),
        ({"turned"}, {}, "Re: [Peringatan] Berita negatif: Judul", "Sentimennya kini negatif."),
        ({"raised"}, {}, "Re: [Peringatan] Berita negatif: Judul", "kini juga memenuhi aturan Berita negatif"),
        ({"reopened"}, {}, "Re: [Peringatan] Berita negatif: Judul", "Peringatan ini dibuka kembali."),
        (
            {"closed"},
            {"state": "closed", "closed_reason": "corrected", "closed_by": "Rani"},
            "Re: [Peringatan] Berita negatif: Judul",
            "Selesai: penilaiannya dikoreksi oleh Rani.",
        ),
        (
            {"escalated"},
            {"waits_since": NOW},
            f"[Eskalasi] Berita negatif: {TITLE}",
            "Belum ada yang menangani sejak Sen 23 Nov 2026, 08.00 WIB.",
        ),
    ],
)
def test_what_becomes_of_an_alert_is_told_in_its_thread(
    renderer: Renderer, kinds: set[NoticeKind], changes: dict[str, Any], subject: str, said: str
) -> None:
    article = an_article(tone="negative")
    news = an_alert_news(article, an_article("salinan", outlet="beritarotan.example"))
    news = replace(news, kinds=frozenset(kinds), alerts=(replace(news.lead, **changes),))
    first = ToldAlert("a", "alert-first", "humas", "[Peringatan] Berita negatif: Judul", NOW)
    message = renderer.alert([news], HUMAS, "alert-next", first)
    assert (message.subject, message.thread) == (subject, "alert-first")
    for part in both(message):
        assert said in part


def test_an_alert_about_no_story_tells_what_it_is_about() -> None:
    renderer = Renderer("http://127.0.0.1:8400", NAMES, region_name=lambda code: f"Provinsi {code}")
    rule = replace(alert_for(a_rule(name="Lonjakan"), an_article(), NOW), about="wilayah:16@2026-11-23")
    news = AlertNews((replace(rule, article_id=None, reasons=("24 berita, biasanya 3",)),), frozenset({"raised"}))
    message = mail(renderer, news)
    assert message.subject == "[Peringatan] Lonjakan: Wilayah Provinsi 16, Sen 23 Nov 2026"
    for part in both(message):
        assert "24 berita, biasanya 3" in part


def test_an_urgent_alert_is_marked_as_such(renderer: Renderer) -> None:
    article = an_article(tone="negative")
    urgent = mail(renderer, an_alert_news(article, severity="high"))
    assert urgent.headers["Importance"] == "high"
    assert "PERINGATAN PENTING" in urgent.text
    assert dict(mail(renderer, an_alert_news(article)).headers) == {}


def test_a_very_long_title_is_cut_in_the_subject(renderer: Renderer) -> None:
    article = an_article(title="Panjang " * 60)
    for subject in (mail(renderer, an_alert_news(article)).subject, renderer.alert_subject(an_alert_news(article))):
        assert len(subject) <= 150
        assert subject.endswith("…")
