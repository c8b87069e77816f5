"""Whether a sentence goes on telling what the sentence before it told."""

from collections.abc import Iterable

from nlp.analysis import Figure
from nlp.naming.words import word_set
from nlp.resolution.reading import has, phrases

# What means the number of the sentence before, also across a paragraph.
POINTING = phrases(
    """
    jumlah itu | jumlah tersebut | jumlah ini | angka itu | angka tersebut | angka ini | total itu | total tersebut |
    capaian itu | capaian tersebut | capaian ini | nilai itu | nilai tersebut | dana itu | dana tersebut |
    klaim itu | klaim tersebut | santunan itu | santunan tersebut | tunggakan itu | tunggakan tersebut |
    piutang itu | piutang tersebut | iuran itu | iuran tersebut | pada periode yang sama | periode yang sama |
    pada periode itu | dalam periode itu | pada kurun waktu itu | that figure | of these | of which | of them
    """
)
# What goes on with the tally of the sentence before in its paragraph.
CONTINUING = POINTING + phrases(
    """
    dari jumlah | rinciannya | rincian | dengan rincian | terdiri dari | terdiri atas | di antaranya | diantaranya |
    antara lain | sisanya | selebihnya | dari total | dengan nominal | dengan nilai | disusul | diikuti | menyusul |
    masing-masing | itu setara | itu terdiri | mendominasi | didominasi | terbanyak | terbesar | the rest |
    followed by
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
    """Whether the sentence's words go on with what the sentence before counted: "jumlah itu", "nilainya", "disusul"."""
    if has(words, CONTINUING) or any(words.startswith(phrase) for phrase in OPENING):
        return True
    opening = words.split(maxsplit=_ANAPHORIC_WITHIN)[:_ANAPHORIC_WITHIN]
    return any(word in POINTERS or (word.endswith("nya") and word not in NOT_ANAPHORIC) for word in opening)


def points_back(words: str) -> bool:
    """Whether the sentence's words mean a number that was just told: "dari jumlah tersebut"."""
    return has(words, POINTING)


def is_of_one_tally(figure: Figure, others: Iterable[Figure]) -> bool:
    """Whether the figure's metric is that of another, or one that is told together with it."""
    families = [family for family in FAMILIES if figure.metric in family]
    return any(
        (other.metric == figure.metric and figure.metric != "other") or any(other.metric in it for it in families)
        for other in others
    )
