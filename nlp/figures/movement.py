"""Comparators, directions, outlook and from-to pairs: how a figure stands to other numbers."""

from nlp.figures.cues import (
    ACHIEVED,
    APPOSITIONS,
    ARRIVALS,
    BOUNDARIES,
    CAME_FROM,
    DIRECTION_FILLERS,
    NEGATORS,
    ORIGINS,
    PASSIVE_OUTLOOK,
    THAN,
    THEN,
)
from nlp.figures.lexicon import Hit, words
from nlp.figures.reading import Draft, Sentence

_COMPARATOR_FILLERS = words(
    """
    sebesar sebanyak harus mencapai senilai di angka sekitar rp hanya dari an
    """
)
_LIMITS = {"maksimal": "at_most", "maksimum": "at_most", "minimal": "at_least", "minimum": "at_least"}
_LIMIT_REACH = 4
_MOVED_REACH = 9

_COMPARED_BY = words("dari tinggi rendah besar kecil banyak sedikit baik")
_CARRYING = words("atau dan lalu kemudian jadi menjadi serta")
_SOFTENERS = words("sekitar hanya lebih dari ( ) yoy kini sebanyak year on - over secara tahunan")
_STANDS = words("level posisi angka kisaran titik sekitar")
_LONGEST_WAY = 9
_NEW_CLAUSES = words(", ; dan sedangkan sementara namun while but yang")
_NOMINAL_MOVES = words("growth increase rise tambahan diskon potongan korting pemotongan")
_WIDE_MOVES = words(
    "diperkirakan menambah menurunkan menaikkan mengurangi cut tumbuh memotong relaksasi keringanan memangkas dipangkas"
)
_LONGEST_ORIGIN = 7
_LONGEST_COMPARISON = 10
_LONGEST_ASIDE = 14
_SIZES = {
    "banyak": "up", "tinggi": "up", "besar": "up", "sedikit": "down", "rendah": "down", "kecil": "down",
}  # fmt: skip
_IN_THE_END = words("kini sekarang ada total totalnya seluruhnya menjadi jadi")
_RELIEVING = words("relaksasi keringanan potongan diskon korting")
_CLOSING = {"", ".", ",", ";", "orang", "persen", "saja", "sebulan", "sehari", "yang"}
_LEFT = words("tinggal tersisa menyisakan")
_STARTING_POINTS = THEN | {"dari", "from", "sebelumnya"}


def linked_to_previous(sentence: Sentence, k: int) -> bool:
    """Whether draft `k` restates the figure before it: "79.613 orang atau 7,52 persen"."""
    if k == 0:
        return False
    before, draft = sentence.drafts[k - 1], sentence.drafts[k]
    gap = sentence.lows[before.end : draft.first]
    if not gap or len(gap) > 4:
        return False
    return gap[0] in APPOSITIONS or (len(gap) > 1 and gap[0] == "," and gap[1] in APPOSITIONS | {"sekitar"})


def set_comparators(sentence: Sentence) -> None:
    """Read the words right before and right behind every figure."""
    for k, draft in enumerate(sentence.drafts):
        draft.comparator = _comparator_before(sentence, draft) or _comparator_after(sentence, draft) or "exact"
        if draft.comparator == "exact" and (draft.numeral.suffix_an or draft.numeral.vague):
            draft.comparator = "about"
        before = sentence.drafts[k - 1] if k else None
        if draft.comparator == "exact" and before is not None and before.comparator == "about":
            apposed = sentence.lows[before.end : draft.first] == ["atau"]
            if apposed and before.unit != draft.unit and not before.numeral.suffix_an:
                draft.comparator = "about"


