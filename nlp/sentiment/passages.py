"""Which sentences of an article are judged, with the agency's names replaced by one target."""

from dataclasses import dataclass

from spacy.tokens import Doc

from nlp.reader.window import LEAD_SENTENCES, marked_sentences
from nlp.sentiment.model import OTHER, Passage, Place

MOST_PASSAGES = 120  # an article has fewer sentences about one agency; a page with more is hostile


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage and the characters of the Doc it stands for."""

    passage: Passage
    start: int
    end: int


def passages_about_agency(doc: Doc) -> list[PlacedPassage]:
    """Headline, lead, the sentences that name the agency and the sentence after each of these.

    Sentences that name only a look-alike are left out. Without any mention of the agency the result is empty.
    """
    found = marked_sentences(doc)
    if not any(sentence.names_agency for sentence in found):
        return []
    title = " ".join(sentence.text for sentence in found if sentence.in_title)
    body = [sentence for sentence in found if not sentence.in_title]
    lead = " ".join(sentence.text for sentence in body[:LEAD_SENTENCES])
    lead_starts = {sentence.start for sentence in body[:LEAD_SENTENCES]}
    placed: list[PlacedPassage] = []
    for before, sentence in zip([None, *found], found, strict=False):
        place: Place = "title" if sentence.in_title else "lead" if sentence.start in lead_starts else "rest"
        continues = before is not None and before.names_agency
        if sentence.names_agency or (OTHER not in sentence.text and (place != "rest" or continues)):
            passage = Passage(sentence.text, place, sentence.names_agency, title, lead)
            placed.append(PlacedPassage(passage, sentence.start, sentence.end))
    return placed[:MOST_PASSAGES]
