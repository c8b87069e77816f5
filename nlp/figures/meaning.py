"""Metric and kind of every figure: what is measured, and whether it is news, an aim or a rule."""

from itertools import pairwise

from nlp.figures.corrections import MERE_PEOPLE, PROTECTION, is_about_subsidy, reconsider
from nlp.figures.cues import BOUNDARIES, NEGATORS, STATUTORY_AMOUNTS, STRONG_BOUNDARIES, WEAK_BOUNDARIES
from nlp.figures.lexicon import Hit, words
from nlp.figures.metrics import DEFAULTS, SHARE_METRICS, TOPICS
from nlp.figures.movement import linked_to_previous
from nlp.figures.reading import Draft, Sentence

# A topic word in the same clause says most, on the figure's own side of its neighbours more than beyond them.
SAME_CLAUSE, OTHER_CLAUSE_LEFT, OTHER_CLAUSE_RIGHT = 3.0, 1.4, 0.6
BEYOND_LEFT, BEYOND_RIGHT = 0.8, -2.0
INTRODUCING_NEXT = -0.4
WEAK = 0.25
PER_TOKEN, PER_FIGURE = 0.07, 0.25
# "257 peserta" after "klaim": the counted noun itself tells less than the subject.
OWN_NOUN = {"member": -2.0, "worker": -0.6, "employers": -0.5}
_NEAR_NEGATION = 3
# "Yang harus dilindungi" are those who may be protected one day.
_OBLIGING = frozenset({"harus", "wajib", "seharusnya", "semestinya", "mestinya", "perlu"})
_BEFORE_WHOLE = words(
    "total sekitar lebih kurang jumlah sebanyak dari di hampir antara seluruh the of all potensi pagu "
    "dbh sawit cht cukai tembakau sebesar senilai anggaran"
)
# Growth without a subject is growth of membership.
GROWTH = frozenset({"tumbuh", "pertumbuhan", "bertumbuh", "growth", "grew"})
_WAGE_LIMITS = words(
    """
    jika batas syarat maksimal minimum umk ump umr plafon earning below under limit cap
    """
)
_PART_REACH, _SHORT = 3, 5
_LISTING = frozenset({",", "dan", "serta"})
_PROMISES = frozenset({"bisa", "berhak", "dapat", "akan"})
_RULE_METRICS = frozenset({"contribution_rate", "benefit_duration", "eligibility", "contribution_relief"})
_AGENT_REACH = 7
_WAGE_REACH = 12
_BUDGETS = frozenset({"budget", "contribution_budget"})
LARGEST_SUBSIDY = 1_000_000
_DURATION_METRICS = frozenset({"benefit_duration", "eligibility", "contribution_relief", "service", "arrears"})


def set_metrics(sentence: Sentence) -> None:
    """Choose the metric of every figure and drop durations that measure nothing."""
    topics = [(hit, _topic_of(sentence, hit)) for hit in sentence.topics if not _goes_along(sentence, hit)]
    marks = [i for i, token in enumerate(sentence.tokens) if token.low in BOUNDARIES]
    for k, draft in enumerate(sentence.drafts):
        draft.partitive = _is_partitive(sentence, k)
    chains = _chains(sentence)
    for k in range(len(sentence.drafts)):
        _choose(sentence, k, topics, _Surroundings(sentence, k, chains[k], marks))
        reconsider(sentence, k)
    _agree_in_apposition(sentence)
    _agree_on_arrival(sentence)
    _agree_with_following(sentence)
    _add_up(sentence)
    sentence.drafts = [draft for draft in sentence.drafts if _measures(draft)]


def _agree_in_apposition(sentence: Sentence) -> None:
    """`2 miliar orang, sekitar 58 persen pekerja`: a headcount takes the metric of the share that restates it."""
    for k in range(1, len(sentence.drafts)):
        before, draft = sentence.drafts[k - 1], sentence.drafts[k]
        restated = linked_to_previous(sentence, k) and draft.metric == "workforce" and before.unit == "people"
        if restated and before.topic in ("", "worker"):
            before.metric = "workforce"


