"""What makes up most of a news page's bytes: scripts, styles, menus, icons."""

import random
from dataclasses import dataclass

from markupsafe import Markup

_NAMES = ("track", "slot", "init", "render", "config", "queue", "bid", "frame", "lazy", "push", "view", "user", "page")
_CHANNELS = (
    *(
        "Nasional",
        "Daerah",
        "Ekonomi",
        "Bisnis",
        "Olahraga",
        "Hiburan",
        "Teknologi",
        "Otomotif",
        "Gaya Hidup",
        "Kuliner",
    ),
    *(
        "Wisata",
        "Pendidikan",
        "Kesehatan",
        "Hukum",
        "Politik",
        "Dunia",
        "Opini",
        "Foto",
        "Video",
        "Infografik",
        "Sosok",
    ),
)
_TOPICS = (
    *("pemilihan wali kota", "harga emas hari ini", "jadwal pertandingan", "cuaca besok", "promo akhir pekan"),
    *("lowongan kerja", "bantuan sosial", "gempa terkini", "kurs rupiah", "ponsel lipat", "film terbaru", "arus mudik"),
    *("upah minimum 2027", "seleksi pegawai", "harga beras", "jalan tol baru", "kereta cepat", "liga nusa", "banjir"),
)
COMMENTS = (
    "Saya sudah tiga kali datang ke sana dan tetap disuruh pulang, padahal berkas lengkap semua, tolong diperhatikan.",
    "Mantap, semoga program seperti ini sampai juga ke kampung kami yang letaknya paling ujung dan jarang ditengok.",
    "Angka di paragraf ketiga itu dari mana ya? Tetangga saya malah bilang naiknya 45 persen, bukan segitu.",
    "Jualan obat herbal asli tanpa efek samping, kirim ke seluruh pulau, bayar setelah barang sampai di rumah Anda.",
    "Kalau begini terus anak muda mana mau tinggal di desa. Pemerintah jangan cuma foto-foto saja kerjanya.",
    "Setuju dengan komentar di atas. Ayah saya dulu menunggu 8 bulan sampai akhirnya cair sebesar Rp6 juta.",
    "Wartawannya bagus, berimbang. Jarang ada berita daerah yang mau menulis sampai sedetail ini sekarang.",
    "Yang penting itu pengawasannya. Percuma ada aturan kalau di lapangan tidak ada satu pun yang memeriksa.",
    "Tolong admin, nomor telepon kantornya dicantumkan supaya kami yang di luar kota gampang bertanya dulu.",
    "Pengalaman saya justru sebaliknya, petugasnya ramah dan dalam 15 menit semua urusan sudah selesai.",
    "Numpang tanya, kalau sudah pindah kerja dua kali apakah kartunya harus digabung dulu atau bisa langsung?",
    "Hoaks. Saya tinggal di sana dan tidak pernah mendengar kejadian itu. Cek dulu sebelum menulis berita.",
)


@dataclass(frozen=True, slots=True)
class Noise:
    """A page's dead matter, drawn from a seeded generator."""

    seed: random.Random

    def script(self, kilobytes: int) -> Markup:
        """A minified script of about that size."""
        pieces: list[str] = []
        while sum(map(len, pieces)) < kilobytes * 1000:
            name, number = self.seed.choice(_NAMES), self.seed.randrange(10_000)
            pieces.append(f'window.{name}{number}=function(e,t){{return e&&"{name}<div>"+t*{number}}};')
        return Markup(f"<script>{''.join(pieces)}</script>")  # noqa: S704 - nothing in it comes from outside

    def style(self, kilobytes: int) -> Markup:
        """A style sheet of about that size."""
        pieces: list[str] = []
        while sum(map(len, pieces)) < kilobytes * 1000:
            name, number = self.seed.choice(_NAMES), self.seed.randrange(10_000)
            pieces.append(f".{name}-{number}>a:hover{{margin:0 {number}px;color:#{number:06x}}}")
        return Markup(f"<style>{''.join(pieces)}</style>")  # noqa: S704

    def channels(self, count: int = 21) -> list[str]:
        """Names for a menu."""
        return self.seed.sample(_CHANNELS, min(count, len(_CHANNELS)))

    def topics(self, count: int = 12) -> list[str]:
        """What a trending bar advertises."""
        return self.seed.sample(_TOPICS, min(count, len(_TOPICS)))

    def icon(self) -> Markup:
        """An inline vector picture."""
        path = " ".join(f"L{self.seed.randrange(99)} {self.seed.randrange(99)}" for _ in range(40))
        return Markup(f'<svg viewBox="0 0 99 99"><title>ikon</title><path d="M0 0 {path}z"/></svg>')  # noqa: S704

    def number(self, most: int) -> int:
        """A counter's reading."""
        return self.seed.randrange(1, most)
