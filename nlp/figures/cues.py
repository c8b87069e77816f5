"""Cue words: what the words around a numeral say about it. One table per question, a code and its phrases per row.

The phrases are folded; a clitic (-nya, -lah) on any word is understood. Longer phrases win over shorter ones.
"""

from nlp.figures.lexicon import phrases, words

COMPARATORS: dict[str, tuple[str, ...]] = {
    "about": phrases(
        """
        sekitar | kurang lebih | lebih kurang | kurang lebih sekitar | kira-kira | kira kira | berkisar |
        berkisar antara | kisaran | di kisaran | pada kisaran | mendekati | hampir | nyaris | rata-rata sekitar |
        kurleb | +- | ± | diperkirakan sekitar | around | about | nearly | almost | roughly | approximately | some |
        close to | sekira | ditaksir | seputar | hampir mencapai | berkisar di angka
        """
    ),
    "at_least": phrases(
        """
        minimal | minimum | sedikitnya | setidaknya | paling sedikit | sekurang-kurangnya | sekurangnya |
        paling tidak | paling kurang | paling rendah | setidak-tidaknya | tidak kurang dari | tak kurang dari |
        sedikit-dikitnya | at least | no less than | >= | ≥ | minimal harus | serendah-rendahnya
        """
    ),
    "at_most": phrases(
        """
        maksimal | maksimum | paling banyak | paling tinggi | paling besar | paling lama | tidak lebih dari |
        tidak boleh melebihi | tak boleh melebihi | tidak boleh lebih dari | tak lebih dari | setinggi-tingginya |
        sebanyak-banyaknya | at most | up to | no more than | <= | ≤ |
        selambat-lambatnya | selambatnya | paling lambat | tidak melebihi | maksimal hingga | maksimal sebesar |
        paling cepat
        """
    ),
    "more_than": phrases(
        """
        lebih dari | di atas | melebihi | lebih daripada | more than | over | above | > | exceeding | exceeded |
        diatas | lewati | melewati | lampaui | melampaui
        """
    ),
    "less_than": phrases(
        """
        kurang dari | tidak sampai | tak sampai | di bawah | belum sampai | belum mencapai | tidak mencapai |
        less than | fewer than | below | under | < | dibawah
        """
    ),
}
COMPARATORS_AFTER: dict[str, tuple[str, ...]] = {
    "more_than": ("lebih", "lebihan", "plus", "+"),
    "at_least": ("atau lebih", "ke atas", "or more"),
    "at_most": ("ke bawah", "atau kurang", "or less"),
}

DIRECTIONS: dict[str, tuple[str, ...]] = {
    "up": phrases(
        """
        naik | dinaikkan | tumbuh | melonjak | bertambah | meningkat | kenaikan | lonjakan | peningkatan |
        pertumbuhan | penambahan | melesat | meroket | terkerek | terdongkrak | menanjak | bertumbuh | meningkatkan
        | menaikkan | membengkak | mendaki | menguat | rose | grew | increased | up | jumped | surged | climbed |
        gained | growth of | increase of | rise of | increase | ditingkatkan | ditambah | menambah | bertambahnya |
        naiknya | surplus | lompatan | melompat | tambah | tambahan | terangkat | membaik | melambung | membubung |
        berlipat | melejit | menggelembung | meninggi | terdorong naik | membesar | melebar | melar |
        mekar | terkatrol | mencuat | melambungnya | bertambah banyak | berlipat ganda | plus | dikerek |
        menggemuk | gemuk | menebal | mengembang |
        menjulang | meroketnya | melonjaknya | meningkatnya |
        rising | growing | bergerak naik | digenjot | risen | rises | climbs |
        improved | improving | gain of | gains of | doubled | tripled | quadrupled | soared | merangkak naik |
        terdorong | terungkit | beranjak
        """
    ),
    "down": phrases(
        """
        turun | menurun | penurunan | susut | menyusut | merosot | berkurang | minus | anjlok | melorot | terpangkas
        | dipangkas | menukik | jatuh | terjun | diturunkan | menurunkan | pengurangan | kontraksi | terkontraksi |
        terkoreksi | melemah | tergerus | ambles | amblas | fell | dropped | declined | decreased | down | slipped |
        shrank | cut | drop of | decline of | fall of | plunged | defisit | penyusutan | turunnya | berkurangnya |
        dikurangi | mengurangi | melandai | kemerosotan | diskon | tumbuh negatif | falling | fallen | memangkas |
        falls | halved | memotong | pemotongan | potongan | keringanan | relaksasi | pemangkasan | tergelincir | sank |
        turun drastis | mengempis | mengecil | jeblok | rontok | terperosok | tergerogoti | surut | menciut | longsor |
        terpuruk | menipis | ambruk | luruh | berguguran | terkuras | dipotong | dikorting | korting | menyurut |
        tersusut |
        rontoknya | kempis | menyusutnya | melorotnya | anjloknya | merosotnya | menurunnya | terjungkal
        """
    ),
}
# Between the verb and the numeral of a change: "turun tipis sebesar", "naik rata-rata".
DIRECTION_FILLERS = words(
    """
    tipis sebesar sebanyak sekitar hingga sampai lagi tajam signifikan drastis jadi by about around nearly
    almost rata - hampir lebih dari kurang mencapai cukup antara berkisar more than kira of di atas as much
    minimal maksimal setidaknya sedikitnya nyaris dalam sekurang kurangnya melebihi hanya cuma pun sudah telah
    pada pesat to saja tahunan yoy nilai kisaran bisa baru tambahan ( :
    """
)
# "turun menjadi N": the number is where it moved to.
ARRIVALS = frozenset({"menjadi", "jadi", "ke", "kini", "to", "level", "posisi", "angka", "tinggal"})
# "semula N, kini …": the number is how it was.
THEN = words("dulu dulunya tadinya semula awalnya")
# "naik 5 persen dari N", "dibanding 2019 sebanyak N": the number is where it moved from.
THAN = words("dari dibanding dibandingkan daripada ketimbang")
CAME_FROM = THAN | {"from"}
ORIGINS = CAME_FROM | {"semula", "sebelumnya", "tadinya"}
NEGATORS = words(
    """
    tidak tak bukan belum tanpa not no nggak enggak gak tiada
    """
)

