"""The default model: scored cues and frames (`nlp.sentiment.cues`), read without any weights to ship."""

import re
from collections.abc import Sequence

from nlp.analysis import Tone
from nlp.sentiment.cues import CUES, FRAMES, NEGATION, Cue, Frame
from nlp.sentiment.model import Passage, Scores

VERSION = "lexicon-1"
LONGEST_JUDGED = 900  # characters of a passage, headline or lead that are read

_NEGATION_REACH = 18  # characters before a cue: "belum juga bisa" and the like
_SUPPORT = 0.2  # how much a second cue adds to the strongest


class LexiconSentiment:
    """Judges a passage by its cues, damped by what its article is about."""

    @property
    def version(self) -> str:
        """Says that the judgement is a lexicon's."""
        return VERSION

    def classify(self, passages: Sequence[Passage]) -> list[Scores]:
        """One judgement for each passage; a passage without cues is neutral."""
        framings: dict[tuple[str, str], tuple[float, float]] = {}
        judged = []
        for passage in passages:
            article = (passage.title, passage.lead)
            if article not in framings:
                framings[article] = _article_framing(*article)
            judged.append(_judge(passage.text[:LONGEST_JUDGED], framings[article]))
        return judged


def cues_in(sentence: str) -> list[tuple[Cue, Tone, float]]:
    """The cues of a sentence with the tone and the strength they have there."""
    found: list[tuple[Cue, Tone, float]] = []
    for cue in CUES:
        match = cue.compiled.search(sentence)
        if match is None or (cue.exception is not None and cue.exception.search(sentence)):
            continue
        if cue.always or not _is_negated(sentence, match):
            found.append((cue, cue.tone, cue.strength))
        elif cue.negated is not None:
            found.append((cue, *cue.negated))
    return found


def _is_negated(sentence: str, match: re.Match[str]) -> bool:
    return NEGATION.search(sentence, max(0, match.start() - _NEGATION_REACH), match.end()) is not None


def _judge(sentence: str, framing: tuple[float, float]) -> Scores:
    cues = cues_in(sentence)
    positive = _combined([strength for _, tone, strength in cues if tone == "positive"]) * framing[0]
    negative = _combined([strength for _, tone, strength in cues if tone == "negative"]) * framing[1]
    for frame in FRAMES:
        if frame.where == "sentence" and frame.compiled.search(sentence):
            positive, negative = positive * frame.positive, negative * frame.negative
    # Bad news and good news in one sentence: the press reports the bad, so it keeps more of its strength.
    positive, negative = positive * (1 - negative / 2), negative * (1 - positive / 4)
    silent = (1 - positive) * (1 - negative)
    total = positive + negative + silent
    return Scores(positive / total, silent / total, negative / total)


def _combined(strengths: Sequence[float]) -> float:
    ranked = sorted(strengths, reverse=True)
    return min(0.95, ranked[0] + _SUPPORT * (1 - ranked[0]) * len(ranked[1:3])) if ranked else 0.0


def _article_framing(title: str, lead: str) -> tuple[float, float]:
    """What is left of a positive and of a negative tone under the article's frames."""
    title, lead = title[:LONGEST_JUDGED], lead[:LONGEST_JUDGED]
    frames = [frame for frame in FRAMES if frame.where != "sentence" and _frames(frame, title, lead)]
    return min((frame.positive for frame in frames), default=1.0), min(
        (frame.negative for frame in frames), default=1.0
    )


def _frames(frame: Frame, title: str, lead: str) -> bool:
    places = (title,) if frame.where == "title" else (title, lead)
    if not any(frame.compiled.search(place) for place in places):
        return False
    return frame.exception is None or not any(frame.exception.search(place) for place in (title, lead))
