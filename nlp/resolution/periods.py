"""The period of a figure whose sentence tells none: carried from the sentence before, or from where it is restated."""

from collections.abc import Iterable

from nlp.analysis import Figure, Origin, Resolution
from nlp.resolution.reading import Reading, has, phrases

# What goes on telling of the time that the sentence before told of.
CONTINUING = phrases(
    """
    jumlah itu | jumlah tersebut | dari jumlah | angka itu | angka tersebut | rinciannya | rincian | terdiri dari |
    terdiri atas | di antaranya | antara lain | sisanya | selebihnya | dari total | total itu | total tersebut |
    capaian itu | capaian tersebut | nilai itu | nilainya | nominalnya | dengan nominal | kemudian | disusul |
    selain itu | adapun | sementara itu | sedangkan | juga | pada periode yang sama | periode yang sama |
    pada periode itu | dalam periode itu | masing-masing | yakni | yaitu | of these | of which | the rest
    """
)
# What turns to another time.
TURNING = phrases(
    """
    sebelumnya | dahulu | dulu | ke depan | mendatang | nantinya | kini | saat ini | sekarang | hari ini | selama ini |
    setiap tahun | setiap bulan | per bulan | tiap bulan | sejak | pernah | currently | previously
    """
)
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"coverage", "uncovered", "membership", "potential", "workforce"}),
    frozenset({"claims_paid", "claims_count", "claims_ratio", "beneficiaries", "benefit_amount"}),
    frozenset({"arrears", "arrears_recovered", "non_compliance", "compliance", "enforcement"}),
    frozenset({"contribution_collected", "contribution_budget", "budget"}),
    frozenset({"fund", "investment_yield"}),
)
"""Metrics that one tally tells together."""
_UNDATED = frozenset({"rule", "target", "rank"})
_FURTHEST = 1


def resolve_period(reading: Reading, number: int, at: int) -> Resolution | None:
    """The period of figure `number` in sentence `at`; none rather than a wrong one."""
    figure, told = reading.figures[number], reading.sentences[at]
    if figure.period is not None or figure.kind in _UNDATED or "hypothetical" in figure.tags:
        return None
    restated = _restated(reading, number)
    if restated is not None:
        origin: Origin = "headline" if restated.field == "title" else "article"
        return Resolution("period", restated.period or "", origin, restated.sentence)
    if any(reading.figures[other].period for other in told.figures) or has(told.words, TURNING):
        return None
    before = reading.sentences[at - 1] if at else None
    if before is None or before.span.field != told.span.field or told.paragraph - before.paragraph > _FURTHEST:
        return None
    if reading.text[before.span.end : told.span.start].strip():
        return None  # a sentence without figures stands between
    dated = [reading.figures[other] for other in before.figures if reading.figures[other].period]
    periods = {other.period for other in dated}
    if len(periods) != 1 or any(other.kind in _UNDATED for other in dated):
        return None
    if not (has(told.words, CONTINUING) or _is_of_one_tally(figure, dated)):
        return None
    return Resolution("period", periods.pop() or "", "previous_sentence", before.span)


def _restated(reading: Reading, number: int) -> Figure | None:
    """The same figure with a period elsewhere: of the headline in the text, or of the text in the headline."""
    figure = reading.figures[number]
    same = [
        other
        for other in reading.figures
        if other.field != figure.field
        and other.period
        and (other.value, other.unit, other.metric, other.kind)
        == (figure.value, figure.unit, figure.metric, figure.kind)
    ]
    return same[0] if len({other.period for other in same}) == 1 else None


def _is_of_one_tally(figure: Figure, others: Iterable[Figure]) -> bool:
    families = [family for family in FAMILIES if figure.metric in family]
    return any(other.metric == figure.metric or any(other.metric in family for family in families) for other in others)