def _comparator_before(sentence: Sentence, draft: Draft) -> str | None:
    nearest: Hit | None = None
    for hit in sentence.hits("comparator"):
        if hit.last > draft.first or draft.first - hit.last > 3:
            continue
        between = sentence.lows[hit.last : draft.first]
        if all(word in _COMPARATOR_FILLERS for word in between) and (nearest is None or hit.last > nearest.last):
            nearest = hit
    if nearest is None:
        return _cap(sentence, draft) or _limit(sentence, draft)
    phrase = sentence.low(nearest.first)
    if nearest.value == "more_than" and phrase == "lebih" and nearest.first > 0:
        negated = sentence.low(nearest.first - 1) in NEGATORS
        return "at_most" if negated else "more_than"
    return nearest.value


def _limit(sentence: Sentence, draft: Draft) -> str | None:
    """`upah maksimal penerima BSU Rp3,5 juta`: the limit stands behind its noun, a few words before the number."""
    for j in range(draft.first - 1, max(-1, draft.first - 1 - _LIMIT_REACH), -1):
        if sentence.low(j) in _LIMITS and sentence.low(j - 1) != "upah":  # "upah minimum" is its name
            return _LIMITS[sentence.low(j)]
        if sentence.tokens[j].kind != "word" or sentence.low(j) in BOUNDARIES | {"selama", "yang", "adalah"}:
            return None
    return None


def _cap(sentence: Sentence, draft: Draft) -> str | None:
    """`beasiswa hingga Rp174 juta`: hingga as the cap of a benefit, not the end of a move or a range."""
    before = sentence.low(draft.first - 1)
    if before not in ("hingga", "sampai") and not (before == "dengan" and sentence.low(draft.first - 2) == "sampai"):
        return None
    relieving = {"relaksasi", "keringanan", "diskon", "potongan", "memotong", "pemotongan"}
    if draft.unit == "percent" and any(
        sentence.host(j) in relieving for j in range(max(0, draft.first - 8), draft.first)
    ):
        return "at_most"
    if draft.unit not in ("IDR", "USD"):
        return None
    granting = {"beasiswa", "santunan", "manfaat", "biaya", "maksimal", "bantuan", "perlindungan", "perawatan"}
    return "at_most" if any(sentence.host(j) in granting for j in range(max(0, draft.first - 8), draft.first)) else None


def _comparator_after(sentence: Sentence, draft: Draft) -> str | None:
    for hit in sentence.hits("comparator_after"):
        if hit.first not in (draft.last, draft.end):
            continue
        follower = sentence.low(hit.last)
        if sentence.low(hit.first) == "lebih" and follower in _COMPARED_BY:
            continue
        if sentence.low(hit.first) == "plus" and hit.last < len(sentence.tokens) and follower.isalpha():
            continue  # "Rp42 juta plus tabungan hari tua"
        return hit.value
    return None


# --- outlook -------------------------------------------------------------------------------------------------------


def set_outlook(sentence: Sentence) -> None:
    """Find which figures are aimed at or foreseen rather than reached."""
    for k, draft in enumerate(sentence.drafts):
        floor = sentence.drafts[k - 1].end if k else 0
        ceiling = sentence.drafts[k + 1].first if k + 1 < len(sentence.drafts) else len(sentence.tokens)
        draft.outlook = _outlook_before(sentence, draft, floor) or _outlook_after(sentence, draft, ceiling)
        if draft.outlook is None and k and _carries_outlook(sentence, k):
            draft.outlook = sentence.drafts[k - 1].outlook


def _carries_outlook(sentence: Sentence, k: int) -> bool:
    """A target goes on over "atau", "dan", "lalu naik ke" until something achieved is told."""
    before, draft = sentence.drafts[k - 1], sentence.drafts[k]
    if before.outlook is None:
        return False
    if sentence.low(before.end) == "dan" and draft.first - before.end <= 2:
        return True
    gap = sentence.hosts[before.end : draft.first]
    if any(word in ACHIEVED or word in ("dari",) for word in gap):
        return False
    same = before.unit_class == draft.unit_class
    connected = any(word in _CARRYING for word in gap)
    return same and connected and not any(word in (";", ".") for word in gap)


