"""Which links of a page lead to the rest of its article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pager import MAX_PAGES, next_pages

ARTICLE = "https://kabarbahari.example/berita/4711/iuran-nelayan-di-teluk-biru-naik"


def a_page(pager: str = "", *, head: str = '<meta property="og:type" content="article">') -> str:
    return f"""<html><head>{head}</head><body><nav><a href="/">Beranda</a><a href="/ekonomi?page=2">Ekonomi</a></nav>
    <article><h1>Iuran nelayan naik</h1><p>Isi berita pertama.</p>{pager}</article></body></html>"""


def test_numbered_query_pages_come_in_order_and_absolute() -> None:
    pager = '<div class="paging"><a href="?page=3">3</a> <b>1</b> <a href="?page=2">2</a></div>'
    assert next_pages(a_page(pager), ARTICLE) == [f"{ARTICLE}?page=2", f"{ARTICLE}?page=3"]


def test_path_numbers_are_pages_of_the_article() -> None:
    pager = f'<p class="page-links">Halaman: 1 <a href="{ARTICLE}/2/">2</a> <a href="{ARTICLE}/3/">3</a></p>'
    assert next_pages(a_page(pager), ARTICLE) == [f"{ARTICLE}/2/", f"{ARTICLE}/3/"]


def test_an_address_with_and_without_a_final_slash_is_the_same_article() -> None:
    pager = f'<a href="{ARTICLE}/2/">2</a>'
    assert next_pages(a_page(pager), ARTICLE + "/") == [f"{ARTICLE}/2/"]


@pytest.mark.parametrize(
    "label", ["Selanjutnya", "Selanjutnya »", "Halaman Selanjutnya", "Halaman 2", "Next", "2", "»"]
)
def test_the_words_of_a_pager_are_understood_without_a_labelled_box(label: str) -> None:
    assert next_pages(a_page(f'<div><a href="?page=2">{label}</a></div>'), ARTICLE) == [f"{ARTICLE}?page=2"]


@pytest.mark.parametrize("mark", ["?page=all", "?showpage=all", "?single=1", "/all"])
def test_the_whole_article_on_one_page_replaces_its_parts(mark: str) -> None:
    pager = (
        f'<div class="pagination"><a href="{ARTICLE}?page=2">2</a><a href="{ARTICLE}{mark}">Tampilkan Semua</a></div>'
    )
    assert next_pages(a_page(pager), ARTICLE) == [f"{ARTICLE}{mark}"]


def test_the_whole_article_has_no_further_pages() -> None:
    pager = '<div class="paging"><a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=all">Semua</a></div>'
    assert next_pages(a_page(pager), f"{ARTICLE}?page=all") == []


def test_a_later_page_names_only_the_pages_after_it() -> None:
    pager = f'<div class="paging"><a href="{ARTICLE}">1</a><a href="?page=2">2</a><a href="?page=3">3</a></div>'
    assert next_pages(a_page(pager), f"{ARTICLE}?page=2") == [f"{ARTICLE}?page=3"]
    assert next_pages(a_page(pager), f"{ARTICLE}?page=3") == []


def test_a_later_page_by_path_names_only_the_pages_after_it() -> None:
    pager = f'<div class="paging"><a href="{ARTICLE}">1</a><a href="{ARTICLE}/2">2</a><a href="{ARTICLE}/3">3</a></div>'
    assert next_pages(a_page(pager), f"{ARTICLE}/2") == [f"{ARTICLE}/3"]


def test_pages_that_a_pager_leaves_out_are_filled_in() -> None:
    pager = '<div class="paging"><b>1</b><a href="?page=2">2</a> … <a href="?page=5">5</a></div>'
    assert next_pages(a_page(pager), ARTICLE) == [f"{ARTICLE}?page={n}" for n in (2, 3, 4, 5)]


def test_pages_counted_in_paragraphs_have_no_gaps_to_fill() -> None:
    pager = f'<div class="pagination"><a href="{ARTICLE}/15">2</a><a href="{ARTICLE}/30">3</a></div>'
    assert next_pages(a_page(pager), ARTICLE) == [f"{ARTICLE}/15", f"{ARTICLE}/30"]


def test_a_head_link_to_the_next_part_counts_and_to_the_next_article_does_not() -> None:
    head = '<meta property="og:type" content="article"><link rel="next" href="{}">'
    assert next_pages(a_page(head=head.format(f"{ARTICLE}/2/")), ARTICLE) == [f"{ARTICLE}/2/"]
    assert next_pages(a_page(head=head.format("/berita/4712/pasar-ikan-baru-dibuka")), ARTICLE) == []


def test_tracking_parameters_do_not_make_another_article() -> None:
    pager = '<div class="paging"><a href="?page=2">2</a></div>'
    assert next_pages(a_page(pager), f"{ARTICLE}?utm_source=rss") == [f"{ARTICLE}?page=2"]


def test_an_article_addressed_by_query_keeps_its_identity() -> None:
    url = "https://kabarbahari.example/read.php?id=55"
    pager = (
        '<div class="paging"><a href="read.php?id=55&amp;page=2">2</a><a href="read.php?id=56&amp;page=2">2</a></div>'
    )
    assert next_pages(a_page(pager), url) == ["https://kabarbahari.example/read.php?id=55&page=2"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/berita/4712/pasar-ikan-baru-dibuka" rel="next">Berita Selanjutnya</a>',
        '<a href="/berita/4712/pasar-ikan-baru-dibuka?page=2">Selanjutnya</a>',
        '<a href="https://lain.example/berita/4711/iuran-nelayan-di-teluk-biru-naik?page=2">2</a>',
        '<a href="//lain.example/x?page=2">2</a>',
        '<div class="comments-pagination"><a href="?page=2">2</a></div>',
        '<div id="komentar"><div class="paging"><a href="?page=2">2</a></div></div>',
        f'<a href="{ARTICLE}/comment-page-2/#comments">2</a>',
        '<a href="?page=2#comments">2</a>',
        '<div class="widget-terkait"><a href="?page=2">2</a></div>',
        '<a href="?page=2">Nelayan Teluk Biru menolak</a>',
        '<a href="?page=1">1</a>',
        '<a href="#">2</a>',
        '<a href="javascript:void(0)">2</a>',
        '<a href="?page=99999999999999999999">2</a>',
        '<a href="http://[bad/2">2</a>',
        '<a href="https://kabarbahari.example:port/2">2</a>',
    ],
)
def test_other_links_are_no_further_pages(link: str) -> None:
    assert next_pages(a_page(link), ARTICLE) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://kabarbahari.example/",
        "https://kabarbahari.example/ekonomi",
        "https://kabarbahari.example/tag/iuran-nelayan-teluk-biru",
        "https://kabarbahari.example/category/ekonomi/page/2/",
        "https://kabarbahari.example/search?q=iuran+nelayan",
        "https://kabarbahari.example/indeks/2026/11/22",
        "https://kabarbahari.example/2026/11",
    ],
)
def test_a_listing_has_no_article_pages(url: str) -> None:
    pager = (
        '<div class="pagination"><a href="?page=2">2</a><a href="page/2/">2</a><a href="?page=3">Selanjutnya</a></div>'
    )
    assert next_pages(a_page(pager, head='<meta property="og:type" content="website">'), url) == []


def test_a_neighbour_with_the_next_number_is_another_article() -> None:
    page = a_page('<div class="pagination"><a href="/berita/12">Selanjutnya</a></div>')
    assert next_pages(page, "https://kabarbahari.example/berita/11") == []


def test_the_number_of_pages_is_bounded() -> None:
    links = "".join(f'<a href="?page={n}">{n}</a>' for n in range(2, 500))
    pages = next_pages(a_page(f'<div class="paging">{links}</div>'), ARTICLE)
    assert pages == [f"{ARTICLE}?page={n}" for n in range(2, MAX_PAGES + 2)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   ",
        "\x00\x01",
        "<div>" * 100_000,
        "<a href='?page=2'>" * 20_000,
        "<!--" * 200_000,
        "<script " * 100_000,
        "<div " + " ".join(f"a{n}='{n}'" for n in range(200_000)) + ">",
        "<a href='" + "?page=2&" * 100_000 + "'>2</a>",
        "\ud800<a href='?page=2'>",
        "<?xml version='1.0' encoding='utf-16'?><p>x</p>",
    ],
    ids=lambda html: repr(html[:12]),
)
def test_hostile_pages_give_no_pages_and_no_error(html: str) -> None:
    assert next_pages(html, ARTICLE) in ([], [f"{ARTICLE}?page=2"])


@pytest.mark.parametrize("url", ["", "kabar", "http://[", "https://a:b/", "mailto:redaksi@kabar.example"])
def test_an_unreadable_address_gives_no_pages(url: str) -> None:
    assert next_pages(a_page('<a href="?page=2">2</a>'), url) == []


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_survived(href: str, label: str) -> None:
    pages = next_pages(a_page(f'<div class="paging"><a href="{href}">{label}</a></div>'), ARTICLE)
    assert all(page.startswith("http") for page in pages)


@pytest.mark.parametrize(
    "link",
    [
        "<A HREF='?page=2'>2</A>",
        "<a Href=?page=2>2</a>",
        '<a href="?utm_source=x&amp;page=2">2</a>',
        '<a href=" iuran-nelayan-di-teluk-biru-naik?page=2">2</a>',
        '<a href="//www.kabarbahari.example/berita/4711/iuran-nelayan-di-teluk-biru-naik?page=2">2</a>',
    ],
)
def test_a_pager_is_found_however_its_links_are_written(link: str) -> None:
    assert len(next_pages(a_page(f'<div class="paging">{link}</div>'), ARTICLE)) == 1


def test_an_article_without_a_path_of_its_own_has_its_pages_found() -> None:
    article = "https://kabarbahari.example/?p=4711"
    pager = '<div class="paging"><a href="/?p=4711&amp;page=2">2</a></div>'
    assert next_pages(a_page(pager), article) == [f"{article}&page=2"]
