"""Invented pages for the tests of walls: what stands in an article's place, and articles that look like it."""

# ruff: noqa: E501 — markup reads better unbroken

LINES = (
    "Kantor cabang Teluk Biru mencatat 1.234 nelayan baru yang terdaftar sebagai peserta sampai akhir Oktober tahun ini.",
    "Kepala cabang Sari Mahawira mengatakan pendaftaran dibuka di lima dermaga dengan bantuan pengurus kelompok nelayan.",
    "Menurut dia, sebagian besar nelayan memilih dua program dengan iuran yang dibayar setelah musim panen ikan.",
    "Pemerintah kota menyiapkan anggaran untuk menanggung iuran pekerja rentan di tiga kelurahan pesisir.",
    "Wali kota meminta pemilik kapal memastikan semua awaknya terdaftar sebelum musim barat tiba pada bulan Desember.",
    "Seorang nelayan, Rahmat, menuturkan bahwa keluarganya pernah menerima santunan ketika ia jatuh dari kapal.",
    "Pengurus kelompok berharap petugas datang setiap pekan karena banyak anggotanya melaut berhari-hari.",
    "Data dinas perikanan menyebut ada sekitar empat ribu nelayan kecil yang belum pernah mendaftar.",
    "Sosialisasi berikutnya dijadwalkan di dermaga utara pada akhir pekan dan terbuka untuk umum.",
    "Petugas juga membuka layanan pengaduan agar pertanyaan tentang klaim dapat dijawab di tempat.",
    "Menjelang akhir tahun, kantor cabang menargetkan dua ribu peserta baru dari kelompok nelayan dan pembudidaya ikan.",
    "Ketua koperasi nelayan berjanji menagih iuran bersama simpanan wajib supaya tidak ada yang menunggak lagi.",
    "Warga yang belum memiliki nomor induk kependudukan dibantu petugas kelurahan untuk mengurusnya lebih dahulu.",
    "Pemerintah provinsi menilai cara ini dapat ditiru daerah pesisir lain yang cakupannya masih rendah.",
)
HEADLINE = "Nelayan Teluk Biru Ramai Mendaftar"


def paragraphs(count: int = 14) -> str:
    return "".join(f"<p>{line}</p>" for line in LINES[:count])


def page(body: str, title: str = HEADLINE, head: str = "") -> str:
    return f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


def article(count: int = 14, after: str = "", before: str = "", title: str = HEADLINE, head: str = "") -> str:
    body = f"{before}<article><h1>{title}</h1><div class='isi'>{paragraphs(count)}</div></article>{after}"
    return page(body, title, head)


def json_ld(more: str = "") -> str:
    return (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"headline":"{HEADLINE}","isAccessibleForFree":false{more}}}</script>'
    )