def _outlook_before(sentence: Sentence, draft: Draft, floor: int) -> str | None:
    for hit in reversed(sentence.hits("outlook")):
        if hit.last > draft.first or hit.first < floor:
            continue
        between = sentence.hosts[hit.last : draft.first]
        word = sentence.low(hit.first)
        if word == "bisa" and not _is_hoped(sentence, draft, between):
            continue
        if word in ("bakal", "akan", "hendak", "ingin") and len(between) > 6:
            continue
        if word == "usulan" and sentence.low(hit.first - 1) == "dari":
            continue  # a part of what was asked for
        if word == "target" and sentence.low(hit.first - 1) in ("dari", "persen") and not between:
            return hit.value
        if any(mark in between for mark in (";", ".")) or any(w in ACHIEVED - {"baru", "mencapai"} for w in between):
            continue
        if between.count(",") > 1 or ("," in between and len(between) > 10):
            continue
        return hit.value
    return None


def _is_hoped(sentence: Sentence, draft: Draft, between: list[str]) -> bool:
    if len(between) > 3 or draft.unit_class != "percent":
        return False
    return any(hit.value == "forecast" and sentence.low(hit.first) != "bisa" for hit in sentence.hits("outlook"))


def _outlook_after(sentence: Sentence, draft: Draft, ceiling: int) -> str | None:
    """`Setengah juta pekerja ditargetkan masuk`: a passive verb behind its subject."""
    for hit in sentence.hits("outlook"):
        if not draft.last <= hit.first < ceiling or sentence.low(hit.first) not in PASSIVE_OUTLOOK:
            continue
        between = sentence.lows[draft.last : hit.first]
        follower = sentence.low(hit.last)
        onward = ceiling < len(sentence.tokens) and ceiling - hit.last <= 3
        if not any(mark in between for mark in (",", ";")) and follower != "tambah" and not onward:
            return hit.value
    return None


# --- direction -----------------------------------------------------------------------------------------------------


def set_directions(sentence: Sentence) -> None:
    """Tell changes (`naik 12 persen`) from arrivals (`naik menjadi 12 persen`) and give both their direction."""
    moves = [hit for hit in sentence.hits("direction") if not _is_negated(sentence, hit)]
    for k, draft in enumerate(sentence.drafts):
        floor = sentence.drafts[k - 1].end if k else 0
        for hit in reversed(moves):
            if hit.last <= draft.first and hit.first >= floor and draft.first - hit.last <= _MOVED_REACH:
                _apply_move(sentence, draft, hit)
                break
        if k and not draft.changing and not draft.arriving:
            _arrive_after(sentence, sentence.drafts[k - 1], draft)
        if not draft.changing and not draft.arriving:
            _apply_later_move(sentence, k, moves)
            _came_from_pair(sentence, k, moves)
    _compare_sizes(sentence)
    _run_down(sentence)
    _mark_yoy(sentence)


def _run_down(sentence: Sentence) -> None:
    """`pada 2022 masih 64 orang, pada 2023 tinggal 39`: what is left of more that was told before."""
    if _LEFT.isdisjoint(sentence.lows):
        return
    for k, draft in enumerate(sentence.drafts):
        j = draft.first - 1
        while sentence.low(j) in ("sekitar", "sebanyak"):
            j -= 1
        later = sentence.drafts[k + 1] if k + 1 < len(sentence.drafts) else None
        behind = later is not None and "dari" in sentence.lows[draft.end : later.first] and later.low > draft.high
        more = (behind and later is not None and later.unit == draft.unit) or any(
            other.unit == draft.unit and other.low > draft.high and not other.changing for other in sentence.drafts[:k]
        )
        onward = sentence.low(draft.end) in _CLOSING or draft.end == len(sentence.tokens)
        if sentence.low(j) in _LEFT and more and onward and not draft.changing:
            draft.direction, draft.arriving = "down", True


