"""How the Indonesian press names its sources: title, person, organisation, read from the words alone.

The grammar is small and prefers silence to a guess: a title phrase is a head ("Kepala") followed by known office
words, places and abbreviations; the name begins at the first word that is none of those. Every reading is bounded
by `REACH` words, so a hostile line costs time linear in its length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from nlp.gazetteer import Gazetteer
from nlp.tables import rows

REACH = 26  # words of one naming; the longest real title phrases seen have about twenty
LONGEST_NAME = 6  # words of one person's name
SENTENCES_REMEMBERED = 256  # several parts of the pipeline read the sentences of an article, one after the other
LONGEST_REMEMBERED = 1_000  # characters


def word_set(listed: str) -> frozenset[str]:
    """A table of words as it is written in this package: separated by blanks."""
    return frozenset(listed.split())


TITLE_HEADS = word_set(
    """
    pengawas kasatreskrim kasatlantas kasubsi kapten kepala ketua wakil sekretaris direktur direksi dirut presdir deputi
    asisten kabid kabag kasi kasie kasubag kasubbag kadis kadisnaker kadisnakertrans kadinkes kadinsos kakanwil
    kacab kajari kajati kapolda kapolres kapolresta kapolsek kasat kanit kakan kasat kades kadus lurah camat
    bupati wabup walikota wali wawali gubernur wagub sekda sekdaprov sekdakab sekdako sekjen sekretariat presiden
    wapres menteri menaker menkeu menko menkes mensos mendagri wamen wamenaker wamenkeu dirjen irjen manajer
    manager pimpinan pemimpin pejabat plt pjs pj plh penjabat anggota komisioner komisaris inspektur koordinator
    pengamat pakar peneliti ekonom akademisi dosen guru rektor dekan praktisi juru jubir humas pengacara advokat
    hakim jaksa penyidik kuasa staf petugas pegawai karyawan karyawati relawan aktivis tokoh pendiri pemilik
    general pengusaha ketum waketum bendahara calon mantan eks penasihat penata account relationship direktris
    supervisor
    kasubdit kasubid kadiv kabiro kapuskesmas brigadir aiptu aipda bripka iptu ipda akp kompol akbp kombes
    brigjen letkol kolonel mayor kapten letda serka sersan minister governor mayor director president chairman
    chairwoman chairperson chief head spokesperson spokesman spokeswoman secretary deputy regent commissioner
    economist analyst leader sekdes sekcam sekwan kaur wakapolres wakapolresta wakapolda wakapolsek kadisdik kadishub
    kadispar kadisperin kadistan kadiskominfo kadispora kadisperindag kalaksa kalapas karutan kasintel kasipidsus wadir
    kabagops kasdim danramil dandim danlanal danlanud pangdam kapuspen kasatgas kepsek pemred penyiar penyuluh
    pengasuh bendesa perbekel kelihan keuchik geuchik kuwu pambakal pembina pengelola pendamping
    penghulu dokter bidan pengurus
    """
)
"""Words that open a title phrase, lower case."""

TITLE_WORDS = word_set(
    """
    pengupahan binwasnaker korporasi institusi departemen kapten kantor cabang wilayah regional area unit
    pelaksana teknis bidang seksi subbagian subbidang bagian sub divisi biro urusan direktorat jenderal dinas
    badan lembaga kementerian kepolisian kejaksaan pengadilan komisi fraksi partai dewan pimpinan pengurus
    pengawas pusat daerah provinsi kabupaten kota kecamatan desa kelurahan kampung negeri tinggi umum harian utama
    madya khusus eksekutif operasional tenaga kerja ketenagakerjaan transmigrasi sosial kesehatan pendidikan
    kebudayaan perikanan kelautan pertanian perkebunan peternakan pangan perindustrian perdagangan koperasi ukm
    umkm usaha kecil mikro menengah keuangan aset pendapatan pelayanan layanan kepesertaan keanggotaan pemasaran
    komunikasi hubungan masyarakat publik kelembagaan antar antarlembaga kepatuhan pengawasan penegakan hukum
    investasi pengembangan pengelolaan perencanaan pembangunan teknologi informasi informatika program perluasan
    kebijakan penyelenggara penyelenggaraan jaminan industrial pelatihan produktivitas penempatan
    perlindungan manfaat klaim sumber manusia organisasi serikat buruh pekerja asosiasi persatuan perhimpunan
    federasi konfederasi gabungan aliansi forum himpunan ikatan universitas institut sekolah fakultas ekonomi
    politik ilmu pemerintahan rakyat perwakilan pemerintah pemberdayaan perempuan anak penduduk sipil pencatatan
    kependudukan bencana penanggulangan perhubungan pekerjaan penataan ruang perumahan permukiman lingkungan hidup
    kehutanan energi mineral pariwisata olahraga pemuda perizinan modal penanaman terpadu satu pintu statistik
    republik indonesia nasional negara ri pt cv tbk persero bpjs bp jamsostek bpjamsostek bpjstk naker tk bpjs-tk
    kanwil kancab kcp kpp kejari kejati polda polres polsek polresta pemkab pemkot pemprov pemda disnaker
    disnakertrans disnakerperin disdukcapil diskominfo dinkes dinsos bappeda bappenas bkd bkpsdm bpkad kemnaker
    kemenaker kemenkeu kemenko kemenkes setda sekretariat perekonomian kesejahteraan kesra pidsus intel datun
    pidum perdata tata reserse kriminal sat satuan reskrim lalu lintas humas rumah sakit bank rektor dan &
    sementara tetap tugas wakil ketua kepala sekretaris bupati wali walikota gubernur menteri presiden direktur
    deputi asisten anggota komisaris manajer bendahara bicara sekda senior ahli petahana dewas pansel tim
    koordinator staf regional of the for and branch office affairs employment manpower social security agency
    ministry department executive vice finance services officer provincial city public relations communications
    account relationship representative perisai agen penggerak karyawan karyawati pegawai perintis tipikor adat ahli
    honorer perburuhan pidana narkoba lapas rutan pemasyarakatan imigrasi karantina pelabuhan bandara syahbandar
    logistik pengadaan agama zakat pkk tp puskesmas kebersihan pertamanan pasar parkir pemadam kebakaran penyelamatan
    ketertiban kajian kepegawaian pemerintahan tahanan riset advokasi bantuan kelompok paguyuban lsm rsud rs upt
    uptd perumda perumdam pdam inspektorat panitia kepulauan balai penuntut
    """
)
"""Words that may continue a title phrase, lower case: offices, departments and what they look after."""

ORGANISATION_HEADS = word_set(
    """
    Dinas Badan Kementerian Kejaksaan Kepolisian Pengadilan Pemkab Pemkot Pemprov Pemda Pemerintah Pemerintahan
    Kejari Kejati Kejagung Polda Polres Polsek Polresta Polri BPJS BP BPJamsostek BPJAMSOSTEK Kemnaker Kemenaker
    Kemenkeu Kemenkes Kemensos Kemendagri Kemenko Kementan Kemenhub Kemendikbud Bappenas Bappeda Bank Serikat
    Asosiasi Konfederasi Federasi Aliansi Persatuan Himpunan Ikatan Gabungan Komisi Fraksi Dewan Lembaga
    Universitas Institut Yayasan Koperasi Kadin Apindo Disnaker Disnakertrans Disnakerperin Dinkes Dinsos
    Diskominfo Disdukcapil Dukcapil Disdik Disperindag Satpol Ombudsman Bawaslu Kanwil Sekretariat Inspektorat
    Bapenda Perum Perusahaan PT CV UD Tbk Komnas Perhimpunan Organisasi Forum Ministry Agency Bureau Department
    Koalisi Paguyuban LSM Komite Jaringan Kantor Dewas Direksi Humas Watch Council Commission Union Institute Foundation
    """
)
"""Words that open an organisation's name when capitalised."""

