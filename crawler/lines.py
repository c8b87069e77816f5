"""Which lines of a page are the article's sentences, and which are what the outlet puts between them.

A line is judged by its own words; what only its links betray is judged on the tree (crawler.extract_blocks).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.credits import credits_in, mark_in
from crawler.dates import read_date_line

# A label must open the line or follow a finished sentence, and be closed by a colon (or stand in capitals):
# "warga membaca juga", "baca juga pengumuman itu" and "lihat juga kondisi jalan" are sentences.
_LABEL_WORDS = (
    r"(?:baca(?:\s+(?:juga|selengkapnya|lagi|pula|artikel|berita(?:\s+(?:lain(?:nya)?|terkait))?))?"
    r"|simak(?:\s+(?:juga|pula|video|selengkapnya))?|lihat\s+(?:juga|pula|video)(?:\s+\w{1,12})?|tonton(?:\s+(?:juga|video))?"
    r"|(?:berita|artikel|video|konten|topik)\s+(?:terkait|lainnya|menarik(?:\s+lainnya)?|pilihan|rekomendasi)"
    r"|(?:read\s+(?:also|more)|also\s+read|see\s+also|related(?:\s+(?:news|articles?|posts?))?))"
)
_LABEL = rf"[\[(>»•·*–-]{{0,3}}\s*{_LABEL_WORDS}\s*[:：]"
_LINK_LINE = re.compile(_LABEL, re.IGNORECASE)
_SHOUTED_LINE = re.compile(
    r"(?:BACA JUGA|Baca Juga|BERITA TERKAIT|Berita Terkait|ARTIKEL TERKAIT|Artikel Terkait|LIHAT JUGA|Lihat Juga"
    r"|SIMAK JUGA|Simak Juga|Simak Video|SIMAK VIDEO|Lihat Video|Tonton Video|Lihat juga Video|Saksikan Video)\b"
    r"(?=\s*(?:$|[A-Z\"“'‘\d\[(]))"
)
_LABEL_IN_PARAGRAPH = re.compile(
    rf"(?:(?<=[.!?”\"')])\s*|\s*[\[(]\s*){_LABEL_WORDS}\s*[:：].*$", re.IGNORECASE | re.DOTALL
)
_PARENTHESIS = re.compile(rf"\s*\(\s*{_LABEL_WORDS}\s*[:：][^()]{{0,300}}\)", re.IGNORECASE)
_EMBED = re.compile(
    r"\s*\[\s*(?:gambas|embed|video|foto|instagram|twitter|youtube)\s*[:;][^\]]{0,200}\]", re.IGNORECASE
)

_BOILERPLATE = re.compile(
    r"(?:"
    r"advertisement|iklan|scroll\s+(?:to|untuk)\s+(?:continue|resume|(?:me)?lanjut\w*|membaca)(?:\s.{0,60})?"
    r"|(?:lanjut(?:kan)?|selengkapnya|berikutnya|halaman\s+(?:selanjutnya|berikutnya)|selanjutnya)\s*[»>:.…]*"
    r"|(?:cek|simak|baca|ikuti|dapatkan|temukan|lihat|follow).{0,160}\b(?:google\s*news|whatsapp\s+channel|saluran\s+whatsapp"
    r"|channel\s+whatsapp|telegram|wa\s+channel)\b.{0,200}"
    r"|(?:ikuti|follow)\s+(?:akun|kanal|media\s+sosial|kami)\b.{0,120}"
    r"|(?:yuk|mari|ayo)[,!]?\s+(?:gabung|ikuti|follow|bergabung).{0,200}"
    r"|dapatkan\s+(?:update|berita|informasi|kabar).{0,40}(?:pilihan|terkini|terbaru|setiap hari).{0,200}"
    r"|(?:berlangganan|langganan|daftar|subscribe)\b.{0,60}(?:newsletter|premium|sekarang|di sini)[.!]?"
    r"|(?:sumber|source)\s*[:：]\s*(?:\S++\s*+){0,8}"
    r"|(?:editor|redaktur|penyunting|pewarta|reporter|penulis|uploader|wartawan|kontributor|fotografer|oleh|rep|red)"
    r"\s*(?:/\s*\w+\s*)?[:：]\s*(?:\S++\s*+){0,12}"
    r"|laporan\s*[:：]\s*(?:\S++\s*+){1,4}|(?:alamat\s+)?redaksi\s*[:：].{0,200}|(?:ikuti|follow|temukan)\s+(?:kami|akun|juga\s+kami)\b.{0,120}|(?:hubungi|kontak|e-?mail)\s*[:：]\s*\S{1,60}(?:@|\[at\])\S{1,60}|(?:informasi|info)\s+(?:pemasangan\s+)?iklan\b.{0,120}"
    r"|(?:copyright|hak\s+cipta|©|\(c\)).{0,120}|.{0,40}©.{0,80}|dilarang\s+keras\s+(?:mengambil|menyalin).{0,200}"
    r"|(?:share|bagikan|facebook|twitter|whatsapp|telegram|line|pinterest|email|copy\s+link|salin\s+tautan|komentar"
    r"|kirim\s+ke\s+teman|cetak|print|tweet|x)(?:\s*[:|,/]?\s*(?:share|bagikan|ini|facebook|twitter|whatsapp|telegram|copy|link|email|line|x|cetak|kirim\s+ke\s+teman))*"
    r"|(?:tags?|topik|kata\s+kunci|label)\s*[:：#].{0,200}|(?:halaman|page)\s*[:：]?\s*(?:\d++\s*+[|/-]?\s*+)+"
    r"|#\w+(?:\s+#\w+)*|\[?(?:video|foto|infografis)\]?\s*[:：]?"
    r"|klik\s+(?:di\s*sini|link|tautan).{0,120}"
    r"|(?:baca|lanjut\w*)\s.{0,40}halaman\s+(?:berikutnya|selanjutnya|\d{1,2})|newsletter"
    r"|(?:dibaca|dilihat|hits?|views?|dikunjungi|pembaca)\s*[:：]?\s*[\d.,]+\s*(?:kali|x|orang|views?|pembaca)?\b.{0,60}"
    r"|\W{0,4}(?:advertisements?|iklan|sponsored(?:\s+content)?|story continues below(?:\s+advertisement)?)\W{0,4}"
    r"|(?:sign\s+up\s+(?:for|to)|subscribe\s+to\s+(?:our|the|my)|join\s+(?:us|our)\s+\w+\s+on|by\s+(?:registering|signing\s+up|subscribing)"
    r"|follow\s+(?:us|me|him|her|@?\w+)\s+on|like\s+us\s+on|download\s+(?:our|the)\s+\w*\s*app)\b.{0,200}"
    r"|https?://\S+"
    r")\s*[.:]?",
    re.IGNORECASE | re.DOTALL,
)
_CREDIT = (
    r"ist(?:imewa)?\.?|dok(?:umentasi|umen|\.)?(?:\s[^()]{0,60})?|foto\s*[:/][^()]{0,60}|foto\s+\w[^()]{0,30}|net"
    r"|(?:antara|antara\s+foto|reuters|afp|ap|bpmi|setpres|humas)\s*[/-]\s*[^()]{1,80}"
    r"|(?:getty\s?images?|shutterstock|pixabay|freepik|unsplash|pexels)\b[^()]{0,60}"
)
_CAPTION = re.compile(
    r"(?:(?:keterangan\s+)?foto|ilustrasi|photo|dok(?:umentasi)?|gambar|caption)\s*[:：].{0,390}"
    r"|(?:foto|ilustrasi)\s*/\s*\w[\w .]{0,60}"
    rf"|.{{3,390}}?(?:\s*\(\s*(?:{_CREDIT})\s*\)|\s[-–]{{1,2}}\s*(?:ist(?:imewa)?|dok\w*|net)|\S--+(?:ist(?:imewa)?)?)\s*\.?",
    re.IGNORECASE | re.DOTALL,
)
# Reporter and editor, as newsrooms sign: "(rgs/wld)", "(E-2)", "(ant)", "(*)"; "(JKP)" is a term's short form.
_INITIALS = (
    r"[\[(]\s*(?:[A-Za-z]{2,5}(?:\s?[/,]\s?[A-Za-z*]{1,5}){1,4}|[A-Z]{1,3}-\d{1,2}|[a-z]{2,5}|\*{1,3}"
    r"|advertorial|antara)"
    r"(?:/?\*)?\s*[\])]\.?"
)
_SIGNATURE = re.compile(
    rf"(?:{_INITIALS}|[a-z]{{2,4}}(?:/[a-z]{{2,4}}){{1,3}}|[A-Z]{{2,4}}(?:/[A-Z]{{2,4}}){{1,3}})\W*", re.ASCII
)
_SIGNED_END = re.compile(
    rf"(?<=[.!?…\"”’])\s*{_INITIALS}\s*$|\s*\((?:[a-z]{{2,4}}/){{1,3}}[a-z]{{2,4}}\)\s*$", re.ASCII
)
_SIGNED_LINE = re.compile(r"[\[(][^()\[\].!?:]{2,36}[\])]\W*")
_PAGER = re.compile(
    r"(?:(?:halaman|hal|page|laman)[\d\W]*+|\d[\d\W]*+)"
    r"(?:(?:selanjutnya|berikutnya|sebelumnya|lanjut|next|prev(?:ious)?|dari|semua|all)[\d\W]*+)+",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"(?:tags?|topik|kata\s+kunci|label)\s*[:：].{1,200}|(?:copyright|hak\s+cipta|©).{0,120}|(?:share|bagikan)\b.{0,60}",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:komentar|comments?|tanggapan)\s*\(\d{1,5}\)|\d{1,5}\s+(?:komentar|comments?|tanggapan)"
    r"|(?:tinggalkan|tulis(?:kan)?|kirim|beri(?:kan)?)\s+(?:sebuah\s+)?(?:balasan|komentar|tanggapan)(?:\s+anda)?"
    r"|leave\s+a\s+(?:reply|comment)|tidak\s+ada\s+komentar",
    re.IGNORECASE,
)
_LONGEST_FRAGMENT = 20_000
_LEAST_TEXT = 20
_LONGEST_TITLE = 2
"""A headline that is repeated has other quotes and blanks, and is not twice as long."""
_LONGEST_SIGNATURE = 40
_LITTLE_BELOW = 3
_HARDLY_ANY_BELOW = 20
_MOST_ABOVE = 2
_LONGEST_DATELINE = 60
_MAX_CAPTION = 400
_MAX_BOILERPLATE = 300
_MAX_OPENING_WORDS = 6
_LONGEST_IMPRINT = 10

_PLACE = r"[A-Z][A-Za-z0-9'./-]*(?:[ ][A-Z][A-Za-z0-9'./-]*){0,3}"
_DATELINE = re.compile(
    rf"(?:\[(?P<boxed>{_PLACE})\]\s*[-–—:]?"
    rf"|(?P<plain>(?:{_PLACE}(?:\s*[,/|]\s*{_PLACE}){{0,3}})(?:\s*,?\s*\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)?"
    rf"(?:\s*\([^()]{{2,40}}\))?)\s*(?:--?|–|—)(?=\s)"
    rf"|(?P<colon>{_PLACE}(?:,\s*{_PLACE})?)\s*:(?=\s+[A-Z]))"
)
_OPENING = 90
_SENTENCE_END = re.compile(
    r"[.!?…][\"'”’)\]»*]*\s*(?:\([\w\s/.,:*-]{1,40}\)\.?|\[[^\]]{1,20}\])?\s*$|[”\"’]\s*$|\([\w/*-]{1,20}\)$"
)
_BYLINE_LABEL = re.compile(r"(?:penulis|editor|reporter|pewarta|redaktur|sumber|wartawan|fotografer)", re.IGNORECASE)
_AGENCY_END = re.compile(r"\)\s?[-–—]{1,2}$")
_LONE_DATELINE = re.compile(r"[\w ,./()]{2,60}\s*[-–—]+")


def is_link_line(line: str) -> bool:
    """Whether the line is a pointer to something else: "BACA JUGA: …", "Simak Video …", "Artikel Terkait"."""
    stripped = line.strip()
    return bool(_LINK_LINE.match(stripped) or (len(stripped) < 250 and _SHOUTED_LINE.match(stripped)))


def without_pointers(line: str) -> str:
    """The line without what points elsewhere inside it: embeds, "(Baca juga: …)", "… katanya. Baca juga: …"."""
    line = _EMBED.sub("", line)
    line = _PARENTHESIS.sub("", line)
    return _LABEL_IN_PARAGRAPH.sub("", line).strip()


def is_boilerplate(line: str) -> bool:
    """Whether the whole line belongs to the site: calls, credits of the newsroom, copyright, share buttons."""
    line = line.strip()
    return len(line) <= _MAX_BOILERPLATE and bool(_BOILERPLATE.fullmatch(line) or _PAGER.fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether the line describes a picture: "Foto: …", "… (ANTARA/HO-…)", "… --ist"."""
    line = line.strip()
    if not line or len(line) > _MAX_CAPTION:
        return False
    return bool(_CAPTION.fullmatch(line))