def _compare_sizes(sentence: Sentence) -> None:
    """`18 persen lebih rendah daripada 2023`, `lebih sedikit 18 persen ketimbang kuartal II`: changes all the same."""
    if "lebih" not in sentence.lows:
        return
    for draft in sentence.drafts:
        if draft.changing or draft.arriving or draft.unit_class in ("duration", "rank"):
            continue
        behind = sentence.low(draft.end) == "lebih" and _SIZES.get(sentence.low(draft.end + 1))
        j = draft.first - 1
        while sentence.low(j) in DIRECTION_FILLERS:
            j -= 1
        ahead = sentence.low(j - 1) == "lebih" and sentence.low(j - 2) not in NEGATORS and _SIZES.get(sentence.low(j))
        compared = draft.unit_class in ("percent", "times") or sentence.low(draft.end) in THAN
        if behind or (ahead and compared):
            draft.direction, draft.changing = behind or ahead or None, True


def _arrive_after(sentence: Sentence, before: Draft, draft: Draft) -> None:
    """`naik 12 persen menjadi Rp9,4 miliar`, `melonjak ke 7.653 peserta senilai Rp85,9 miliar`."""
    gap = sentence.lows[before.end : draft.first]
    onward = _onward(gap)
    left = gap[-1:] and gap[-1] in _LEFT and len(gap) <= _LONGEST_WAY
    in_the_end = "sehingga" in gap and gap[-1] in _IN_THE_END
    if before.changing and draft.unit == before.unit and (left or in_the_end):
        draft.direction, draft.arriving, draft.to = before.direction, True, True
        return
    worth = before.arriving and "senilai" in gap and "," not in gap
    restated = (
        before.changing and [it for it in gap if it != ","][:1] in (["atau"], ["or"], ["setara"]) and len(gap) <= 3
    )
    if restated and draft.unit != before.unit and draft.unit_class not in ("duration", "rank"):
        draft.direction, draft.changing = before.direction, True
    elif worth or (before.changing and onward in (["menjadi"], ["jadi"], ["ke"], ["to"], ["hingga", "menjadi"])):
        draft.direction, draft.arriving, draft.to = before.direction, True, True
        if before.changing:
            draft.tag("from_to")


def _onward(gap: list[str]) -> list[str]:
    """The words that lead on to an arrival: "dalam enam bulan terakhir menjadi" only says "menjadi"."""
    led = [word for word in gap if word not in _SOFTENERS]
    while led[-1:] and led[-1] in _STANDS:
        led.pop()
    arrives = led[-1:] and led[-1] in ("menjadi", "jadi", "ke", "to")
    summed_up = "sehingga" in led
    if arrives and len(gap) <= _LONGEST_WAY and (summed_up or _NEW_CLAUSES.isdisjoint(led)):
        return [led[-1]]
    return led


def _is_negated(sentence: Sentence, hit: Hit) -> bool:
    return sentence.low(hit.first - 1) in NEGATORS or (
        sentence.low(hit.first - 2) in ("tidak", "tak") and sentence.low(hit.first - 1) in ("lagi", "akan", "ada")
    )


def _apply_move(sentence: Sentence, draft: Draft, hit: Hit) -> None:
    between = sentence.hosts[hit.last : draft.first]
    if any(word in (";", ".", ":") for word in between):
        return
    if any(word in ARRIVALS for word in between):
        if sentence.low(hit.first) in ("tambah", "tambahan", "menambah", "diskon", "memotong", "potongan"):
            return
        draft.direction, draft.arriving, draft.to = hit.value, True, True
        return
    if any(word in ORIGINS for word in between) and "kurang" not in between and "lebih" not in between:
        return
    noun = sentence.low(hit.first)
    if noun == "dipotong" and draft.unit_class != "money":
        return  # "upah dipotong 2 persen" is a contribution
    nominal = noun.startswith(("pe", "ke", "lonjakan", "lompatan")) or noun in _NOMINAL_MOVES
    fillers = all(word in DIRECTION_FILLERS for word in between)
    if fillers or (nominal and len(between) <= 6 and not any(word in (",", "dan") for word in between)):
        if draft.unit_class in ("duration", "rank"):
            return
        draft.direction, draft.changing = hit.value, True
    elif noun in _RELIEVING and draft.unit_class not in ("percent", "money"):
        return
    elif noun in _WIDE_MOVES and len(between) <= 5 and "," not in between:
        draft.direction, draft.changing = hit.value, True


