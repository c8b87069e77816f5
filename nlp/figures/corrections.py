"""What magnitude, neighbours and construction say against the nearest topic word.

`reconsider` goes through one figure at a time, from left to right, so that what stands before is settled. There is
one function per class of unit; every statement in it is one observation about how the press writes.
"""

from nlp.figures.cues import NEGATORS
from nlp.figures.metrics import TOPICS
from nlp.figures.movement import linked_to_previous
from nlp.figures.reading import WAGE_WORDS, Draft, Sentence
from nlp.figures.units import NOUN_LEXICON

# No single family is paid more than this; larger sums are totals.
LARGEST_BENEFIT = 1_000_000_000
SMALLEST_TOTAL = 500_000_000
SMALLEST_FUND = 5_000_000_000_000
SMALLEST_NAMELESS_FUND = 1_000_000_000_000
LARGEST_TARIFF = 1_000_000
LARGEST_MONTHLY = 100_000
TARIFFS = frozenset({16_800, 36_800, 8_400, 18_400, 6_800, 10_800, 20_000, 5_400, 11_800})
# No benefit is so small a part of the wage, no contribution larger.
LARGEST_CONTRIBUTION_RATE = 7
# Who gets the money told just before: claimants of a total, heirs of one benefit.
_PAYEE_METRICS = {"claims_paid": "claims_count", "benefit_amount": "beneficiaries"}
_SPENT_METRICS = frozenset({"budget", "contribution_budget", "contribution_collected"})
_CONTRIBUTIONS = frozenset({"iuran", "premi", "setoran", "contribution", "contributions", "premium", "premiums"})
_REALISED = frozenset({"terisi", "realisasi", "terealisasi", "tercapai", "capaian", "terealisir", "terpenuhi"})
_CONTRIBUTION_TOPICS = frozenset({"contribution", "contribution_rate"})
# Metrics that money of a local government turns out not to be, where it pays for workers' protection.
_BUDGETED = frozenset({"budget", "contribution_collected", "other", "claims_paid", "wage"})
_PUBLIC_PURSES = frozenset(
    {
        "pemkab", "pemkot", "pemprov", "pemda", "apbd", "dprd", "bupati", "gubernur", "wali", "walikota", "baznas",
        "pemdes", "pemerintah", "dbhcht", "dbh",
    }
)  # fmt: skip
_PROTECTING = frozenset(
    {"contribution", "contribution_rate", "protected", "protection", "unprotected", "contribution_budget"}
)
_OTHER_USES = frozenset({"benefit", "claims", "arrears", "arrears_recovered", "fund", "handover", "balance", "relief"})
_APIECE = frozenset({"masing", "per", "setiap", "tiap", "each", "apiece", "@"})
MANY = 3
"""Two heirs share one benefit; what more are paid is a total."""
_PAYEE_REACH = 5
_NEAR_TARIFFS = frozenset({"other", "benefit_amount", "contribution_relief", "contribution_collected"})
_MANAGED = frozenset({"dikelola", "kelolaan", "mengelola", "ditempatkan", "investasi"})
_TARGETS = frozenset({"target", "sasaran", "kuota", "rencana"})
_REACHED = frozenset({"protected", "recorded", "service"})
_DEATH_BENEFITS = frozenset({42_000_000, 20_000_000, 10_000_000, 12_000_000, 174_000_000})
_DEATH = frozenset({"meninggal", "wafat", "kematian", "kecelakaan", "tewas", "almarhum"})
_FOR_WORK = (["dari", "nilai", "proyek"], ["dari", "nilai", "kontrak"])
_NOT_MEMBERS = (
    "potential",
    "headcount",
    "unprotected",
    "left_behind",
    "workforce",
    "working",
    "layoffs",
    "claims",
    "benefit",
)
_MEMBERSHIP = frozenset({"peserta", "iuran", "ikut", "terdaftar", "mengiur", "kepesertaan"})
_CONDITIONS = frozenset({"asal", "asalkan", "syarat"})
_FAMILIES = frozenset({"keluarga", "ahli"})
_BENEFIT_NOUNS = frozenset(
    {"santunan", "manfaat", "beasiswa", "bsu", "bantuan", "jht", "jkk", "jkm", "jkp", "jp", "tunai", "pensiun"}
)
_PUPILS = frozenset({"anak", "siswa", "pelajar", "mahasiswa", "yatim"})
_RANKED = ("coverage", "compliance")
_GOING_ON = frozenset({"disusul", "menyusul", "diikuti"})
_TARGET_REACH = 3
_COUNTED_REACH = 6
_ROW_REACH = 7
_PARTLY_REACH = 7
_REALISED_REACH = 8
SMALLEST_PAID_TO_MANY = 1_000_000
_IN_ALL = frozenset({"seluruhnya", "total", "totalnya", "keseluruhan", "semuanya"})
_CARE = frozenset({"perawatan", "pengobatan", "dirawat", "operasi", "treatment"})
_SECTORS = frozenset({"informal", "formal", "sektor", "perempuan", "informally", "formally"})
_SETTLED = frozenset({"terealisasi", "lunas", "tertagih", "dilunasi", "dipulihkan", "terbayar", "kembali"})
_MEMBERS = frozenset({"peserta", "anggota", "members", "participants"})
_PAYEES = frozenset({"kepada", "untuk", "bagi", "buat", "to", "dari"})
_BREAKS = frozenset({",", ";", ":", "dari", "dengan", "sedangkan"})
_BEARERS = frozenset({"perusahaan", "pekerja", "peserta", "kerja", "pengusaha", "karyawan", "majikan", "buruh"})
_BORNE_BY = frozenset(
    {"menanggung", "membayar", "ditanggung", "dibayar", "menambahkan", "menambah", "memikul", "menyumbang"}
)
_BREAKING_DOWN = frozenset({"komposisi", "didominasi", "terdiri", "rinciannya", "perinciannya", "berasal"})
PROTECTION = frozenset({"protected", "unprotected", "new_member", "coverage"})
# Topics that speak of persons as such, not of what happened to them.
MERE_PEOPLE = frozenset({"", "member", "worker", "benefit", "paid"})


