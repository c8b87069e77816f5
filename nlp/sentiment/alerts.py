"""What makes an article alert-worthy: classes of bad news about the agency, each told by its own words.

A class is about the agency, so only passages about it are read. Poor service alerts where a branch is named, a fall
of the membership where it is of national size; a how-to that names an error is neither.
"""

import re
from collections.abc import Callable, Sequence

from nlp.naming import place_at, words
from nlp.sentiment.cues import WRONGDOING, WRONGDOING_PREVENTED
from nlp.sentiment.lexicon import LONGEST_JUDGED, cues_in, frames_of
from nlp.sentiment.model import TARGET, Passage

_AGENCY = r"\[agensi\]"
_GAP = r"(?:[^.;!?]|\.(?=\d)){0,90}?"
_TOP = (
    r"\b(?:direksi|dirut|direktur(?: utama)?|dewas|dewan pengawas|pansel|petahana|komisaris|pimpinan "
    r"pusat|directors?|board)\b"
)
_SCANDAL = (
    r"\b(?:nepotisme|kongkalikong|kolusi|skandal|pelecehan|asusila|selingkuh|perselingkuhan|"
    r"dicopot|dituding|menuding|"
    r"loyo|bergaji besar|gaji besar|cacat formal|tersangka|mundur|dipertanyakan|mempertanyakan|"
    r"scandal|harassment|ousted)\b"
)
_PROTEST = (
    r"\b(?:demo|berdemo|demonstrasi|unjuk rasa|berunjuk rasa|aksi massa|aksi damai|aksi buruh|geruduk|menggeruduk|"
    r"digeruduk|didemo|menduduki|kepung|mengepung|dikepung|march(?:es|ed|ing)? (?:on|to)|protest(?:s|ed|ers)?|"
    r"rall(?:y|ies|ied))\b"
)
_SYSTEM = (
    rf"(?:\b(?:jmo|aplikasi|situs|laman|website|server|sistem|portal|layanan (?:online|daring)|app|system)\b|"
    rf"{_AGENCY})"
)
_BROKEN = (
    r"\b(?:error|eror|gangguan|lumpuh|down|tumbang|(?:tidak|tak) (?:bisa|dapat) (?:diakses|dibuka|digunakan)|"
    r"inaccessible|sulit diakses|"
    r"outage|crash(?:ed|es)?)\b"
)
_MANY = (
    r"(?<!\()\b(?:[5-9]|[1-9]\d{1,2}|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|"
    r"\w+ belas|belasan|five|six|seven|eight|nine|ten|eleven|twelve|puluhan|ratusan|dozens|scores)\b"
)
_DEAD = r"\b(?:tewas|tewaskan|menewaskan|meninggal|korban jiwa|korban tewas|killed|dead|died)\b"
_DISASTER = (
    r"\b(?:kecelakaan|ledakan|meledak|kebakaran|terbakar|runtuh|roboh|ambruk|longsor|tenggelam|jatuh|terguling|"
    r"accident|explosion|collapse[sd]?|fire)\b"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# Class -> the words that tell it, and the words in whose company they do not.
_TELLING: dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]] = {
    "fraud": (_any(WRONGDOING), _any(WRONGDOING_PREVENTED)),
    "leak": (
        _any(
            (
                rf"\b(?:kebocoran|bocor|dibobol|diretas|peretas(?:an)?|leak(?:s|ed)?|"
                rf"breach)\b{_GAP}\b(?:data|peserta|nik|records)\b"
            ),
            rf"\b(?:hackers?|peretas)\b{_GAP}\b(?:data|records|peserta|members)\b",
            rf"\bdata\b{_GAP}\b(?:bocor|kebocoran|diretas|dibobol|dijual|leaked|breached)\b",
        ),
        None,
    ),
    "leadership": (_any(_TOP + _GAP + _SCANDAL, _SCANDAL + _GAP + _TOP), None),
    "rally": (
        _any(_PROTEST + _GAP + _AGENCY, _AGENCY + _GAP + _PROTEST),
        _any(r"\b(?:demo masak|lomba|rally (?:mobil|motor))\b"),
    ),
    "outage": (_any(_SYSTEM + _GAP + _BROKEN), _any(r"\b(?:cara mengatasi|solusi|pulih|normal kembali)\b")),
    "legal": (
        _any(
            (
                rf"\b(?:somasi|mensomasi|menggugat|gugat|gugatan (?:terhadap|kepada|atas)|"
                rf"memperkarakan|sue[sd]?)\b(?:[^.;!?]){{0,30}}?{_AGENCY}"
            ),
            rf"{_AGENCY}{_GAP}\b(?:digugat|disomasi|dilaporkan|dituntut|diadukan|is sued)\b",
        ),
        _any(r"\b(?:diserahkan kepada|lapor ke|melapor ke)\b"),
    ),
    "accident": (
        _any(
            rf"{_DISASTER}{_GAP}{_MANY}{_GAP}{_DEAD}",
            rf"{_MANY}{_GAP}{_DEAD}{_GAP}{_DISASTER}",
            rf"{_DISASTER}{_GAP}{_DEAD}{_GAP}{_MANY}",
        ),
        None,
    ),
}
_NATIONAL_SIZE = re.compile(r"\bjuta\b|\b\d{1,3}(?:\.\d{3}){2,}\b|\bnasional\b|\bmillion\b", re.IGNORECASE)
_BRANCH = re.compile(
    r"\b(?:cabang|kantor|kcp)\s+(?:di\s+)?(?!(?:[Cc]abang|[Ww]ilayah|[Pp]usat|[Kk]ementerian|[Dd]inas|"
    r"[Gg]ubernur|[Bb]upati|"
    r"[Ww]ali|Pos)\b)[A-Z][a-z]|\b(?:branch|office) in [A-Z][a-z]|\b[A-Z][a-z]+ branch\b"
)
_BRANCH_AFTER_NAME = re.compile(
    re.escape(TARGET) + (r"\s+(?:(?:Cabang|Kantor|Kota|Kabupaten|Kanwil)\s+)*([A-Z][a-z]+)")
)