def _apply_later_move(sentence: Sentence, k: int, moves: list[Hit]) -> None:
    """`55 juta orang, naik 10 persen dari 50 juta`: the level got its direction from what follows it."""
    if _came_from_next(sentence, k, moves) or k + 2 >= len(sentence.drafts):
        return
    draft, change, origin = sentence.drafts[k : k + 3]
    if draft.unit != origin.unit or (draft.unit_class == "percent" and change.unit_class != "percent"):
        return
    gap = sentence.hosts[change.end : origin.first]
    if not any(word in ORIGINS for word in gap) or "," in gap or len(gap) > _LONGEST_COMPARISON:
        return
    for hit in moves:
        if draft.end <= hit.first and hit.last <= change.first:
            draft.direction, draft.to, draft.from_ = hit.value, True, origin
            draft.tag("from_to")
            return


def _came_from_next(sentence: Sentence, k: int, moves: list[Hit]) -> bool:
    """`87 persen, naik dari 81 persen`, `41 million, up from 39 million`."""
    if k + 1 >= len(sentence.drafts):
        return False
    draft, origin = sentence.drafts[k : k + 2]
    move = next((hit for hit in moves if draft.end <= hit.first and hit.last <= origin.first), None)
    if move is None or draft.unit != origin.unit:
        return False
    apart = sentence.lows[draft.end : move.first]
    if len(apart) > 1 and (apart[-1] != "," or apart.count(",") > 1 or len(apart) > _LONGEST_ASIDE):
        return False
    words_between = sentence.hosts[move.first : origin.first]
    if CAME_FROM.isdisjoint(words_between) or len(words_between) > _LONGEST_ORIGIN:
        return False
    draft.direction, draft.to, draft.from_ = move.value, True, origin
    draft.tag("from_to")
    origin.tag("from_to")
    if draft.outlook is not None and draft.outlook == origin.outlook:
        origin.outlook = None  # an aim is above what was reached
    return True


def _came_from_pair(sentence: Sentence, k: int, moves: list[Hit]) -> None:
    """`9.874 kasus dengan nominal Rp131,6 miliar, melonjak dari 6.120 kasus senilai Rp79,3 miliar`: two at once."""
    if k + 3 >= len(sentence.drafts):
        return
    draft, worth, origin, its_worth = sentence.drafts[k : k + 4]
    paired = draft.unit == origin.unit and worth.unit == its_worth.unit and draft.unit != worth.unit
    if not paired or sentence.lows[worth.end : worth.end + 1] != [","]:
        return
    move = next((hit for hit in moves if hit.first == worth.end + 1), None)
    between = sentence.hosts[move.first : origin.first] if move is not None else []
    if move is None or CAME_FROM.isdisjoint(between) or len(between) > _LONGEST_ORIGIN:
        return
    for now, then in ((draft, origin), (worth, its_worth)):
        now.direction, now.to, now.from_ = move.value, True, then
        now.tag("from_to")
        then.tag("from_to")


def _mark_yoy(sentence: Sentence) -> None:
    for draft in sentence.drafts:
        if draft.unit == "times" and sentence.low(draft.last - 1) == "lipat" and not draft.arriving:
            draft.changing, draft.direction = True, draft.direction or "up"
        if sentence.low(draft.last) == "yoy" and draft.unit == "percent" and not draft.arriving:
            draft.changing = True


# --- from and to ---------------------------------------------------------------------------------------------------


