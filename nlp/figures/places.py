"""The place a figure is about, as the sentence writes it.

Provinces, kabupaten and kota come from the gazetteer; branches, districts and villages are read from the word that
announces them ("Cabang Ruteng", "Jamsostek Tanah Sereal").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.attribution import Attribution
from nlp.figures.lexicon import words
from nlp.figures.movement import linked_to_previous
from nlp.figures.reading import Sentence, is_title
from nlp.figures.scope import respectively
from nlp.figures.units import NOUN_LEXICON
from nlp.gazetteer import Gazetteer

ANNOUNCERS = words(
    """
    cabang kacab kcp kecamatan kelurahan desa kabupaten kab kota provinsi pemkab pemkot pemprov kejari kejati
    kpknl disnaker pulau kepulauan jamsostek bpjamsostek distrik nagari wilayah kawasan
    """
)
# Before "Cabang" these tell that a name behind it may be the head's: "Kepala Cabang Dahlia Sukma".
HEADS = words("kepala kacab pimpinan kakacab direktur dirut direksi dewas deputi menteri ketua anggota humas")
# Between a figure and what it is worth or goes to: "300 orang senilai Rp5 miliar".
_WORTH = (["untuk"], ["kepada"], ["senilai"], ["dengan"], ["bagi"], ["sebesar"])
# Offices whose seat is what their figures are about.
OFFICES = words(
    """
    di se cabang kacab ketenagakerjaan bpjamsostek jamsostek kpknl kejari kejati disnaker disnakertrans dinas bupati
    walikota wali wakil gubernur pemkab pemkot pemprov kota kabupaten sekda kantor wilayah kanwil
    """
)
# Words after which a name is a place only when it closes the noun phrase: "nelayan Alor resmi", "guru ngaji Bima kini".
PEOPLE_OF = words(
    """
    becak ojek ojol sopir kurir petambak penenun kuli tukang perawat bidan dosen relawan
    nelayan pekerja petani ngaji guru warga buruh pedagang jakon peserta honorer karyawan
    """
)
NOT_PLACES = words(
    """
    bpjs bp bpjamsostek bpjstk jamsostek ketenagakerjaan grha graha utama kantor gedung hotel aula dpr dprd
    kemnaker kementerian dinas apbd apbn komisi universitas jkk jkm jht jkp jp pu bpu pmi umkm phk pt cv januari
    februari maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis jumat
    sabtu minggu naik turun dan di jakon perisai asn mandiri award informal formal aktif baru rentan rp non
    untuk
    """
)
NATION = {"nasional": "Indonesia", "indonesia": "Indonesia", "dunia": "dunia", "nationwide": "Indonesia"}
# "nasional" is a place only where it says of whom: "UCJ nasional", "secara nasional", "tingkat nasional".
_NATIONAL_HEADS = words(
    """
    ucj cakupan secara tingkat skala rata coverage kepesertaan peserta jamsostek angka total level jkp jht jkk jkm jp
    bpu pu klaim iuran pekerja
    """
)
_WORLD_HEADS = frozenset({"pekerja", "penduduk", "seluruh", "di", "tingkat", "se"})
OUTLET_WORDS = frozenset({"antara", "kompas", "detik", "ist", "antaranews", "lampost", "radar", "tribun"})
_DASHES = frozenset({"-", "–", "—"})
_LONGEST_NAME = 3
_LONGEST_DATELINE = 7
_RANKED_REACH = 4
_LISTED_APART = 5
_NAMING_WHOLE = words("cabang kecamatan kelurahan wilayah")
_FEWEST_LISTED = 3
_SUBJECT_REACH = 10
_MIGRANTS = words("pmi migran tki tkw")
_BRANCHES = words("pembantu perintis utama khusus")
_LONGEST_LISTED = 2
# Parts of the country that offices and reporters speak of, though no list of regions has them.
WIDER = words(
    """
    kalimantan sulawesi sumatera sumatra jawa papua sumbagut sumbagsel sumbarriau banuspa sulama jabodetabek madura
    nusra sumbar-riau priangan pantura tapanuli minahasa flores timor sumba lombok sumbawa soloraya
    """
)
# Written before a name and part of it.
PARTS = words("pulau kepulauan karesidenan eks-karesidenan tanah")

_INTRODUCERS = frozenset({*NATION, *ANNOUNCERS, *PEOPLE_OF, *WIDER, *PARTS, "ketenagakerjaan", "raya"})
_OF_WHOLE = words("total seluruh jumlah sekitar semua the all")
_CLAUSE_ENDS = words(", ; dan sedangkan sementara")
_BEFORE_NUMBERS = words("sebanyak ada sekitar hanya baru tercatat mencapai sejumlah total kini sudah : rp")


@dataclass(frozen=True, slots=True)
class Place:
    """A place at tokens [first, last), as the figure's region is written."""

    first: int
    last: int
    name: str


