"""Period, place, segment, programme and status of every figure: where in the sentence its frame is set."""

from nlp.figures.cues import CAME_FROM
from nlp.figures.lexicon import Hit, words
from nlp.figures.periods import Period
from nlp.figures.reading import Draft, Sentence

# What may stand between a figure and the period that dates it.
_DATING = words(
    """
    pada di per tahun sepanjang hingga sampai selama untuk dalam sejak orang peserta bulan akhir in since of
    during by kasus klaim saja ( yoy periode dengan dari mulai awal for as
    """
)
_COMPARING = frozenset({"dibanding", "dibandingkan", "ketimbang", "daripada", "lalu", "kemudian", "disusul", "versus"})
# A bare year behind a noun ("DBH sawit 2023") dates that noun; one behind these words dates the sentence.
_OPENING = words(
    """
    pada sepanjang selama per sampai hingga di tahun sejak dalam akhir awal in during since by until periode
    posisi bulan buku anggaran ,
    """
)
_SPEAKING = words("kata ujar ucap tutur ungkap jelas sebut lanjut tambah katanya ujarnya imbuh")

# Between a sum and whom or what it was paid for, and between a number and the sum it is worth.
_PAID_FOR = words("untuk kepada bagi senilai dengan to in for sebesar worth")
_LONGEST_PAYMENT = 5
_SHORT_MOVE, _A_YEAR = 3, 4
_ONE_BREATH_ENDS = words(", ; sedangkan sementara dan namun tetapi dibanding dibandingkan ketimbang daripada setelah")
_AIMS = words("target sasaran")
_NOW = words("sekarang kini sementara saat")
_LISTING = words(", dan serta and pemkab pemkot pemprov kota kabupaten provinsi cabang")
_PHRASE_ENDS = words(", ; dan dari atau")


def set_periods(sentence: Sentence) -> None:
    """Give every figure the period of its own clause, else the frame that the sentence opened with."""
    periods = [period for period in sentence.periods if period.iso is not None and not _dates_speech(sentence, period)]
    if not periods:
        return
    aligned = respectively(sentence, [(period.first, period.last, period.iso or "") for period in periods])
    frame: Period | None = None
    framing: Draft | None = None
    taken: set[int] = set()
    for k, draft in enumerate(sentence.drafts):
        if k in aligned:
            draft.period = aligned[k]
            draft.tag("respectively")
            continue
        own = _own_period(sentence, k, [period for period in periods if period.first not in taken])
        if own is not None and own.last <= draft.first and _is_start_of_move(sentence, k):
            # "Pada Januari 2026 jeblok dari 29,3% ke 26%" dates where it arrived.
            frame, framing = own, sentence.drafts[k + 1]
            continue
        if own is not None:
            taken.add(own.first)
            if frame is None or not sentence.is_origin(draft):
                frame, framing = own, draft
        elif frame is not None and framing is not None:
            passed = frame.relative and "/" in (frame.iso or "")  # "dalam enam bulan terakhir menjadi …" is told of now
            goes_on = _arrives_from(sentence, k, framing) and not passed
            own = frame if goes_on or _keeps_frame(sentence, draft, framing, frame) else None
        if own is not None:
            draft.period = own.iso
            if own.relative:
                draft.tag("relative_period")
    if not aligned:
        _carry_back(sentence, periods)
        _share_period(sentence)
        _date_moves(sentence)


def _date_moves(sentence: Sentence) -> None:
    """`naik 42 persen, dari 118 pada 2022 menjadi 167 pada 2023`: a move is of the time when it arrived."""
    for change, origin, arrival in zip(sentence.drafts, sentence.drafts[1:], sentence.drafts[2:], strict=False):
        if change.changing and change.period is None and arrival.from_ is origin:
            change.period = arrival.period


def _arrives_from(sentence: Sentence, k: int, change: Draft) -> bool:
    """Whether the change led to the figure: "turun 12.300 orang menjadi B", "turun 12.300 orang, dari A ke B"."""
    draft, before = sentence.drafts[k], sentence.drafts[k - 1]
    if not change.changing:
        return False
    return (draft.arriving and before is change) or (
        draft.from_ is before and k > 1 and sentence.drafts[k - 2] is change
    )