def _agree_on_arrival(sentence: Sentence) -> None:
    """`Klaim naik 72 persen menjadi 1.902 kasus`: what grew is what is counted where it arrived."""
    for draft, arrived in pairwise(sentence.drafts):
        grown = arrived.changing and arrived.unit_class == "percent" and draft.unit == "people"
        if grown and draft.metric == "membership" and arrived.metric == "coverage":
            arrived.metric = "membership"  # "14.300 pekerja sudah jadi peserta, naik 9 persen"
        counted = arrived.arriving and arrived.unit_class not in ("percent", "money")
        grown_to = arrived.arriving and arrived.unit_class == "money" and draft.metric == "coverage" and not draft.topic
        if grown_to and draft.changing and draft.unit_class == "percent":
            draft.metric = arrived.metric  # "JHT turun 8,7 persen jadi Rp1,04 triliun"
        if counted and draft.changing and draft.unit_class in ("percent", "times"):
            draft.metric = arrived.metric
    for change, origin, arrival in zip(sentence.drafts, sentence.drafts[1:], sentence.drafts[2:], strict=False):
        if change.changing and change.unit_class == "percent" and arrival.from_ is origin and not change.topic:
            change.metric = arrival.metric  # "santunan naik 75 persen dari Rp24 juta menjadi Rp42 juta"


def _agree_with_following(sentence: Sentence) -> None:
    """`masing-masing lima, tujuh, dan tiga hari`: what is told short measures what the figure after it measures."""
    for draft, following in reversed(list(pairwise(sentence.drafts))):
        gap = sentence.lows[draft.end : following.first]
        if "elided_unit" in draft.tags and gap and _LISTING.issuperset(gap):
            draft.metric = following.metric
        if "achievement_or_coverage" in draft.tags and following.unit == "people" and len(gap) == 1:
            draft.metric = following.metric  # "tiga perempat kuota 20 ribu pekerja"
        if draft.unit == "percent" and not draft.changing and following.unit_class == "money" and gap == ["atau"]:
            draft.metric = following.metric  # "menyisihkan 8 persen atau Rp1,74 miliar"


def _add_up(sentence: Sentence) -> None:
    """A whole that is exactly the sum of the parts told after it measures what they measure."""
    for k, whole in enumerate(sentence.drafts):
        parts = [draft for draft in sentence.drafts[k + 1 :] if draft.unit == whole.unit]
        if whole.partitive and _sum_up_to(parts, whole) and len({part.metric for part in parts}) == 1:
            whole.metric = parts[0].metric
        elif _sum_up_to(parts, whole) and whole.topic not in MERE_PEOPLE:
            for part in parts:
                part.metric = whole.metric if part.topic in MERE_PEOPLE else part.metric


def _sum_up_to(parts: list[Draft], whole: Draft) -> bool:
    """Whether several figures sum up exactly to the one told before them."""
    return len(parts) > 1 and sum(part.low for part in parts) == whole.low


def _measures(draft: Draft) -> bool:
    if draft.unit_class == "duration":
        return draft.metric in _DURATION_METRICS
    return not (draft.unit == "programmes" and draft.metric == "other" and draft.low <= 10)


def _goes_along(sentence: Sentence, hit: Hit) -> bool:
    """`Klaim JKP ikut melonjak`: "ikut" before another verb joins nothing."""
    follower = sentence.low(hit.last)
    verb = (
        follower.startswith("me") and len(follower) > _SHORT and follower not in ("mendaftar", "menjadi", "menikmati")
    )
    moved = any(it.first == hit.last for it in sentence.hits("direction"))
    return sentence.low(hit.first) == "ikut" and hit.last - hit.first == 1 and (verb or moved)


def _topic_of(sentence: Sentence, hit: Hit) -> str:
    """The topic a word stands for here: "belum terlindungi" is the opposite of "terlindungi"."""
    if hit.value == "arrears_recovered" and sentence.low(hit.first - 1) in NEGATORS:
        return "arrears"  # "belum dilunasi"
    if hit.value != "protected":
        return hit.value
    for j in range(hit.first - 1, max(-1, hit.first - 1 - _NEAR_NEGATION), -1):
        word = sentence.low(j)
        if word in NEGATORS:
            return "unprotected"
        if word in _OBLIGING and sentence.low(j - 1) == "yang":
            return "potential"
        if word in (",", "yang", "dan", ";"):
            break
    return "protected"