def reconsider(sentence: Sentence, k: int) -> None:
    """Settle the metric of draft `k`."""
    draft = sentence.drafts[k]
    before = sentence.drafts[k - 1] if k else None
    if draft.unit_class == "money":
        _reconsider_money(sentence, draft, before)
    elif draft.unit == "people":
        _reconsider_people(sentence, k, before)
    elif draft.unit_class in ("percent", "times"):
        _reconsider_percent(sentence, k, before)
    elif draft.unit == "companies":
        _reconsider_companies(sentence, draft, before)
    elif draft.unit == "rank":
        contest = "paritrana" in sentence.lows
        draft.metric = next((it for it in _RANKED if _speaks_of(sentence, it) and not contest), draft.metric)
    elif draft.unit_class == "duration":
        _reconsider_duration(sentence, draft, before)
    came_from = draft.from_ if draft.from_ is not None and draft.from_.metric else None
    if came_from is not None and (
        draft.topic in ("", "member", "worker") or came_from.topic in PROTECTION | {"member"}
    ):
        draft.metric = came_from.metric
    arrived = next((other for other in sentence.drafts[:k] if other.from_ is draft), None)
    if arrived is not None and draft.topic in ("", "member", "worker", "realisation"):
        draft.metric = arrived.metric
    _follow_previous(sentence, draft, before)


def _reconsider_duration(sentence: Sentence, draft: Draft, before: Draft | None) -> None:
    """How long one has to be a member, or contributions are behind."""
    asked = draft.comparator == "at_least" or not _CONDITIONS.isdisjoint(sentence.hosts)
    if asked and not _MEMBERSHIP.isdisjoint(sentence.hosts):
        draft.metric = "eligibility"  # "asalkan iurannya sudah masuk minimal 12 bulan"
    within = before is not None and before.unit_class == "duration" and before.metric == "eligibility"
    if within and sentence.reads(draft.last, "di", "antaranya"):
        draft.metric = "eligibility"
    if _speaks_of(sentence, "arrears") and not asked and draft.metric == "eligibility":
        draft.metric = "arrears"


def _reconsider_companies(sentence: Sentence, draft: Draft, before: Draft | None) -> None:
    if "sebagian" in sentence.lows[draft.end : draft.end + _PARTLY_REACH] and draft.topic in ("protected", "employers"):
        draft.metric = "non_compliance"  # "yang mendaftarkan pekerjanya cuma sebagian"
    if before is not None and before.metric == "arrears" and draft.topic in ("", "employers", "protected"):
        draft.metric = "non_compliance"
    elif draft.partitive and draft.topic not in ("potential", "non_compliance"):
        draft.metric = "employers"