def _is_start_of_move(sentence: Sentence, k: int) -> bool:
    """Whether the next figure is where a move from this one arrived: "dari A ke B"."""
    if k + 1 >= len(sentence.drafts) or sentence.drafts[k + 1].from_ is not sentence.drafts[k]:
        return False
    gap = sentence.lows[sentence.drafts[k].end : sentence.drafts[k + 1].first]
    return sentence.low(sentence.drafts[k].first - 1) in ("dari", "from") and len(gap) <= _SHORT_MOVE


def _share_period(sentence: Sentence) -> None:
    """What is told in one breath is of one time: a change and its arrival, a sum and what it was paid for."""
    drafts = sentence.drafts
    for k in range(len(drafts) - 2, -1, -1):
        draft, later = drafts[k], drafts[k + 1]
        if draft.period is not None or later.period is None:
            continue
        origins = [sentence.is_origin(it) for it in (draft, later)]
        if origins[1] and not origins[0]:
            continue
        gap = sentence.lows[draft.end : later.first]
        arrived = draft.changing and later.arriving and "," not in gap
        paid = gap[:1] and gap[0] in _PAID_FOR and len(gap) <= _LONGEST_PAYMENT and "," not in gap
        dated_behind = later.unit != draft.unit and later.from_ is not draft and _ONE_BREATH_ENDS.isdisjoint(gap)
        if arrived or (paid and draft.unit_class in ("money", "people", "cases")) or dated_behind:
            draft.period = later.period


def respectively(sentence: Sentence, listed: list[tuple[int, int, str]]) -> dict[int, str]:
    """The value of each figure of a list whose members follow a list told before: `2022, dan 2023 … 844, dan 4.478`."""
    drafts = sentence.drafts
    for run in _runs(sentence, [(first, last) for first, last, _ in listed]):
        start = next((k for k, draft in enumerate(drafts) if draft.first >= listed[run[-1]][1]), None)
        if len(run) < 2 or start is None or start + len(run) > len(drafts):
            continue
        members = drafts[start : start + len(run)]
        spans = [(draft.first, draft.end) for draft in members]
        chained = _runs(sentence, spans)
        enough = len(run) > 2 or any(token.low == "masing" for token in sentence.tokens)
        if enough and chained and len(chained[0]) == len(run) and len({draft.unit for draft in members}) == 1:
            return {start + n: listed[run[n]][2] for n in range(len(run))}
    return {}


def _runs(sentence: Sentence, spans: list[tuple[int, int]]) -> list[list[int]]:
    """Maximal runs of spans that only commas and "dan" separate."""
    runs: list[list[int]] = []
    for n, (first, _) in enumerate(spans):
        gap = [sentence.low(j) for j in range(spans[n - 1][1], first)] if n else ["?"]
        if gap and all(word in _LISTING for word in gap):
            runs[-1].append(n)
        else:
            runs.append([n])
    return [run for run in runs if len(run) > 1]


def _dates_speech(sentence: Sentence, period: Period) -> bool:
    return any(sentence.low(period.first - back) in _SPEAKING for back in (1, 2))


def _own_period(sentence: Sentence, k: int, periods: list[Period]) -> Period | None:
    drafts = sentence.drafts
    floor = drafts[k - 1].end if k else 0
    ceiling = drafts[k + 1].first if k + 1 < len(drafts) else len(sentence.tokens)
    behind = _period_behind(sentence, drafts[k], periods, ceiling)
    return behind or _period_before(drafts[k], periods, floor)


def _period_behind(sentence: Sentence, draft: Draft, periods: list[Period], ceiling: int) -> Period | None:
    for period in periods:
        if not draft.last <= period.first < ceiling:
            continue
        between = sentence.lows[draft.end : period.first]
        if any(word in (",", ";", "dan") or word in _COMPARING for word in between):
            return None
        if ceiling < len(sentence.tokens) and not _AIMS.isdisjoint(between):
            return None  # "84,5 persen dari target 2024 sebesar 40 persen"
        before_next = ceiling < len(sentence.tokens) and ceiling - period.last <= 1
        if _opener(sentence, period) in CAME_FROM and (draft.changing or before_next):
            return None
        closing = period.relative and sentence.low(period.last) in (",", ";", ".", "")
        if len(between) <= 2 or closing or any(word in _DATING for word in between[-2:]):
            return None if before_next and sentence.low(period.last) == "sebanyak" else period
    return None