HONOURIFICS = word_set(
    """
    h hj kh ust ustaz ustadz drs dra dr drg ir prof apt bapak ibu pak bu sdr sdri tuan nyonya ny tn mr mrs ms mas
    mbak bang kang almarhum almarhumah alm kiai kyai nyai buya gus tgk tuanku romo pdt pendeta adj sr comr
    insp brig lt col sgt
    """
)
"""Words before a name that are not part of it, lower case."""

PARTICLES = word_set("bin binti boru br van de al el von der bt")
"""Lower-case or abbreviated words that stand inside a person's name."""

ABBREVIATED_NAMES = word_set(
    "m md moh moch mohd muh much abd ach st sy dg a b c d e f g h i j k l n o p r s t u v w y z"
)
"""Abbreviations after which a full stop does not end a name."""

_DEGREE = (
    r"(?:[SMD]\.\s?(?:H|E|T|P|Sos|Si|Pd|Kom|Ak|Ag|IP|I\.P|Kes|Hum|Hut|Psi|Farm|STP|KM|AP|M|Ec|Eng|Sc|I\.Kom|H\.I|T\.P|Kp|Pt|Stat|"
    r"Ikom|AB|IKom|Ag)\b\.?|SH|SE|MM|MH|ST|MT|SKM|SIP|S\.?IP|SSos|SSTP|MSi|MAP|MBA|M\.?B\.?A\b\.?|MSc|MPd|SPd|SKom|CRMP|Ph\.?D\b\.?|"
    r"Lc|AAAIJ|QIA|CHRP|Sp\.\w{1,4}\b\.?|MPH|MKM|Ak|CA|CPA)"
)
_DOTTED_DEGREE = r"[A-Z]\w{0,4}\.\s?(?:[A-Z]\w{0,5}\b\.?){1,3}"  # M.Mar., S.Tr.Keb. and whatever is newly conferred
DEGREES = re.compile(
    rf"(?:\s{{0,3}},?\s{{0,3}}{_DEGREE}(?![a-z])|\s{{0,3}},\s?[A-Z]{{2,5}}(?=\s?,)|\s{{0,3}},\s{{0,3}}{_DOTTED_DEGREE}(?=\s?[,.;:)]|\s[a-z]))+"
)
"""Academic degrees after a name, with their commas; those in no list are known by a comma and their full stops."""

PLACES = Gazetteer.load().plain_names | frozenset(
    name.strip().casefold()
    for name in """
    Bangka, Banjar, Banuspa, Batam Nagoya, Batam Sekupang, Batang, Batu, Bekasi Cikarang, Bima, Bone, Buol, Buru, Curup,
    Dairi, Duri, Indonesia, Inhu, Jawa, Kalimantan, Kapuas, Karo, Kaur, Kota Jambi, Landak, Lodaya, Lombok, Madura,
    Malaka, Malang, Metro, Nagoya, Nias, Nusantara, OKI, OKU, PALI, PPU, Padang, Papua Jayapura, Pati, Sarmi, Serang,
    Soekarno Hatta, Solo, Sorong, Suci, Sulama, Sulawesi, Sumatera, Sumba, Sumbagsel, Sumbagut, Sumbarriau,
    Surabaya Darmo, Surabaya Karimunjawa, Surabaya Rungkut, Surabaya Tanjung Perak, Tanah Datar, Tapanuli, Toba
    """.replace("\n", " ").split(",")
)
"""Places that continue a title phrase or an organisation's name, lower case: the gazetteer's plain names, those of its
names that offices bear though they are ordinary words too, and islands, wider regions and branches."""

_LONGEST_BY_FIRST: dict[str, int] = {}
for _place in PLACES:
    _words = _place.split(" ")
    _LONGEST_BY_FIRST[_words[0]] = max(len(_words), _LONGEST_BY_FIRST.get(_words[0], 0))

GIVEN_NAMES = frozenset(row[0] for row in rows("given_names.tsv"))
"""Widely borne given names, lower case, that are nothing else."""