def dateline_of(line: str) -> str | None:
    """The place and agency that open a report: "Palu (ANTARA)", "MUBA, Poskita.id", "JAKARTA"."""
    match = _DATELINE.match(line[:_OPENING])
    if match is None:
        return None
    found = match["boxed"] or match["plain"] or match["colon"]
    return found.strip() if found else None


def without_dateline(line: str) -> str:
    """The line without the dateline that opens it."""
    match = _DATELINE.match(line[:_OPENING])
    return line[match.end() :].lstrip(" -–—") if match else line


def comparable(line: str) -> str:
    """The line's letters and digits alone, for telling whether two lines are the same."""
    return re.sub(r"[\W_]+", " ", line).strip().casefold()


def ends_a_sentence(line: str) -> bool:
    """Whether the line closes as prose does: a full stop, perhaps in quotes, perhaps with initials after it."""
    return bool(_SENTENCE_END.search(line))


@dataclass(frozen=True, slots=True)
class Body:
    """The sentences of a page, one paragraph a line, and the captions and credits that stood among them."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    credits: tuple[str, ...] = ()


def sift(lines: Iterable[str], title: str, *, continues: bool = False) -> Body:
    """The paragraphs among `lines`, without the headline, pointers, captions and the site's own words.

    A page that `continues` an article may open with the rest of a list or of a table.
    """
    paragraphs: list[str] = []
    captions: list[str] = []
    signatures: list[str] = []
    is_below = False  # below the tags or the share buttons only sentences are the article's
    for line in _sentences(lines):
        if _COMMENTS.fullmatch(line.strip(" :")) and sum(len(told.split()) for told in paragraphs) >= _LEAST_TEXT:
            break
        is_below = is_below or (len(paragraphs) > 1 and bool(_END_MARK.fullmatch(line)))
        if signed := credits_in(line):
            signatures.extend(signed)
        elif is_caption(line):
            captions.append(line)
        elif not ends_a_sentence(line) and (is_below or len(line) > _LONGEST_FRAGMENT):
            continue
        elif not _repeats(line, title) and not is_boilerplate(line) and not _is_date_line(line):
            paragraphs.append(line)
    # What stands above the first sentence without being one is a section, a byline, a counter.
    above = next((n for n, line in enumerate(paragraphs) if not (_is_fragment(line) or _is_dated_imprint(line))), 0)
    if not (continues and above > _MOST_ABOVE):
        del paragraphs[:above]
    paragraphs, marks = _unsigned(paragraphs)
    return Body(tuple(paragraphs), tuple(dict.fromkeys(captions)), (*marks, *signatures))


def _unsigned(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """The paragraphs without the initials that sign them and the little that is printed below these; the initials."""
    kept: list[str] = []
    marks: list[str] = []
    told = 0
    left = sum(len(line.split()) for line in paragraphs)
    for line in paragraphs:
        words = len(line.split())
        left -= words
        is_at_the_end = left * _LITTLE_BELOW <= told
        if (
            kept
            and len(line) <= _LONGEST_SIGNATURE
            and (
                _SIGNATURE.fullmatch(line)
                or (left * _HARDLY_ANY_BELOW <= told and ends_a_sentence(kept[-1]) and _SIGNED_LINE.fullmatch(line))
            )
        ):
            marks.append(mark_in(line))
            if is_at_the_end:
                break
            continue
        told += words
        kept.append(line)
    if kept:
        ahead, end = kept[-1][:-_LONGEST_SIGNATURE], kept[-1][-_LONGEST_SIGNATURE:]
        if signature := _SIGNED_END.search(end):
            marks.append(mark_in(signature[0]))
            kept[-1] = ahead + end[: signature.start()]
    return kept, [mark for mark in marks if mark]


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    """The lines that still say something once pointers are taken out, datelines with the sentence they open."""
    opening = ""
    after_label = False
    for raw in lines:
        line = " ".join(raw.split())
        if _BYLINE_LABEL.fullmatch(line.strip(":| ")):
            after_label = True
            continue
        if is_link_line(line) or (after_label and line.startswith(":")):
            continue
        after_label = False
        line = without_pointers(line)
        if not re.search(r"\w", line):
            continue
        if (
            len(line) < _LONGEST_DATELINE
            and _LONE_DATELINE.fullmatch(line)
            and (_AGENCY_END.search(line) or dateline_of(f"{line} "))
        ):
            opening = f"{line} "
            continue
        yield opening + line
        opening = ""


def _is_fragment(line: str) -> bool:
    return len(line.split()) <= _MAX_OPENING_WORDS and not ends_a_sentence(line)


def _is_dated_imprint(line: str) -> bool:
    """Whether the line above the text names the outlet and the day: "Kabar Bahari, Sabtu, 21 November 2026"."""
    if len(line.split()) > _LONGEST_IMPRINT or ends_a_sentence(line):
        return False
    return read_date_line(line) is not None


def _is_date_line(line: str) -> bool:
    """Whether the line only says when (and under which section) the article appeared."""
    if len(line) > 120 or ends_a_sentence(line):
        return False
    stamp = read_date_line(line)
    return stamp is not None and stamp.has_time


def _repeats(line: str, title: str) -> bool:
    return bool(title) and len(line) <= _LONGEST_TITLE * len(title) and comparable(line) == comparable(title)