CHALLENGES = {
    "cloudflare": (403, page(
        "<div class='main-content'><h2>kabar.example</h2></div><noscript>Enable JavaScript and cookies to continue"
        "</noscript><script>(function(){window._cf_chl_opt={cvId:'3',cType:'managed'};})();</script>", "Just a moment...")),
    "cloudflare-indonesian": (503, page(
        "<h1>kabar.example</h1><p>Memverifikasi bahwa Anda adalah manusia. Tindakan ini mungkin perlu beberapa detik.</p>"
        "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>", "Tunggu sebentar...")),
    "cloudflare-block": (403, page(
        "<div id='cf-wrapper'><div id='cf-error-details'><h1>Sorry, you have been blocked</h1><p>You are unable to access"
        " kabar.example</p></div></div>", "Attention Required! | Cloudflare")),
    "turnstile": (200, page(
        "<form method='post'><p>Konfirmasi bahwa Anda bukan robot</p><div class='cf-turnstile' data-sitekey='0x4'></div>"
        "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script></form>", "Kabar")),
    "ddos-guard": (403, page(
        "<h1>Checking your browser before accessing kabar.example</h1><script src='https://check.ddos-guard.net/check.js'>"
        "</script>", "DDoS-Guard")),
    "sucuri": (200, page(
        "<noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript>"
        "<script>var s={},u,c,r,i,l=0;sucuri_cloudproxy_js='';eval(r);</script>", "You are being redirected...")),
    "imperva": (200, page(
        "<iframe id='main-iframe' src='/_Incapsula_Resource?CWUDNSAI=9'>Request unsuccessful. Incapsula incident ID:"
        " 877000</iframe>", "")),
    "akamai": (403, page(
        "<h1>Access Denied</h1> You don't have permission to access this server.<p>Reference #18.2d</p>"
        "<p>https://errors.edgesuite.net/18.2d</p>", "Access Denied")),
    "human": (403, page(
        "<div id='px-captcha'></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>"
        "<script>window._pxAppId='PX1';</script>", "Access to this page has been denied")),
    "datadome": (200, page(
        "<p id='cmsg'>Please enable JS and disable any ad blocker</p><script>var dd={'rt':'c','host':"
        "'geo.captcha-delivery.com'}</script>", "kabar.example")),
    "aws-waf": (202, page(
        "<div id='challenge-container'></div><script>window.gokuProps={'key':'A'};</script>"
        "<script src='https://1a.token.awswaf.com/1a/challenge.js'></script>", "")),
    "hcaptcha": (200, page(
        "<h1>Satu langkah lagi</h1><p>Selesaikan pemeriksaan keamanan untuk membuka kabar.example</p>"
        "<div class='h-captcha' data-sitekey='1'></div>", "Kabar")),
    "recaptcha": (200, page(
        "<form><p>Sistem mendeteksi lalu lintas tidak biasa. Buktikan Anda bukan robot.</p>"
        "<div class='g-recaptcha'></div></form>", "Verifikasi")),
    "f5": (200, page(
        "The requested URL was rejected. Please consult with your administrator. Your support ID is: 4711",
        "Request Rejected")),
    "litespeed": (200, page(
        "<form action='/.lsrecap/recaptcha'><p>Bot verification is in progress</p></form>", "Bot Verification")),
    "free-host": (200, page(
        "<noscript>This site requires Javascript to work</noscript><script src='/aes.js'></script>"
        "<script>document.cookie='__test='+toHex(slowAES.decrypt(c,2,a,b));</script>", "")),
    "anubis": (200, page(
        "<img src='/.within.website/x/cmd/anubis/static/img/pensive.webp'><p>Calculating...</p>",
        "Making sure you're not a bot!")),
}  # fmt: skip

PAYWALLS = {
    "tempo": article(1, "<div class='paywall-box'><h3>Baca artikel lengkap</h3><p>Silakan berlangganan untuk membaca artikel"
                        " ini secara utuh. Mulai Rp 58.000/bulan.</p><p>Sudah berlangganan? Masuk</p></div>"),
    "kompas-id": article(2, "<section><p>Artikel ini khusus untuk pelanggan. Lanjutkan membaca dengan berlangganan Kabar"
                            " Digital mulai dari Rp 50.000 per bulan.</p></section>", head=json_ld()),
    "bisnis": article(1, "<div class='premium-lock'><p>Konten premium</p><p>Nikmati akses tanpa batas dan bebas iklan."
                         "</p></div>"),
    "json-ld-only": article(2, head=json_ld()),
    "cut-by-its-own-count": article(10, head=json_ld(',"wordCount":1450')),
    "cut-at-a-selector": article(
        9, "<div class='teaser'>…</div><div class='paywall'><p>Pilih paket langganan</p></div>",
        head=json_ld(',"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".isi-berbayar"},'
                     '"wordCount":640')),
    "quota": article(2, "<div><p>Anda sudah menghabiskan jatah 5 artikel gratis bulan ini.</p></div>"),
    "english": article(1, "<div><p>This article is for subscribers. Already a subscriber? Sign in.</p></div>"),
    "breaks-off": article(0, "<div class='box-berlangganan'><p>Berlangganan</p></div>", before=(
        f"<article><h1>{HEADLINE}</h1>{paragraphs(9)}<p>Kepala cabang menambahkan bahwa jumlah itu akan…</p></article>"),
        head=json_ld()),
}  # fmt: skip

LOGINS = {
    "register": article(1, "<div><p>Silakan daftar atau masuk untuk melanjutkan membaca berita ini.</p></div>"),
    "log-in-first": article(1, "<div><p>Anda harus login terlebih dahulu.</p></div>"),
    "form": page("<h1>Masuk</h1><form><input type='text' name='u'><input type='password' name='p'><button>Masuk</button>"
                 "</form>", "Masuk - Kabar"),
    "free-account": article(2, "<p>Untuk membaca artikel selengkapnya, silakan login dengan akun gratis Anda.</p>"),
}  # fmt: skip