NOT_NAMES = word_set(
    """
    meski meskipun walau jadi hanya pertama kedua ketiga keempat kelima terakhir
    dua tiga empat lima enam tujuh delapan sembilan sepuluh dugaan inilah begini
    saran senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus september
    oktober november desember monday tuesday wednesday thursday friday saturday sunday january february march may
    june july august october december jan feb mar apr jun jul agu ags sep okt nov des ini itu hal dia ia beliau
    kami kita mereka saya aku anda yang dan atau juga namun tetapi tapi sementara sedangkan karena sebab jika bila
    kalau ketika saat setelah sebelum sebelumnya selain selanjutnya kemudian lalu lantas bahkan menurut
    berdasarkan merujuk mengacu sesuai seperti sebagaimana untuk dari di ke pada dalam dengan oleh sejak hingga
    sampai akan telah sudah masih belum tidak bukan ada adalah tak para semua seluruh sejumlah beberapa banyak
    salah satu selama sepanjang per bagi demikian lebih sekadar apa siapa bagaimana mengapa kenapa kapan dimana
    sang si pihak pihaknya data laporan catatan hasil survei riset penelitian studi judul berita artikel tulisan
    laman situs rilis siaran aturan ketentuan undang-undang uu pp perpres permenaker permen perda pasal ayat surat
    keputusan peraturan kebijakan inpres peserta warga masyarakat buruh pekerja karyawan perusahaan keluarga
    korban nelayan petani pemohon pengusaha petugas ahli waris penulis pembaca sumber saksi orang publik rakyat
    netizen warganet media pers wartawan jurnalis tempo penggugat total jumlah angka nilai dana iuran klaim
    santunan program kepesertaan cakupan target manfaat dokumen kontrak kantor rapat sidang acara kegiatan foto
    video gambar tabel grafik rumor isu kabar tim terdakwa tersangka pelaku istri suami ibu ayah anak adik kakak
    sopir guru dokter jaksa hakim polisi tentara mahasiswa pegawai pemerintah negara presiden pengamat pakar
    ekonom pelapor terlapor pelanggan konsumen pelaku massa pendemo demonstran pensiunan the a an this that these
    those he she they we it in on at of for by with and or but as from to is are was were be has have while
    meanwhile however moreover earlier yesterday today tomorrow according based data report officials people
    workers jakarta indonesia asean uni covid pandemi ramadan lebaran natal idul islam kristen
    """
)
"""Capitalised at a sentence's start, or always, yet never a person; lower case."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’`\-][^\W\d_]+)*|\d+(?:[.,:/]\d+)*|[^\w\s]|_")
_ACRONYM = re.compile(r"[A-Z][A-Z\-&]*[A-Z]")
_ROMAN = re.compile(r"[IVX]+")


class Token(NamedTuple):
    """A word, number or mark of the text; `lower` is the word without case."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether a proper noun could be written so."""
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals: BPS, DPR, KPKNL."""
        return _ACRONYM.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody named in a text. `start`, `end` are characters of the whole naming, the others of the name alone."""

    start: int
    end: int
    name: str
    name_start: int
    name_end: int
    kind: Literal["person", "organisation", "pronoun"]
    title: str | None = None
    organisation: str | None = None


def words(text: str) -> Sequence[Token]:
    """The words, numbers and marks of a text; a sentence that was asked for a moment ago is not read again."""
    return _words_of_sentence(text) if len(text) <= LONGEST_REMEMBERED else _read_words(text)


@lru_cache(maxsize=SENTENCES_REMEMBERED)
def _words_of_sentence(text: str) -> Sequence[Token]:
    return _read_words(text)


def _read_words(text: str) -> Sequence[Token]:
    tokens: list[Token] = []
    make, add = tuple.__new__, tokens.append  # half the time of Token(…), which is called for every word
    for match in _TOKEN.finditer(text):
        surface = match[0]
        start, end = match.span()
        add(make(Token, (surface, surface.casefold(), start, end)))
    return tokens


def place_at(tokens: Sequence[Token], index: int) -> int | None:
    """Where the longest place that begins at this word ends."""
    if index >= len(tokens) or not tokens[index].is_capitalised:
        return None
    longest = _LONGEST_BY_FIRST.get(tokens[index].lower, 0)
    for length in range(min(longest, len(tokens) - index), 0, -1):
        if " ".join(token.lower for token in tokens[index : index + length]) in PLACES:
            return index + length
    return None


