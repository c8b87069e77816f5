"""The words that tell the tone toward the agency, by the eight rules of the domain.

1 the agency pays or is thanked · 2 enrolment, cooperation, award, event · 3 membership falls · 4 poor service ·
5 fraud, leak, abuse, also when denied · 6 an employer did not register or pay · 7 protest over a government rule ·
8 how-to, data, appointment

Patterns are matched without case in a sentence where the agency is written TARGET. Gaps are bounded, so that a
sentence is read in linear time.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from nlp.analysis import Tone

_AGENCY = r"\[agensi\]"
_GAP = r"(?:[^.;!?]|\.(?=\d)){0,70}?"
_NEAR = r"(?:[^.;!?]|\.(?=\d)){0,35}?"
_BENEFIT = (
    r"\b(?:santunan|klaim|jkm|jkk|jht|jkp|beasiswa|manfaat|jaminan (?:kematian|hari tua|kecelakaan|pensiun)|"
    r"hak peserta|claims?|benefits?)\b"
)
_PAYS = (
    r"\b(?:(?:mem)?bayar(?:kan)?|(?:di|ter)bayar(?:kan)?|(?:me)?nyerahkan|serahkan|diserahkan|menyalurkan|salurkan|"
    r"disalurkan|mencairkan|cairkan|dicairkan|menerima|terima|diterima|dapat|dapatkan|mendapat(?:kan)?|memperoleh|"
    r"peroleh|memberikan|berikan|diberikan|menggelontorkan|penyerahan|penyaluran|pembayaran|realisasi|paid|pays|"
    r"received?|handed over|disbursed)\b"
)
_MEMBERS = (
    r"\b(?:kepesertaan|peserta(?:nya)?|peserta (?:mandiri|aktif)|jumlah peserta|tenaga kerja "
    r"aktif|cakupan|membership|"
    r"(?:active )?members|coverage)\b"
)
_FALLS = (
    r"\b(?:turun|menurun|penurunan|merosot|anjlok(?:nya)?|penyusutan|berkurang|menyusut|susut|tinggal [\d.,]+|"
    r"lebih rendah dari|terjun|"
    r"melorot|tergerus|declin(?:e|es|ed|ing)|dropped|fell|falls?|shr[aiu]nk)\b"
)
_RISES = r"\b(?:bertambah|naik|meningkat|menembus|melonjak|membengkak|banyak|rise[sn]?|rose|grew)\b"
_INACTIVE = r"\b(?:non[- ]?aktif|nonaktif|tidak aktif|tak aktif|tidak lagi aktif|inactive)\b"
_EMPLOYER = (
    r"\b(?:perusahaan|pengusaha|pemberi kerja|badan usaha|kontraktor|majikan|pt|cv|employers?|compan(?:y|ies))\b"
)
WRONGDOING = (
    r"\b(?:korupsi|tipikor|koruptor|penyelewengan|diselewengkan|penggelapan|digelapkan|menggelapkan|fraud|"
    r"klaim fiktif|fiktif|pungli|pungutan liar|calo|percaloan|suap|disuap|uang pelicin|gratifikasi|"
    r"manipulasi data|memanipulasi|"
    r"kongkalikong|nepotisme|kolusi|pemalsuan|dipalsukan|memalsukan|mark ?up|pencucian uang|"
    r"kerugian negara|penipuan|"
    r"corruption|bribery|embezzle\w*|graft)\b"
)
WRONGDOING_PREVENTED = (
    r"\b(?:anti[- ]?korupsi|antikorupsi|pencegahan|cegah|mencegah|zona integritas|bebas dari|wilayah bebas|waspada|"
    r"hindari|berantas|(?:meng)?gagalkan|digagalkan|foil(?:s|ed)?|thwart(?:s|ed)?|anti[- ]?fraud|sosialisasi anti)\b"
)
_PROTESTS = (
    r"\b(?:demo|berdemo|demonstrasi|unjuk rasa|berunjuk rasa|aksi massa|geruduk|menggeruduk|menduduki|protes|"
    r"memprotes|aksi damai|aksi buruh|petisi|kepung|mengepung|dikepung|march(?:es|ed|ing)? (?:on|to)|rall(?:y|"
    r"ies|ied)|protest(?:s|ed|ers)?)\b"
)
_OFFICE = (
    r"(?:\b(?:kantor|gedung|depan|halaman|cabang|kanwil|offices?)\b"
    + _NEAR
    + _AGENCY
    + r"|"
    + _AGENCY
    + r"(?:'s)? (?:\w+ )?(?:offices?|headquarters|branch)\b)"
)
_ENROLS = (
    r"\b(?:(?:me|di)?daftarkan|mendaftarkan|didaftarkan|enrol(?:s|led|l)?|mengikutsertakan|ikutkan|diikutsertakan|"
    r"menganggarkan|anggarkan|dianggarkan|menanggung|tanggung|ditanggung|membiayai|biayai|dibiayai|mengalokasikan|"
    r"(?:me)?nyisihkan|sisihkan|disisihkan|patungan|urunan|bayari|(?:meng)?gratiskan|digratiskan|"
    r"(?:meng)?gelontorkan|"
    r"melindungi|lindungi|dilindungi|dijamin|menjamin|terlindungi|tercover|register(?:s|ed)?|"
    r"pay(?:s)? contributions|covers?)\b"
)
_COVERED = (
    r"(?:"
    + _AGENCY
    + r"|\b(?:iuran|pekerja(?: rentan)?|nelayan|petani|peserta|jaminan sosial|perlindungan|buruh|pengemudi|"
    r"pedagang|marbot|kader|ketua rt|guru|tukang|mitra|perangkat desa|honorer|non[- ]asn|workers|members|"
    r"contributions)\b)"
)

_GOVERNMENT = (
    r"\b(?:pemkab|pemkot|pemprov|pemda|pemerintah (?:kabupaten|kota|provinsi|daerah)|bupati|wali ?kota|gubernur|dprd|"
    r"perda|perbup|perwali|pergub|regency|regent|mayor|governor|administration)\b"
)
_OBLIGES = (
    r"\b(?:mewajibkan|wajibkan|diwajibkan|wajib|mensyaratkan|syaratkan|harus|(?:meng)?instruksikan|"
    r"requires?|required|obliges?|orders?|ordered|must)\b"
)
_TO_ENROL = (
    r"(?:\b(?:\w*daftarkan|ikutkan|mengikutsertakan|kepesertaan|peserta|enrol(?:l|led)?|register|insure)\b|"
    + _AGENCY
    + ")"
)
_PARTNERS = r"\bperisai\b"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that pull a sentence toward a tone with a strength in 0..1, by one of the eight rules.

    Where a negation stands before or inside the match, `negated` is the tone instead (None: no cue at all). An
    `always` cue ignores negation: an accusation that is denied is still printed. A match of `unless` in the sentence
    takes the cue away.
    """

    rule: int
    tone: Literal["positive", "negative"]
    strength: float
    pattern: str
    always: bool = False
    negated: tuple[Tone, float] | None = None
    unless: str | None = None
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)
    exception: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern, re.IGNORECASE))
        object.__setattr__(self, "exception", re.compile(self.unless, re.IGNORECASE) if self.unless else None)


