"""Tags that tell a reader of the figure what to beware of: how it was told, and what may be wrong with it."""

from nlp.figures.lexicon import words
from nlp.figures.reading import Draft, Sentence, is_title

# A debt below this is a slip when it is said to be that of many companies.
SMALLEST_DEBT_OF_MANY = 1_000_000
# Percentages are printed with two decimals; their difference may be rounded.
ROUNDING = 0.06
# "Jika dibandingkan tahun lalu" supposes nothing.
_ONLY_COMPARED = words(
    """
    dibanding dibandingkan dilihat ditotal dihitung digabung dijumlahkan dirinci dirata ditilik merujuk mengacu compared
    """
)
_EXACTLY = frozenset({"tepatnya", "persisnya", "exactly", "precisely"})


def set_cautions(sentence: Sentence) -> None:
    """Tag every figure of the sentence."""
    title = sentence.tokens[-1].text != "." and is_title(sentence)
    pairs = [(draft.from_.low, draft.low) for draft in sentence.drafts if draft.from_ and draft.unit == "percent"]
    for k, draft in enumerate(sentence.drafts):
        following = sentence.drafts[k + 1] if k + 1 < len(sentence.drafts) else None
        facts = {
            "english": sentence.english,
            "title": title,
            "hypothetical": _is_supposed(sentence, draft),
            "rate_per_month": draft.kind == "count" and _is_monthly(sentence, draft),
            "pp_semantics": _is_difference(draft, pairs),
            "source_error_suspected": _is_too_small(sentence, draft),
            "restated": following is not None and _is_restated(sentence, draft, following),
        }
        for tag, holds in facts.items():
            if holds:
                draft.tag(tag)
        if following is not None and _are_alternatives(sentence, draft, following):
            draft.tag("alternative")
            following.tag("alternative")


def _is_supposed(sentence: Sentence, draft: Draft) -> bool:
    """`misalnya upah Rp3 juta`; the condition of a rule ("jika peserta meninggal, …") supposes nothing."""
    kinds = {
        hit.value
        for hit in sentence.hits("hypothetical")
        if hit.first < draft.first and not (hit.value == "condition" and sentence.low(hit.last) in _ONLY_COMPARED)
    }
    return "example" in kinds or ("condition" in kinds and draft.kind != "rule")


def _is_monthly(sentence: Sentence, draft: Draft) -> bool:
    return sentence.low(draft.end) in ("per", "setiap", "tiap") and sentence.low(draft.end + 1) == "bulan"


def _is_difference(draft: Draft, pairs: list[tuple[float, float]]) -> bool:
    """`dari 52 persen ke 43 persen, turun 9 persen`: percent is printed, points are meant."""
    if draft.unit != "percent" or not draft.changing:
        return False
    return any(abs(abs(later - earlier) - draft.low) <= ROUNDING for earlier, later in pairs)


def _is_too_small(sentence: Sentence, draft: Draft) -> bool:
    """`tunggakan 30 perusahaan Rp470.000`: a scale word was lost."""
    if draft.metric != "arrears" or draft.unit != "IDR" or draft.high >= SMALLEST_DEBT_OF_MANY:
        return False
    several = any(other.unit == "companies" and other.low > 1 for other in sentence.drafts)
    return several or any(
        token.low in ("seluruh", "semua", "total") and sentence.low(i + 1) == "perusahaan"
        for i, token in enumerate(sentence.tokens)
    )


def _gap(sentence: Sentence, draft: Draft, following: Draft) -> list[str]:
    return sentence.lows[draft.end : following.first]


def _is_restated(sentence: Sentence, draft: Draft, following: Draft) -> bool:
    """`hampir Rp2 miliar atau tepatnya Rp1.978.450.000`."""
    gap = _gap(sentence, draft, following)
    return draft.unit_class == following.unit_class and len(gap) <= 6 and not _EXACTLY.isdisjoint(gap)


def _are_alternatives(sentence: Sentence, draft: Draft, following: Draft) -> bool:
    """`41 persen atau 46 persen`: two aims, of which one will hold."""
    gap = _gap(sentence, draft, following)
    aimed = draft.kind == following.kind == "target" and draft.unit == following.unit
    return aimed and gap[:1] in (["atau"], ["or"]) and len(gap) <= 4
