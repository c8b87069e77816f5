"""Period, place, segment, programme and status of every figure: where in the sentence its frame is set."""

from nlp.figures.lexicon import Hit
from nlp.figures.periods import Period
from nlp.figures.reading import Draft, Sentence

# What may stand between a figure and the period that dates it.
_DATING = frozenset(
    {
        "pada", "di", "per", "tahun", "sepanjang", "hingga", "sampai", "selama", "untuk", "dalam", "sejak", "orang", "peserta",
        "bulan", "akhir", "in", "since", "of", "during", "by", "kasus", "klaim", "saja", "(", "yoy", "periode", "dengan", "dari",
        "mulai", "awal", "for", "as",
    }
)  # fmt: skip
_COMPARING = frozenset({"dibanding", "dibandingkan", "ketimbang", "daripada", "lalu", "kemudian", "disusul", "versus"})
_ORIGINS = frozenset({"dari", "dibanding", "dibandingkan", "daripada", "ketimbang", "from"})
_SPEAKING = frozenset(
    {"kata", "ujar", "ucap", "tutur", "ungkap", "jelas", "sebut", "lanjut", "tambah", "katanya", "ujarnya", "imbuh"}
)


def set_periods(sentence: Sentence) -> None:
    """Give every figure the period of its own clause, else the frame that the sentence opened with."""
    periods = [period for period in sentence.periods if period.iso is not None and not _dates_speech(sentence, period)]
    drafts = sentence.drafts
    frame: Period | None = None
    for k, draft in enumerate(drafts):
        floor = drafts[k - 1].end if k else 0
        ceiling = drafts[k + 1].first if k + 1 < len(drafts) else len(sentence.tokens)
        own = _period_behind(sentence, draft, periods, ceiling) or _period_before(sentence, draft, periods, floor)
        if own is not None:
            draft.period = own.iso
            if not _is_origin(sentence, draft):
                frame = own
        elif frame is not None and _keeps_frame(sentence, k, frame):
            draft.period = frame.iso
            own = frame
        if own is not None and own.relative:
            draft.tag("relative_period")
    _carry_back(sentence, periods)


def _dates_speech(sentence: Sentence, period: Period) -> bool:
    return any(sentence.low(period.first - back) in _SPEAKING for back in (1, 2))


def _is_origin(sentence: Sentence, draft: Draft) -> bool:
    return any(other.from_ is draft for other in sentence.drafts)


def _period_behind(sentence: Sentence, draft: Draft, periods: list[Period], ceiling: int) -> Period | None:
    for period in periods:
        if not draft.last <= period.first < ceiling:
            continue
        between = [sentence.low(j) for j in range(draft.end, period.first)]
        if any(word in (",", ";", "dan") or word in _COMPARING for word in between):
            return None
        if sentence.low(period.first - 1) in _ORIGINS and draft.changing:
            return None
        if len(between) <= 2 or any(word in _DATING for word in between[-2:]):
            last = period.last
            onward = ceiling < len(sentence.tokens) and ceiling - last <= 1 and sentence.low(last) in ("sebanyak", "")
            return None if onward else period
    return None


def _period_before(sentence: Sentence, draft: Draft, periods: list[Period], floor: int) -> Period | None:
    for period in reversed(periods):
        if floor <= period.first and period.last <= draft.first:
            return period
    return None


def _keeps_frame(sentence: Sentence, k: int, frame: Period) -> bool:
    """An as-of frame goes on to later levels and changes, not to targets and not into a new main clause."""
    draft, before = sentence.drafts[k], sentence.drafts[k - 1]
    if draft.outlook is not None and before.outlook is None:
        return False
    if _is_origin(sentence, draft) and before.changing:
        return False
    if any(draft is other.from_ for other in sentence.drafts):
        return False
    return not (draft.unit in ("regions",) and before.unit_class == "percent")


def _carry_back(sentence: Sentence, periods: list[Period]) -> None:
    """A part and its whole, or a figure and its restatement, are told of one time when only the later one is dated."""
    if len(periods) != 1:
        return
    drafts = sentence.drafts
    if any(draft.period is None for draft in drafts) and drafts and drafts[-1].period is not None:
        period = periods[0]
        for k in range(len(drafts) - 2, -1, -1):
            draft, later = drafts[k], drafts[k + 1]
            if (
                draft.period is None
                and later.period is not None
                and later.outlook == draft.outlook
                and later.from_ is not draft
            ):
                gap = [sentence.low(j) for j in range(draft.end, later.first)]
                together = not any(word in (";", "target") for word in gap) and not later.arriving
                if together and (period.as_of or period.first > drafts[-1].first):
                    draft.period = later.period


def nearest(sentence: Sentence, draft: Draft, hits: list[Hit], k: int) -> str | None:
    """The value of the cue that frames the figure: behind it in its own stretch, else the last one before it."""
    drafts = sentence.drafts
    ceiling = drafts[k + 1].first if k + 1 < len(drafts) else len(sentence.tokens)
    for hit in hits:
        if draft.last <= hit.first < ceiling:
            between = [sentence.low(j) for j in range(draft.last, hit.first)]
            if not any(word in (",", ";", "dan", "dari", "atau") for word in between):
                return hit.value
    before = [hit for hit in hits if hit.last <= draft.first]
    return before[-1].value if before else None