def _is_partitive(sentence: Sentence, k: int) -> bool:
    """`Dari 92 juta pekerja hanya …`, `12 juta dari 41,5 juta`: the whole of which a part is told."""
    draft = sentence.drafts[k]
    j = draft.first - 1
    while draft.first - j <= 5 and sentence.low(j) in _BEFORE_WHOLE:
        if sentence.low(j) in ("dari", "of") and sentence.low(j - 1) not in ("lebih", "kurang"):
            before = sentence.drafts[k - 1] if k else None
            part_before = (
                before is not None
                and not before.changing
                and (j - before.end <= 1 or (j - before.end <= _PART_REACH and before.unit == draft.unit == "people"))
            )
            later = sentence.drafts[k + 1] if k + 1 < len(sentence.drafts) else None
            return part_before or (later is not None and not draft.arriving and later.from_ is not draft)
        j -= 1
    return False


def _choose(sentence: Sentence, k: int, topics: list[tuple[Hit, str]], around: "_Surroundings") -> None:
    draft = sentence.drafts[k]
    best = 0.0
    for hit, topic in topics:
        metric = _metric_in(topic, draft)
        if metric is None or (draft.partitive and topic in PROTECTION):
            continue
        if topic == "eligibility" and around.is_beyond(hit):
            continue
        if topic == "agents" and draft.unit == "people" and not _counts_agents(sentence, draft, hit):
            continue
        if topic == "multiple_of_wage" and not draft.last - 2 <= hit.first <= draft.last + 1:
            continue
        score = TOPICS[topic].weight + around.nearness(hit)
        if draft.noun is not None and hit.first >= draft.noun.first and hit.last <= draft.noun.last:
            score += OWN_NOUN.get(topic, 0.5)
        if score > best:
            best, draft.metric, draft.topic = score, metric, topic
    if not draft.metric:
        draft.metric = _without_topic(sentence, k)


def _metric_in(topic: str, draft: Draft) -> str | None:
    """What a figure of this unit measures in the topic; what doubled is what a percentage or sum of it measures."""
    metrics = TOPICS[topic].metrics
    if draft.unit_class != "times":
        return metrics.get(draft.unit_class)
    return next((metrics[unit] for unit in ("times", "percent", "money", "people") if unit in metrics), None)


def _counts_agents(sentence: Sentence, draft: Draft, hit: Hit) -> bool:
    """`512 agen`, `agen Perisai 512 orang`, never `128 agen mengakuisisi 9.602 pekerja`."""
    if draft.noun is not None and hit.first >= draft.noun.first and hit.last <= draft.noun.last + 1:
        return True
    persons = draft.noun is None or sentence.low(draft.noun.first) in ("orang", "people")
    return persons and (hit.first >= draft.last or draft.first - hit.last <= _AGENT_REACH)


def _without_topic(sentence: Sentence, k: int) -> str:
    """What the last figure of the same class measured, else what such figures usually do."""
    draft = sentence.drafts[k]
    like = next((other for other in reversed(sentence.drafts[:k]) if other.unit_class == draft.unit_class), None)
    if like is not None:
        return like.metric
    moves = sentence.hits("direction")
    growing = any(hit.last <= draft.first and sentence.host(hit.first) in GROWTH for hit in moves)
    return "membership" if growing and draft.unit_class == "percent" else DEFAULTS[draft.unit_class]


def _chains(sentence: Sentence) -> list[tuple[int, int]]:
    """First and last draft of the apposition ("79.613 orang atau 7,52 persen") that each draft belongs to."""
    starts: list[int] = []
    for k in range(len(sentence.drafts)):
        starts.append(starts[k - 1] if linked_to_previous(sentence, k) else k)
    ends = {start: k for k, start in enumerate(starts)}
    return [(start, ends[start]) for start in starts]