OUTLOOK: dict[str, tuple[str, ...]] = {
    "target": phrases(
        """
        target | targetkan | menargetkan | ditargetkan | ditarget | mentargetkan | targeting | sasaran | menyasar |
        mematok | dipatok | kuota | aims | aiming | quota | ingin | bertekad | membidik | dibidik |
        ditetapkan sebesar | menarget | mengejar | harus mencapai | minimal harus | harus minimal | hendak |
        diharuskan mencapai | aim for | optimistis | optimistis mencapai | mengusulkan | usulan | diusulkan | usul |
        kuota | kuotanya | diincar | mengincar | berambisi | mencanangkan | will go to | targets | targeted
        """
    ),
    "forecast": phrases(
        """
        prognosa | proyeksi | diproyeksikan | memproyeksikan | diperkirakan | memperkirakan | diprediksi |
        memprediksi | estimasi | bisa naik | akan naik | akan turun | mudah-mudahan | diharapkan | harap
        | berharap | diprognosakan | forecast | projected | expected | will reach | akan mencapai | bisa mencapai |
        akan menjadi | bakal | akan bertambah | akan meningkat | akan terdongkrak | akan ditambah |
        mungkin naik | mungkin turun | mungkin bertambah | bisa bertambah | bisa turun | bisa mencapai |
        bisa tembus | dapat mencapai | bisa menyentuh | expect |
        expects |
        akan dinaikkan | akan tumbuh | diestimasikan | ramalan | harapan | bisa
        """
    ),
}
# These may stand behind the number they speak of: "setengah juta pekerja ditargetkan masuk".
PASSIVE_OUTLOOK = words(
    """
    diincar ditargetkan ditarget diproyeksikan diperkirakan diprediksi diestimasikan dipatok dibidik
    """
)
# After these a number is what was reached, though a target was told before.
ACHIEVED = words(
    """
    terkucur terealisasi realisasi realisasinya tercapai terverifikasi terkejar terpenuhi terkumpul terhimpun
    baru hanya tercatat sudah telah capaian capaiannya
    kini saat sementara mencapai sekarang
    """
)

HYPOTHETICAL: dict[str, tuple[str, ...]] = {
    "example": phrases(
        """
        sebagai ilustrasi | ilustrasinya | andai | andaikan | seandainya | misalnya | misalkan | umpamanya |
        sebagai contoh | contohnya | anggaplah | katakanlah | suppose | for example | simulasi
        """
    ),
    "condition": ("jika", "apabila", "bila", "kalau", "if"),
}

SEGMENTS: dict[str, tuple[str, ...]] = {
    "BPU": phrases(
        """
        bpu | bukan penerima upah | pekerja mandiri | mandiri | sektor informal | pekerja informal | informal |
        nelayan | petani | buruh tani | pedagang | sopir | ojek | ojol | tukang | penderes | pemulung |
        informal sector
        """
    ),
    "PU": phrases(
        """
        pu | penerima upah | sektor formal | pekerja formal | formal
        """
    ),
    "Jakon": ("jakon", "jasa konstruksi", "konstruksi", "proyek konstruksi"),
    "PMI": phrases(
        """
        pmi | pekerja migran | tki | migran | migrant workers
        """
    ),
    "rentan": ("pekerja rentan", "rentan", "vulnerable workers"),
    "non-ASN": ("non-asn", "non asn", "honorer", "tenaga honorer"),
}
PROGRAMS: dict[str, tuple[str, ...]] = {
    "JHT": ("jht", "jaminan hari tua", "hari tua"),
    "JKK": phrases(
        """
        jkk | jaminan kecelakaan kerja | santunan sementara tidak mampu bekerja | stmb | cacat total tetap | cacat |
        meninggal karena kecelakaan | mendapat 48 kali | kali upah | x upah | transportasi darat | transportasi laut
        | transportasi udara
        """
    ),
    "JKM": phrases("jkm | jaminan kematian | santunan kematian | pemakaman | berkala"),
    "JP": ("jp", "jaminan pensiun", "pensiun"),
    "JKP": ("jkp", "jaminan kehilangan pekerjaan", "kehilangan pekerjaan"),
    "beasiswa": ("beasiswa", "scholarship"),
    "BSU": phrases("bsu | bantuan subsidi upah | subsidi upah | subsidi gaji | wage subsidy | wage subsidies"),
}
STATUSES: dict[str, tuple[str, ...]] = {
    "inactive": phrases(
        """
        non aktif | non-aktif | nonaktif | tidak aktif | tak aktif | inactive
        """
    ),
    "active": ("aktif", "active"),
    "registered": ("terdaftar", "registered"),
}

