"""Whether a sentence goes on telling what the sentence before it told."""

from collections.abc import Iterable

from nlp.analysis import Figure
from nlp.naming import word_set
from nlp.resolution.reading import has, phrases

# What points back to the sentence before, wherever it stands in its own.
CONTINUING = phrases(
    """
    jumlah itu | jumlah tersebut | jumlah ini | dari jumlah | angka itu | angka tersebut | angka ini | rinciannya |
    rincian | dengan rincian | terdiri dari | terdiri atas | di antaranya | diantaranya | antara lain | sisanya |
    selebihnya | dari total | total itu | total tersebut | capaian itu | capaian tersebut | capaian ini | nilai itu |
    nilai tersebut | dengan nominal | dengan nilai | dana itu | dana tersebut | klaim itu | klaim tersebut | disusul |
    diikuti | menyusul | pada periode yang sama | periode yang sama | pada periode itu | dalam periode itu |
    pada kurun waktu itu | masing-masing | itu setara | itu terdiri | mendominasi | didominasi | terbanyak | terbesar |
    that figure | of these | of which | of them | the rest | followed by
    """
)
# What opens a sentence that goes on.
OPENING = phrases("adapun | selain itu | sementara itu | sedangkan | sementara | kemudian | yakni | yaitu")
# Among the first words these point back: "santunan mereka", "angka kecelakaan itu".
POINTERS = frozenset({"mereka", "itu", "tersebut"})
# Words with -nya that point to no number before: how it was said, when, and how the writer sees it.
NOT_ANAPHORIC = word_set(
    """
    sebelumnya selanjutnya berikutnya akhirnya awalnya nantinya biasanya umumnya sebenarnya sesungguhnya sayangnya
    misalnya seharusnya setidaknya sedikitnya pihaknya hanya tanya menurutnya artinya maksudnya rupanya ternyata
    khususnya terutamanya hendaknya sebaiknya tentunya pastinya adanya katanya ujarnya ucapnya tuturnya lanjutnya
    tambahnya jelasnya ungkapnya paparnya terangnya tegasnya imbuhnya sebutnya bebernya pungkasnya tandasnya urainya
    rincinya akunya punya kesemuanya satunya lainnya
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
_ANAPHORIC_WITHIN = 3


def continues(words: str) -> bool:
    """Whether the sentence's words point back to a number of the sentence before: "jumlah itu", "nilainya"."""
    if has(words, CONTINUING) or any(words.startswith(phrase) for phrase in OPENING):
        return True
    opening = words.split(maxsplit=_ANAPHORIC_WITHIN)[:_ANAPHORIC_WITHIN]
    return any(word in POINTERS or (word.endswith("nya") and word not in NOT_ANAPHORIC) for word in opening)


def is_of_one_tally(figure: Figure, others: Iterable[Figure]) -> bool:
    """Whether the figure's metric is that of another, or one that is told together with it."""
    families = [family for family in FAMILIES if figure.metric in family]
    return any(
        (other.metric == figure.metric and figure.metric != "other") or any(other.metric in it for it in families)
        for other in others
    )