def _reconsider_money(sentence: Sentence, draft: Draft, before: Draft | None) -> None:
    if before is not None and before.metric == "claims_count" and _is_worth_of(sentence, before, draft):
        draft.metric = "claims_paid"
    if draft.low in TARIFFS and draft.metric in _NEAR_TARIFFS:
        draft.metric = "contribution_rate"
    if draft.metric == "other" and draft.low in _DEATH_BENEFITS and not _DEATH.isdisjoint(sentence.hosts):
        draft.metric = "benefit_amount"
    if draft.low >= SMALLEST_FUND and (draft.metric == "other" or _is_managed(sentence, draft)):
        draft.metric = "fund"
    if draft.topic == "sum" and draft.high < SMALLEST_NAMELESS_FUND:
        draft.metric = "other"
    if draft.topic in _CONTRIBUTION_TOPICS and draft.metric in ("contribution_collected", "contribution_rate"):
        draft.metric = "contribution_rate" if _is_tariff(sentence, draft) else "contribution_collected"
    if draft.metric == "benefit_amount" and (
        _pays_many(sentence, draft) or _is_part_of_claims(sentence, before, draft)
    ):
        draft.metric = "claims_paid"
    if draft.metric == "arrears" and _pays_for_care(sentence) and not _speaks_of(sentence, "contribution"):
        draft.metric = "benefit_amount"  # "tagihan rumah sakitnya Rp97 juta"
    _reconsider_wage(sentence, draft)
    _reconsider_budget(sentence, draft)
    in_debt = _speaks_of(sentence, "enforcement", "arrears")
    if in_debt and (draft.topic in ("paid", "realisation") or _is_settled(sentence, draft)):
        draft.metric = "arrears_recovered"
    elif draft.topic == "paid" and draft.low <= SMALLEST_TOTAL and _speaks_of(sentence, "scheme", "benefit"):
        draft.metric = "benefit_amount"


def _reconsider_wage(sentence: Sentence, draft: Draft) -> None:
    """What is earned, by whom, and what is no wage though a subsidy has it in its name."""
    limited = draft.comparator in ("at_most", "less_than")
    if draft.metric == "wage" and _speaks_of(sentence, "agents"):
        draft.metric = "agent_fee"
    if draft.metric == "wage" and is_about_subsidy(sentence) and not limited:
        draft.metric = "benefit_amount" if draft.high <= LARGEST_BENEFIT else "budget"
    if draft.topic == "benefit" and _speaks_of(sentence, "wage") and _BENEFIT_NOUNS.isdisjoint(sentence.hosts):
        draft.metric = "wage"  # "buruhnya mengaku menerima Rp3,2 juta"


def _is_part_of_claims(sentence: Sentence, before: Draft | None, draft: Draft) -> bool:
    """`klaim Rp5,8 miliar, terbesar JHT Rp4,4 miliar, JKM Rp924 juta`."""
    if before is None or before.unit_class != "money" or before.metric != "claims_paid":
        return False
    return draft.topic == "scheme" and sentence.low(before.end) == ","


def _reconsider_budget(sentence: Sentence, draft: Draft) -> None:
    """What of a budget pays contributions; the whole of which a part does is the budget."""
    if (draft.partitive and draft.topic == "budget") or draft.low in TARIFFS:
        return
    if draft.metric in _BUDGETED and _is_public_money(sentence) and _protects(sentence):
        draft.metric = "contribution_budget"
    private = draft.metric == "contribution_budget" and not _is_public_money(sentence)
    if private and (_speaks_of(sentence, "benefit") or not _DEATH.isdisjoint(sentence.hosts)):
        draft.metric = "benefit_amount"  # "kebagian beasiswa Rp78,5 juta"
    if draft.metric == "contribution_budget" and not _speaks_of(sentence, *_PROTECTING, "worker", "member", "villages"):
        draft.metric = "budget"
    if draft.topic == "budget" and _is_spent_on_contributions(sentence, draft):
        draft.metric = "contribution_budget"


def _pays_many(sentence: Sentence, draft: Draft) -> bool:
    """More than one family gets, or for several claimants: the total of claims, not one benefit."""
    too_large = draft.low >= LARGEST_BENEFIT and not _pays_for_care(sentence)
    return too_large or _counts_cases_behind(sentence, draft) or _is_paid_to_many(sentence, draft)