@dataclass(frozen=True, slots=True)
class Frame:
    """What an article is about, told by its headline or lead: it damps the tones that its sentences seem to have.

    `positive` and `negative` are what these tones are multiplied with; a match of `unless` anywhere in
    headline and lead lifts the frame.
    """

    rule: int
    pattern: str
    positive: float
    negative: float
    where: Literal["title", "title or lead", "sentence"] = "title or lead"
    unless: str | None = None
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)
    exception: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern, re.IGNORECASE))
        object.__setattr__(self, "exception", re.compile(self.unless, re.IGNORECASE) if self.unless else None)


NEGATION = re.compile(
    (
        r"\b(?:tidak|tak|tdk|belum|bukan|gagal|batal|urung|tanpa|sulit|susah|jangan|enggan|kehilangan|"
        r"never|not|cannot|no)\b"
    ),
    re.IGNORECASE,
)

CUES: tuple[Cue, ...] = (
    # 1. The agency pays, is thanked or praised.
    Cue(1, "positive", 0.75, _PAYS + _GAP + _BENEFIT, negated=("negative", 0.6)),
    Cue(1, "positive", 0.7, _BENEFIT + _GAP + _PAYS, negated=("negative", 0.6)),
    Cue(1, "positive", 0.6, r"\bsantunan\b"),
    Cue(1, "positive", 0.65, r"\b(?:ahli waris|heirs?|widow)\b" + _NEAR + _PAYS, negated=("negative", 0.5)),
    Cue(1, "positive", 0.7, _PAYS + _GAP + r"\b(?:kasus|cases|claims?|penerima manfaat|ahli waris|heirs?)\b"),
    Cue(
        1,
        "positive",
        0.7,
        r"\b(?:terima ?kasih|berterima kasih|bersyukur|terbantu|meringankan beban|grateful|thanked)\b",
    ),
    Cue(1, "positive", 0.6, r"\b(?:mengapresiasi|apresiasi|memuji|puji|dipuji|puas|kepuasan|sigap|praised?|lauded)\b"),
    Cue(
        1,
        "positive",
        0.55,
        r"\b(?:hadir bagi|bukti (?:nyata )?(?:negara )?hadir|negara hadir|hak (?:keluarga|ahli waris))\b",
    ),
    Cue(
        1,
        "positive",
        0.6,
        r"\b(?:klaim|layanan|pelayanan)(?:nya)?\b"
        + _NEAR
        + r"\b(?:ramah|cepat|mudah|dipermudah|hitungan menit|lancar)\b",
    ),
    Cue(1, "positive", 0.65, _BENEFIT + _GAP + r"\b(?:cair|masuk rekening)\b", negated=("negative", 0.6)),
    Cue(1, "positive", 0.7, r"\b(?:(?:meng)?gagalkan|digagalkan|foil(?:s|ed)?|thwart(?:s|ed)?)\b" + _GAP + WRONGDOING),
    # 2. Enrolment, premiums funded, cooperation, launch, award, event.
    Cue(2, "positive", 0.6, _ENROLS + _GAP + _COVERED),
    Cue(2, "positive", 0.55, _COVERED + _GAP + _ENROLS),
    Cue(
        2,
        "positive",
        0.6,
        r"\b(?:mou|nota kesepahaman|perjanjian kerja ?sama|pks|(?:be)?kerja ?sama|bersinergi|"
        r"sinergi|menggandeng|gandeng|"
        r"kolaborasi|berkolaborasi|memorandum|partner(?:s|ship)|cooperat\w+)\b",
    ),
    Cue(
        2,
        "positive",
        0.65,
        r"\b(?:penghargaan|paritrana|anugerah|menganugerahkan|meraih|raih|juara|terbaik|nominasi|nominator|awards?|"
        r"prestasi|predikat)\b",
    ),
    Cue(
        2,
        "positive",
        0.5,
        r"\b(?:meluncurkan|luncurkan|diluncurkan|peluncuran|launch(?:ing|ed|es)?|meresmikan|"
        r"diresmikan|gathering|expo|"
        r"donor darah|bakti sosial|jalan sehat|jemput bola|pelatihan|beasiswa|edukasi|literasi)\b",
    ),
    Cue(2, "positive", 0.5, r"\b(?:mendaftarkan|daftarkan|menjamin)\b(?: \w+){0,3} [\d.]{2,}"),
    Cue(2, "positive", 0.35, r"\b(?:sosialisasi|mengajak|ajak|dorong|mendorong|mendesak|optimistis|komitmen)\b"),
    Cue(
        2,
        "positive",
        0.6,
        r"\b(?:penyerahan|(?:me)?nyerahkan|serahkan|membagikan|bagikan|distribusikan)\b" + _NEAR + r"\bkartu\b",
    ),
    Cue(
        2,
        "positive",
        0.6,
        r"\b(?:melampaui|lampaui|melebihi|melewati|exceed(?:s|ed)?)\b" + _NEAR + r"\b(?:target|goal)",
    ),
    Cue(2, "positive", 0.55, _MEMBERS + _NEAR + r"\b(?:tumbuh|bertambah|meningkat|naik|grew|rose)\b", unless=_INACTIVE),
    Cue(
        2,
        "positive",
        0.5,
        r"\b(?:perluas|memperluas|perluasan|tingkatkan|meningkatkan)\b"
        + _NEAR
        + r"\b(?:perlindungan|kepesertaan|cakupan|jaminan sosial)\b",
    ),
    Cue(2, "positive", 0.5, r"\b(?:perlindungan)\b" + _NEAR + r"\b(?:pekerja|nelayan|petani|buruh)\b"),
    Cue(
        2,
        "positive",
        0.55,
        r"\b(?:menjaring|jaring|menggaet|gaet|merangkul)\b" + _NEAR + r"\b(?:pekerja|peserta|tenaga kerja)\b",
    ),
    Cue(2, "positive", 0.6, r"\b1\d\d(?:,\d+)? ?(?:persen|%) dari target"),
    Cue(
        2,
        "positive",
        0.55,
        r"\b(?:masuk|ikut|menjadi peserta|jadi peserta)\b"
        + _NEAR
        + _AGENCY
        + _NEAR
        + r"\b(?:lewat|melalui|dengan dana|dari dana|berkat)\b",
    ),
    Cue(
        2, "positive", 0.5, r"\b(?:shield(?:s|ed)?|protect(?:s|ed|ion)?)\b" + _NEAR + r"(?:\bworkers\b|" + _AGENCY + ")"
    ),
    Cue(
        2,
        "positive",
        0.5,
        r"\b(?:dana kelolaan|imbal hasil|hasil investasi|hasil pengembangan|bunga jht)\b"
        + _NEAR
        + r"\b(?:tumbuh|naik|meningkat|di atas|lebih tinggi|melampaui)\b",
    ),
    Cue(
        1,
        "positive",
        0.55,
        r"\b(?:gratis|tanpa biaya|bebas biaya|tanpa batas|menyambut (?:gembira|baik)|(?:mem)?permudah|memudahkan|"
        r"free of charge)\b",
        always=True,
    ),
    # The government obliges contractors and offices to enrol: the same deed by decree.
    Cue(2, "positive", 0.65, _GOVERNMENT + _GAP + _OBLIGES + _GAP + _TO_ENROL),
    Cue(2, "positive", 0.6, _OBLIGES + _GAP + _TO_ENROL + _GAP + _GOVERNMENT),
    Cue(
        2,
        "positive",
        0.55,
        r"\b(?:(?:mem)?bayar(?:kan)?|dibayar(?:kan)?|pays?|paid|fund(?:s|ed)?|covers?)\b"
        + _NEAR
        + r"\b(?:iuran|contributions|premiums|social security)\b",
        unless=r"\b(?:tunggak\w*|menunggak|nunggak|arrears|unpaid|dipotong|deducted|wajib)\b",
    ),
    Cue(
        2,
        "positive",
        0.5,
        r"\b(?:(?:me)?latih|dilatih|pembekalan|pasar murah|bazar|train(?:s|ed|ing)?)\b"
        + _GAP
        + rf"(?:{_AGENCY}|{_PARTNERS})",
    ),
    Cue(
        2,
        "positive",
        0.5,
        rf"(?:{_AGENCY}|\bbranch\b)" + _NEAR + r"\b(?:(?:me)?latih|gelar|menggelar|trains?|trained|hosts?|hosted)\b",
        unless=_PROTESTS,
    ),
    # 3. Membership falls, inactive members rise.
    Cue(3, "negative", 0.8, _MEMBERS + _GAP + _FALLS),
    Cue(3, "negative", 0.75, _FALLS + _NEAR + _MEMBERS),
    Cue(3, "negative", 0.75, _INACTIVE + _GAP + _RISES, always=True),
    Cue(3, "negative", 0.7, _RISES + _NEAR + _INACTIVE, always=True),
    Cue(
        3, "negative", 0.55, r"\b(?:kepesertaan|peserta)\b" + _GAP + r"\b(?:sudah )?(?:tidak|tak) aktif\b", always=True
    ),
    # 4. Queues, slow or refused claims, rude or absent staff, outage, legal warning.
    Cue(
        4,
        "negative",
        0.75,
        r"\b(?:antre|antrean|antri|antrian|mengantre|mengantri|queues?|queu(?:ed|ing))\b",
        unless=(
            r"\b(?:tanpa|tak perlu|tidak perlu|bebas|urai|mengurai|antrean online|kurangi|"
            r"without)\s+\S{0,12}\s?(?:antr|mengantr|queu)"
        ),
    ),
    Cue(4, "negative", 0.75, r"\b(?:membludak|membeludak|diserbu|berdesakan|mengular|meluber|menumpuk)\b"),
    Cue(
        4,
        "negative",
        0.75,
        (
            r"\b(?:kecewa|kekecewaan|mengeluh|keluhan|keluhkan|mengeluhkan|dikeluhkan|komplain|"
            r"disappointed|complain(?:s|ed|ts?)?)\b"
        ),
    ),
    Cue(
        4,
        "negative",
        0.8,
        r"\b(?:menolak|ditolak|penolakan|refused|rejected|denied)\b"
        + _NEAR
        + r"(?:\b(?:klaim|santunan|pengajuan|permohonan|peserta|pencairan|claims?)\b|"
        + _AGENCY
        + ")",
        unless=r"\b(?:permenaker|tapera|uu |aturan|peraturan|undang-undang|omnibus)\b",
    ),
    Cue(
        4,
        "negative",
        0.8,
        r"\b(?:klaim|jht|jkp|jkm|jkk|santunan|pengajuan|permohonan|pencairan|claims?|savings|benefits)\b"
        + _NEAR
        + r"\b(?:ditolak|gagal|tertahan|mandek|macet|terhenti|stalled|delayed|rejected|refused|denied|dipersulit|"
        r"berbelit)\b",
    ),
    Cue(
        4,
        "negative",
        0.75,
        (
            r"\b(?:gagal|tak kunjung|tak bisa|tidak bisa|sulit|belum bisa)\s+(?:\S+\s+)?(?:klaim|"
            r"mengklaim|cair|mencairkan|dicairkan|diklaim)\b"
        ),
        always=True,
    ),
    Cue(
        4,
        "negative",
        0.7,
        (
            r"\b(?:dipersulit|mempersulit|berbelit(?:-belit)?|lamban|lelet|tidak profesional|tak "
            r"profesional|buruk|diping ?pong|dilempar(?:-lempar)?|lempar tanggung jawab|semrawut)\b"
        ),
        always=True,
    ),
    Cue(
        4,
        "negative",
        0.6,
        r"\b(?:layanan|pelayanan|proses|pencairan|service)\b"
        + _NEAR
        + r"\b(?:lambat|lama|slow|bertele-tele|terhambat|terganggu|dikeluhkan)\b",
    ),
    Cue(
        4,
        "negative",
        0.75,
        (
            r"\b(?:error|eror|gangguan|bermasalah|lumpuh|down|tumbang|inaccessible|(?:tidak|tak) (?:bisa|"
            r"dapat) (?:diakses|dibuka|digunakan)|"
            r"sulit diakses|gagal login|outage|crash(?:ed|es)?)\b"
        ),
        always=True,
    ),
    Cue(4, "negative", 0.65, r"\b(?:hanya|cuma|sanggup)\s+(?:\S+\s+)?(?:melayani|layani|dilayani)\b", always=True),
    Cue(
        4,
        "negative",
        0.65,
        (
            r"\b(?:enggan|menolak|tolak|tidak mau|tak mau)\s+(?:ber|di|mem)?(?:komentar|konfirmasi|"
            r"dikonfirmasi|menjawab|menemui|melayani)\w*\b"
        ),
        always=True,
    ),
    Cue(
        4,
        "negative",
        0.7,
        (
            r"\b(?:menghindar|bungkam|tutup mata|tidak serius|tak serius|membiarkan|abai|mengabaikan|"
            r"tak digubris|tidak digubris|lepas tangan|cuci tangan|(?:tak|tidak) (?:bisa|dapat) berbuat|"
            r"(?:tak|tidak) (?:pernah )?(?:me|di)(?:nindaklanjuti|tindaklanjuti)|(?:tak|"
            r"tidak) (?:kunjung )?bertindak|"
            r"tak peduli)\b"
        ),
        always=True,
    ),
    Cue(
        4,
        "negative",
        0.75,
        r"\b(?:petugas|pegawai|staf|satpam|karyawan|pelayanan)\b"
        + _NEAR
        + r"\b(?:kasar|judes|tidak ramah|tak ramah|membentak(?:nya)?|bentak|arogan|tidak ada di tempat|rude|absen)\b",
    ),
    Cue(
        4,
        "negative",
        0.75,
        r"\b(?:somasi|menggugat|gugat|gugatan|melaporkan|laporkan|mensomasi|sued?|lawsuit)\b" + _NEAR + _AGENCY,
        unless=r"\b(?:melapor ke|lapor ke|laporkan ke|melaporkan ke|diserahkan kepada)\b",
    ),
    Cue(4, "negative", 0.7, _AGENCY + _NEAR + r"\b(?:digugat|disomasi|dilaporkan|dituntut|is sued)\b"),
    Cue(
        4,
        "negative",
        0.55,
        r"\b(?:tak|tidak) (?:dapat|bisa|mampu) memberi(?:kan)? (?:kepastian|jawaban|penjelasan)\b",
        always=True,
    ),
    Cue(4, "negative", 0.6, r"\b(?:membela|bela|memihak)\s+(?:\S+\s+)?(?:perusahaan|pengusaha)\b", always=True),
    Cue(
        4,
        "negative",
        0.7,
        (
            r"\b(?:belum|tak|tidak) (?:juga |kunjung |pernah )?(?:turun|cair|dicairkan|"
            r"dibayar(?:kan)?|diterima|diproses)\b"
        ),
        always=True,
        unless=r"\b(?:upah|gaji|thr|pesangon|perusahaan|pt)\b",
    ),
    Cue(
        4,
        "negative",
        0.65,
        r"\b(?:kapok|jutek|ketus|ribet|bolak-balik|berubah-ubah|(?:di|me|men)?(?:suruh|nyuruh|"
        r"minta) (?:\w+ )?(?:balik|pulang|kembali|menunggu)|"
        r"(?:pulang|kembali) (?:dengan )?tangan hampa|terkatung-katung|turned away|(?:kept|"
        r"keeps?) (?:\w+ )?waiting|long wait|slow claims?|(?:menunggu|penantian) \w+ (?:bulan|tahun)|"
        r"\w+ (?:bulan|tahun) menunggu)\b",
        always=True,
    ),
    Cue(
        4,
        "negative",
        0.65,
        r"\b(?:dana kelolaan|imbal hasil|hasil investasi|hasil pengembangan|investment (?:return|yield)s?)\b"
        + _NEAR
        + _FALLS,
    ),
    # 5. Fraud, corruption, leak, abuse at the top, rallies against the agency: negative, also when denied.
    Cue(5, "negative", 0.9, WRONGDOING, always=True, unless=WRONGDOING_PREVENTED),
    Cue(
        5,
        "negative",
        0.9,
        r"\b(?:kebocoran|bocor|dibobol|diretas|peretas(?:an)?|dijual di forum|hacker|leak(?:s|ed)?|breach)\b"
        + _GAP
        + r"\b(?:data|peserta|nik|records|members)\b",
        always=True,
    ),
    Cue(
        5,
        "negative",
        0.9,
        r"\bdata\b" + _GAP + r"\b(?:bocor|kebocoran|diretas|dibobol|dijual|leaked|breached)\b",
        always=True,
    ),
    Cue(
        5,
        "negative",
        0.8,
        r"\b(?:tersangka|ditahan|terdakwa|ditangkap|digeledah|penggeledahan|penyidikan|geledah|arrested|suspect)\b",
        always=True,
    ),
    Cue(
        5,
        "negative",
        0.8,
        r"\b(?:direksi|dirut|direktur|dewas|dewan pengawas|pansel|pejabat|kepala (?:cabang|kantor))\b"
        + _GAP
        + (
            r"\b(?:pelecehan|asusila|selingkuh|perselingkuhan|skandal|dicopot|mundur|loyo|gaji besar|"
            r"bergaji|arogan|dituding|cacat formal)\b"
        ),
        always=True,
    ),
    Cue(
        5,
        "negative",
        0.65,
        (
            r"\b(?:menuding|dituding|tuding|mempertanyakan|pertanyakan|dipertanyakan|mengecam|kecam|"
            r"mengkritik|kritik(?:an)?|dikritik|desak copot|disorot|sorotan tajam|accus(?:e|es|ed)|"
            r"criticiz\w+)\b"
        ),
        always=True,
    ),
    Cue(5, "negative", 0.85, _PROTESTS + _GAP + _OFFICE, always=True),
    Cue(5, "negative", 0.8, _PROTESTS + r"\s+(?:ke |di )?" + _AGENCY, always=True),
    Cue(5, "negative", 0.8, _OFFICE + _GAP + r"\b(?:didemo|digeruduk|diduduki|disegel|didatangi massa)\b", always=True),
    Cue(
        5,
        "negative",
        0.9,
        r"\b(?:hackers?|peretas)\b" + _GAP + r"\b(?:data|records|peserta|members)\b",
        always=True,
    ),
    # 6. The agency recovers what an employer owes.
    Cue(
        6,
        "positive",
        0.65,
        r"\b(?:memulihkan|pulihkan|berhasil (?:menagih|tagih|memulihkan)|tertagih|recover(?:s|ed)?)\b"
        + _GAP
        + r"\b(?:tunggakan|piutang|iuran|arrears|rp)",
    ),
    Cue(
        6,
        "positive",
        0.6,
        r"\b(?:melunasi|lunasi|dilunasi|lunas)\b" + _GAP + r"\b(?:tunggakan|piutang|iuran)\b",
    ),
    Cue(
        6,
        "positive",
        0.55,
        r"\b(?:tunggakan|piutang)\b"
        + _GAP
        + r"\b(?:terealisasi|dilunasi|lunas|tertagih|berhasil ditagih|turun|berkurang)\b",
    ),
    # 7. Its management of the fund is questioned.
    Cue(
        7,
        "negative",
        0.75,
        r"\bke mana (?:perginya )?(?:dana|uang) (?:buruh|pekerja|peserta|jht|kelolaan)\b",
        always=True,
    ),
    Cue(
        7,
        "negative",
        0.75,
        r"\b(?:dana|uang) (?:buruh|pekerja|peserta|jht|kelolaan)\b"
        + _GAP
        + r"\b(?:ke mana|dipertanyakan|diselewengkan|raib|hilang|tidak ada|merugi|rugi|transparan)\b",
        always=True,
    ),
)

