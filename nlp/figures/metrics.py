"""Metrics: topics are found by their words; a topic and the class of the unit together name the metric.

To teach a new metric, add a topic with its words and the metric of each unit class it can be measured in.
"""

from dataclasses import dataclass

from nlp.figures.lexicon import phrases, words


@dataclass(frozen=True, slots=True)
class Topic:
    """Words of one subject, how telling they are (weight), and what a figure of each unit class then measures."""

    weight: float
    words: tuple[str, ...]
    metrics: dict[str, str]


TOPICS: dict[str, Topic] = {
    "coverage": Topic(
        4.0,
        phrases(
            """
            cakupan | coverage | ucj | universal coverage | universal coverage jamsostek | tingkat kepesertaan |
            cakupan kepesertaan | cakupan perlindungan | cakupan jamsostek | capaian kepesertaan | universal |
            universal coverage jaminan sosial ketenagakerjaan | persentase kepesertaan | keikutsertaan |
            tingkat keikutsertaan | payung jamsostek | payung jaminan sosial | jangkauan perlindungan |
            jangkauan kepesertaan | jangkauan program | jangkauan jamsostek
            """
        ),
        {"percent": "coverage", "people": "membership", "points": "coverage"},
    ),
    "protected": Topic(
        4.5,
        phrases(
            """
            terlindungi | dilindungi | mencover | meng-cover | perlindungan diberikan | diberi perlindungan |
            tercover | ter-cover | dicover | di-cover | tercakup | jadi peserta | menjadi peserta | ikut |
            mengikutsertakan | mengikutkan | cakup | dibayari | diikutkan | terdaftar | punya jaminan sosial |
            punya jaring pengaman |
            mendapat jaminan sosial |
            menerima jaminan sosial | dijamin | ditanggung | ikut serta | terlindung | mendapat perlindungan |
            mendapatkan perlindungan | diikutsertakan | didaftarkan | punya jamsostek | memiliki jaminan sosial |
            memiliki perlindungan | punya perlindungan | menjadi anggota | terkover | tercatat peserta |
            tercatat sebagai peserta | bergabung | telah mendaftar | sudah mendaftar | terproteksi | protected |
            covered | covers | cover | protects | registered | masuk program | terlayani | kepesertaan aktif |
            terjamin | tersentuh | punya bpjs ketenagakerjaan | memiliki bpjs ketenagakerjaan | melindungi |
            mengcover | mendaftarkan | menjadi bagian | memperoleh perlindungan | memiliki jamsostek |
            ter-cover oleh | punya | yang aktif | masuk bpjamsostek | masuk bpjs ketenagakerjaan | menanggung |
            aktif di | menanggung iuran | dibiayai | iurannya dibayar | dibayarkan iuran | jaminan sosial |
            tercatat peserta aktif | joined | join | enrolled | dicakup | terakomodasi |
            tergabung | sudah masuk | telah masuk | yang masuk | sudah ikut | sudah jadi peserta | punya kartu |
            memegang kartu | pegang kartu | jadi anggota | berstatus peserta | berstatus aktif | ter-cover program |
            terlindungi program | dalam perlindungan | di bawah perlindungan | diproteksi | proteksi |
            lindungi | daftarkan | ikutsertakan | ikutkan | jamin | have joined | has joined | is covered |
            are covered | protecting | enrol | enroll | ber-jamsostek | berjamsostek | dipayungi | terpayungi |
            memayungi |
            tergarap | digaet | rangkul | merangkul | dirangkul | terangkul | terjaring | dijangkau | terjangkau |
            menjangkau | terayomi | diasuransikan | berjaminan | ber-bpjs | menjamin | beroleh perlindungan |
            dapat perlindungan | mengantongi kartu | mengantongi kepesertaan | ikut program | ikut jamsostek |
            menyertakan | disertakan | terserap program | terlindung jamsostek
            """
        ),
        {
            "percent": "coverage",
            "people": "membership",
            "companies": "employers",
            "times": "membership",
            "villages": "villages",
        },
    ),
    "protection": Topic(
        2.6,
        phrases("perlindungan | memproteksi | perlindungan bagi | perlindungan untuk"),
        {"percent": "coverage", "people": "membership"},
    ),
    "recorded": Topic(
        2.0,
        phrases("tercatat | terdata | terisi | masuk | kartu"),
        {"percent": "coverage", "people": "membership", "companies": "employers", "villages": "villages"},
    ),
    "unprotected": Topic(
        5.0,
        phrases(
            """
            di luar perlindungan | gap | rentan tanpa | uncovered | unprotected | uninsured | without coverage |
            not covered | without protection | di luar program | di luar kepesertaan | tanpa perlindungan |
            tanpa jaminan | luput dari perlindungan | wajib belum daftar | tanpa jaminan sosial |
            without social security |
            without insurance | without any protection | remain outside | unregistered | left out | tak tersentuh |
            di luar jangkauan | luput | tidak punya jaminan | kesenjangan | celah |
            still outside |
            belum masuk | belum ikut | belum terjangkau | belum tersentuh | belum terjamah | tak berjaminan |
            belum tergarap | tanpa kartu | tanpa payung | tak terlindungi | tanpa jamsostek | masih di luar |
            belum mengantongi | belum kebagian | tidak berjaminan | yang belum
            """
        ),
        {"percent": "uncovered", "people": "uncovered", "companies": "non_compliance"},
    ),
    "left_behind": Topic(5.0, ("tercecer", "terlewat"), {"people": "uncovered", "companies": "non_compliance"}),
    "member": Topic(
        2.5,
        phrases(
            """
            peserta | kepesertaan | perserta | peseta | members | membership | participants | peserta aktif |
            penerima upah | bukan penerima upah | active members | anggota | pu | bpu | jakon | tenaga kerja aktif |
            pekerja aktif | peserta penerima upah | peserta bukan penerima upah
            """
        ),
        {"percent": "membership", "people": "membership", "times": "membership"},
    ),
    "new_member": Topic(
        4.7,
        phrases(
            """
            peserta baru | akuisisi | anggota baru | ditargetkan masuk | ditarget tambah | meraih | mengakuisisi |
            tambahan peserta | new members | penambahan peserta | tenaga kerja baru | pekerja baru |
            merekrut peserta | menggaet | menjaring | pendaftar baru | peserta tambahan | merekrut | ikut mendaftar |
            mendaftar | langsung mendaftar | baru mendaftar | baru masuk | baru bergabung | resmi menjadi peserta |
            resmi bergabung |
            resmi terdaftar | perekrutan | kepesertaan baru | mendaftarkan diri | newly registered |
            newly enrolled | new participants | new workers | recruited | recruit | signed up | peserta anyar |
            anggota anyar | baru terdaftar | baru didaftarkan | pertama kalinya didaftarkan | pertama kali didaftarkan |
            sebagai peserta baru | kepesertaan anyar | pendaftar anyar | pendatang baru | mendaftar baru |
            merekrut anggota
            """
        ),
        {"people": "membership_new", "percent": "membership_new", "times": "membership_new"},
    ),
    "potential": Topic(
        4.0,
        phrases(
            """
            potensi | potensial | harus dilindungi | wajib dilindungi | semesta | universe | seharusnya | potential
            | perlu dilindungi | eligible | calon peserta | belum digarap | potensi peserta | berpotensi |
            berpotensi tercakup | potensi kepesertaan
            | potensi pekerja | semestinya | mestinya
            """
        ),
        {"people": "potential", "companies": "potential", "percent": "coverage"},
    ),
    "worker": Topic(
        1.2,
        phrases(
            """
            pekerja | tenaga kerja | naker | buruh | petani | nelayan | pedagang | workers | karyawan |
            sektor formal | sektor informal | sopir | guru | pekerja informal | pekerja formal
            """
        ),
        {"people": "potential", "percent": "workforce"},
    ),
    "headcount": Topic(
        2.1,
        phrases("berjumlah | jumlah mereka | padahal jumlahnya | jumlah pekerja | jumlah tenaga kerja | populasi"),
        {"people": "potential"},
    ),
    "working": Topic(1.6, ("bekerja",), {"people": "workforce"}),
    "workforce": Topic(
        3.0,
        phrases(
            """
            angkatan kerja | penduduk | yang bekerja | penduduk bekerja | workforce | labour force | labor force |
            di sektor informal | kegiatan informal | bekerja informal | bekerja di sektor | penduduk usia kerja |
            bekerja pada kegiatan | orang bekerja | di kegiatan informal | mencari nafkah | menggantungkan hidup |
            lapangan usaha informal | lapangan kerja informal | di lapangan usaha | warga bekerja | berstatus bekerja |
            warga yang bekerja | jumlah orang bekerja | usaha informal
            """
        ),
        {"people": "workforce", "percent": "workforce"},
    ),
    "claims": Topic(
        3.0,
        phrases(
            """
            klaim | claims | pembayaran klaim | nilai klaim | nilai pembayaran | nominal klaim |
            pengajuan klaim | pencairan | pencairan jht | claim
            """
        ),
        {
            "money": "claims_paid",
            "cases": "claims_count",
            "people": "claims_count",
            "percent": "claims_paid",
            "times": "claims_paid",
        },
    ),
    "claimants": Topic(
        3.6,
        phrases(
            """
            mengklaim | pengklaim | mengajukan klaim | claimants | peserta yang mengklaim | jumlah klaim |
            kasus klaim | frekuensi klaim | antre klaim | mengurus klaim | ajukan klaim | applied for | claims filed |
            mengajukan jkp | mengajukan jht | mengajukan pencairan | mencairkan jht | cairkan jht | antre cairkan |
            pengajuan jht | pengajuan jkp | pengajuan jkk | pengajuan jkm | pengajuan manfaat | permohonan jkm |
            permohonan jkp | permohonan jht | permohonan jkk | pengaju klaim | pengajuan pencairan |
            mencairkan saldo | cairkan saldo | pengajuan klaim | permohonan klaim | pemohon klaim | penerima klaim |
            sudah mencairkan | telah mencairkan |
            permintaan pencairan | permintaan klaim | permohonan pencairan |
            ambil jht | mengambil jht | menarik jht | klaimnya | filed claims |
            filed for | claimed | cashed out | withdrew | withdrawals
            """
        ),
        {
            "people": "claims_count",
            "cases": "claims_count",
            "percent": "claims_count",
            "times": "claims_count",
            "money": "claims_paid",
        },
    ),
    "applications": Topic(
        2.4, ("permohonan", "pengajuan", "applications"), {"percent": "claims_count", "times": "claims_count"}
    ),
    "payments": Topic(2.0, ("payments", "payouts"), {"percent": "claims_paid"}),
    "that_number": Topic(
        1.0, phrases("jumlah itu | nilai itu | jumlah tersebut | nilai tersebut"), {"percent": "other"}
    ),
    "scheme_claims": Topic(
        3.6,
        phrases(
            """
            klaim jht | klaim jkp | klaim jkk | klaim jkm | klaim jp | klaim jaminan hari tua | klaim jaminan kematian |
            klaim jaminan pensiun | klaim jaminan kecelakaan kerja | klaim jaminan kehilangan pekerjaan
            """
        ),
        {
            "people": "claims_count",
            "cases": "claims_count",
            "percent": "claims_paid",
            "times": "claims_count",
            "money": "claims_paid",
        },
    ),
    "claims_ratio": Topic(
        5.5,
        phrases(
            """
            rasio klaim | loss ratio | claims ratio | rasio | nisbah klaim | nisbah | beban klaim |
            klaim terhadap iuran |
            manfaat terhadap iuran | perbandingan klaim | perbandingan manfaat
            """
        ),
        {"percent": "claims_ratio"},
    ),
    "paid": Topic(
        2.2,
        phrases(
            """
            cair | dicairkan | mencairkan | cairkan | dibayarkan | membayar | membayarkan | menyalurkan | disalurkan |
            salurkan | pembayaran manfaat | telah dibayar | penyaluran | bayarkan | pembayaran | menggelontorkan |
            digelontorkan | kucurkan | mengucurkan | dikucurkan | paid | pay | pays | paying | payouts | disbursed |
            disburses | disbursing | paid out | pays out | payments
            """
        ),
        {
            "money": "claims_paid",
            "cases": "claims_count",
            "people": "claims_count",
            "percent": "claims_paid",
            "times": "claims_paid",
        },
    ),
    "benefit": Topic(
        3.0,
        phrases(
            """
            pengganti gaji | pengganti upah | ambulans | dibiayai | diganti | disekolahkan | uang kubur | uang duka |
            uang sekolah | santunan | manfaat |
            beasiswa | stmb | pemakaman |
            biaya pemakaman | berkala | uang tunai | ahli waris |
            cacat | transportasi | biaya | penggantian | homecare | home care | alat bantu | prostesa | prothese |
            benefit | benefits | menerima | mendapat | memperoleh | dana pensiun bulanan | bsu |
            bantuan subsidi upah | bantuan | stimulan | perawatan | pengobatan | tunai | entitled to | receive |
            receives | received | compensation | payout | scholarships
            """
        ),
        {"money": "benefit_amount", "times": "benefit_amount", "duration": "benefit_duration"},
    ),
    "scheme": Topic(
        1.8,
        phrases(
            """
            jkm | jkk | jht | jkp | jp | jaminan kematian | jaminan pensiun | jaminan hari tua |
            jaminan kecelakaan kerja | jaminan kehilangan pekerjaan
            """
        ),
        {"money": "benefit_amount", "duration": "benefit_duration"},
    ),
    "multiple_of_wage": Topic(
        6.0,
        phrases(
            """
            kali upah | kali gaji | kali umk | kali ump | x upah | x gaji | kali penghasilan | kali upah terakhir |
            persen upah | persen dari upah | % upah | % dari upah | persen gaji | persen dari gaji | times wages |
            persen dari upah terakhir | upah sebulan | persen untuk bulan
            """
        ),
        {"percent": "benefit_amount", "times": "benefit_amount"},
    ),
    "balance": Topic(
        4.8,
        phrases(
            """
            diambil sebagian | ambil sebagian | pengambilan sebagian | saldo | saldo jht | pencairan sebagian |
            mencairkan jht | mencairkan sebagian | sebagian jht |
            pencairan sebagian jht
            """
        ),
        {"percent": "benefit_amount", "money": "benefit_amount"},
    ),
    "handover": Topic(1.2, ("diserahkan", "menyerahkan", "keluarga", "keluarga korban"), {"money": "benefit_amount"}),
    "unemployment": Topic(
        4.4, phrases("pengangguran | pengangguran terbuka"), {"percent": "other", "people": "workforce"}
    ),
    "penalty": Topic(3.8, phrases("denda | sanksi denda"), {"percent": "other", "money": "other"}),
    "cash": Topic(
        4.0,
        phrases("uang tunai | manfaat tunai | manfaat uang tunai"),
        {"percent": "benefit_amount", "money": "benefit_amount"},
    ),
    "economy": Topic(
        4.0,
        phrases(
            """
            pertumbuhan ekonomi | ekonomi | inflasi | pdrb | pdb
            """
        ),
        {"percent": "other", "money": "other"},
    ),
    "beneficiaries": Topic(
        3.2,
        phrases(
            """
            ahli waris | penerima | penerima manfaat | anak | penerima beasiswa | beneficiaries | recipients | heirs
            | penerima bsu | penerima bantuan | anak peserta | terverifikasi | anak yatim | yatim | anaknya | janda |
            anak pekerja | anak almarhum | uang sekolahnya
            """
        ),
        {"people": "beneficiaries"},
    ),
    "contribution": Topic(
        3.6,
        phrases(
            """
            iuran | premi | contribution | contributions | pengumpulan iuran | penerimaan iuran | pembayaran iuran |
            realisasi iuran | setoran | premium | premiums | iuran masuk | iuran yang masuk | uang iuran | dipungut
            """
        ),
        {"money": "contribution_collected", "percent": "contribution_collected", "people": "membership"},
    ),
    "realisation": Topic(0.8, ("realisasi", "realisasinya", "terealisasi"), {"money": "contribution_collected"}),
    "contribution_rate": Topic(
        4.6,
        phrases(
            """
            porsi iuran | persen gaji | iuran per bulan | iuran sebulan | iuran tiap | iuran setiap | iuran bulanan |
            iuran cuma |
            iuran hanya | iuran bpu | iuran jht | iuran jkp | iuran jkk | iuran jkm | iuran jp | besaran iuran |
            tarif | tarif iuran | contributions start | monthly contribution | cukup bayar | menyisihkan |
            cukup membayar | hanya membayar | hanya dengan membayar | iuran mulai | dengan iuran | iuran minimal |
            cukup dengan iuran | premi bulanan | iuran program | rekomposisi
            """
        ),
        {"money": "contribution_rate", "percent": "contribution_rate"},
    ),
    "contribution_budget": Topic(
        5.0,
        phrases(
            """
            guna iuran | bagi iuran | untuk iuran | untuk membayar iuran | membiayai iuran | menanggung iuran |
            iuran pekerja rentan | menganggarkan | dianggarkan | mengalokasikan | dialokasikan | alokasi |
            anggaran iuran | dapat rp |
            pagu premi | pagu iuran | buat membayar iuran | buat iuran | disisihkan | menyisihkan dana | pos iuran |
            kebagian | penganggaran | alokasikan | anggarkan | subsidi iuran | bantuan iuran | earmarked | set aside
            """
        ),
        {"money": "contribution_budget"},
    ),
    "relief": Topic(
        5.0,
        phrases(
            """
            memotong | pemutihan | pemutihan denda | korting | korting premi | korting iuran | premi dikorting |
            dikorting | iuran dikorting | diskon |
            keringanan | relaksasi | potongan iuran | penghapusan denda | diskon iuran | keringanan iuran |
            discount | discounts | memotong iuran | pemotongan iuran | memangkas iuran | pemangkasan iuran |
            pengurangan iuran | iuran dipotong | iurannya dipotong | iuran dipangkas | potongan | penyesuaian iuran |
            pembebasan iuran | waiver | relief | relaxation
            """
        ),
        {"percent": "contribution_relief", "duration": "contribution_relief", "money": "contribution_relief"},
    ),
    "arrears": Topic(
        4.2,
        phrases(
            """
            piutang | tunggakan | menunggak | berutang | utang iuran | nunggak | arrears | piutang iuran |
            tunggakan iuran | menagih | macet | belum dibayar | utang | ditagih | penagihan | tagihan | owes | owe |
            tak menyetor | tidak menyetor | belum menyetor | tidak disetor | tak disetor | belum disetor | unpaid |
            owing | total kewajiban | kewajiban iuran | ditunggak | telat | terlambat | utang premi |
            belum lunas | menggantung
            """
        ),
        {"money": "arrears", "percent": "arrears", "duration": "arrears"},
    ),
    "arrears_recovered": Topic(
        4.8,
        phrases(
            """
            tertagih | berhasil ditagih | dipulihkan | memulihkan | pulihkan | pemulihan | melunasi | dilunasi |
            akhirnya lunas | kini lunas | recovered | terpulihkan | berhasil dipulihkan | sudah lunas | telah lunas |
            lunasi | berhasil menagih |
            pelunasan | terselamatkan | diselamatkan | recovering | recover | recovery | dibayar lunas |
            menarik kembali | menarik kembali tunggakan | menyelamatkan | utang iuran terbayar | terbayar |
            menyetor tunggakan | penagihan piutang | penagihan tunggakan | hasil penagihan |
            sudah dibayar perusahaan | berhasil dikumpulkan | mengembalikan | dikembalikan | kembali ke |
            melelang | lelang | dilelang | ditarik kembali | masuk kembali
            """
        ),
        {"money": "arrears_recovered", "companies": "arrears_recovered", "percent": "arrears_recovered"},
    ),
    "non_compliance": Topic(
        4.5,
        phrases(
            """
            menunggak | penunggak | pds | pwbd | wajib daftar | belum daftar | tidak patuh | tak patuh | nunggak |
            mangkir | belum mendaftarkan | belum mendaftar | nakal | pds upah | pds tk | pds program | tunggakan |
            tunggakan iuran | piutang iuran | utang iuran | owing |
            non-compliant | piutang | belum patuh | membandel | bandel | melanggar | belum membayar | owe |
            owes | owed |
            in arrears | delinquent | tidak membayar | tak membayar | lalai | ingkar | mengabaikan | wanprestasi |
            ditunggak | memanipulasi | memanipulasi laporan | cuma sebagian | hanya sebagian | melaporkan gaji |
            kurang bayar | daftar sebagian | melaporkan sebagian |
            melaporkan upah | belum melunasi |
            tidak mendaftarkan |
            mendaftarkan sebagian | menyembunyikan sebagian | enggan mendaftar | ogah mendaftar | mengemplang |
            pengemplang | tak mau mendaftar | belum sama sekali | melaporkan upah lebih rendah |
            tak mendaftarkan | tidak mengikutsertakan | belum mengikutsertakan | non compliant | non-patuh | evading
            """
        ),
        {"companies": "non_compliance", "people": "non_compliance"},
    ),
    "non_compliant": Topic(
        4.6,
        phrases(
            """
            menunggak | nakal | membandel | bandel | tidak patuh | tak patuh | belum patuh | belum mendaftarkan |
            tidak mendaftarkan | mangkir | pds | pwbd | owe | owed | non-compliant | enggan mendaftar | mengemplang |
            ogah mendaftar | tak mau mendaftar | lalai
            """
        ),
        {"percent": "non_compliance"},
    ),
    "compliance": Topic(
        4.5,
        phrases(
            """
            kepatuhan | patuh | ketaatan | taat | disiplin iuran | kedisiplinan | tertib | tepat waktu | compliance |
            compliant | rutin membayar | rajin membayar
            """
        ),
        {"percent": "compliance", "companies": "compliance", "people": "compliance"},
    ),
    "enforcement": Topic(
        3.8,
        phrases(
            """
            skk | surat kuasa khusus | kejaksaan | kejari | kejati | kpknl | berkas | surat peringatan | gugatan |
            nota pemeriksaan | nota lanjutan | nota | gugatan sederhana | surat kuasa | pemanggilan | surat teguran |
            djkn | pengawas ketenagakerjaan | power-of-attorney | power of attorney |
            prosecutors | somasi | sanksi | litigasi | jaksa pengacara negara | subpoena | warning letters |
            dipanggil |
            diperiksa
            """
        ),
        {"documents": "enforcement", "cases": "enforcement", "companies": "non_compliance"},
    ),
    "employers": Topic(
        1.5,
        phrases(
            """
            perusahaan | pemberi kerja | badan usaha | jasa konstruksi | employers | companies | umkm | usaha mikro
            """
        ),
        {"companies": "employers", "percent": "employers"},
    ),
    "agents": Topic(
        5.2,
        phrases(
            """
            agen perisai | perisai | agen | penggerak jaminan sosial | perisai agents | agents
            """
        ),
        {"people": "agents"},
    ),
    "agent_fee": Topic(
        5.2,
        phrases(
            """
            komisi perisai | komisi agen | komisi | insentif perisai | fee | insentif | commission | commissions |
            imbal jasa | upah agen | perisai dibayar | agen dibayar | honor perisai | honor agen
            """
        ),
        {"money": "agent_fee", "percent": "agent_fee"},
    ),
    "villages": Topic(
        1.0,
        phrases(
            """
            desa | kelurahan | villages | nagari | kampung | gampong
            """
        ),
        {"villages": "villages"},
    ),
    "work_accidents": Topic(
        4.4,
        phrases(
            """
            kecelakaan kerja | kecelakaan | work accidents | accidents | kasus kecelakaan | lingkungan kerja |
            penyakit akibat kerja | insiden kerja | insiden | celaka | musibah kerja | kecelakaan fatal |
            laka kerja | jatuh dari | tersambar |
            terlindas | terjepit | terperosok | tertimbun | tertimpa | terjatuh | tersengat | tewas | terluka |
            cedera | luka | injured | killed | menewaskan
            """
        ),
        {"cases": "work_accidents", "people": "work_accidents", "percent": "work_accidents", "times": "work_accidents"},
    ),
    "layoffs": Topic(
        4.4,
        phrases(
            """
            phk | di-phk | ter-phk | korban phk | pemutusan hubungan kerja | dirumahkan | layoffs | laid off |
            terkena phk | diberhentikan | dipecat | terkena pemutusan | pengurangan karyawan | pemutusan kerja |
            pengurangan pegawai |
            pengurangan tenaga kerja | putus kontrak | pemberhentian | pemangkasan karyawan | dipangkas pabrik |
            di-off | kehilangan kerja | merumahkan | mem-phk | memberhentikan | kehilangan pekerjaan |
            kehilangan mata pencaharian | lost their jobs
            """
        ),
        {"people": "layoffs", "percent": "layoffs", "cases": "layoffs", "times": "layoffs"},
    ),
    "fund": Topic(
        3.8,
        phrases(
            """
            dana kelolaan | dana kelola | surat utang | obligasi | saham | reksa dana | dana investasi | aset |
            dana yang dikelola | managed funds | investasi | kelolaan | portofolio | dana jaminan sosial | aset neto
            | kekayaan | kekayaan yang dikelola | yang dikelola | ditempatkan | assets | total aset | dana jht |
            cadangan | mengelola dana | deposito | porsi deposito
            """
        ),
        {"money": "fund", "percent": "fund"},
    ),
    "sum": Topic(0.6, ("dana", "uang"), {"money": "fund"}),
    "investment_yield": Topic(
        5.0,
        phrases(
            """
            hasil pengembangan | imbal hasil | hasil investasi | yield | pengembangan jht | return | bunga | yoi |
            kupon | kupon sbn | dividen | dividen saham | bunga deposito | keuntungan investasi |
            pendapatan investasi | hasil kelolaan | investment income | imbal hasil investasi |
            investment returns | investment return | yields | returns | tingkat pengembangan | bagi hasil pengembangan
            """
        ),
        {"money": "investment_yield", "percent": "investment_yield"},
    ),
    "wage": Topic(
        3.1,
        phrases(
            """
            upah | gaji | umk | ump | umr | penghasilan | batas upah | pendapatan | bergaji | berpenghasilan | wage |
            wages | salary | salaries | honor | upah minimum | earning | earn | earns | berupah | gajinya |
            minimum wage |
            batas atas upah | digaji | diupah | omzet
            """
        ),
        {"money": "wage", "percent": "wage"},
    ),
    "wage_cap": Topic(
        6.5,
        phrases("batas atas upah | batas upah | plafon upah | plafon gaji | batas maksimal upah | upah maksimal"),
        {"money": "wage"},
    ),
    "service": Topic(
        3.6,
        phrases(
            """
            antrean | antrian | masa tunggu | waktu tunggu | antre | antri | kanal | layanan | pelayanan |
            proses klaim | hari kerja | kepuasan | customer satisfaction | satisfaction | service points | datang |
            service | queue | lapak asik | jmo | pengunjung | proses | kunjungan | loket | kanal layanan |
            indeks kepuasan | survei kepuasan | melayani | dilayani | satisfaction index | waktu penyelesaian |
            penyelesaian klaim | waktu pencairan | lama pencairan | processing | processing time | takes |
            settled in |
            waiting time | wait | settle | tuntas dalam | selesai dalam | rampung dalam | cair dalam |
            beres dalam | tuntas |
            diselesaikan dalam | diproses dalam | nomor antrean | menunggu | call center |
            queued | indeks | skor
            """
        ),
        {"people": "service", "percent": "service", "duration": "service", "points": "service"},
    ),
    "complaints": Topic(
        4.0,
        phrases("pengaduan | keluhan | aduan | laporan masyarakat | complaints | reports"),
        {"cases": "service", "people": "service", "percent": "service"},
    ),
    "benefit_share": Topic(3.4, phrases("manfaat jkp | manfaat | manfaat uang tunai"), {"percent": "benefit_amount"}),
    "award": Topic(
        4.6,
        phrases(
            """
            paritrana | paritrana award | juara | kandidat | zona | nominasi | nominator | menyeleksi | finalis |
            hadiah | diganjar | award | peringkat | terbaik | lomba | uang pembinaan
            """
        ),
        {
            "rank": "award",
            "regions": "award",
            "people": "award",
            "money": "award",
            "companies": "award",
            "villages": "award",
            "points": "award",
        },
    ),
    "budget": Topic(
        3.2,
        phrases(
            """
            anggaran | dbh | dbh sawit | apbd | apbn | dana itu | budget | dana bagi hasil | dana desa | pagu |
            dbh cht | dbhcht | belanja daerah | ongkos operasional | belanja | kue dbh | wage subsidies |
            wage subsidy | wage-subsidy | anggaran bsu | stimulus
            """
        ),
        {"money": "budget", "percent": "budget"},
    ),
    "eligibility": Topic(
        4.6,
        phrases(
            """
            syarat | tak membayar | tidak membayar | without payment | lapses | masa tenggang | paling lambat |
            selambat-lambatnya | batas waktu | terdaftar lebih dari | terdaftar minimal | masa kepesertaan |
            diberi waktu | hangus | kedaluwarsa | tenggat | bulan iuran | menabung iuran | asalkan sudah ikut |
            sudah ikut sedikitnya | selambatnya | masa iur |
            mengiur | sudah mengiur | telah mengiur | dapat diklaim | bisa diklaim |
            kepesertaan minimal | masa iuran | menjadi peserta minimal | menjadi peserta sedikitnya |
            menjadi peserta selama |
            berhak | membayar iuran minimal | terdaftar sebagai peserta minimal | bekerja minimal | ketentuan
            """
        ),
        {"duration": "eligibility"},
    ),
    "crime": Topic(
        3.4, phrases("fiktif | kerugian | korupsi | penipuan"), {"money": "other", "people": "other", "cases": "other"}
    ),
    "housing": Topic(4.6, phrases("kredit rumah | kpr | mlt | kredit perumahan | pinjaman rumah"), {"money": "other"}),
    "operations": Topic(
        3.0, ("operating expenses", "biaya operasional", "beban operasional"), {"money": "other", "percent": "other"}
    ),
}

# What a figure measures when no word of its sentence tells.
DEFAULTS = {
    "percent": "coverage",
    "people": "membership",
    "money": "other",
    "cases": "claims_count",
    "documents": "enforcement",
    "companies": "employers",
    "villages": "villages",
    "regions": "regions",
    "duration": "other",
    "times": "other",
    "points": "service",
    "rank": "award",
    "programmes": "other",
}

# A percentage of these is a part of a whole; of any other metric it is a level.
SHARE_METRICS = words(
    """
    membership workforce fund budget work_accidents claims_count claims_paid layoffs potential beneficiaries
    employers benefit_amount agents membership_new arrears contribution_budget
    """
)