def _is_public_money(sentence: Sentence) -> bool:
    """`Pemkab menyiapkan Rp2,7 miliar`, `dari APBD`: a local government pays."""
    return any(token.host in _PUBLIC_PURSES for token in sentence.tokens)


def _protects(sentence: Sentence) -> bool:
    """Whether contributions or the protection of workers are what is paid for, and no benefit or debt."""
    topics = {hit.value for hit in sentence.topics}
    return not topics.isdisjoint(_PROTECTING) and topics.isdisjoint(_OTHER_USES)


def _is_managed(sentence: Sentence, draft: Draft) -> bool:
    """`Dana Jaminan Pensiun yang dikelola Rp198 triliun`: no benefit, but what is kept for benefits."""
    return draft.topic in ("benefit", "scheme", "sum") and not _MANAGED.isdisjoint(sentence.hosts)


def _is_paid_to_many(sentence: Sentence, draft: Draft) -> bool:
    """`Rp425 juta untuk lima ahli waris`, `lima ahli waris menerima Rp425 juta`, never `masing-masing Rp85 juta`."""
    before = [sentence.low(j) for j in range(draft.first - 3, draft.first)]
    after = [sentence.low(j) for j in range(draft.last, draft.last + 3)]
    if draft.high <= SMALLEST_PAID_TO_MANY or draft.comparator == "at_most":
        return False
    if not _IN_ALL.isdisjoint(before):
        return any(other.unit == "people" and other.low >= MANY for other in sentence.drafts)
    if not _APIECE.isdisjoint(before) or not _APIECE.isdisjoint(after):
        return False
    k = next(number for number, other in enumerate(sentence.drafts) if other is draft)
    beside = [
        other for other in sentence.drafts[max(0, k - 1) : k + 2] if other.unit == "people" and other is not draft
    ]
    for payees in beside:
        between = range(draft.end, payees.first) if payees.first > draft.first else range(payees.end, draft.first)
        near = len(between) <= _PAYEE_REACH and not any(sentence.low(j) in (";", "dan", "sedangkan") for j in between)
        linked = payees.first < draft.first or any(sentence.low(j) in _PAYEES for j in between)
        if near and linked and payees.low >= MANY:
            return True
    return False


def _pays_for_care(sentence: Sentence) -> bool:
    """Of one patient: treatment after an accident at work is paid without a limit."""
    return any(token.host in _CARE for token in sentence.tokens)


def _is_spent_on_contributions(sentence: Sentence, draft: Draft) -> bool:
    """`Rp4 miliar dari APBD untuk iuran …`, but `DBH Rp38 miliar, Rp4 miliar di antaranya untuk iuran`."""
    next_first = next((other.first for other in sentence.drafts if other.first > draft.first), len(sentence.tokens))
    later_money = any(
        other.first > draft.first and (other.unit_class == "money" or sentence.low(other.last - 1).endswith("nya"))
        for other in sentence.drafts
    )
    end = next_first if later_money else len(sentence.tokens)
    return any(hit.value in _CONTRIBUTION_TOPICS and hit.first < end for hit in sentence.topics)


def _is_settled(sentence: Sentence, draft: Draft) -> bool:
    """`Dari Rp9 miliar yang ditagih, Rp3 miliar terealisasi`."""
    behind = [sentence.host(j) for j in range(draft.end, draft.end + 3)]
    paid = behind[:2] in (["sudah", "dibayar"], ["telah", "dibayar"], ["sudah", "masuk"])
    returned = sentence.low(draft.first - 1) == "kembali" and sentence.low(draft.first - 2) not in NEGATORS
    return (paid or returned or not _SETTLED.isdisjoint(behind)) and NEGATORS.isdisjoint(behind)


def _speaks_of(sentence: Sentence, *topics: str) -> bool:
    return any(hit.value in topics for hit in sentence.topics)