class _Surroundings:
    """Where a figure stands among its neighbours and clause ends, to tell how near a topic word is."""

    def __init__(self, sentence: Sentence, k: int, chain: tuple[int, int], marks: list[int]) -> None:
        drafts = sentence.drafts
        left, right = chain
        self._sentence = sentence
        self._draft = drafts[k]
        self._drafts = drafts
        self._before = drafts[left : k + 1]
        self._behind = drafts[k : right + 1]
        self._floor = drafts[left - 1].end if left else 0
        self._ceiling = drafts[right + 1].first if right + 1 < len(drafts) else len(sentence.tokens)
        self._marks = marks

    def is_beyond(self, hit: Hit) -> bool:
        """Whether another figure stands between the word and this one."""
        return hit.last <= self._floor or hit.first >= self._ceiling

    def nearness(self, hit: Hit) -> float:
        """How much the word at `hit` has to do with the figure, besides its own weight."""
        return self._nearness_behind(hit) if hit.first >= self._draft.last else self._nearness_before(hit)

    def _nearness_behind(self, hit: Hit) -> float:
        far = PER_TOKEN * (hit.first - self._draft.last)
        if hit.first >= self._ceiling:
            return BEYOND_RIGHT - far
        turned = not STRONG_BOUNDARIES.isdisjoint(self._sentence.lows[self._draft.last : hit.first])
        if turned and self._ceiling < len(self._sentence.tokens):  # "ada 6.540 orang, namun yang ikut baru 2.100"
            return INTRODUCING_NEXT - far
        if _introduces_next(self._sentence, self._draft, hit, self._ceiling):
            return INTRODUCING_NEXT - far
        crossed = self._crossed(self._draft.last, hit.first, self._behind)
        return (OTHER_CLAUSE_RIGHT - crossed * 0.3 if crossed else SAME_CLAUSE) - far

    def _nearness_before(self, hit: Hit) -> float:
        far = PER_TOKEN * (self._draft.first - hit.last)
        if hit.last <= self._floor:
            between = sum(hit.last <= other.first < self._draft.first for other in self._drafts)
            return BEYOND_LEFT - PER_FIGURE * between - far * 0.5
        crossed = self._crossed(hit.last, self._draft.first, self._before)
        return (OTHER_CLAUSE_LEFT - crossed * 0.2 if crossed else SAME_CLAUSE) - far

    def _crossed(self, first: int, last: int, chain: list[Draft]) -> float:
        """How many clause ends lie between; brackets and commas inside an apposition do not count."""
        crossed = 0.0
        for mark in self._marks:
            apposed = any(0 <= draft.first - mark <= 2 or mark == draft.end for draft in chain[1:])
            if not first <= mark < last or apposed:
                continue
            word = self._sentence.low(mark)
            crossed += 2 if word in STRONG_BOUNDARIES else WEAK if word in WEAK_BOUNDARIES else 1
        return crossed


def _introduces_next(sentence: Sentence, draft: Draft, hit: Hit, ceiling: int) -> bool:
    """`Rp230 miliar dari total iuran Rp930 miliar`: a word right before the next number is that number's subject."""
    if ceiling >= len(sentence.tokens) or (draft.noun is not None and hit.first < draft.noun.last):
        return False
    between = sentence.lows[draft.end : hit.first]
    return ceiling - hit.last <= 2 and any(
        word in ("dari", "dengan", "dan", ",", "serta", "untuk", ";", "senilai") for word in between
    )


# --- kind ----------------------------------------------------------------------------------------------------------


def set_kinds(sentence: Sentence) -> None:
    """The first that applies: target, change, rank, rule, share, then what the unit says."""
    general, event = bool(sentence.hits("rule")), bool(sentence.hits("event"))
    for draft in sentence.drafts:
        draft.kind = _kind(sentence, draft, general, event)
        if draft.kind == "target" and draft.outlook == "forecast":
            draft.tag("forecast")
    for draft in sentence.drafts:
        origin = draft.from_
        if origin is not None and origin.metric == draft.metric and "rule" in (draft.kind, origin.kind):
            draft.kind = origin.kind = "rule"  # a tariff that moves is one before and after


def _kind(sentence: Sentence, draft: Draft, general: bool, event: bool) -> str:
    if draft.outlook is not None and not _is_settled_now(sentence, draft):
        return "target"
    if _is_rule(sentence, draft, general, event):
        return "rule"
    if draft.changing:
        return "change"
    if draft.unit == "rank":
        return "rank"
    achieved = "achievement" in draft.tags
    if draft.unit in ("percent", "ratio") and draft.metric in SHARE_METRICS and not achieved:
        return "share"
    if draft.unit_class == "money":
        return "amount"
    if draft.unit_class in ("percent", "times", "duration") or _is_index(sentence, draft):
        return "level"
    return "count"


