"""`figures_in`: the stated figures of one sentence."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from nlp.attribution import Attribution, attributions
from nlp.figures.cautions import set_cautions
from nlp.figures.exclusions import without_link
from nlp.figures.lexicon import with_clitics
from nlp.figures.meaning import set_kinds, set_metrics
from nlp.figures.movement import set_comparators, set_directions, set_from_to, set_outlook
from nlp.figures.numerals import CURRENCIES, ENGLISH_LARGE_NUMBERS, ENGLISH_NUMBER_WORDS, NUMBER_WORDS
from nlp.figures.places import set_regions
from nlp.figures.reading import RANK_HEADS, Draft, Sentence, read_sentence
from nlp.figures.scope import expect_the_future, nearest, set_periods

# Longer "sentences" are tables or garbage; what stands beyond is not read.
LONGEST_SENTENCE = 5_000
_DIGIT = re.compile(r"\d")
# "(20/2/2025)", "Rosmiati (49)": a day or an age in brackets is all the digits that many sentences hold.
_ASIDE = re.compile(r"\((?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|1[0-2])/[0-9]{4}\)|\b[A-Z][^\W\d_]* ?\([0-9]{1,2}\)")
_TURNS = ("sementara", "sedangkan", "namun", "tetapi", ";")
_WORDS = re.compile(r"[^\W_]+")
# "A" opens nothing by itself; what it counts does.
_OPENERS = (NUMBER_WORDS | ENGLISH_NUMBER_WORDS | ENGLISH_LARGE_NUMBERS | with_clitics(RANK_HEADS)) - {"a"}


class StatedFigure(NamedTuple):
    """A stated figure with offsets into its sentence; the fields are those of `nlp.analysis.Figure`."""

    start: int
    end: int
    surface: str
    value: float | tuple[float, float]
    unit: str
    kind: str
    metric: str
    direction: str | None
    comparator: str
    from_: float | None
    to: float | None
    period: str | None
    region: str | None
    speaker: str | None
    segment: str | None
    program: str | None
    status: str | None
    tags: tuple[str, ...]


def figures_in(
    text: str, *, published: date | None = None, places: Sequence[tuple[int, int]] | None = None
) -> list[StatedFigure]:
    """The stated figures of one sentence in order; `published` resolves "tahun lalu" and "Februari".

    `places` are the spans of listed regions where the caller knows them; else the gazetteer is asked.
    """
    text = worth_reading(text)
    return read_figures(text, published, places) if text else []


def worth_reading(text: str) -> str:
    """What of a sentence may state figures: nothing of most, and this costs a tenth of reading them."""
    text = without_link(text)
    return text if _may_hold_numerals(text) else ""


def read_figures(text: str, published: date | None, places: Sequence[tuple[int, int]] | None) -> list[StatedFigure]:
    """The stated figures of a sentence that is worth reading."""
    sentence = read_sentence(text[:LONGEST_SENTENCE], published)
    if not sentence.drafts:
        return []
    set_comparators(sentence)
    set_outlook(sentence)
    set_directions(sentence)
    set_from_to(sentence)
    set_metrics(sentence)
    if not sentence.drafts:
        return []
    set_kinds(sentence)
    set_periods(sentence)
    expect_the_future(sentence)
    set_cautions(sentence)
    attributed = attributions(sentence.text, sentence.lows)
    regions = set_regions(sentence, attributed, places)
    return [
        _stated(sentence, draft, k, regions[k], _speaker(sentence, attributed, sentence.tokens[draft.first].start))
        for k, draft in enumerate(sentence.drafts)
    ]


def _may_hold_numerals(text: str) -> bool:
    if _DIGIT.search(text) and ("(" not in text or _DIGIT.search(_ASIDE.sub(" ", text))):
        return True
    return not _OPENERS.isdisjoint(_WORDS.findall(text.lower()))


def _speaker(sentence: Sentence, attributed: Sequence[Attribution], start: int) -> str | None:
    """The person who states what begins there, else the organisation; a pronoun names nobody, nor does a currency mark.

    Of several the one who was named last before it: "Yulianus menyebut 4.120, sementara Agustina mengakui 3.300".
    """
    told = [it for it in attributed if it.start <= start]
    if len(told) > 1 and told[-1].kind == "organisation" and told[-2].kind == "person":
        between = sentence.text[told[-2].end : told[-1].start].lower()
        if any(turn in between for turn in _TURNS):  # "… klaim Dadang, sementara hitungan Disnaker cuma 3.900"
            return told[-1].speaker
    for kind in ("person", "organisation"):
        named = [it for it in attributed if it.kind == kind and it.speaker.lower() not in CURRENCIES]
        before = [it for it in named if it.start <= start]
        if named:
            return (before or named)[-1 if before else 0].speaker
    return None


def _stated(sentence: Sentence, draft: Draft, k: int, region: str | None, speaker: str | None) -> StatedFigure:
    start = sentence.tokens[draft.first].start
    end = sentence.tokens[draft.last - 1].end
    value = draft.low if draft.low == draft.high else (draft.low, draft.high)
    moved = draft.kind in ("change", "target") or draft.arriving or draft.to or draft.metric == "contribution_relief"
    return StatedFigure(
        start=start,
        end=end,
        surface=sentence.text[start:end],
        value=value,
        unit=draft.unit or "",
        kind=draft.kind,
        metric=draft.metric,
        direction=draft.direction if moved else None,
        comparator=draft.comparator,
        from_=draft.from_.low if draft.from_ is not None else None,
        to=draft.high if draft.to else None,
        period=draft.period,
        region=None if draft.kind == "rule" and draft.metric != "wage" else region,
        speaker=speaker,
        segment=nearest(sentence, draft, sentence.hits("segment"), k),
        program=nearest(sentence, draft, sentence.hits("program"), k),
        status=_status(sentence, draft, k),
        tags=tuple(draft.tags),
    )


def _status(sentence: Sentence, draft: Draft, k: int) -> str | None:
    if draft.metric not in ("membership", "membership_new"):
        return None
    ceiling = sentence.drafts[k + 1].first if k + 1 < len(sentence.drafts) else len(sentence.tokens)
    return next((hit.value for hit in sentence.hits("status") if draft.last <= hit.first < ceiling), None)