def set_regions(
    sentence: Sentence, attributed: Sequence[Attribution], known: Sequence[tuple[int, int]] | None
) -> list[str | None]:
    """The region of every figure in order; `known` are character spans of listed regions, looked up when None."""
    places = _places(sentence, attributed, known)
    if not places:
        return [None] * len(sentence.drafts)
    aligned = respectively(sentence, [(place.first, place.last, place.name) for place in places])
    if aligned:
        first = sentence.drafts[min(aligned)].first
        opening = [place for place in places if place.name not in aligned.values() and place.last <= first]
        opened = opening[0].name if opening else None
        return [aligned.get(k, opened if k < min(aligned) else None) for k in range(len(sentence.drafts))]
    regions: list[str | None] = []
    frame: Place | None = None
    own_count = 0
    for k in range(len(sentence.drafts)):
        own = _own_place(sentence, k, places)
        if own is not None:
            frame, own_count = own, own_count + (own != frame)
        lone_member = own is None and own_count >= 2 and _lists_on(sentence, k)
        regions.append(own.name if own is not None else frame.name if frame is not None and not lone_member else None)
    if len(places) == 1:
        _share_back(sentence, places[0], regions)
        _share_with_opening(sentence, places[0], regions)
        if not any(regions) and (
            _frames_sentence(sentence, places[0]) or _is_of_speaker(sentence, places[0], attributed)
        ):
            return [places[0].name] * len(regions)
    return regions


def _is_of_speaker(sentence: Sentence, place: Place, attributed: Sequence[Attribution]) -> bool:
    """`"…," keluh Ketua SPSI Sultra La Ode Mahmudin`: the office of who says it."""
    start = sentence.tokens[place.first].start
    return any(it.kind == "person" and it.start <= start < it.speaker_start for it in attributed)


def _frames_sentence(sentence: Sentence, place: Place) -> bool:
    """`"…," jelas Kepala Cabang Palu Budi`: a place behind the words said, of the office that says them."""
    if place.first < sentence.drafts[-1].last:
        return False
    if is_title(sentence):  # "Lewati 1 Juta Peserta, Jawa Barat Siapkan Insentif"
        return True
    return any(sentence.low(place.first - back) in OFFICES for back in (1, 2, 3))


def _own_place(sentence: Sentence, k: int, places: list[Place]) -> Place | None:
    draft = sentence.drafts[k]
    floor = sentence.drafts[k - 1].end if k else 0
    ceiling = sentence.drafts[k + 1].first if k + 1 < len(sentence.drafts) else len(sentence.tokens)
    before = [place for place in places if floor <= place.first and place.last <= draft.first]
    if draft.unit == "rank" and before:  # "Makassar Duduki Peringkat Dua Paritrana Award Sulsel"
        return before[-1]
    behind = [place for place in places if draft.last <= place.first and place.last <= ceiling]
    for place in behind:
        after = sentence.lows[place.last : ceiling]
        open_next = (
            sentence.low(place.first - 1) == "di"
            and ceiling < len(sentence.tokens)
            and all(word in _BEFORE_NUMBERS for word in after)
        )
        if not open_next and not any(_ends_clause(sentence, j) for j in range(draft.end, place.first)):
            onward = _starts_next(sentence, place, ceiling)
            if not onward:
                return place
        break
    return before[-1] if before else None