def _opener(sentence: Sentence, period: Period) -> str:
    """The word that says how the period is meant, before "tahun", "akhir" and their like."""
    j = period.first - 1
    while sentence.low(j) in ("tahun", "bulan", "akhir", "awal", "periode", "posisi", "per"):
        j -= 1
    return sentence.low(j)


def _period_before(draft: Draft, periods: list[Period], floor: int) -> Period | None:
    for period in reversed(periods):
        if floor <= period.first and period.last <= draft.first:
            return period
    return None


def _keeps_frame(sentence: Sentence, draft: Draft, framing: Draft, frame: Period) -> bool:
    """An as-of frame goes on to later levels and changes, not to targets and not into a new main clause."""
    of_target = sentence.low(draft.first - 2) == "dari" and sentence.low(draft.first - 1) in _AIMS
    achieved = of_target and frame.iso is not None and len(frame.iso) == _A_YEAR
    if draft.outlook is not None and framing.outlook is None and not achieved:
        return False
    if sentence.is_origin(draft):
        return False
    if draft.unit == "regions" and framing.unit_class == "percent":
        return False
    between = sentence.lows[framing.end : draft.first]
    if framing.outlook is not None and draft.outlook is None and not _NOW.isdisjoint(between):
        return False
    if sentence.reads(draft.end, "di", "antaranya") and draft.unit == framing.unit:
        return True
    local = (
        frame.first > 0
        and not frame.relative
        and sentence.low(frame.first - 1) not in _OPENING
        and not frame.as_of
        and frame.last <= framing.first
    )
    origin = sentence.is_origin(framing)
    return not ((local or origin) and "," in between)


def _carry_back(sentence: Sentence, periods: list[Period]) -> None:
    """A period told once holds for the figures before it too, when they are told of one time."""
    drafts = sentence.drafts
    if len(periods) != 1 or not drafts:
        return
    period = periods[0]
    if all(draft.period is None for draft in drafts):
        last = drafts[-1]
        between = {sentence.low(j) for j in range(last.end, period.first)}
        opener = sentence.low(period.first - 1)
        dating = opener in _DATING - CAME_FROM or (opener in CAME_FROM | {","} and "/" in (period.iso or ""))
        compared = last.changing and _opener(sentence, period) in CAME_FROM
        closing = period.first >= last.end and dating and not compared and not between & (_SPEAKING | _COMPARING)
        if closing and not between & CAME_FROM - {"dari"}:
            for draft in drafts:
                draft.period = period.iso
        return
    for draft, later in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if (
            draft.period is not None
            or later.period is None
            or later.outlook != draft.outlook
            or later.from_ is draft
            or sentence.is_origin(later)
        ):
            continue
        gap = sentence.lows[draft.end : later.first]
        together = not any(word in (";", "target") for word in gap) and not later.arriving
        if together and (period.as_of or period.first > drafts[-1].first):
            draft.period = later.period


def expect_the_future(sentence: Sentence) -> None:
    """What is told of a time after the publication is foreseen, whatever the verb says."""
    if sentence.published is None:
        return
    for draft in sentence.drafts:
        future = draft.period is not None and draft.period > f"{sentence.published:%Y-%m-%d}"[: len(draft.period)]
        budgeted = draft.metric in ("budget", "contribution_budget")
        if future and not draft.partitive and not budgeted and draft.kind in ("level", "count", "amount"):
            draft.kind = "target"
            draft.tag("forecast")


def nearest(sentence: Sentence, draft: Draft, hits: list[Hit], k: int) -> str | None:
    """The value of the cue that frames the figure: behind it in its own stretch, else the last one before it."""
    drafts = sentence.drafts
    ceiling = drafts[k + 1].first if k + 1 < len(drafts) else len(sentence.tokens)
    for hit in hits:
        if draft.last <= hit.first < ceiling:
            between = sentence.lows[draft.last : hit.first]
            if not any(word in _PHRASE_ENDS for word in between):
                return hit.value
    before = [hit for hit in hits if hit.last <= draft.first]
    return before[-1].value if before else None