def _reconsider_people(sentence: Sentence, k: int, before: Draft | None) -> None:
    draft = sentence.drafts[k]
    if _is_part_of_next(sentence, k):
        draft.metric = "membership"
    if before is not None:
        _follow_payment(sentence, before, draft)
    if draft.partitive and not draft.topic:
        draft.metric = "potential"
    if sentence.low(draft.first - 1) == "tambahan" and draft.metric in ("membership", "potential"):
        draft.metric = "membership_new"
    if sentence.low(draft.end) == "belum" and sentence.low(draft.end + 1) in (".", ",", ";", ""):
        draft.metric = "uncovered"  # "3.466 sudah ter-cover, 1.654 belum"
    if before is not None and _is_told_in_a_row(sentence, before, draft):
        draft.metric = before.metric
    if draft.metric == "uncovered" and _counts_them_all(sentence, draft):
        draft.metric = "potential"
    if draft.topic == "worker" and _counts_members(sentence, draft, before):
        draft.metric = "membership"
    if _speaks_of(sentence, "beneficiaries") and draft.metric == "membership" and _counts(sentence, draft, _PUPILS):
        draft.metric = "beneficiaries"
    if _speaks_of(sentence, "benefit", "scheme") and draft.topic in MERE_PEOPLE and _counts(sentence, draft, _FAMILIES):
        draft.metric = "beneficiaries"
    if draft.topic in MERE_PEOPLE | _REACHED and is_about_subsidy(sentence):
        draft.metric = "beneficiaries"


def _follow_payment(sentence: Sentence, before: Draft, draft: Draft) -> None:
    """Who is told to be paid, or insured, with the money told before."""
    if all(sentence.low(j) not in _PAYEES for j in range(before.end, draft.first)):
        return
    if draft.topic in MERE_PEOPLE | {"layoffs"} and before.metric in _PAYEE_METRICS:
        draft.metric = _PAYEE_METRICS[before.metric]
    if draft.topic in MERE_PEOPLE and before.metric in _SPENT_METRICS:
        draft.metric = "membership"


def _counts(sentence: Sentence, draft: Draft, nouns: frozenset[str]) -> bool:
    return draft.noun is not None and sentence.host(draft.noun.first) in nouns


def _counts_members(sentence: Sentence, draft: Draft, before: Draft | None) -> bool:
    """Whether the people that a mere "pekerja" speaks of are members, or are to be."""
    aimed = draft.outlook is not None
    subject = _speaks_of(sentence, "member") and not _speaks_of(sentence, *_NOT_MEMBERS) and not draft.partitive
    return aimed or subject or _counts(sentence, draft, _MEMBERS) or _is_number_of_members(sentence, draft, before)


def is_about_subsidy(sentence: Sentence) -> bool:
    """Whether the wage subsidy, which the agency pays no part of, is named."""
    return any(hit.value == "BSU" for hit in sentence.hits("program"))


def _is_told_in_a_row(sentence: Sentence, before: Draft, draft: Draft) -> bool:
    """`1.050 marbot, 730 guru ngaji, dan 88 pinandita`: members of one list of people count for the same."""
    if before.unit != "people" or draft.topic not in MERE_PEOPLE or before.partitive:
        return False
    gap = sentence.tokens[before.end : draft.first]
    plain = all(token.low in (",", "dan", "serta") or token.text.islower() for token in gap)
    told = any(before.end <= hit.first < draft.first and hit.value not in MERE_PEOPLE for hit in sentence.topics)
    parted = any(token.low in (",", "dan", "serta") for token in gap[-2:])
    rest = any(token.low in ("tinggal", "sisanya", "sisa", "selebihnya") for token in gap)
    return plain and parted and not (told or rest) and len(gap) <= _ROW_REACH


def _counts_them_all(sentence: Sentence, draft: Draft) -> bool:
    """`… melaut tanpa jaminan sosial, padahal jumlah nelayannya lebih dari 9.000 orang`."""
    for j in range(max(0, draft.first - _COUNTED_REACH), draft.first):
        if sentence.low(j) == "jumlah" and NOUN_LEXICON.at(sentence.tokens, j + 1):
            return sentence.low(j - 1) in (",", "padahal")
    return False


def _is_number_of_members(sentence: Sentence, draft: Draft, before: Draft | None) -> bool:
    """`Jumlah peserta aktif di Malut per Desember 96.512 tenaga kerja`: the subject is told, the noun only its unit."""
    floor = before.end if before is not None else 0
    told = [hit for hit in sentence.topics if hit.value == "member" and floor <= hit.first and hit.last <= draft.first]
    return any(
        sentence.low(hit.first - 1) == "jumlah" and _BREAKS.isdisjoint(sentence.lows[hit.last : draft.first])
        for hit in told
    )


def _reconsider_percent(sentence: Sentence, k: int, before: Draft | None) -> None:
    _reconsider_share(sentence, k, before)
    _reconsider_rate(sentence, k, before)
    if _measures_achievement(sentence, k):
        _set_achievement(sentence.drafts[k], before)