# Words that tie two figures into one statement: "79.613 orang atau 7,52 persen".
APPOSITIONS = frozenset(
    {"atau", "setara", "(", "alias", "or", "yakni", "yaitu", "equivalent", "tepatnya", "persisnya", "sekitar"}
)
# A clause ends at these; a topic word beyond one counts less.
BOUNDARIES = words(
    """
    , ; : ( ) — – sedangkan sementara namun tetapi tapi while but dan and serta lalu jika bila apabila kalau dengan
    sehingga karena lantaran agar supaya maka meski walau because although
    """
)
STRONG_BOUNDARIES = words(
    """
    ; sedangkan sementara namun tetapi tapi while but lalu
    """
)
# "dan" may as well join two names inside one phrase.
WEAK_BOUNDARIES = frozenset({"dan", "and", "serta"})

RULES: dict[str, tuple[str, ...]] = {
    # said of what the scheme grants or asks in general
    "general": phrases(
        """
        berhak | berhak atas | maksimal | paling banyak | paling tinggi | per tahun | ketentuan | besaran |
        akan mendapat | akan menerima | bisa mendapat | bisa mendapatkan | dapat menerima | akan mendapatkan |
        akan memperoleh | setiap peserta | tiap peserta | setiap pekerja | tiap pekerja | apabila | jika | bila |
        manfaat | batas | batas upah | diatur | sebesar-besarnya | per bulan | sebulan | setiap bulan | tiap bulan |
        berkala | sesuai ketentuan | entitled | per orang | per peserta | perguruan tinggi | sd | smp | sma |
        jenjang | karena kecelakaan | bukan karena kecelakaan | risiko | mulai | hanya dengan | cukup |
        sampai perguruan tinggi | hingga kuliah | meninggal dunia karena | mengalami kecelakaan | dua anak |
        dua orang anak | 2 anak | 2 orang anak | wajib | transportasi
        """
    ),
    # said of whoever may come: this outweighs a mere "menerima"
    "condition": phrases(
        """
        jika | bila | apabila | kalau | berhak | setiap | tiap | peserta yang | pekerja yang | diatur | bisa | dapat |
        if | when | entitled | every | each
        """
    ),
    # said of money that really changed hands: this outweighs everything
    "handover": phrases(
        """
        diserahkan | menyerahkan | serahkan | penyerahan | menyalurkan | disalurkan | salurkan | cair | dicairkan |
        almarhum | almarhumah | alm | membayarkan | telah menerima | mendiang | membawa pulang | mengantongi |
        kantongi | sampai ke tangan | ia menerima | dia menerima | ia memperoleh | ia mendapat | keluarganya menerima |
        berbuah
        """
    ),
    # said of one payout to somebody
    "event": phrases(
        """
        menerima | terima | memperoleh | diserahkan | menyerahkan | serahkan | penyerahan | diberikan kepada |
        menyalurkan | disalurkan | salurkan | cair | dicairkan | mencairkan | dibayarkan kepada | membayarkan |
        almarhum | almarhumah | alm | mendiang | membawa pulang |
        mengantongi | kepada | terima santunan | diterima | received | handed
        """
    ),
}

# Rupiah amounts fixed by regulation (PP 82/2019, PP 44/2015, PP 6/2025, Permenaker 5/2021 and 1/2016).
STATUTORY_AMOUNTS = frozenset(
    {
        42_000_000,
        20_000_000,
        10_000_000,
        12_000_000,
        174_000_000,
        24_000_000,
        16_800,
        36_800,
        10_000,
        6_800,
        20_000,
        1_500_000,
        2_000_000,
        3_000_000,
        5_000_000,
        87_000_000,
        500_000,
        300_000,
        600_000,
        8_400,
        16_000,
        17_000,
        70_000_000,
        85_000_000,
    }
)

CUES: dict[str, dict[str, tuple[str, ...]]] = {
    "comparator": COMPARATORS,
    "comparator_after": COMPARATORS_AFTER,
    "direction": DIRECTIONS,
    "outlook": OUTLOOK,
    "hypothetical": HYPOTHETICAL,
    "segment": SEGMENTS,
    "program": PROGRAMS,
    "status": STATUSES,
    "rule": {"general": RULES["general"]},
    "event": {"event": RULES["event"]},
    "condition": {"condition": RULES["condition"]},
    "handover": {"handover": RULES["handover"]},
}