def _ends_clause(sentence: Sentence, j: int) -> bool:
    """Whether a clause ends at the word; "dan" that joins two kinds of people does not: "tukang becak dan buruh"."""
    joined = NOUN_LEXICON.at(sentence.tokens, j + 1) if sentence.low(j) == "dan" else []
    return sentence.low(j) in _CLAUSE_ENDS and all(hit.value != "people" for hit in joined)


def _starts_next(sentence: Sentence, place: Place, ceiling: int) -> bool:
    """`… orang, disusul NTT 434.486`: a name right before the next number belongs to that number."""
    return (
        ceiling < len(sentence.tokens)
        and ceiling - place.last <= 1
        and sentence.low(place.first - 1) in (",", "dan", "disusul")
    )


def _lists_on(sentence: Sentence, k: int) -> bool:
    before, draft = sentence.drafts[k - 1], sentence.drafts[k]
    gap = sentence.lows[before.end : draft.first]
    return bool(gap) and gap[0] in (",", "dan", "serta") and len(gap) <= 3


def _share_back(sentence: Sentence, place: Place, regions: list[str | None]) -> None:
    """A place told once, behind the last member of a list or restatement, holds for the members before it."""
    for k in range(len(regions) - 2, -1, -1):
        if regions[k] is not None or regions[k + 1] is None:
            continue
        draft, later = sentence.drafts[k], sentence.drafts[k + 1]
        gap = sentence.lows[draft.end : later.first]
        coordinated = gap[:1] in (["dari"], ["of"]) and all(word in _OF_WHOLE for word in gap[1:])
        coordinated = (
            coordinated
            or gap in (["dan"], ["serta"], ["and"], [","])
            or ((gap[-1:] == ["dan"] and len(gap) <= 3) or (gap[-1:] == [","] and len(gap) <= 2))
            or _is_listed_with(sentence, k)
        )
        coordinated = coordinated or ((gap[:1] in _WORTH or gap[-1:] in _WORTH) and len(gap) <= 3)
        if place.first >= later.last and (coordinated or linked_to_previous(sentence, k + 1)):
            regions[k] = regions[k + 1]


def _share_with_opening(sentence: Sentence, place: Place, regions: list[str | None]) -> None:
    """`Lewat 14 SKK, Kejari Lubuklinggau berhasil …`: what opens the sentence is about the place of its subject."""
    first = sentence.drafts[0]
    ceiling = sentence.drafts[1].first if len(sentence.drafts) > 1 else len(sentence.tokens)
    opened = sentence.low(first.end) == "," and first.end < place.first < min(ceiling, first.end + _SUBJECT_REACH)
    if regions[0] is None and opened:
        regions[0] = place.name


def _is_listed_with(sentence: Sentence, k: int) -> bool:
    """`38 PWBD, 21 PDS tenaga kerja, serta 12 PDS program di Riau`: members of a list, each with a noun behind it."""
    draft, later = sentence.drafts[k], sentence.drafts[k + 1]
    gap = sentence.tokens[draft.end : later.first]
    words_between = [token for token in gap if token.kind == "word" and token.low not in ("dan", "serta")]
    parted = any(token.text == "," or token.low in ("dan", "serta") for token in gap[-2:])
    return draft.unit == later.unit and parted and len(gap) <= _LISTED_APART and len(words_between) <= 2


# --- finding -------------------------------------------------------------------------------------------------------