def _is_settled_now(sentence: Sentence, draft: Draft) -> bool:
    """Whether the number holds already though the sentence looks ahead: a rule, a minimum wage, money set aside."""
    if draft.metric in _RULE_METRICS or draft.metric == "benefit_amount":
        return True
    if draft.metric == "wage":
        return _limits_wages(sentence, draft)
    return draft.metric in _BUDGETS and draft.outlook == "forecast" and not draft.changing and not draft.arriving


def _limits_wages(sentence: Sentence, draft: Draft) -> bool:
    """`UMP Rp2,1 juta`, `batas upah Rp10 juta`, `bergaji di bawah Rp3,5 juta`."""
    near = range(max(0, draft.first - _WAGE_REACH), draft.first)
    capped = draft.comparator in ("at_most", "less_than")
    return draft.unit == "IDR" and (capped or any(sentence.host(j) in _WAGE_LIMITS for j in near))


def _is_index(sentence: Sentence, draft: Draft) -> bool:
    """`indeks kepuasan 93,4 poin` is a level, `12 titik layanan` a count."""
    return draft.unit == "points" and (draft.noun is None or sentence.low(draft.noun.first) == "poin")


def _is_rule(sentence: Sentence, draft: Draft, general: bool, event: bool) -> bool:
    if draft.metric == "contribution_relief" and draft.unit_class == "money":
        return False
    if draft.metric in _RULE_METRICS or (draft.unit == "times" and not draft.changing) or draft.topic == "penalty":
        return True
    if draft.metric == "agent_fee" and draft.unit == "IDR" and _is_per_head(sentence, draft):
        return True
    if draft.metric in ("benefit_amount", "agent_fee") and draft.unit_class == "percent":
        return not draft.changing
    if draft.metric == "wage":
        return _limits_wages(sentence, draft)
    if draft.metric == "budget" and draft.comparator in ("at_least", "at_most"):
        return any(token.low == "wajib" for token in sentence.tokens)
    if draft.metric == "beneficiaries" and draft.unit == "people":
        return draft.low <= 2 and general and not event
    return draft.metric == "benefit_amount" and draft.unit == "IDR" and _is_statutory(sentence, draft, general, event)


def _is_per_head(sentence: Sentence, draft: Draft) -> bool:
    """`Tiap agen memperoleh insentif Rp500.000`, `komisi Rp1.000 per peserta`."""
    near = range(max(0, draft.first - _AGENT_REACH), draft.last + 3)
    monthly = ("bulan", "bulannya", "tahun", "month")
    return any(
        sentence.low(j) in ("tiap", "setiap", "per", "each", "every") and sentence.low(j + 1) not in monthly
        for j in near
    )


def _is_statutory(sentence: Sentence, draft: Draft, general: bool, event: bool) -> bool:
    """Whether a benefit is told as what anybody gets, not as what somebody got."""
    if draft.comparator == "at_most":
        return draft.low in STATUTORY_AMOUNTS or not sentence.hits("handover")
    if draft.high <= LARGEST_SUBSIDY and is_about_subsidy(sentence):
        return True
    if draft.low not in STATUTORY_AMOUNTS or draft.numeral.is_range:
        promised = any(
            hit.first < draft.first and sentence.low(hit.first) in _PROMISES for hit in sentence.hits("rule")
        )
        return promised and not draft.numeral.vague
    if sentence.hits("handover"):
        return False
    if sentence.hits("condition"):
        return True
    return not event and (general or not (_names_a_payee(sentence) or _is_local(sentence)))


def _is_local(sentence: Sentence) -> bool:
    """Whether a place is named, as of something that happened there."""
    return any(
        token.low == "di" and sentence.tokens[i + 1].text[:1].isupper() for i, token in enumerate(sentence.tokens[:-1])
    )


def _names_a_payee(sentence: Sentence) -> bool:
    """Whether somebody in particular is paid: the sentence opens with a name that is no scheme."""
    first = sentence.tokens[0]
    return first.text[0].isupper() and sentence.low(1) in ("memperoleh", "menerima", "mendapat", "mendapatkan")