def alert_classes(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The alert classes of an article from the passages about the agency, each once, in a fixed order."""
    if not passages:
        return ()
    framed = {frame.rule for frame in frames_of(passages[0].title, passages[0].lead)}
    silenced = {code for rule, codes in _SILENCED.items() if rule in framed for code in codes}
    return tuple(code for code, told in _CLASSES.items() if code not in silenced and told(passages))


def _told_by_words(code: str) -> Callable[[Sequence[Passage]], bool]:
    pattern, exception = _TELLING[code]

    def told(passages: Sequence[Passage]) -> bool:
        texts = [passage.text[:LONGEST_JUDGED] for passage in passages]
        return any(pattern.search(text) and not (exception and exception.search(text)) for text in texts)

    return told


def _tells_membership_fall(passages: Sequence[Passage]) -> bool:
    falling = [passage.text for passage in passages if _has_negative_cue(passage, 3)]
    return any(_NATIONAL_SIZE.search(text) and not _names_branch(text) for text in falling)


def _tells_complaint(passages: Sequence[Passage]) -> bool:
    """Whether poor service is told of a named branch."""
    branch = any(_names_branch(passage.text) for passage in passages)
    return branch and any(_has_negative_cue(passage, 4) for passage in passages)


def _has_negative_cue(passage: Passage, rule: int) -> bool:
    found = cues_in(passage.text[:LONGEST_JUDGED])
    return any(cue.rule == rule and tone == "negative" for cue, tone, _ in found)


def _names_branch(text: str) -> bool:
    """Whether the agency's name is followed by a place, or an office is named by one."""
    if _BRANCH.search(text):
        return True
    return any(place_at(words(match.group(1)), 0) is not None for match in _BRANCH_AFTER_NAME.finditer(text))


_CLASSES: dict[str, Callable[[Sequence[Passage]], bool]] = {
    "fraud": _told_by_words("fraud"),
    "leak": _told_by_words("leak"),
    "leadership": _told_by_words("leadership"),
    "rally": _told_by_words("rally"),
    "complaint": _tells_complaint,
    "membership_fall": _tells_membership_fall,
    "outage": _told_by_words("outage"),
    "legal": _told_by_words("legal"),
    "accident": _told_by_words("accident"),
}
# Experts' defence against the charge of corruption is none; a how-to that names an error reports no outage.
_SILENCED: dict[int, frozenset[str]] = {5: frozenset({"fraud"}), 8: frozenset({"complaint", "outage", "legal"})}