def _places(
    sentence: Sentence, attributed: Sequence[Attribution], known: Sequence[tuple[int, int]] | None
) -> list[Place]:
    spans = known if known is not None else [(m.start, m.end) for m in Gazetteer.load().find(sentence.text)]
    speakers = {(a.speaker_start, a.speaker_end) for a in attributed if a.kind == "person"}
    found = [place for place in _listed(sentence, spans) if not _overlaps(sentence, place, speakers)]
    taken = {i for place in found for i in range(place.first, place.last)}
    for i in [i for i, word in enumerate(sentence.lows) if word in _INTRODUCERS]:
        token = sentence.tokens[i]
        place = (
            _nation_at(sentence, i)
            or _wider_at(sentence, i)
            or _greater_at(sentence, i)
            or _part_at(sentence, i)
            or _announced_at(sentence, i)
        )
        known_wide = token.low in NATION or token.low in WIDER
        if place is None or (not known_wide and _names_person(sentence, place, speakers)):
            continue
        listed = next((other for other in found if other.first == i + 1), None)
        if listed is not None and listed.last < place.last and is_title(sentence):
            continue  # "Cabang Sampit Gandeng 45 Agen": in a headline the verb is written like a name
        if sentence.low(i) in _NAMING_WHOLE:  # "Cabang Jakarta Cilandak" is one branch, whatever regions it names
            found = [other for other in found if other.last <= place.first or place.last <= other.first]
            taken.difference_update(range(place.first, place.last))
        if token.low in PARTS or token.low == "raya":  # the listed name inside, "Rote", is told with the word before it
            place = _reaching(sentence, place, found)
            found = [other for other in found if other.last <= place.first or place.last <= other.first]
            taken.difference_update(range(place.first, place.last))
        if taken.isdisjoint(range(place.first, place.last)):
            found.append(place)
            taken.update(range(place.first, place.last))
    found = _outside_sources(sentence, found, attributed)
    if not found:
        return []
    ends = {attribution.end for attribution in attributed}
    found += _before_listed(sentence, found)
    found += _numbered_names(sentence, {i for place in found for i in range(place.first, place.last)})
    kept = [place for place in found if not (_is_stage(sentence, place, ends) or _is_aside(sentence, place))]
    return _together(sentence, sorted(kept, key=lambda place: place.first))


def _outside_sources(sentence: Sentence, found: list[Place], attributed: Sequence[Attribution]) -> list[Place]:
    """Of several places not the seat of the source: "Di Pagar Alam, menurut BPJS Ketenagakerjaan Lahat, …"."""
    sources = {(it.speaker_start, it.speaker_end) for it in attributed if it.kind == "organisation"}
    return [place for place in found if not _overlaps(sentence, place, sources)] or found


def _before_listed(sentence: Sentence, found: Sequence[Place]) -> list[Place]:
    """A name that no list has before names of places: "Puncak, Intan Jaya, dan Deiyai, masing-masing …"."""
    if len(found) < 2 or all(token.low != "masing" for token in sentence.tokens):
        return []
    taken = {i for place in found for i in range(place.first, place.last)}
    added: list[Place] = []
    for end in [place.first - 1 for place in found if sentence.low(place.first - 1) == ","]:
        begin = _name_before(sentence, end)
        if begin < end and taken.isdisjoint(range(begin, end)):
            added.append(_place(sentence, begin, end))
    return added


def _numbered_names(sentence: Sentence, taken: set[int]) -> list[Place]:
    """Names with a number each in a list of places: "di Wanasaba 412 orang, Aikmel 388", "Rancabali (40 persen)"."""
    named: list[Place] = []
    units: set[str | None] = set()
    for draft in sentence.drafts:
        end = draft.first - (sentence.low(draft.first - 1) == "(")
        begin = _name_before(sentence, end)
        if begin < end:
            named.append(_place(sentence, begin, end))
            units.add(draft.unit)
    known = [place for place in named if not taken.isdisjoint(range(place.first, place.last))]
    introduced = any(sentence.low(place.first - 1) in ("di", "kecamatan", "desa") for place in named)
    if len(named) < _FEWEST_LISTED or len(units) != 1 or not (known or introduced):
        return []
    return [place for place in named if place not in known]


def _name_before(sentence: Sentence, end: int) -> int:
    """Where the words that may be a name and stand right before `end` begin; `end` where none stands there."""
    begin = end
    while begin > 0 and end - begin < _LONGEST_LISTED and _may_name(sentence, begin - 1):
        begin -= 1
    return begin


def _place(sentence: Sentence, first: int, last: int) -> Place:
    return Place(first, last, sentence.text[sentence.tokens[first].start : sentence.tokens[last - 1].end])


def _is_aside(sentence: Sentence, place: Place) -> bool:
    """`buruh asal Nias`, `peringkat 3 se-Jawa Tengah`: where somebody is from, and among whom one is ranked."""
    if sentence.low(place.first - 1) == "asal":
        return sentence.low(place.first - 2) not in _MIGRANTS  # of them it is told how many leave from there
    among = sentence.low(place.first - 2) == "se" or sentence.low(place.first - 1) in ("se", "tingkat")
    near = range(max(0, place.first - _RANKED_REACH), place.first)
    return among and any(draft.unit == "rank" and draft.last - 1 in near for draft in sentence.drafts)