_UNIT_WORDS = TITLE_WORDS - TITLE_HEADS
_PRONOUNS = word_set("ia dia beliau he she")
_LAWS = word_set(
    """
    UU PP UMK UMP UMR KUHP UUD SK SE PMK RAPBN APBN APBD RKP RPJMN RPJPN RPJMD KTP NIK KPJ BUMN BUMD BSU
    """
) | word_set(
    """
    JKK JKM JHT JKP JP JMO PHK UCJ BPU PU PMI WIB WITA WIT HP SMS WA SPBU TPS ASN TNI PNS CEO RT RW HRD PWBD PDS
    DBH
    """
)
_STAND_ALONE = word_set(
    """
    BPJS BPJamsostek BPJAMSOSTEK Kemnaker Kemenaker Kemenkeu Kemenkes Kemensos Kemendagri Kementan Kemenhub
    Bappenas Bappeda Polri Kejagung Kadin Apindo Disnaker Disnakertrans Disnakerperin Dinkes Dinsos Ombudsman
    Bawaslu
    """
)
_ACRONYMS = word_set(
    """
    BPS KPK DPR DPRD DPD MPR OJK BPK BPKP BRI BNI BTN BSI KPU KSPI KSPSI SPSI KSBSI KSPN FSPMI HKTI HNSI PHRI ILO
    WHO DJKN KPKNL BKN BNPB BPBD PLN LPSK YLKI PGRI IDI REI INDEF LIPI BRIN DJSN
    """
)
_FREE_NAMED = word_set(
    """
    PT CV UD Serikat Asosiasi Konfederasi Federasi Aliansi Persatuan Himpunan Yayasan Koperasi Bank Forum Paguyuban
    Perhimpunan Ikatan Gabungan Koalisi LSM
    """
)
_FREELY_NAMED_BODIES = word_set("Lembaga Komite Jaringan Dewan")
_RANKS = word_set(
    """
    ajun brigadir aiptu aipda bripka briptu bripda iptu ipda akp kompol akbp kombes brigjen irjen letkol kolonel mayor
    kapten letda lettu letnan serka sersan inspektur capt pol inf kav arh czi arm
    """
)
_SURNAMES = frozenset({"Hakim", "Islam"})  # though they are ordinary words too
_UNMISTAKABLE_RANKS = word_set(
    """
    aiptu aipda bripka briptu bripda iptu ipda akp kompol akbp kombes brigjen irjen letkol kolonel kapten letda lettu
    letnan serka sersan
    """
)
"""Ranks that are no office too: they end the office before them."""
_DETERMINERS = word_set("itu tersebut ini setempat")
SIDES = word_set(
    """
    barat timur utara selatan tengah tenggara hulu hilir ilir ulu laut darat lor kidul wetan kulon raya
    pesisir pedalaman atas bawah
    """
)
"""Words that end a place and no person's name."""
_TWO_WORD_HEADS = frozenset(
    {("saksi", "ahli"), ("vice", "president"), ("tenaga", "ahli"), ("ajun", "komisaris"), ("ajun", "inspektur")}
    | {("hukum", "tua"), ("pelaksana", "tugas"), ("pelaksana", "harian")}
)
_FORMER = word_set("mantan eks calon bekas")
"""Before an office: of one who has it no longer or not yet."""
_ENGLISH_HEADS = word_set(
    """
    head chief leader director manager official spokesperson spokesman spokeswoman officer secretary lawyer chairman
    chairwoman chairperson coordinator commissioner economist analyst
    """
)
_ENGLISH_MODIFIERS = word_set(
    """
    branch police union company ministry agency regional district village provincial city office factory plant labor
    labour manpower executive deputy former acting senior local workers
    """
)
"""Words before an English office that may be written small: "branch head", "union leader"."""
_MOST_MODIFIERS = 4
_ROLES = word_set("terdakwa tersangka saksi korban pelapor terlapor penggugat tergugat terpidana")
"""Parts in a case, which are no offices either."""
PERSON_NOUNS = _ROLES | word_set(
    """
    istri suami anak putra putri ibu ayah bapak kakak adik paman bibi keponakan sepupu menantu mertua kerabat rekan
    teman kawan tetangga warga pedagang nelayan petani buruh pekerja sopir pengemudi peserta korban pasien penerima
    mahasiswa pelapor saksi penambang pemulung penjual pensiunan tukang salah seorang orangtua janda pelanggan
    pengunjung santri pelajar siswa kenek mandor kader kurir perawat penjahit perajin pengrajin kuli montir peternak
    operator kasir satpam pemandu pelaut penyadap pemilih pembeli pengungsi penyintas penumpang pengendara
    """
)
"""What somebody is to others or does for a living, without an office: "istrinya, Ribka"."""
_NOT_IN_OFFICES = word_set(
    """
    yang saat ketika untuk dengan kepada pada dalam oleh karena serta usai seusai hadir datang tiba pergi pulang ikut
    turut juga sudah telah belum akan tidak masih bahwa agar supaya atau hingga sampai sejak selama lalu kemudian ia
    dia ini minta kata ujar
    """
)
"""Small words that tell that no office is being named any more."""
_LOOKS_LIKE_A_VERB = re.compile(r"(?:me[a-z]{4,}|di[a-z]{4,}|ber[a-z]{3,}|ter[a-z]{4,})")
_PARTIES = word_set("terdakwa tersangka tergugat terlapor terpidana bersama")
_MOST_SMALL_WORDS = 2  # of an office, in no table
_LONGEST_APPOSITION = 14
_LONGEST_DESCRIPTION = 9
_ENDS_A_ROLE = word_set("yang saat ketika usai seusai kepada dalam pada sambil seraya melalui who while when")
_SOURCE_OPENERS = _PRONOUNS | TITLE_HEADS | HONOURIFICS | _ENGLISH_MODIFIERS
"""Words that open the naming of a source though they may be written small."""
_NAMING_OPENERS = _SOURCE_OPENERS | PERSON_NOUNS | _FORMER | {first for first, _ in _TWO_WORD_HEADS}
_NOUNS_FOR_ONE = word_set(
    "pria wanita perempuan lelaki laki-laki ibu ayah bapak politikus politisi perwira lulusan alumnus"
)
_MOST_INITIALS = 3
_MANY = word_set("para sejumlah ratusan ribuan puluhan kaum seluruh semua beberapa dua tiga")
_GOVERNING_BODIES = word_set("pengurus manajemen pihak")
SEATS = word_set(
    """
    cabang kota kabupaten kab kecamatan kelurahan desa kampung polres polsek polda polresta wilayah provinsi
    kejari kejati kepulauan
    kantor perwakilan lapas rutan camat lurah bupati gubernur kapolsek kapolres kades pn
    sekda wabup wagub walikota kajari dandim
    """
)
"""Words of an office or an organisation after which its seat stands, whether a gazetteer lists it or not."""
_MOST_SEAT_WORDS = 3
_ABBREVIATED_TITLES = word_set("plt plh pj pjs kab kec kel prov")
_ROLE_LINKS = word_set("selaku sebagai dari of from")
_ALSO = word_set("juga merupakan adalah menjabat merangkap kini sekaligus sebagai")
"""After "yang", before an office: "Junaedi yang juga Ketua Serikat"."""
_DISTRICT_HEADS = word_set("camat lurah kades kapolsek polsek kecamatan kelurahan desa")
_WEEKDAYS = word_set("senin selasa rabu kamis jumat sabtu minggu ahad monday tuesday wednesday thursday friday")
_TASK = re.compile(r"(?:pe[a-z]{4,}an|ke[a-z]{4,}an|[a-z]{4,}(?:isasi|itas|ungan|atan))")
_DERIVED_NOUN = re.compile(
    r"(?:pe[a-z]{3,}an|ke[a-z]{3,}an|per[a-z]{3,}an|pe(?:ng|ny|n|m)[a-z]{5,}|[a-z]{4,}(?:nya|kan|isasi))"
)


