# ruff: noqa: E501 (the page stays readable unbroken)
"""A page with everything on it that acts, loads or leads away."""

from crawler.page import Page
from service.domain.article import Article
from tests.service.builders import a_page

_LOADING = (
    '<base href="//evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example/"><link rel=stylesheet href="'
    '//evil.example/x.css"><style>@import url(//evil.example/y.css);body{background:url(//evil.example/z.png)}</style>'
)
EVIL_PAGE = f"""<!doctype html><html onload=alert(1)><head>{_LOADING}<title>x</title></head>
<body onload="alert(1)" background="//evil.example/b.png" style="background:url(//evil.example/c.png)">
<script>alert(1)</script><script src="//evil.example/s.js"></script><h1 id=x name=y class=z onclick=alert(1)>Judul asli</h1>
<img src=x onerror=alert(1) alt='Foto "><script>alert(2)</script>'><img srcset="//evil.example/1.png 2x"><picture><source
srcset="//evil.example/2.png"><img src="//evil.example/3.png" alt=gambar></picture>
<a href="javascript:alert(1)">satu</a><a href="jAvA\tscript:alert(1)">dua</a><a href="&#106;avascript&colon;alert(1)">tiga</a>
<a href="data:text/html,<script>alert(1)</script>" ping="//evil.example/p">empat</a><a href="vbscript:x" style="x:expression(1)">lima</a>
<form action="//evil.example/f"><p>di dalam formulir</p><input name=password autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">ok</button></form>
<iframe src="//evil.example/i" srcdoc="<script>alert(1)</script>"></iframe><object data="//evil.example/o"></object>
<embed src="//evil.example/e"><video src="//evil.example/v" poster="//evil.example/w" autoplay onplay=alert(1)></video>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></mglyph></table></mtext></math>
<svg><a xlink:href="javascript:alert(1)"><animate attributeName=href values="javascript:alert(1)"/></a><script>alert(1)</script>
<foreignObject><iframe onload=alert(1)></iframe></foreignObject></svg>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><template><img src=x onerror=alert(1)></template>
<textarea><script>alert(1)</script></textarea><xmp><img src=x onerror=alert(1)></xmp><marquee onstart=alert(1)>berjalan</marquee>
<details open ontoggle=alert(1)><summary>rincian</summary>isi</details><p contenteditable onbeforeinput=alert(1) tabindex=1 autofocus>
&lt;script&gt;alert(1)&lt;/script&gt; tetap teks</p><x-elemen onfoo=alert(1) is=script>unsur asing</x-elemen>
<!--[if IE]><script>alert(1)</script><![endif]--><?php alert(1) ?><div id=judul>palsu</div><plaintext>sisa <b onclick=alert(1)>halaman</b>
"""


def evil_page(article: Article, html: str) -> Page:
    """The page as the archive gives it for this article."""
    assert article.fetched is not None
    return a_page(url="javascript:alert(9)//<b>", article=article.id, fetched=article.fetched, body=html.encode())