def set_from_to(sentence: Sentence) -> None:
    """Pair `dari A menjadi B`, `A, lalu turun menjadi B`, `menjadi B, dari A sebelumnya`."""
    drafts = sentence.drafts
    for k, draft in enumerate(drafts):
        if draft.from_ is not None or draft.changing:
            continue
        later = drafts[k + 1] if k + 1 < len(drafts) else None
        if later is not None and (_was_formerly(sentence, draft, later) or _grew_since(sentence, draft, later)):
            draft.from_, draft.to = drafts[k + 1], True
            draft.direction = "up" if draft.low > drafts[k + 1].low else "down"
            draft.arriving = True
            continue
        earlier = _same_kind_before(drafts, k)
        if earlier is not None and _moves_on(sentence, earlier, draft):
            _pair(sentence, earlier, draft)
        elif draft.arriving and k + 1 < len(drafts):
            later = drafts[k + 1]
            gap = sentence.hosts[draft.end : later.first]
            if later.unit == draft.unit and {"dari", "from"} & set(gap[:6]) and len(gap) <= 7 and not later.changing:
                draft.from_ = later
                draft.tag("from_to")
                later.tag("from_to")


def _grew_since(sentence: Sentence, draft: Draft, later: Draft) -> bool:
    """`sudah 143 orang, tahun lalu baru 97`, `41,8 persen, padahal Desember tahun kemarin masih 29,3 persen`."""
    gap = sentence.lows[draft.end : later.first]
    same = later.unit == draft.unit and not later.changing and not draft.changing and draft.low != later.low
    dated = not _FORMER_TIMES.isdisjoint(gap)
    then = (
        dated
        or any(draft.end <= it.first and it.last < later.first for it in sentence.periods)
        or not _FORMER.isdisjoint(gap)
    )
    contrasted = not _CONTRASTS.isdisjoint(gap)
    only_then = gap[-1:] and (gap[-1] == "masih" or (gap[-1] in _ONLY_THEN and gap[:1] == [","] and not contrasted))
    return same and then and bool(only_then) and draft.outlook is None and len(gap) <= _LONGEST_ASIDE


def _was_formerly(sentence: Sentence, draft: Draft, later: Draft) -> bool:
    """`kini Rp370.000, semula Rp332.500`, `44 persen, sebelumnya 39 persen`."""
    gap = sentence.lows[draft.end : later.first]
    told = [word for word in gap if word not in ("dari", "yang", "hanya", "sekitar")]
    same = later.unit == draft.unit and not later.changing and draft.low != later.low
    if same and gap[:1] == ["dari"] and len(told) == 1 and told[0] in _FORMER:
        return True
    return same and told[:1] == [","] and len(told) == 2 and told[1] in _FORMER


_FORMER_TIMES = words("lalu silam kemarin")
_ONLY_THEN = words("baru cuma hanya")
_CONTRASTS = words("padahal sementara sedangkan namun tetapi")
_FORMER = THEN | {"sebelumnya", "dahulu"}


def _same_kind_before(drafts: list[Draft], k: int) -> Draft | None:
    for earlier in reversed(drafts[:k]):
        if earlier.unit == drafts[k].unit and not earlier.changing:
            return earlier
    return None


def _moves_on(sentence: Sentence, earlier: Draft, draft: Draft) -> bool:
    gap = sentence.hosts[earlier.end : draft.first]
    if any(word in (";", ".") for word in gap) or len(gap) > 22:
        return False
    if draft.arriving:
        return True
    j = earlier.first - 1
    while sentence.low(j) in _STANDS:
        j -= 1
    opened = sentence.low(j) in _STARTING_POINTS or any(
        sentence.low(j) in THEN for j in range(max(0, earlier.first - 6), earlier.first)
    )
    if not opened:
        return False
    links = {"menjadi", "jadi", "ke", "kini", "to", "sekarang", "menuju"} | ({"bisa"} if draft.outlook else set())
    return any(word in links for word in gap) and len(gap) <= 12


def _pair(sentence: Sentence, earlier: Draft, draft: Draft) -> None:
    draft.from_, draft.to = earlier, True
    draft.tag("from_to")
    if draft.outlook is None or earlier.outlook is None:
        earlier.tag("from_to")
    if draft.direction is None:
        draft.direction = "up" if draft.low > earlier.low else "down" if draft.low < earlier.low else None