def _reconsider_share(sentence: Sentence, k: int, before: Draft | None) -> None:
    """What people a percentage is a part of."""
    draft = sentence.drafts[k]
    if draft.metric in ("membership", "workforce") and _is_part_of_workers(sentence, draft):
        draft.metric = "coverage"
    if draft.topic == "worker" and not draft.changing and _speaks_of(sentence, "coverage"):
        draft.metric = "coverage"
    if draft.metric == "coverage" and _is_part_of_members(sentence, draft):
        draft.metric = "membership"
    if draft.metric == "membership" and not draft.changing and _is_only(sentence, draft):
        draft.metric = "coverage"
    if draft.metric == "membership" and _is_part_of_told_workers(sentence, k):
        draft.metric = "coverage"
    if _is_part_of_next(sentence, k) or (draft.metric == "membership" and draft.outlook and not draft.changing):
        draft.metric = "coverage"
    meant = sentence.low(draft.first - 1) in ("seharusnya", "semestinya") or sentence.low(draft.last) == "dari"
    if draft.topic == "potential" and meant:
        draft.metric = "coverage"  # "tertulis 74 persen, seharusnya 47 persen", "44 persen dari yang seharusnya ikut"
    if draft.topic == "member" and not draft.changing and _is_compared_with_coverage(sentence, k):
        draft.metric = "coverage"
    if draft.metric == "workforce" and _breaks_down_members(sentence, k):
        draft.metric = "membership"
    goes_on = before is not None and not _GOING_ON.isdisjoint(sentence.lows[before.end : draft.first])
    if before is not None and goes_on and before.unit == draft.unit and not draft.changing:
        draft.metric = before.metric  # "… 63 persen, disusul korban PHK 24,6 persen"
    if any(hit.value == "villages" for hit in NOUN_LEXICON.at(sentence.tokens, draft.last)):
        draft.metric = "villages"  # "100 persen kelurahan"


def _reconsider_rate(sentence: Sentence, k: int, before: Draft | None) -> None:
    """What money or claims a percentage is a part of."""
    draft = sentence.drafts[k]
    if draft.topic in ("contribution", "multiple_of_wage", "contribution_rate") and _is_tariff(sentence, draft):
        draft.metric = "contribution_rate"
    if not draft.changing and draft.high <= LARGEST_CONTRIBUTION_RATE and _is_rate(sentence, draft, before):
        draft.metric = "contribution_rate"
    if not draft.changing and _splits_rate(sentence, k):
        draft.metric = "contribution_rate"
    if draft.topic == "claims" and not draft.changing:
        of_money = any(it.metric == "claims_paid" and it.unit_class == "money" for it in sentence.drafts[:k])
        draft.metric = "claims_paid" if of_money else "claims_count"
    if sentence.low(draft.last) == "untuk" and sentence.host(draft.last + 1) in _CONTRIBUTIONS and not draft.changing:
        draft.metric = "contribution_budget"  # "DBH sawit Rp9,6 miliar, 20 persennya untuk iuran"
    if sentence.host(draft.last) in ("selesai", "rampung", "tuntas"):
        draft.metric = "service"
    if draft.metric == "contribution_collected" and _grows_in_budget(sentence, draft):
        draft.metric = "contribution_budget"
    if (
        draft.topic == "contribution"
        and sentence.low(draft.last) in ("dari", "iuran")
        and _speaks_of(sentence, "agent_fee")
    ):
        draft.metric = "agent_fee"  # "komisi 7,5 persen dari iuran"


def _grows_in_budget(sentence: Sentence, draft: Draft) -> bool:
    """`Serapan DBH tembakau untuk premi buruh linting meningkat 2,5 kali lipat`."""
    return draft.changing and _speaks_of(sentence, "budget", "contribution_budget")


def _is_compared_with_coverage(sentence: Sentence, k: int) -> bool:
    """`Cakupan BPU baru 17,2 persen, berbeda dengan segmen PU yang sudah 71 persen`."""
    told = [other for other in sentence.drafts[:k] if other.unit == "percent" and other.metric == "coverage"]
    return bool(told) and sentence.low(sentence.drafts[k].last) != "dari"


def _breaks_down_members(sentence: Sentence, k: int) -> bool:
    """`Komposisi 9.400 peserta didominasi pekerja perkebunan 54 persen`: a part of the members told before."""
    told = any(other.unit == "people" and other.metric == "membership" for other in sentence.drafts[:k])
    return told and not sentence.drafts[k].changing and not _BREAKING_DOWN.isdisjoint(sentence.hosts)


