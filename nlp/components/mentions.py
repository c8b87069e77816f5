"""Where the agency, one of its products or a body that is taken for it is named."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import AgencyProfile, Mention
from nlp.document import locate, text_of
from nlp.profile import profile_from_config
from nlp.stretches import sentence_bounds
from nlp.vocabulary import AgencyVocabulary, Hit, Role

# A full name says more about which body a bare name means than a word of its field does.
_FULL_NAME_WEIGHT = 3


@Language.factory(
    "agency_mentions",
    assigns=["doc._.mentions"],
    requires=["token.is_sent_start"],
    default_config={"profile": {"name": "", "names": []}},
)
def make_agency_mentions(nlp: Language, name: str, profile: dict[str, Any]) -> "AgencyMentions":
    """The component for the profile in the configuration."""
    return AgencyMentions(profile_from_config(profile))


class AgencyMentions:
    """Names the profile lists; a bare name that two bodies share goes to the one that the words around it tell of."""

    def __init__(self, profile: AgencyProfile) -> None:
        self._profile = profile
        self._vocabulary = AgencyVocabulary(profile)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its mentions in `doc._.mentions`, in document order."""
        hits = self._vocabulary.find(text_of(doc))
        sentence_starts = [start for start, _ in sentence_bounds(doc)]
        leanings = _Leanings(hits, sentence_starts)
        mentions = (self._mention(doc, hit, leanings) for hit in hits)
        doc._.mentions = tuple(mention for mention in mentions if mention is not None)
        return doc

    def _mention(self, doc: Doc, hit: Hit, leanings: "_Leanings") -> Mention | None:
        span = locate(doc, hit.start, hit.end)
        if "agency" in hit.roles:
            return Mention(span.field, span.start, span.end, span.text, "agency", self._profile.name)
        if "product" in hit.roles:
            return Mention(span.field, span.start, span.end, span.text, "product", hit.phrase)
        if "lookalike" in hit.roles:
            return Mention(span.field, span.start, span.end, span.text, "lookalike", hit.phrase)
        if "bare" not in hit.roles:
            return None
        leaning = leanings.of(hit)
        if leaning < 0:
            other = self._profile.lookalikes[0] if self._profile.lookalikes else hit.phrase
            return Mention(span.field, span.start, span.end, span.text, "lookalike", other)
        # Nothing tells which body is meant: kept under the bare name, so that a reader of the mentions can see it.
        name = self._profile.name if leaning > 0 else hit.phrase
        return Mention(span.field, span.start, span.end, span.text, "agency", name)


class _Leanings:
    """Whom a bare name means: above zero the agency, below zero the other body, zero cannot be told."""

    def __init__(self, hits: Sequence[Hit], sentence_starts: Sequence[int]) -> None:
        self._starts = sentence_starts
        self._by_sentence: defaultdict[int, int] = defaultdict(int)
        for hit in hits:
            self._by_sentence[self._sentence(hit)] += _weight(hit.roles)
        self._names = sum(_weight(hit.roles) for hit in hits if hit.roles & {"agency", "product", "lookalike"})
        self._context = sum(_weight(hit.roles) for hit in hits)

    def of(self, hit: Hit) -> int:
        """The leaning of the nearest evidence that leans: the sentence, the full names, the next sentences, all."""
        sentence = self._sentence(hit)
        neighbours = self._by_sentence[sentence - 1] + self._by_sentence[sentence + 1]
        return self._by_sentence[sentence] or self._names or neighbours or self._context

    def _sentence(self, hit: Hit) -> int:
        return bisect_right(self._starts, hit.start)


def _weight(roles: frozenset[Role]) -> int:
    if roles & {"agency", "product"}:
        return _FULL_NAME_WEIGHT
    if "lookalike" in roles:
        return -_FULL_NAME_WEIGHT
    return ("own_context" in roles) - ("other_context" in roles)