FRAMES: tuple[Frame, ...] = (
    # 3. A low level of coverage is no praise, and no blame unless the text blames.
    Frame(
        3,
        (
            r"\b(?:belum (?:terlindungi|terdaftar|tercover|menjadi peserta|ikut)|tak terlindungi|"
            r"tidak terlindungi|baru (?:sekitar )?(?:[\d.,]+ ?(?:persen|%|orang)|se(?:tengah|pertiga|perempat|"
            r"perlima|paruh)|separuh)|(?:hanya|cuma) "
            r"(?:sekitar )?[\d.,]+ ?(?:persen|%)|not (?:yet )?covered|only \d+ percent)"
        ),
        0.45,
        1.0,
        "sentence",
    ),
    Frame(
        3,
        r"\b(?:rendahnya|minim|belum terlindungi|belum terdaftar|belum tercover|tak terlindungi|tidak terlindungi|"
        r"belum jadi peserta|"
        r"(?:baru|hanya|cuma) (?:sekitar )?[\d.,]+ ?(?:persen|%))",
        0.45,
        1.0,
        "title",
    ),
    # A wish is not yet a deed.
    Frame(
        2,
        r"\b(?:berharap|harap|minta|meminta|urge[sd]?|hopes?|could be|berencana|akan mendekati)\b",
        0.55,
        1.0,
        "sentence",
    ),
    # 5. Experts who argue that a paper loss is no corruption.
    Frame(
        5,
        (
            r"\b(?:pakar|ahli|pengamat|ekonom|guru besar|akademisi|experts?|economists?|"
            r"professor)\b[^.;!?]{0,160}?\b(?:bukan (?:\S+ )?(?:korupsi|kerugian negara|tindak pidana|"
            r"pidana)|(?:unrealized|potential|paper) loss|belum terealisasi|potensi kerugian|risiko "
            r"(?:investasi|bisnis|pasar)|not corruption)"
        ),
        0.6,
        0.15,
    ),
    # 6. The employer is to blame.
    Frame(
        6,
        _EMPLOYER
        + (
            r"[^.;!?]{0,60}?\b(?:tidak|tak|belum|nunggak|menunggak|penunggak|lalai|mangkir|failed to|"
            r"not|never)\b[^.;!?]{0,40}?(?:daftar\w*|didaftar\w*|enrol\w*|mendaftar\w*|setor\w*|menyetor\w*|bayar\w*|"
            r"membayar\w*|iuran|terdaftar|register\w*|contributions|\[agensi\])"
        ),
        0.35,
        0.45,
        unless=(
            r"\b(?:lempar|diping ?pong|membela|membiarkan|tutup mata|cuci tangan|berbuat apa|bertindak|"
            r"tindaklanjuti|(?:tak|tidak) dapat "
            r"memberi(?:kan)? kepastian|lepas tangan|memulihkan|pulihkan|melunasi|lunasi|tertagih|"
            r"berhasil menagih)"
        ),
    ),
    Frame(
        6,
        (
            r"\b(?:menunggak|nunggak|penunggak|tunggakan|tidak terdaftar|tak terdaftar|tidak "
            r"didaftarkan|belum didaftarkan|tak "
            r"didaftarkan|in arrears)\b"
        ),
        0.45,
        0.5,
        unless=(
            r"\b(?:lempar|diping ?pong|membela|membiarkan|tutup mata|cuci tangan|berbuat apa|bertindak|"
            r"tindaklanjuti|kepastian|memulihkan|pulihkan|"
            r"melunasi|lunasi|dilunasi|lunas|tertagih|berhasil|terealisasi|turun)"
        ),
    ),
    # 6. An inspection of an employer who enrolled a part of the workers only.
    Frame(
        6,
        r"\b(?:sebagian|separuh|hanya)\b[^.;!?]{0,35}?\b(?:men|di)?daftarkan\b|"
        r"\b(?:men|di)?daftarkan\b[^.;!?]{0,20}?\b(?:sebagian|separuh)\b|\b(?:some|part|half) of (?:its|their) \w+",
        0.3,
        0.6,
    ),
    Frame(
        6,
        r"\b(?:mewajibkan|wajib|diwajibkan)\b[^.;!?]{0,80}?\b(?:daftar\w*|mendaftar\w*|perusahaan|kontraktor|"
        r"badan usaha|pengusaha)\b",
        0.4,
        0.7,
        unless=_GOVERNMENT,
    ),
    Frame(
        6,
        (
            r"\b(?:mengingatkan|ingatkan|imbau|mengimbau|"
            r"reminds?)\b[^.;!?]{0,80}?\b(?:daftar\w*|mendaftar\w*|perusahaan|kontraktor|badan usaha|"
            r"pengusaha)\b"
        ),
        0.4,
        0.7,
    ),
    # 7. What employers or unions hold against a contribution is held against the government that sets it.
    Frame(
        7,
        (
            r"\b(?:keberatan|keluhkan|mengeluhkan|tolak|menolak|protes)\b[^.;!?]{0,60}?\b"
            r"(?:iuran (?:jkp|jp|jht|naik|baru)|kenaikan|rencana pemerintah|tarif)\b"
        ),
        0.5,
        0.25,
    ),
    # 7. A protest over a government rule.
    Frame(
        7,
        (
            r"\b(?:demo|unjuk rasa|aksi|tolak|menolak|protes|petisi|penolakan|rally|"
            r"protest)\b[^.;!?]{0,90}?\b(?:permenaker|aturan|peraturan|uu|undang-undang|kebijakan|"
            r"tapera|revisi|usia 56|perppu|omnibus|regulation|law)\b"
        ),
        0.5,
        0.2,
        unless=(
            r"\b(?:kantor|gedung|depan)\b[^.;!?]{0,35}?\[agensi\]|\[agensi\](?:'s)? (?:offices?|headquarters|branch)|"
            r"\bdana\b[^.;!?]{0,60}?\b(?:ke mana|"
            r"dipertanyakan|raib|transparan)|\bke mana (?:perginya )?(?:dana|uang)\b"
        ),
    ),
    # 8. A question that the article answers.
    Frame(
        8,
        r"\b(?:mana (?:yang )?(?:lebih|paling)|apa (?:beda|perbedaan)\w*|beda(?:nya)? (?:antara |\S+ (?:dan|"
        r"dengan|vs) )|explained)\b",
        0.3,
        0.4,
        "title",
    ),
    # 8. How-to, data, appointment, legal explanation.
    Frame(
        8,
        (
            r"^\W{0,3}(?:cara|begini|syarat|langkah|panduan|tips|simak|cek|berikut|apa itu|bagaimana|"
            r"how to|kapan|daftar|besaran|perbedaan|mengenal|ketahui)\b|\b(?:ini (?:cara|syarat|"
            r"langkah|daftar|besaran|rincian)|begini cara|cara (?:cek|mengatasi|mencairkan|klaim|"
            r"daftar|mudah|menghitung|bayar))\b"
        ),
        0.25,
        0.2,
        "title",
    ),
    Frame(
        8,
        (
            r"\b(?:panduan|tips|langkah-langkah|tutorial|simak cara|berikut cara|policy (?:note|"
            r"analysis)|infografik|guide)\b"
        ),
        0.25,
        0.2,
    ),
    Frame(
        8,
        (
            r"\b(?:dilantik|melantik|pelantikan|ditunjuk|menjabat|serah terima jabatan|sertijab|"
            r"mutasi jabatan|rotasi jabatan|appointed|inaugurated)\b"
        ),
        0.5,
        0.9,
    ),
)