def text_of(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """The text from one word to before another."""
    return text[tokens[start].start : tokens[end - 1].end]


def _token(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if 0 <= index < len(tokens) else ""


def title_end(tokens: Sequence[Token], index: int) -> int | None:
    """Where a title phrase that begins at this word ends; None if none begins here."""
    if not _is_title_head(tokens, index):
        return _english_title_end(tokens, index)
    end = index + 1
    while end < min(len(tokens), index + REACH):
        following = _further_in_title(tokens, end)
        if following == end:
            break
        end = following
    return end


def _further_in_title(tokens: Sequence[Token], end: int) -> int:
    """The index after what continues a title phrase at this word; the word itself where nothing does."""
    place = place_at(tokens, end) or _place_with_side(tokens, end)
    token = tokens[end]
    if place is not None:
        return _after_sides(tokens, place)
    if token.lower in _UNMISTAKABLE_RANKS:
        return end
    if token.lower in TITLE_WORDS or token.lower in TITLE_HEADS or _is_abbreviation(token) or token.text.isdigit():
        return end + 1
    if token.text in ORGANISATION_HEADS or _is_letter_of_committee(tokens, end) or _is_task(tokens, end):
        return end + 1
    if token.lower == "pada" and _token(tokens, end + 1) in ORGANISATION_HEADS:
        return end + 2
    if token.lower.endswith("nya") and token.lower[:-3] in TITLE_WORDS:
        return end + 1
    if token.text == "(" and _token(tokens, end + 2) == ")" and tokens[end + 1].text.isupper():
        return end + 3
    if _is_lettered_number(tokens, end):
        return end + 2
    if token.text in "/-." and token.start == tokens[end - 1].end and _continues(tokens, end):
        return end + 1
    return end


def _is_title_head(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word opens a title, be it with a suffix: "Ketuanya", "Penasihat hukumnya"."""
    if index >= len(tokens):
        return False
    word = tokens[index].lower
    if word in _FORMER and index + 1 < len(tokens):
        return tokens[index + 1].lower in TITLE_HEADS
    suffixed = word.endswith("nya") and word[:-3] in TITLE_HEADS and word != "kepalanya"  # which is his own head
    return word in TITLE_HEADS or suffixed or (word, _token(tokens, index + 1).casefold()) in _TWO_WORD_HEADS


def _english_title_end(tokens: Sequence[Token], index: int) -> int | None:
    """Where "branch head" or "Malandu Police chief" ends."""
    for at in range(index, min(len(tokens), index + _MOST_MODIFIERS + 1)):
        if at > index and tokens[at].lower in _ENGLISH_HEADS:
            return title_end(tokens, at) if tokens[at].lower in TITLE_HEADS else at + 1
        capitalised = tokens[at].is_capitalised and tokens[at].lower not in NOT_NAMES
        if not (capitalised or tokens[at].lower in _ENGLISH_MODIFIERS):
            return None
    return None


def _is_lettered_number(tokens: Sequence[Token], index: int) -> bool:
    """Whether "K3" or "B2" stands here."""
    token, following = tokens[index], _token(tokens, index + 1)
    return (
        len(token.text) == 1 and token.text.isupper() and following.isdigit() and tokens[index + 1].start == token.end
    )


def _after_sides(tokens: Sequence[Token], index: int) -> int:
    """The index after words that continue a place: "Sulawesi Timur Raya"."""
    while index < len(tokens) and tokens[index].is_capitalised and tokens[index].lower in SIDES:
        index += 1
    return index


def _is_letter_of_committee(tokens: Sequence[Token], index: int) -> bool:
    """Whether the E of "Komisi E" stands here, and no initial of a name."""
    token = tokens[index]
    return (
        len(token.text) == 1
        and token.is_capitalised
        and tokens[index - 1].lower == "komisi"
        and _token(tokens, index + 1) != "."
    )


def _is_task(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun in no table tells what an office does, before other words of it or a name: "Bidang Penindakan"."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    named = following is not None and following.is_capitalised
    return named and tokens[index].is_capitalised and _TASK.fullmatch(tokens[index].lower) is not None


def _place_with_side(tokens: Sequence[Token], index: int) -> int | None:
    """Where "Waropa Barat" ends, a place in no list after the word for an office or its area."""
    before = tokens[index - 1]
    if not (before.lower in SEATS or before.is_acronym or before.lower == "ketenagakerjaan"):
        return None
    for end in range(index, min(len(tokens), index + _MOST_SEAT_WORDS)):
        if not tokens[end].is_capitalised or tokens[end].lower in TITLE_HEADS:
            return None
        if end > index and tokens[end].lower in SIDES:
            return end + 1
    return None


def _office_end(tokens: Sequence[Token], index: int, end: int) -> int | None:
    """Where an office ends that has words of no table: before a comma, or before a rank or "dr." of the name."""
    small = 0
    for at in range(end, min(len(tokens), index + REACH)):
        token = tokens[at]
        if token.text == "," or (
            (token.is_capitalised or token.lower in HONOURIFICS) and _is_form_of_address(tokens, at)
        ):
            return at
        if token.text in "()":
            continue
        if not token.text[0].isalnum() or token.lower in _NOT_IN_OFFICES:
            return None
        if token.text[0].islower() and token.lower not in TITLE_WORDS | _DETERMINERS | _ROLE_LINKS:
            small += 1
            if small > _MOST_SMALL_WORDS or (token.lower not in _PARTIES and _LOOKS_LIKE_A_VERB.fullmatch(token.lower)):
                return None
    return None


def _is_form_of_address(tokens: Sequence[Token], index: int) -> bool:
    """Whether a rank stands here, or an abbreviation as "dr." or "H." before a name."""
    token = tokens[index]
    dotted = _token(tokens, index + 1) == "." and tokens[index + 1].start == token.end
    if token.text in {"Bapak", "Ibu", "Nyai", "Kiai", "Ustaz"}:
        return True
    return token.lower in _UNMISTAKABLE_RANKS or (token.lower in HONOURIFICS and (dotted or token.text == "KH"))


def _seat_end(tokens: Sequence[Token], index: int) -> int:
    """Where an unlisted seat after "Cabang" or "Polres" ends; the word itself where none can be told from a name.

    The words after it decide: a seat is followed by a mark, a number or a word that is written small.
    """
    if index == 0 or index >= len(tokens) or tokens[index - 1].lower not in SEATS:
        return index
    end = index
    while (
        end < min(len(tokens), index + _MOST_SEAT_WORDS)
        and tokens[end].text[0].isupper()
        and tokens[end].lower.isalpha()
    ):
        end += 1
    return end if end > index and _ends_a_naming(tokens, end) else index


def _continues(tokens: Sequence[Token], index: int) -> bool:
    following = _token(tokens, index + 1).casefold()
    if following not in TITLE_WORDS and following not in TITLE_HEADS:
        return False
    # "Plt. Kepala", but not the end of a sentence: "bupati. Sementara"
    touches = tokens[index + 1].start == tokens[index].end
    return touches or tokens[index].text != "." or tokens[index - 1].lower in _ABBREVIATED_TITLES


def _is_abbreviation(token: Token) -> bool:
    return token.is_acronym or (_ROMAN.fullmatch(token.text) is not None and len(token.text) > 1)


def _is_degree(text: str, token: Token) -> bool:
    return DEGREES.match(text, token.start) is not None


def _can_start_name(text: str, token: Token) -> bool:
    return (
        token.is_capitalised
        and token.lower not in NOT_NAMES
        and token.lower not in TITLE_HEADS
        and token.text not in ORGANISATION_HEADS
        and not (token.is_acronym and len(token.text) > 1)
        and not _is_degree(text, token)
    )


def skip_honourifics(tokens: Sequence[Token], index: int) -> int:
    """The index after "H.", "Pak", "Dr." and their like."""
    for _ in range(4):
        if index + 1 >= len(tokens) or tokens[index].lower not in HONOURIFICS:
            break
        dotted = tokens[index + 1].text == "." and tokens[index + 1].start == tokens[index].end
        following = index + 2 if dotted else index + 1
        if following >= len(tokens) or not tokens[following].is_capitalised:
            break
        index = following
    return index


def name_end(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """Where the person's name that begins at this word ends; None if no name can begin here."""
    if index >= len(tokens):
        return None
    noble = _opens_with_rank_of_birth(tokens, index)
    if not noble and (tokens[index].lower in TITLE_WORDS or not _can_start_name(text, tokens[index])):
        return None
    end, counted = index + 1, 1
    while end < min(len(tokens), index + REACH) and counted <= LONGEST_NAME:
        token, before = tokens[end], tokens[end - 1]
        follower = tokens[end + 1] if end + 1 < len(tokens) else None
        if token.text == "." and before.lower in ABBREVIATED_NAMES and token.start == before.end and follower:
            if not follower.is_capitalised or _is_degree(text, before):
                break
            end += 1
        elif token.lower in PARTICLES and follower is not None and follower.is_capitalised:
            end += 1
        elif _can_start_name(text, token) or token.text in _SURNAMES:
            end, counted = end + 1, counted + 1
        else:
            break
    place = place_at(tokens, index)
    if counted > LONGEST_NAME or (place is not None and (place == end or place > index + 1)):
        return None
    return None if _is_spelled_out_abbreviation(tokens, end) else end


def _opens_with_rank_of_birth(tokens: Sequence[Token], index: int) -> bool:
    """Whether "Anak Agung" or "Lalu" opens a name, though both are ordinary words."""
    if tokens[index].text == "Lalu":
        inside = index > 0 and (tokens[index - 1].text == "," or tokens[index - 1].text[0].isalnum())
        return inside and _token(tokens, index + 1).istitle()
    return [token.text for token in tokens[index : index + 2]] == ["Anak", "Agung"]


def _is_spelled_out_abbreviation(tokens: Sequence[Token], end: int) -> bool:
    """Whether "(KPK)" follows, as it does after an organisation."""
    return _token(tokens, end) == "(" and _token(tokens, end + 2) == ")" and tokens[end + 1].is_acronym


def is_known_organisation(token: Token) -> bool:
    """Whether the word opens an organisation's name by itself, so that nobody need speak to tell it from a product."""
    return token.text in ORGANISATION_HEADS or token.text in _ACRONYMS


def organisation_end(tokens: Sequence[Token], index: int) -> int | None:
    """Where the organisation's name that begins at this word ends; None if none begins here."""
    if index >= len(tokens):
        return None
    head = tokens[index]
    known = head.text in ORGANISATION_HEADS
    seated = known or head.text in _ACRONYMS
    if not known and not (head.is_acronym and len(head.text) >= 3 and head.text not in _LAWS):
        return None
    if place_at(tokens, index) is not None and not known:
        return None
    end = index + 1
    while end < min(len(tokens), index + REACH):
        token = tokens[end]
        place = place_at(tokens, end)
        free = head.text in _FREE_NAMED | _FREELY_NAMED_BODIES and token.is_capitalised and end < index + LONGEST_NAME
        following = _token(tokens, end + 1)
        joined = token.text in {"dan", "&", "of"} and following[:1].isupper() and following not in ORGANISATION_HEADS
        in_brackets = token.text == "(" and _token(tokens, end + 1).isupper() and _token(tokens, end + 2) == ")"
        seat = _seat_end(tokens, end) if seated and place is None else end
        if place is not None:
            end = _after_sides(tokens, place)
        elif seat > end:
            end = seat
        elif in_brackets:
            end += 3
        elif free or joined or _continues_organisation(token):
            end += 1
        else:
            break
    if known and end == index + 1 and head.text not in _STAND_ALONE:
        return None
    return end


def _continues_organisation(token: Token) -> bool:
    if token.is_acronym:
        return token.text not in _LAWS and token.text not in _FREE_NAMED
    return token.is_capitalised and token.lower in _UNIT_WORDS


def organisation_in(text: str, tokens: Sequence[Token], start: int, end: int) -> str | None:
    """The organisation named inside a title phrase."""
    for index in range(start, end):
        stop = organisation_end(tokens, index)
        if stop is not None:
            return text_of(text, tokens, index, min(stop, end))
    return None


def pronoun_at(tokens: Sequence[Token], index: int) -> Source | None:
    """The pronoun at this word as a source."""
    if index < len(tokens) and tokens[index].lower in _PRONOUNS:
        token = tokens[index]
        return Source(token.start, token.end, "ia", token.start, token.end, "pronoun")
    return None


def source_at(text: str, tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    """The source whose naming begins at this word, and the index after it.

    Read are "Kepala Cabang Palu, Raden Harry", "Raden Harry, kepala cabang Palu,", "Raden Harry dari BPJS" and an
    organisation alone. A title without a name is no source.
    """
    if index >= len(tokens) or not (tokens[index].is_capitalised or _may_open_small(tokens, index)):
        return None
    pronoun = pronoun_at(tokens, index)
    if pronoun is not None:
        return pronoun, index + 1
    meant = _somebody_meant(tokens, index)
    if meant is not None:
        return meant
    end_of_title = title_end(tokens, index)
    referred = _referred_to(text, tokens, index, end_of_title)
    if referred is not None:
        return referred
    if _token(tokens, _skip_governing_body(tokens, index)) in ORGANISATION_HEADS and not end_of_title:
        person = None
    elif end_of_title:
        person = _titled_person(text, tokens, index, end_of_title)
    else:
        person = described_person(text, tokens, index) or _bare_person(text, tokens, index)
    if person is not None:
        return _with_trailing_role(text, tokens, *person)
    begin = _skip_governing_body(tokens, index)
    stop = organisation_end(tokens, begin) if end_of_title is None or begin > index else None
    if stop is None:
        return None
    start, end = tokens[begin].start, tokens[stop - 1].end
    name = text[start:end]
    return Source(tokens[index].start, end, name, start, end, "organisation", organisation=name), stop


def _somebody_meant(tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    """ "pria yang akrab disapa Wili itu", "Ibu dua anak itu": somebody named before."""
    if (
        _is_proper(tokens, index)
        or tokens[index].lower not in _NOUNS_FOR_ONE | PERSON_NOUNS
        or (index and tokens[index - 1].lower in _MANY)
    ):
        return None
    for at in range(index + 1, min(len(tokens), index + _LONGEST_DESCRIPTION)):
        if tokens[at].lower in {"itu", "tersebut"}:
            start, end = tokens[index].start, tokens[at].end
            return Source(start, end, "ia", start, end, "pronoun"), at + 1
        if not tokens[at].text[0].isalnum():
            return None
    return None


def _is_proper(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word has its capital from nothing but being a name."""
    return index > 0 and tokens[index].is_capitalised and tokens[index - 1].text[0].isalnum()


def may_open_naming(token: Token) -> bool:
    """Whether a title, an honourific, a person or an organisation can begin at this word; most words are soon told."""
    if token.is_capitalised or token.lower in _NAMING_OPENERS:
        return True
    stem = token.lower.removesuffix("nya")
    return stem != token.lower and (stem in PERSON_NOUNS or stem in TITLE_HEADS)


def _may_open_small(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word may open a naming though it is written small."""
    word = tokens[index].lower
    stem = word.removesuffix("nya")
    return (
        word in _SOURCE_OPENERS
        or word in _NOUNS_FOR_ONE
        or stem in PERSON_NOUNS
        or (word != stem and stem in TITLE_HEADS)
    )


def _skip_governing_body(tokens: Sequence[Token], index: int) -> int:
    """The index after "Pengurus Cabang" and the like, whose words are their organisation's."""
    if tokens[index].lower not in _GOVERNING_BODIES:
        return index
    return index + 2 if _token(tokens, index + 1).casefold() in {"cabang", "daerah", "pusat", "wilayah"} else index + 1


def described_person(text: str, tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    """ "istrinya, Ribka", "salah seorang warga Dusun Mekar, Budi": somebody without an office, named after a comma."""
    word = tokens[index].lower
    if word.removesuffix("nya") not in PERSON_NOUNS or _is_proper(tokens, index):
        return None
    named_next = word.endswith("nya") or word in _ROLES
    for at in range(index + 1, min(len(tokens), index + _LONGEST_DESCRIPTION)):
        called = tokens[at - 1].lower == "bernama" or (at == index + 1 and named_next)
        begin = skip_honourifics(tokens, at)
        end = name_end(text, tokens, begin) if called else None
        if end is not None and _ends_a_naming(tokens, end):
            return _person(text, tokens, index, begin, end, None, None), end
        if tokens[at].text == ",":
            begin = skip_honourifics(tokens, at + 1)
            end = name_end(text, tokens, begin)
            if end is None or not _ends_a_naming(tokens, end):
                return None
            return _person(text, tokens, index, begin, end, None, None), end
        if not tokens[at].text[0].isalnum() or tokens[at].lower in _NOT_IN_OFFICES:
            return None
    return None


def _referred_to(text: str, tokens: Sequence[Token], index: int, end_of_title: int | None) -> tuple[Source, int] | None:
    """ "Kepala Cabang Palu itu": somebody named before, told by the office alone."""
    if end_of_title is None:
        return None
    end = max(end_of_title, _seat_end(tokens, end_of_title))
    while end < min(len(tokens), end_of_title + _MOST_SEAT_WORDS) and tokens[end].is_capitalised:
        end += 1
    named = skip_honourifics(tokens, end + 2) if _token(tokens, end + 1) == "," else len(tokens)
    if _token(tokens, end) not in {"itu", "tersebut"} or name_end(text, tokens, named) is not None:
        return None
    title = text_of(text, tokens, index, end)
    start, stop = tokens[index].start, tokens[end].end
    return Source(start, stop, "ia", start, stop, "pronoun", title), end + 1


def _skip_ranks(tokens: Sequence[Token], index: int) -> int:
    """The index after police and army ranks and honourifics."""
    for _ in range(3):
        if index + 1 < len(tokens) and tokens[index].lower in _RANKS and tokens[index + 1].text != ",":
            index += 2 if tokens[index + 1].text == "." else 1
    return skip_honourifics(tokens, index)


def _bare_person(text: str, tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    begin = skip_honourifics(tokens, index)
    end = index + 1 if _is_initials(tokens, index) else name_end(text, tokens, begin)
    if end is None or (end == begin + 1 and begin == index and _DERIVED_NOUN.fullmatch(tokens[begin].lower)):
        return None
    return _person(text, tokens, index, begin, end, None, None), end


def _is_initials(tokens: Sequence[Token], index: int) -> bool:
    """Whether "AR (34)" stands here."""
    aged = (
        _token(tokens, index + 1) == "(" and _token(tokens, index + 2).isdecimal() and _token(tokens, index + 3) == ")"
    )
    return aged and tokens[index].is_acronym and len(tokens[index].text) <= _MOST_INITIALS


def _titled_person(text: str, tokens: Sequence[Token], index: int, end_of_title: int) -> tuple[Source, int] | None:
    begin = _skip_ranks(tokens, end_of_title)
    end = name_end(text, tokens, begin)
    office = _office_end(tokens, index, end_of_title)
    if office is not None:
        # "Kepala Cabang Tanjung Mulia, Raden Harry": words unknown to the title grammar belong to the office.
        after = _skip_ranks(tokens, office + (tokens[office].text == ","))
        later = name_end(text, tokens, after)
        if later is not None and not _is_degree(text, tokens[after]) and _ends_with_degrees(text, tokens, later):
            begin, end, end_of_title = after, later, office
    if end is not None and begin == end_of_title and _is_free_named(tokens[index:begin]):
        begin = end_of_title = _given_name_in(tokens, begin, end) or begin
    if end is None or (begin == end_of_title and _may_be_part_of_title(tokens, index, begin, end)):
        return None
    end_of_title = next((at for at in range(index, end_of_title) if _leaves_office(tokens, at)), end_of_title)
    title = text_of(text, tokens, index, end_of_title)
    return _person(text, tokens, index, begin, end, title, organisation_in(text, tokens, index, end_of_title)), end


def _leaves_office(tokens: Sequence[Token], index: int) -> bool:
    """Whether "dari Fraksi …" stands here, which tells the party and not the office."""
    return tokens[index].lower == "dari" and _token(tokens, index + 1) in {"Fraksi", "Partai", "Dapil", "daerah"}


def _is_free_named(title: Sequence[Token]) -> bool:
    """Whether the title has a company or body whose name may be any words: "Direktur PT …"."""
    return any(token.text in _FREE_NAMED for token in title)


def _given_name_in(tokens: Sequence[Token], begin: int, end: int) -> int | None:
    """Where after the words of a company the person's name begins: "Kereta Wisata Nusa Didik Purnomo"."""
    return next((at for at in range(begin, end - 1) if tokens[at].lower in GIVEN_NAMES), None)


def _may_be_part_of_title(tokens: Sequence[Token], start: int, begin: int, end: int) -> bool:
    """Whether the words after a title could still be company ("PT Maju Jaya") or district ("Camat Tamalate")."""
    company = _is_free_named(tokens[start:begin]) and tokens[begin].lower not in GIVEN_NAMES
    return company or (end == begin + 1 and tokens[begin - 1].lower in _DISTRICT_HEADS)


def _ends_with_degrees(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a naming ends before this word or after the degrees that begin there: "Agus Supriyadi SH MH"."""
    return _ends_a_naming(tokens, _skip_degrees(text, tokens, tokens[index - 1].end, index))


def _ends_a_naming(tokens: Sequence[Token], index: int) -> bool:
    following = _token(tokens, index)
    return not following or not following[0].isalnum() or following[0].islower()


def _person(
    text: str, tokens: Sequence[Token], start: int, begin: int, end: int, title: str | None, organisation: str | None
) -> Source:
    name_start, name_stop = tokens[begin].start, tokens[end - 1].end
    return Source(
        tokens[start].start, name_stop, text[name_start:name_stop], name_start, name_stop, "person", title, organisation
    )


def _with_trailing_role(text: str, tokens: Sequence[Token], source: Source, index: int) -> tuple[Source, int]:
    """The source with what follows its name: degrees, age, "(kiri)", ", kepala cabang Palu," or "dari BPJS"."""
    index = _skip_degrees(text, tokens, source.name_end, index)
    title, organisation = source.title, source.organisation
    for _ in range(4):
        skipped = _skip_insertion(tokens, index)
        if skipped is not None:
            index = skipped
            continue
        role = _role_at(text, tokens, index)
        if role is None:
            apposition = _apposition_end(tokens, index)
            if apposition is None:
                break
            index = apposition
            continue
        role_title, role_organisation, index = role
        title, organisation = title or role_title, organisation or role_organisation
    end = max(source.end, tokens[index - 1].end)
    whole = Source(source.start, end, source.name, source.name_start, source.name_end, source.kind, title, organisation)
    return whole, index


def _apposition_end(tokens: Sequence[Token], index: int) -> int | None:
    """The comma that ends ", selaku mediator sengketa," or ", warga Dusun Mekar,"; None where nothing such stands."""
    if _token(tokens, index) != "," or index + 1 >= len(tokens):
        return None
    opener = tokens[index + 1].lower
    if opener not in {"selaku", "sebagai", "yang", "who", "a", "an"} and opener.removesuffix("nya") not in PERSON_NOUNS:
        return None
    for end in range(index + 2, min(len(tokens), index + _LONGEST_APPOSITION)):
        if not tokens[end].text[0].isalnum():
            return end if tokens[end].text == "," else None
    return None


def title_beside(sentence: str, name: str) -> str | None:
    """The title that the sentence gives to the person of that name; None where it gives none."""
    tokens = words(sentence)
    at = sentence.find(name)
    for index, token in enumerate(tokens):
        if token.start > at:
            return None
        found = source_at(sentence, tokens, index)
        if found is not None and found[0].kind == "person" and found[0].name == name and found[0].title:
            return found[0].title
    return None


def _skip_degrees(text: str, tokens: Sequence[Token], position: int, index: int) -> int:
    degrees = DEGREES.match(text, position)
    if degrees is not None:
        while index < len(tokens) and tokens[index].end <= degrees.end():
            index += 1
    return index


def _skip_insertion(tokens: Sequence[Token], index: int) -> int | None:
    """The index after "(57)" or ", Senin (5/6)"; None where neither stands."""
    if _token(tokens, index) == "," and _token(tokens, index + 1).casefold() in _WEEKDAYS:
        return index + 2
    if _token(tokens, index) != "(":
        return None
    for end in range(index + 1, min(len(tokens), index + 10)):
        if tokens[end].text == ")":
            return end + 1
    return None


def _role_at(text: str, tokens: Sequence[Token], index: int) -> tuple[str | None, str | None, int] | None:
    """Title, organisation and end of a role that follows a name."""
    link = _token(tokens, index)
    if link == "yang" and _token(tokens, index + 1) in _ALSO:
        index = next(at for at in range(index + 1, len(tokens) + 1) if _token(tokens, at) not in _ALSO) - 1
        link = "sebagai"
    if link.casefold() in _ROLE_LINKS:
        role = title_end(tokens, index + 1)
        if role is not None:
            role = _end_of_linked_role(tokens, role)
            title = text_of(text, tokens, index + 1, role)
            after = role + (_token(tokens, role) in _DETERMINERS)  # "X yang juga Ketua Serikat itu"
            return title, organisation_in(text, tokens, index + 1, role), after
        stop = organisation_end(tokens, index + 1)
        return (None, text_of(text, tokens, index + 1, stop), stop) if stop is not None else None
    start = index + 1 if link == "," else index
    if start == index and _token(tokens, index)[:1].islower():
        return None
    if link == "," and _token(tokens, start).casefold() in {"selaku", "yang", "sebagai", "the"}:
        start += 1
    role = title_end(tokens, start)
    if role is None or (start == index and name_end(text, tokens, role) is not None):
        return None
    stop = next((end for end in range(role, min(len(tokens), role + 8)) if tokens[end].text in ',.;:"”'), role)
    if any(token.lower.startswith(("men", "mem")) for token in tokens[role:stop]):
        stop = role
    stop = next((end for end in range(role, stop) if tokens[end].lower in _ENDS_A_ROLE), stop)
    return text_of(text, tokens, start, stop), organisation_in(text, tokens, start, stop), stop


def _end_of_linked_role(tokens: Sequence[Token], index: int) -> int:
    """Where a role ends that no name can follow: "yang juga Ketua Serikat Pekerja Bandar Laksa itu"."""
    end = index
    while end < min(len(tokens), index + _MOST_SEAT_WORDS) and tokens[end].text.istitle():
        end += 1
    return end if _ends_a_naming(tokens, end) else index


def is_rank(title: str) -> bool:
    """Whether the title is a police or army rank and no office."""
    return all(word.strip(".").casefold() in _RANKS for word in title.split())