def _is_only(sentence: Sentence, draft: Draft) -> bool:
    """`Baru 30 persen, kepesertaan nelayan …`: so small a part of members is a part of those who should be."""
    j = draft.first - 1
    while sentence.low(j) in ("sekitar", "mencapai", "di", "kisaran", "angka"):
        j -= 1
    return sentence.low(j) in ("baru", "hanya", "cuma") and sentence.low(draft.last) != "dari"


def _is_part_of_next(sentence: Sentence, k: int) -> bool:
    """`12 juta dari 41,5 juta pekerja`: the part of a whole is the protected part unless its own words say else."""
    draft = sentence.drafts[k]
    if k + 1 >= len(sentence.drafts) or draft.topic in PROTECTION | {"claims", "beneficiaries", "non_compliance"}:
        return False
    whole = sentence.drafts[k + 1]
    return whole.partitive and whole.unit == "people" and 0 < whole.first - draft.end <= 4


def _splits_rate(sentence: Sentence, k: int) -> bool:
    """`iuran 5,7 persen, 3,7 persen ditanggung perusahaan dan 2 persen pekerja`."""
    draft = sentence.drafts[k]
    rates = [other for other in sentence.drafts[:k] if other.unit == "percent" and other.metric == "contribution_rate"]
    return (
        bool(rates) and draft.low < rates[0].low and draft.topic in ("", "protected", "worker", "employers", "scheme")
    )


def _measures_achievement(sentence: Sentence, k: int) -> bool:
    """`separuh target tercapai`, `81 persen dari target 50.030`, `target 17 juta orang atau 85 persen`."""
    draft = sentence.drafts[k]
    after = [sentence.host(j) for j in range(draft.last, draft.last + 3)]
    following = sentence.drafts[k + 1] if k + 1 < len(sentence.drafts) else None
    if not _TARGETS.isdisjoint(after[:1]) or (after[:1] == ["dari"] and not _TARGETS.isdisjoint(after[1:2])):
        beside = following is not None and following.first - draft.last <= _TARGET_REACH
        return following is None or following.unit_class != "percent" or not beside
    before = sentence.drafts[k - 1] if k else None
    if before is not None and before.unit_class != "percent" and linked_to_previous(sentence, k):
        aimed = any(other.outlook == "target" and other.unit == before.unit for other in sentence.drafts[: k - 1])
        told = any(sentence.host(j) in _REALISED for j in range(max(0, before.first - _REALISED_REACH), before.first))
        if aimed and told:
            return True
    if after[:2] == ["dari", "yang"] and sentence.low(draft.last + 2) in ("dipatok", "ditargetkan", "direncanakan"):
        return True
    restating = before is not None and linked_to_previous(sentence, k) and before.outlook == "target"
    return restating and before is not None and before.unit_class != "percent"


def _set_achievement(draft: Draft, before: Draft | None) -> None:
    """A part of a target is a level of what the target counts; without that nobody can tell what it measures."""
    draft.outlook = None
    if before is not None and before.unit_class != "percent":
        draft.metric = before.metric
        draft.tag("achievement")
    elif draft.topic:
        draft.tag("achievement")
    else:
        draft.metric = "other"
        draft.tag("achievement_or_coverage")


def _is_worth_of(sentence: Sentence, before: Draft, draft: Draft) -> bool:
    """`2.703 kasus senilai Rp36 miliar`, `(32 klaim) Rp3 miliar`."""
    gap = sentence.lows[before.end : draft.first]
    if before.unit == "cases" and gap in ([], [")"], ["("]):
        return True
    return len(gap) <= 5 and any(word in ("senilai", "nilai", "sebesar", "nominal") for word in gap)


def _counts_cases_behind(sentence: Sentence, draft: Draft) -> bool:
    """`JKK Rp611 juta (44 kasus)`: what many cases were paid."""
    behind = next((other for other in sentence.drafts if other.first > draft.first), None)
    apposed = behind is not None and sentence.lows[draft.end : behind.first] == ["("]
    return apposed and behind is not None and behind.unit == "cases" and behind.low >= MANY


