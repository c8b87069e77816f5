"""How many generated news pages are read in a second of one core, and of several processes by the clock."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from string import Template

from crawler.extract import extract, pages_from_files

_SPEECH = """
kantor cabang pekerja iuran peserta klaim jaminan kecelakaan kematian hari tua bupati dinas petani kabupaten
perusahaan nelayan pedagang santunan ahli waris desa kecamatan program perlindungan sosial data terdaftar
membayar kata menyerahkan ujar pada oleh untuk dengan yang dari dalam akan telah sudah belum karena sejak
tahun bulan ini itu warga
"""
_WORDS = _SPEECH.split()
_TEMPLATE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
_PLACES = ("Teluk Biru", "Muara Kelam", "Tanjung Rasi", "Batu Layar", "Ujung Dermaga")
_BODY_WORDS = 400
_PARAGRAPHS = 12


def generated_pages(count: int, seed: int = 7) -> list[tuple[str, bytes]]:
    """Address and bytes of invented news pages of some 60 KB: 400 words among all that portals print around them."""
    chance = Random(seed)  # noqa: S311 - sample pages, no secrets
    return [_page(chance, number) for number in range(1, count + 1)]


def _sentence(chance: Random, words: int) -> str:
    chosen = [chance.choice(_WORDS) for _ in range(words)]
    if words > 12:
        chosen[words // 2] += ","
        chosen[words // 3] = f"{chance.randrange(2, 900)}.{chance.randrange(1000):03} orang"
    return " ".join(chosen).capitalize() + "."


def _headline(chance: Random) -> str:
    return f"{' '.join(chance.choice(_WORDS) for _ in range(7)).title()} di {chance.choice(_PLACES)}"


def _page(chance: Random, number: int) -> tuple[str, bytes]:
    url = f"https://kabarbahari.example/berita/{4000 + number}/laporan-nomor-{number}-dari-teluk-biru"
    title = _headline(chance)
    paragraphs = [
        " ".join(_sentence(chance, _BODY_WORDS // _PARAGRAPHS // 2) for _ in range(2)) for _ in range(_PARAGRAPHS)
    ]
    paragraphs[0] = f"TELUK BIRU, Kabar Bahari - {paragraphs[0]}"
    pointer = f'<p><strong>Baca juga:</strong> <a href="/berita/{number}/a">{_headline(chance)}</a></p>'
    body = "".join(
        f"<p>{paragraph}</p>{pointer if place % 4 == 3 else ''}" for place, paragraph in enumerate(paragraphs)
    )
    teasers = (f'<a href="/berita/{n}/judul-{n}">{_headline(chance)}</a>' for n in range(45))
    cards = "".join(f'<div class="card card--small"><h3 class="card__title">{teaser}</h3></div>' for teaser in teasers)
    comments = "".join(f'<li class="comment"><b>Pembaca {n}</b><p>{_sentence(chance, 25)}</p></li>' for n in range(20))
    page = _TEMPLATE.substitute(
        title=title,
        body=body,
        cards=cards,
        comments=comments,
        menu="".join(f'<li class="menu-item"><a href="/kanal/{n}">Kanal {n}</a></li>' for n in range(60)),
        metas="".join(f'<meta name="x-{n}" content="{_sentence(chance, 8)}">' for n in range(20)),
        script="<script>window.dataLayer=window.dataLayer||[];" + "function f(a,b){return a<b?a:b}" * 150 + "</script>",
        style="<style>" + ".card{margin:0 auto;padding:4px 8px}" * 150 + "</style>",
    )
    return url, page.encode()


def pages_per_cpu_second(pages: Sequence[tuple[str, bytes]]) -> float:
    """How many of the pages are read in a second of this process' CPU time."""
    _read_all(pages[:5])
    start = time.process_time()
    _read_all(pages)
    return len(pages) / (time.process_time() - start)


def pages_per_second(pages: Sequence[tuple[str, bytes]], processes: int) -> float:
    """How many of the pages are read in a second by the clock, by that many processes that are already at work."""
    parts = [pages[first::processes] for first in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_read_all, [part[:5] for part in parts]))
        start = time.perf_counter()
        list(pool.map(_read_all, parts))
        return len(pages) / (time.perf_counter() - start)


def _read_all(pages: Sequence[tuple[str, bytes]]) -> int:
    return sum(len(extract(pages_from_files(url, [body])).text) for url, body in pages)