def _together(sentence: Sentence, places: list[Place]) -> list[Place]:
    """`di Rembang dan Pati`, `Sulawesi Maluku`: two names told as one place, where no list is aligned with them."""
    if any(token.low == "masing" for token in sentence.tokens):
        return places
    joined: list[Place] = []
    for place in places:
        before = joined[-1] if joined else None
        gap = sentence.lows[before.last : place.first] if before is not None else ["?"]
        apart = sentence.tokens[place.last].kind == "digits" if place.last < len(sentence.tokens) else False
        opened = before is not None and sentence.low(before.first - 1) in ("di", "-", "se", "wilayah", "in")
        if before is not None and gap == [","] and _is_its_province(sentence, before, place):
            continue
        if before is not None and opened and gap in (["dan"], []) and not apart:
            joined[-1] = _place(sentence, before.first, place.last)
        else:
            joined.append(place)
    return joined


def _is_its_province(sentence: Sentence, place: Place, after: Place) -> bool:
    """`Kabupaten Kupang, Nusa Tenggara Timur,` is one place, told with the province that it lies in."""
    if sentence.low(after.last) not in (",", ")", ".", "", "("):
        return False
    found = Gazetteer.load().find(sentence.text)
    inner = next((match for match in found if match.start == sentence.tokens[place.first].start), None)
    outer = next((match for match in found if match.start == sentence.tokens[after.first].start), None)
    if inner is None or outer is None:
        return False
    return inner.code.startswith(f"{outer.code}.")


def _names_person(sentence: Sentence, place: Place, speakers: set[tuple[int, int]]) -> bool:
    """`Kepala Cabang Dahlia Sukma` names the head; `Kepala Cabang Ruteng, Dahlia Sukma` the branch."""
    if _overlaps(sentence, place, speakers):
        return True
    return _is_headed(sentence, place.first) and sentence.low(place.last) != ","


def _overlaps(sentence: Sentence, place: Place, speakers: set[tuple[int, int]]) -> bool:
    start, end = sentence.tokens[place.first].start, sentence.tokens[place.last - 1].end
    return any(start < b and a < end for a, b in speakers)


def _is_headed(sentence: Sentence, i: int) -> bool:
    return any(sentence.low(i - back) in HEADS for back in range(1, 5))