COOKIE_WALLS = {
    "indonesian": page(
        "<div class='consent'><h1>Kami menghargai privasi Anda</h1><p>Kami dan 214 mitra kami menyimpan informasi pada"
        " perangkat dan memakai cookie untuk iklan yang dipersonalisasi serta pengukuran konten.</p><p>Setujui cookie untuk"
        " melanjutkan ke situs ini, atau kelola pilihan cookie Anda.</p></div>", "Persetujuan"),
    "english": page(
        "<main><h1>Before you continue to Kabar</h1><p>We use cookies and data to deliver and maintain services, track"
        " outages and show personalized ads.</p><p>Accept all cookies to continue to the article.</p></main>", "Consent"),
    "over-a-headline": article(0, "<div id='cmp'><p>We value your privacy. We and our partners store and/or access"
                                  " information on a device, such as cookies.</p><p>With your consent we and our 812 partners"
                                  " may use cookies for personalised ads and content.</p></div>"),
}  # fmt: skip

SHELLS = {
    "react": page("<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>"
                  "<script src='/static/js/main.js'></script>", "Kabar Kota"),
    "vue": page("<div id=app></div><script type='module' src='/assets/index.js'></script>", "Kabar"),
    "spinner": page("<div id='app'><div class='loading-spinner'>Memuat…</div></div><script src='/app.js'></script>"),
    "angular": page("<app-root></app-root><script src='main.js'></script>", "Kabar"),
    "noscript-says-so": page("<div class='x'></div><noscript><p>Aktifkan JavaScript untuk membaca situs ini.</p></noscript>"
                             "<script src='/a.js'></script>", "Kabar"),
}  # fmt: skip

_BANNER = (
    "<div class='cookie-banner'><p>Kami menggunakan cookie. Dengan melanjutkan, Anda menyetujui penggunaan cookie.</p>"
    "<button>Terima semua cookie</button></div>"
)
_ABOUT = (
    "<p>Pengguna aplikasi mengeluh karena captcha muncul berulang kali ketika mereka mencoba masuk ke akun.</p>"
    "<p>Pengembang mengatakan hCaptcha dan reCAPTCHA dipasang agar robot tidak mendaftar massal.</p>"
)

ARTICLES = {
    "about-captcha": article(6, after=_ABOUT, title="Captcha Berulang Bikin Warga Kesal Saat Klaim Lewat Aplikasi"),
    "titled-access-denied": article( title="Access Denied: Warga Ditolak Masuk Kantor Cabang Teluk Biru"),
    "about-paywalls": page(
        f"<article><h1>Media Beralih ke Konten Premium</h1>{paragraphs(5)}<p>Pembaca diminta berlangganan untuk membaca"
        f" berita, kata peneliti itu.</p>{paragraphs(10)[500:]}</article>", "Media Beralih ke Konten Premium"),
    "about-cookies": page(
        "<article><h1>Persetujuan Cookie Diatur</h1><p>Kementerian menyusun aturan tentang cookie di situs"
        f" berita dan persetujuan pembaca.</p>{paragraphs(8)}<p>Situs wajib bertanya sebelum memasang cookie.</p></article>"),
    "cookie-banner": article(8, before=_BANNER),
    "short-with-cookie-banner": article(5, after=_BANNER),
    "metered-in-full": article(
        14, "<div class='metered-wall'><p>Anda memiliki 3 artikel gratis tersisa. Langganan sekarang.</p></div>",
        head=json_ld(',"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".isi"}')),
    "paid-but-whole": article(head=json_ld()),
    "subscription-offer-aside": article(
        7, before="<header><a href='/masuk'>Sudah berlangganan? Masuk</a></header>"
                  "<nav><a href='/langganan'>Langganan koran</a></nav>"),
    "cloudflare-statistics": article(
        3, "<script>window.__CF$cv$params={r:'8'};var a=document.createElement('script');"
           "a.src='/cdn-cgi/challenge-platform/h/g/scripts/jsd/main.js';</script>"),
    "comment-form-with-recaptcha": article(
        4, "<form><textarea></textarea><div class='g-recaptcha'></div><script src='https://www.google.com/recaptcha/api.js'>"
           "</script></form>"),
    "incapsula-script": article(3, head="<script src='/_Incapsula_Resource?SWJIYLWA=719d'></script>"),
    "log-in-in-the-header": article(
        6, before="<div class='modal'><form><p>Silakan masuk untuk mengakses akun Anda</p><input type='password'></form></div>"),
    "drawn-in-a-root": page(
        f"<div id='root'><main><article><h1>{HEADLINE}</h1>{paragraphs(6)}</article></main></div>"
        "<noscript>You need to enable JavaScript to run this app.</noscript><script src='/m.js'></script>"),
}  # fmt: skip
