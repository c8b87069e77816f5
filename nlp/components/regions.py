"""Which provinces, kabupaten and kota an article speaks of, the main one first.

Every naming of a region counts by where it stands (`WEIGHTS`). A dateline tells where the reporter sat and the place of
a statement where somebody spoke; both count only where nothing else does. A story that spreads over the country has
no region.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Region, Span
from nlp.document import body_start, locate, text_of
from nlp.gazetteer import Gazetteer, Match
from nlp.links import LinkLines
from nlp.stretches import sentence_bounds

# Where a region is named -> what a naming weighs.
WEIGHTS: dict[str, float] = {
    "title": 5.0,
    "branch": 4.0,  # "BPJS Ketenagakerjaan Cabang Ruteng"
    "government": 2.0,  # "Pemkot Palu", "Bupati Jember"; on top of its place in the text
    "lead": 2.0,
    "body": 1.0,
    "speech": 0.2,  # "kata Rina di Kudus"
    "dateline": 0.1,
}
# A naming repeated through a long text does not outweigh the title.
_BODY_CAP = 4.0
_LEAD_SENTENCES = 2
_SPREAD = 3
_PASSING = 5.0

_SEPARATOR = re.compile(r"\s?[-–—|]\s|\s?[-–—|](?=[A-Z])|:\s|\.\s")
DATELINE_LIMIT = 100
_SPEECH = re.compile(
    r"\b(?:dihubungi|ditemui|kata|ujar|ungkap|jelas|tutur|ucap|papar|tegas|imbuh|terang|tandas|said|told)(?:nya)?\b"
    r"[^.]{0,80}"
    r"\b(?:di|in|at)\s+(?:\w+\s){0,3}$"
)
# "keterangan tertulis yang diterima di Palu": where the newsroom sits.
_RECEIVED = re.compile(r"\b(?:diterima|received)\s+(?:\w+\s+){0,2}(?:di|in)\s+$", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:kab|kabupaten|kota|regency)\b", re.IGNORECASE)
# "di Jakarta, Rabu": where and when somebody said what is reported.
_DAY_AFTER = re.compile(
    r",?\s*\(?(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:di|in)\s+(?:kota\s+)?$", re.IGNORECASE)
# The capital is the seat of these; what they decide or are asked concerns the country.
_CAPITAL = "31"
_SEAT = re.compile(
    r"\b(?:kementerian|ministry|dpr|mahkamah agung|kejaksaan agung|istana|kantor pusat|mabes|headquarters|parliament)\b"
    r"[^.;\n]{0,30}$",
    re.IGNORECASE,
)
_BRANCH = re.compile(
    r"(?:\s*\([^()]{1,30}\))?\s+(?:(?:Kantor|Kanwil|Kacab|KC|KCP|Wilayah|Cabang|cabang|Perintis|Kota|Kabupaten|Kab\.?|"
    r"[A-Z][a-z]+)\s+){0,3}$"
)
_GOVERNMENT = re.compile(
    r"\b(?:pemkab|pemkot|pemprov|pemerintah|bupati|wali ?kota|gubernur|sekda|wabup|wagub|wawali|disnaker\w*|dprd|"
    r"kejari|kpu|dinas|kadis\w*|baznas|kejaksaan negeri)\b[^.,;\n]{0,25}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Tally:
    """What speaks for one region."""

    firm: float = 0.0
    repeated: float = 0.0
    faint: float = 0.0
    early: bool = False
    titled: bool = False
    told: bool = False

    @property
    def weight(self) -> float:
        return self.firm + min(self.repeated, _BODY_CAP)


@Language.component(
    "regions", assigns=["doc._.regions", "doc._.places"], requires=["doc._.mentions", "token.is_sent_start"]
)
def regions(doc: Doc) -> Doc:
    """The Doc with its regions, and with all places that name listed ones, whether it is about these or not."""
    gazetteer = Gazetteer.load()
    text = text_of(doc)
    links = LinkLines(text)
    matches = [match for match in gazetteer.find(text) if match.start not in links]
    tallies = _tally(doc, matches)
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for match in matches:
        spans[match.code].append(locate(doc, match.start, match.end))
    doc._.places = tuple((match.start, match.end) for match in matches)
    doc._.regions = tuple(_with_spans(gazetteer.region(code), spans[code]) for code in ranked(tallies))
    return doc


def ranked(tallies: dict[str, _Tally]) -> list[str]:
    """The codes of the regions that the article speaks of, the main one first; none for a national story."""
    firm = {code: tally for code, tally in tallies.items() if tally.weight}
    if not any(tally.early for tally in firm.values()):
        # A place or two named far down is where a national story is felt, not what it is about.
        firm = {code: tally for code, tally in firm.items() if tally.weight > _PASSING}
    if not firm:
        faint = sorted((code for code in tallies if tallies[code].faint), key=lambda code: -tallies[code].faint)
        # The capital's newsrooms report on the whole country: their dateline alone tells no region.
        return [code for code in faint if not code.startswith(_CAPITAL)][:1]
    by_weight = sorted(firm, key=lambda code: -firm[code].weight)
    if _is_national(firm):
        return []
    main = _titled_province(firm) or _most_specific(by_weight[0], by_weight, firm)
    return [main, *(code for code in by_weight if code != main)]


def _is_national(firm: dict[str, _Tally]) -> bool:
    """Whether the story names several provinces and dwells on none of them."""
    provinces: defaultdict[str, float] = defaultdict(float)
    for code, tally in firm.items():
        provinces[code[:2]] += tally.weight
    return len(provinces) >= _SPREAD and max(provinces.values()) * 2 < sum(provinces.values())


def _titled_province(firm: dict[str, _Tally]) -> str | None:
    """The province that the title names, unless the lead names a kabupaten or kota in it as such."""
    titled = [code for code, tally in firm.items() if tally.titled]
    if len(titled) != 1 or "." in titled[0]:
        return None
    told = any(code.startswith(f"{titled[0]}.") and tally.told for code, tally in firm.items())
    return None if told else titled[0]


def _most_specific(top: str, by_weight: Sequence[str], firm: dict[str, _Tally]) -> str:
    """A kabupaten or kota named early instead of the province around it, unless several of them compete."""
    if "." in top:
        return top
    inside = [code for code in by_weight if code.startswith(f"{top}.") and firm[code].early]
    if len(inside) == 1 or (len(inside) > 1 and firm[inside[0]].weight >= 2 * firm[inside[1]].weight):
        return inside[0]
    return top


def _tally(doc: Doc, matches: Sequence[Match]) -> dict[str, _Tally]:
    text = text_of(doc)
    offset = body_start(doc)
    dateline_end = offset + dateline_length(text[offset : offset + DATELINE_LIMIT])
    lead_end = _lead_end(doc, offset)
    names = _agency_ends(doc, offset)
    tallies: dict[str, _Tally] = {}
    for match in matches:
        before = text[max(match.start - 100, 0) : match.start]
        if _RECEIVED.search(before):
            continue
        tally = tallies.setdefault(match.code, _Tally())
        if offset <= match.start < dateline_end:
            tally.faint += WEIGHTS["dateline"]
            continue
        if match.start >= offset and is_place_of_speech(text, match.end, match.code, before):
            if match.start < lead_end:
                tally.faint += WEIGHTS["speech"]
            continue
        if _names_a_branch(text, names, match.start):
            tally.firm += WEIGHTS["branch"]
            tally.early = tally.early or match.start < lead_end
        if _GOVERNMENT.search(before[-45:]):
            tally.repeated += WEIGHTS["government"]
        if match.start < offset:
            tally.firm += WEIGHTS["title"]
            tally.early = tally.titled = True
        elif match.start < lead_end:
            tally.firm += WEIGHTS["lead"]
            tally.told = tally.told or _LEVEL.search(text, max(match.start - 12, 0), match.end) is not None
            tally.early = True
        else:
            tally.repeated += WEIGHTS["body"]
    return tallies


def is_place_of_speech(text: str, end: int, code: str, before: str) -> bool:
    """Whether the place is where somebody spoke or assembled rather than what the story is about.

    The place is the region `code`, named in the text up to `end`; `before` are the characters in front of it.
    """
    if _SPEECH.search(before):
        return True
    if not code.startswith(_CAPITAL):
        return False
    said_there = _AT.search(before) is not None and _DAY_AFTER.match(text, end) is not None
    return said_there or _SEAT.search(before) is not None


def dateline_length(opening: str) -> int:
    """How many characters of the body's opening are places, outlets and dates before the story begins."""
    length = 0
    for separator in _SEPARATOR.finditer(opening):
        words = re.findall(r"[^\W\d_]+", re.sub(r"\S+\.\S+", "", opening[: separator.start()]))
        if len(words) > 7 or any(word.islower() for word in words):
            break
        if separator.group().startswith(".") and not _is_capital_dateline(opening[: separator.start()]):
            break
        length = separator.end()
    return length


def _is_capital_dateline(opening: str) -> bool:
    return opening.endswith(")") or opening.isupper()


def _lead_end(doc: Doc, offset: int) -> int:
    text = text_of(doc)
    body = [end for start, end in sentence_bounds(doc) if start >= offset and text[start:end].strip()]
    return body[min(_LEAD_SENTENCES, len(body)) - 1] if body else offset


def _agency_ends(doc: Doc, offset: int) -> list[int]:
    """Where the namings of the agency end, in the Doc."""
    return [
        mention.end + (offset if mention.field == "text" else 0)
        for mention in doc._.mentions
        if mention.kind == "agency"
    ]


def _names_a_branch(text: str, agency_ends: Sequence[int], start: int) -> bool:
    """Whether the place at `start` follows the agency's name as that of a branch."""
    nearest = bisect_left(agency_ends, start) - 1
    if nearest < 0 or start > agency_ends[nearest] + 50:
        return False
    return _BRANCH.fullmatch(text, agency_ends[nearest], start) is not None


def _with_spans(region: Region, spans: Sequence[Span]) -> Region:
    return replace(region, spans=tuple(spans))
