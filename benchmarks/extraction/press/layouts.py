"""The invented outlets and how each prints."""

from benchmarks.extraction.press.printing import Layout

LAYOUTS = (
    Layout("wordpress-newspaper", "Harian Bahari", "/{date:%Y/%m}/{slug}/", "{upper}, HARIAN BAHARI – "),
    Layout("network-portal", "Tribunusa", "/{date:%Y/%m/%d}/{slug}", "TRIBUNUSA.EXAMPLE, {upper} - "),
    Layout("state-wire", "Kawat Berita", "/berita/{number}/{slug}", "{place} (KAWAT) - ", style="br"),
    Layout("big-portal-ads", "Detak", "/news/d-{number}/{slug}", "{place} - "),
    Layout("national-daily", "Kompastama.com", "/read/{date:%Y/%m/%d}/{number}/{slug}", "{upper}, KOMPASTAMA.com - "),
    Layout("radar-multipage", "Radar Senja", "/read/{number}/{slug}", "{upper}, RADARSENJA.EXAMPLE - ", parts=2),
    Layout(
        "government-tables",
        "Kabupaten Sagara",
        "/index.php/berita/{number}-{slug}",
        "{place} – ",
        shows_authors=False,
        shows_caption=False,
    ),
    Layout("blogger", "Suara Kampung", "/{date:%Y/%m}/{slug}.html", "{upper} - ", style="br"),
    Layout("amp-edition", "Wartawita", "/amp/{number}/{slug}", "{place}, Wartawita - "),
    Layout("promedia-pages", "Pikiran Pesisir", "/daerah/pr-{number}/{slug}", "PIKIRAN PESISIR - ", parts=2),
    Layout("old-tables", "Suara Rakyat", "/berita.php?id={number}", "[{upper}] ", style="br"),
    Layout("hydrated-app", "Kumpar", "/k/{slug}-{number}", "{place} - ", style="div"),
    Layout("json-ld-only", "Lensa Kini", "/artikel/{number}/{slug}", "{place}: ", shows_caption=False),
    Layout("public-broadcaster", "Radio Nusa", "/{slug}/berita/{number}", "KBRN, {place}: "),
    Layout("loud-comments", "Media Warga", "/{date:%Y/%m/%d}/{slug}", "{place}, MEDIA WARGA — "),
    Layout("boxes-everywhere", "Majalah Pesisir", "/{slug}-{number}", "{place} — "),
    Layout("english-daily", "The Archipelago Post", "/{date:%Y/%m/%d}/{slug}.html", "{place} – ", is_english=True),
    Layout("elementor-magazine", "Cerita Nusa", "/{slug}/", "{place}, Cerita Nusa – "),
    Layout("television-site", "Kanal Kini", "/nasional/{date:%Y%m%d%H%M%S}-20-{number}/{slug}", "{place}, Kanal Kini -- "),
    Layout("bootstrap-plain", "Lintas Muara", "/baca/{number}/{slug}.html", "{upper}, LINTASMUARA - ", shows_caption=False),
    Layout("mobile-spans", "Saku Berita", "/m/{slug}/{number}", "{place}: ", style="br"),
)