def _is_part_of_workers(sentence: Sentence, draft: Draft) -> bool:
    """`10 persen dari total pekerja` of members is coverage, whatever the subject is called."""
    after = [sentence.low(j) for j in range(draft.last, draft.last + 6)]
    sectors = any(token.host in _SECTORS for token in sentence.tokens)
    if after[0] not in ("dari", "of") or draft.changing or (draft.metric == "workforce" and sectors):
        return False
    return any(
        word in ("pekerja", "angkatan", "tenaga", "penduduk", "potensi", "semesta", "workforce") for word in after
    )


def _is_part_of_told_workers(sentence: Sentence, k: int) -> bool:
    """`Dari 214.870 pekerja baru 88.305 orang alias 41,1 persen`: the share restates a part of those told first."""
    workers = any(other.partitive and other.metric in ("potential", "workforce") for other in sentence.drafts[:k])
    return workers and linked_to_previous(sentence, k) and not sentence.drafts[k].changing


def _is_part_of_members(sentence: Sentence, draft: Draft) -> bool:
    """`23,5 persen dari seluruh peserta`: a part of the members, not of those who should be."""
    if sentence.low(draft.last) not in ("dari", "of") or draft.changing:
        return False
    after = [sentence.host(j) for j in range(draft.last + 1, draft.last + 5)]
    return any(word in ("peserta", "kepesertaan", "anggota", "members", "participants") for word in after)


def _is_tariff(sentence: Sentence, draft: Draft) -> bool:
    """`iuran 5,7 persen dari gaji`, `Rp16.800 per bulan`: what one member pays."""
    if draft.unit == "IDR" and (draft.low in TARIFFS or _is_paid_monthly(sentence, draft)):
        return True
    near = {sentence.host(j) for j in range(max(0, draft.first - 8), draft.first)}
    if near.isdisjoint(_CONTRIBUTIONS) and draft.topic != "contribution_rate":
        return False
    after = [sentence.low(j) for j in range(draft.last, draft.last + 4)]
    if draft.unit_class == "percent":
        return any(word in WAGE_WORDS for word in after)
    return draft.unit == "IDR" and draft.high <= LARGEST_TARIFF


def _is_paid_monthly(sentence: Sentence, draft: Draft) -> bool:
    after = [sentence.low(draft.last), sentence.low(draft.last + 1)]
    return draft.high <= LARGEST_MONTHLY and (after[0] == "sebulan" or after == ["per", "bulan"])


def _is_rate(sentence: Sentence, draft: Draft, before: Draft | None) -> bool:
    """`2 persen dari upah`, `perusahaan menanggung 3,7 persen`, `upah dipotong 2 persen`, `… dan majikan 2 persen`."""
    word = sentence.low(draft.first - 1)
    borne = word in _BORNE_BY and sentence.low(draft.first - 2) in _BEARERS
    withheld = word == "dipotong" and any(sentence.host(draft.first - back) in WAGE_WORDS for back in range(2, 6))
    shared = word in _BEARERS and before is not None and before.metric == "contribution_rate"
    built = sentence.lows[draft.last : draft.last + 3] in _FOR_WORK  # what a contractor pays
    return borne or withheld or shared or built or _is_part_of_wage(sentence, draft)


def _is_part_of_wage(sentence: Sentence, draft: Draft) -> bool:
    """`2 persen dari upah`, `2 percent of their reported income`."""
    if sentence.low(draft.last) not in ("dari", "of"):
        return sentence.low(draft.last) in WAGE_WORDS
    return any(sentence.low(j) in WAGE_WORDS for j in range(draft.last + 1, draft.last + 5))


def _follow_previous(sentence: Sentence, draft: Draft, before: Draft | None) -> None:
    """A change behind a level measures what the level measures: `854 ribu klaim, naik 26,2 persen`.

    So does the level that a change leads to: `UMP naik 6,5 persen menjadi Rp2.169.349`.
    """
    if before is None:
        return
    arrives = draft.arriving and before.changing and draft.first - before.end <= 2 and draft.unit_class == "money"
    if arrives and before.metric in TOPICS["wage"].metrics.values():
        draft.metric = before.metric
    if not draft.changing or draft.unit_class not in ("percent", "times"):
        return
    gap = sentence.lows[before.end : draft.first]
    if len(gap) <= 6 and not before.changing and before.metric and not _has_own_topic(sentence, before, draft):
        draft.metric = before.metric


def _has_own_topic(sentence: Sentence, before: Draft, draft: Draft) -> bool:
    return any(
        before.end <= hit.first and hit.last <= draft.first and draft.unit_class in TOPICS[hit.value].metrics
        for hit in sentence.topics
    )