def _listed(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> list[Place]:
    if not spans:
        return []
    starts = {token.start: i for i, token in enumerate(sentence.tokens)}
    ends = {token.end: i + 1 for i, token in enumerate(sentence.tokens)}
    return [
        Place(starts[start], ends[end], sentence.text[start:end])
        for start, end in spans
        if start in starts and end in ends
    ]


def _nation_at(sentence: Sentence, i: int) -> Place | None:
    word = sentence.low(i)
    name = NATION.get(word)
    if name is None:
        return None
    before = sentence.low(i - 1)
    if word == "nasional" and before not in _NATIONAL_HEADS:
        return None
    if word == "dunia" and before not in _WORLD_HEADS:
        return None
    if word == "indonesia" and sentence.tokens[i - 1].text[:1].isupper() and before not in ("di", "se") and i > 0:
        return None
    return Place(i, i + 1, name)


def _wider_at(sentence: Sentence, i: int) -> Place | None:
    """`wilayah Kalimantan`, `Kanwil Sumbagut`."""
    if sentence.low(i) not in WIDER or not sentence.tokens[i].text[0].isupper():
        return None
    return Place(i, i + 1, sentence.tokens[i].text)


def _greater_at(sentence: Sentence, i: int) -> Place | None:
    """`Malang Raya`, `Solo Raya`: a city with what lies around it."""
    if sentence.tokens[i].text != "Raya" or i == 0 or not _may_name(sentence, i - 1):
        return None
    return _place(sentence, i - 1, i + 1)


def _part_at(sentence: Sentence, i: int) -> Place | None:
    """`Pulau Rote`, `Karesidenan Kedu`: the word before the name belongs to it."""
    if sentence.low(i) not in PARTS or not sentence.tokens[i].text[0].isupper() or not _may_name_at(sentence, i + 1):
        return None
    return _place(sentence, i, i + 2)


def _reaching(sentence: Sentence, place: Place, listed: list[Place]) -> Place:
    """`Kepulauan Bangka Belitung`: a listed name that goes on further than the word after its part."""
    longer = next((other for other in listed if place.first <= other.first < place.last < other.last), None)
    return place if longer is None else _place(sentence, place.first, longer.last)


def _may_name_at(sentence: Sentence, j: int) -> bool:
    return j < len(sentence.tokens) and _may_name(sentence, j)


def _announced_at(sentence: Sentence, i: int) -> Place | None:
    token = sentence.tokens[i]
    office = token.low == "ketenagakerjaan" and sentence.low(i - 1) == "bpjs" and not _is_headed(sentence, i)
    if token.low not in ANNOUNCERS and ((token.low not in PEOPLE_OF and not office) or is_title(sentence)):
        return None
    if token.low == "cabang" and sentence.low(i + 1) in _BRANCHES:
        i += 1
    j = i + 1
    while j < len(sentence.tokens) and j - i <= (1 if office else _LONGEST_NAME) and _may_name(sentence, j):
        j += 1
    if j == i + 1 or (
        j < len(sentence.tokens) and sentence.tokens[j].text[:1].isupper() and sentence.tokens[j].kind == "word"
    ):
        return None  # nothing, or a title in capitals where names cannot be told from words
    if token.low in PEOPLE_OF and j == len(sentence.tokens):
        return None
    return _place(sentence, i + 1, j)


def _may_name(sentence: Sentence, j: int) -> bool:
    token = sentence.tokens[j]
    return token.kind == "word" and token.text[0].isupper() and not token.text.isupper() and token.low not in NOT_PLACES


def _is_stage(sentence: Sentence, place: Place, attribution_ends: set[int]) -> bool:
    """Whether the name only tells where somebody spoke or where the report was filed."""
    opening = sentence.low(place.first - 1)
    if opening in ("di", "in") and sentence.tokens[place.first - 2].end in attribution_ends:
        return True
    if _is_scene(sentence, place, attribution_ends):
        return True
    return _is_dateline(sentence, place)


def _is_scene(sentence: Sentence, place: Place, attribution_ends: set[int]) -> bool:
    """`kata Lilis di sela sosialisasi di Balai Desa Karangsono`: behind who spoke, on what occasion and where."""
    start = sentence.tokens[place.first].start
    spoken = max((end for end in attribution_ends if end <= start), default=None)
    if spoken is None or sentence.drafts[-1].last > place.first:
        return False
    between = [token.low for token in sentence.tokens[: place.first] if token.start >= spoken]
    return not _OCCASIONS.isdisjoint(between) and not {",", ";"} & set(between[:1])


_OCCASIONS = words("sela usai seusai saat ketika dalam acara sosialisasi kegiatan ditemui kantornya kunjungan")


def _is_dateline(sentence: Sentence, place: Place) -> bool:
    """`Pati (ANTARA) -`, `PALEMBANG —`, `TRIBUNPALU.COM, PALU -`, `MUBA, Poskita.id —`."""
    before = sentence.tokens[: place.first]
    shouted = all(token.kind != "word" or token.text.isupper() for token in before)
    site = any(token.low in ("com", "id", "co", "net") for token in before)
    if len(before) > _LONGEST_DATELINE or not (shouted or site):
        return False
    follower = sentence.low(place.last)
    if follower == "(":
        return sentence.tokens[place.last + 1].text.isupper() or sentence.low(place.last + 1) in OUTLET_WORDS
    if follower == ",":
        ahead = range(place.last + 1, min(place.last + 1 + _LONGEST_DATELINE, len(sentence.tokens)))
        return any(
            sentence.low(j) in _DASHES | {"|"} and sentence.tokens[j].start > sentence.tokens[j - 1].end for j in ahead
        )
    spaced = (
        place.last < len(sentence.tokens) and sentence.tokens[place.last].start > sentence.tokens[place.last - 1].end
    )
    return follower in ("—", "–", "|") or (follower == "-" and spaced) or (follower == ":" and not before)
