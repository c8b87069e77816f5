"""Builds Docs with the agency's mentions set by hand, as the component before ours would."""

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import ArticleText, Field, Mention
from nlp.components.sentences import press_sentences
from nlp.document import make_doc

_AGENCY = re.compile(r"\b(?:BPJS[ -]?(?:Ketenagakerjaan|TK)|BP ?Jamsostek|BPJSTKU?|JMO)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:BPJS Kesehatan|Jasa Raharja)\b", re.IGNORECASE)


def pipeline(*components: str) -> Language:
    nlp = spacy.blank("id")
    for component in components:
        nlp.add_pipe(component)
    return nlp


def a_doc(nlp: Language, text: str, title: str = "") -> Doc:
    """The article with its sentences and mentions marked, before any other component has seen it."""
    doc = make_doc(nlp, ArticleText("a", text, title))
    press_sentences(doc)
    doc._.mentions = (*_mentions("title", title), *_mentions("text", text))
    return doc


def analysed(nlp: Language, text: str, title: str = "") -> Doc:
    """The article after the pipeline."""
    (doc,) = nlp.pipe([a_doc(nlp, text, title)])
    return doc


def _mentions(field: Field, text: str) -> list[Mention]:
    return [
        *(
            Mention(field, m.start(), m.end(), m.group(), "agency", "BPJS Ketenagakerjaan")
            for m in _AGENCY.finditer(text)
        ),
        *(Mention(field, m.start(), m.end(), m.group(), "lookalike", m.group()) for m in _OTHER.finditer(text)),
    ]
