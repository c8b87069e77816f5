"""Which URLs name the same article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import MAX_URL_LENGTH, article_id, canonical_url

ARTICLE = "https://sulteng.antaranews.com/berita/301234/peserta-bpjs-ketenagakerjaan-naik"


@pytest.mark.parametrize(
    "twin",
    [
        "http://sulteng.antaranews.com/berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        "HTTPS://Sulteng.AntaraNews.com:443/berita/301234/peserta-bpjs-ketenagakerjaan-naik/",
        "http://sulteng.antaranews.com:80/berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        "https://sulteng.antaranews.com./berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        "https://m.sulteng.antaranews.com/berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        "https://amp.sulteng.antaranews.com/berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        "https://www.sulteng.antaranews.com/berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        "https://user:secret@sulteng.antaranews.com/berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        f"{ARTICLE}#komentar",
        f"{ARTICLE}/amp",
        f"{ARTICLE}/amp/",
        "https://sulteng.antaranews.com/amp/berita/301234/peserta-bpjs-ketenagakerjaan-naik",
        f"{ARTICLE}?amp=1",
        f"{ARTICLE}?amp",
        f"{ARTICLE}?outputType=amp",
        f"{ARTICLE}?page=all",
        f"{ARTICLE}?page=2",
        f"{ARTICLE}?single=1",
        f"{ARTICLE}?showpage=all",
        f"{ARTICLE}?m=1",
        f"{ARTICLE}/all",
        f"{ARTICLE}/2",
        f"{ARTICLE}/page/3/",
        f"{ARTICLE}?utm_source=wa&utm_medium=social",
        f"{ARTICLE}?fbclid=abc&gclid=def&ref=terkait&source=home",
        "https://sulteng.antaranews.com//berita/./301234/x/../peserta-bpjs-ketenagakerjaan-naik",
        "https://sulteng.antaranews.com/berita/301234/peserta%2dbpjs-ketenagakerja%61n-naik",
        f"  {ARTICLE}\n",
    ],
)
def test_twins_of_an_article_share_one_canonical_url(twin: str) -> None:
    assert canonical_url(twin) == ARTICLE


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://lensa-rakyat.com/?p=4711", "https://lensa-rakyat.com/?p=4711"),
        ("https://kominfo.go.id/read?id=9&utm_source=x&cat=3", "https://kominfo.go.id/read?cat=3&id=9"),
        ("https://x.id/index.php?page=berita&id=5", "https://x.id/index.php?id=5&page=berita"),
        ("https://x.id/foto?gambar=3&cid=7", "https://x.id/foto?cid=7&gambar=3"),
        ("https://x.id/a?b=2&b=1", "https://x.id/a?b=2&b=1"),
        ("https://x.id/a?q=kerja%20sama", "https://x.id/a?q=kerja+sama"),
        ("https://x.id", "https://x.id/"),
        ("https://x.id/2026/11/22", "https://x.id/2026/11/22"),
        ("https://x.id/berita/all", "https://x.id/berita/all"),
        ("https://x.id/berita/12", "https://x.id/berita/12"),
        ("https://x.id/berita/amplop-merah", "https://x.id/berita/amplop-merah"),
        ("https://x.id/tenaga kerja/cuti", "https://x.id/tenaga%20kerja/cuti"),
        ("https://x.id/100%-gratis", "https://x.id/100%25-gratis"),
        ("https://m.id/berita", "https://m.id/berita"),
        ("https://m.co.id/berita", "https://m.co.id/berita"),
        ("https://m.jpnn.com/news/a", "https://jpnn.com/news/a"),
        ("https://www.poskota.co.id/a", "https://poskota.co.id/a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ],
)
def test_what_names_the_article_is_kept(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "http://sulteng.kabarnusa.localhost:8401/berita/1",
        "http://localhost/berita/1",
        "http://kabarnusa.localhost/berita/1",
        "http://127.0.0.1/berita/1",
        "http://[2001:db8::1]/berita/1",
        "http://berita.example:8080/a",
    ],
)
def test_hosts_that_have_no_certificate_keep_plain_http(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/berita/1",
        "ftp://x.id/a",
        "javascript:alert(1)",
        "mailto:redaksi@x.id",
        "https://",
        "https:///a",
        "https://x.id:99999/a",
        "https://x.id:abc/a",
        "https://[::1/a",
        "https://a..b/c",
        "https://x y.id/a",
        "https://x.id/" + "a" * MAX_URL_LENGTH,
        "https://x.id/" + "é" * 1000,
        "https://x.id/\ud800",
        "https://x.id/?q=\ud800",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — urllib words these messages
        canonical_url(url)


PIECES = st.one_of(
    st.sampled_from(["amp", "all", "page", "halaman", "2", "12", "page/2", "berita", "bpjs-naik-lagi-2026", "a-b-c-d"]),
    st.sampled_from(["", " ", ".", "..", "%2e", "%41", "%%341", "%", "%25", "é", ";x=", "&", "m", "www", "single"]),
)
NAMES = st.sampled_from(["id", "p", "page", "single", "utm_x", "ref", "amp", "q", "Page", "m", "é"])
VALUES = st.sampled_from(["", "1", "all", "2", "a b", "%", "é", "\ufffd", "a+b", "a=b&c"])


@st.composite
def urls(draw: st.DrawFn) -> str:
    scheme = draw(st.sampled_from(["http", "https", "HTTP"]))
    labels = draw(st.lists(st.sampled_from(["www", "m", "amp", "x", "co", "id", "localhost"]), min_size=1, max_size=5))
    port = draw(st.sampled_from(["", ":80", ":443", ":8401"]))
    path = "/".join(draw(st.lists(PIECES, max_size=8)))
    query = "&".join(f"{n}={v}" for n, v in draw(st.lists(st.tuples(NAMES, VALUES), max_size=5)))
    return f"{scheme}://{'.'.join(labels)}{port}/{path}?{query}"


@given(urls())
def test_the_canonical_url_of_a_canonical_url_is_itself(url: str) -> None:
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical


@given(st.text(max_size=60).map("https://x.id/".__add__))
def test_any_path_is_refused_or_stable(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(canonical) == canonical


def test_an_article_id_is_short_and_stable() -> None:
    assert article_id(ARTICLE) == article_id(canonical_url(ARTICLE + "?page=2"))
    assert article_id(ARTICLE) != article_id(ARTICLE + "-lagi")
    assert len(article_id(ARTICLE)) == 16
    assert set(article_id(ARTICLE)) <= set("0123456789abcdef")
