"""Whether an article is about the agency, merely mentions it, or neither.

The evidence is graded and added up; `WEIGHTS` is the whole rule book. A story at `RELEVANT_FROM` or above is about the
agency. Below it the agency is merely mentioned, where it is named at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import AgencyProfile, Mention, Relevance
from nlp.document import body_start, text_of
from nlp.links import LinkLines
from nlp.profile import profile_from_config
from nlp.stretches import sentence_bounds
from nlp.vocabulary import AgencyVocabulary, Hit, Role

RELEVANT_FROM = 2.0

_LIST_PAGE_FOUND = "the page is a list of articles or a keyword"

# Evidence -> what it weighs. Positive: the story is about the agency; negative: it is about something else.
WEIGHTS: dict[str, float] = {
    "the title names the agency": 3.0,
    "the title names a product of the agency": 2.5,
    "the title names a partner or a scheme of the agency": 1.0,
    "the lead names the agency": 2.0,
    "the lead tells of a scheme of the agency": 1.0,
    "at least a third of the sentences name the agency": 1.5,
    "at least one sentence in eight names the agency": 0.75,
    "the agency acts or speaks through an officer or a branch": 1.5,
    "several schemes of the agency are told of": 1.0,
    "the text is one paragraph and names the agency": 0.5,
    "the agency is named once, deep in a long text": -1.5,
    "the title names another body and not the agency": -3.0,
    "another body is named more often than the agency": -3.0,
    "the agency is named only beside another body": -2.5,
    "which body is meant cannot be told": -5.0,
    "the title is about another's scheme": -4.5,
    "the lead is about another's scheme": -3.5,
    _LIST_PAGE_FOUND: -9.0,
    "only aside is the agency named": -3.0,
}

_NEAR: frozenset[Role] = frozenset({"agency", "bare", "product", "programme", "partner"})

_LEAD_SENTENCES = 2
_LEAD_CHARACTERS = 120
_LONG_TEXT_SENTENCES = 8
_PARAGRAPH_SENTENCES = 5
_KEYWORD_PAGE_WORDS = 40

_LIST_PAGE = re.compile(
    r"\b(?:halaman|laman|indeks)\s+(?:tag(?:ar)?|topik|kata kunci|label|arsip)\b|"
    r"\bkumpulan (?:berita|artikel)\b|\btag archives?\b|"
    r"\barsip (?:tag|kategori)\b|"
    r"\b(?:berita|artikel) ter(?:kini|baru)(?: dan ter(?:kini|baru))?(?: hari ini)? (?:tentang|seputar|mengenai)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:sekilas|selintas|sepintas|antara lain|seperti|misalnya|termasuk|maupun)\b[^.]{0,60}$", re.IGNORECASE
)
# What the agency itself does in its stories, right after its name or its branch's.
_ACTS = re.compile(
    r"(?:\s+[A-Z(][\w).&/-]*){0,6},?\s+"
    r"(?:(?:telah|sudah|akan|kembali|terus|juga|resmi|baru|masih|hanya|tak|tidak|dapat|mulai|turut|siap|menjadi)\s)*"
    r"(?:(?:me|ber|ter)[a-z]{4,}|bayar|salurkan|serahkan|gelar|catat|gandeng|sosialisasi|ajak|dorong|imbau|targetkan|"
    r"bantah|jamin|paid|said|says|noted|urged|recorded)\b"
)
_OFFICER = re.compile(
    r"\b(?:kepala|kacab|pimpinan|pemimpin|direktur|dirut|deputi|asisten|plt|pjs|petugas|pegawai|kantor|kanwil|cabang|"
    r"pihak|dari|account representative|direksi|dewas|dewan pengawas|head|director|pansel|oleh|melalui|lewat)\b"
    r"[^.,;]{0,40}$",
    re.IGNORECASE,
)
# "lewat laman BPJS Ketenagakerjaan": the agency's site is a channel there, and does nothing.
_CHANNEL = re.compile(r"\b(?:situs|laman|website|web|aplikasi|portal|kanal|akun|saldo)\b[^.,;]{0,25}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen in an article: the keys of WEIGHTS that hold, and whether the agency is named at all.

    `near` says whether at least a scheme or a partner is: without these there is nothing to be read. Words of the
    field ("pekerja", "santunan") are in every second story.
    """

    findings: frozenset[str]
    named: bool
    near: bool = True

    @property
    def score(self) -> float:
        """The weights added up."""
        return sum(WEIGHTS[finding] for finding in self.findings)

    @property
    def is_list_page(self) -> bool:
        """Whether it is no article at all but a list of them."""
        return _LIST_PAGE_FOUND in self.findings

    @property
    def is_worth_reading(self) -> bool:
        """Whether it names the agency, its schemes or its partners, and is no list of articles."""
        return self.near and not self.is_list_page

    @property
    def relevance(self) -> Relevance:
        """The verdict."""
        if not self.named or self.is_list_page:
            return "irrelevant"
        return "relevant" if self.score >= RELEVANT_FROM else "mention"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the namings in it: (start, end) in the sentence, of the agency and of other bodies."""

    text: str
    own: tuple[tuple[int, int, Mention], ...]
    others: int


@Language.factory(
    "relevance",
    assigns=["doc._.relevance", "doc._.relevance_evidence"],
    requires=["doc._.mentions", "token.is_sent_start"],
    default_config={"profile": {"name": "", "names": []}},
)
def make_relevance(nlp: Language, name: str, profile: dict[str, Any]) -> "RelevanceJudge":
    """The component for the profile in the configuration."""
    return RelevanceJudge(profile_from_config(profile))


class RelevanceJudge:
    """Adds up the evidence that an article is about the agency."""

    def __init__(self, profile: AgencyProfile) -> None:
        self._profile = profile
        self._vocabulary = AgencyVocabulary(profile)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the evidence, and the verdict of these rules alone."""
        doc._.relevance_evidence = self.evidence(doc)
        doc._.relevance = doc._.relevance_evidence.relevance
        return doc

    def evidence(self, doc: Doc) -> Evidence:
        """What speaks for and against the article being about the agency."""
        offset = body_start(doc)
        title, body = _read_sentences(doc, offset)
        hits = self._vocabulary.find(text_of(doc))
        if not any(sentence.own for sentence in (*title, *body)):
            return Evidence(frozenset(), named=False, near=any(hit.roles & _NEAR for hit in hits))
        findings = {
            *self._of_the_title(title, [hit for hit in hits if hit.start < offset]),
            *self._of_the_body(body, offset, hits),
            *self._of_the_whole([*title, *body], hits),
        }
        if _is_list_page(title, body):
            findings.add(_LIST_PAGE_FOUND)
        return Evidence(frozenset(findings), named=True)

    def _of_the_title(self, title: Sequence[_Sentence], hits: Sequence[Hit]) -> set[str]:
        findings = set()
        own = [mention for sentence in title for _, _, mention in sentence.own]
        if any(mention.kind == "agency" and self._is_settled(mention) for mention in own):
            findings.add("the title names the agency")
        if any(mention.kind == "product" for mention in own):
            findings.add("the title names a product of the agency")
        if any(hit.roles & {"programme", "partner"} for hit in hits):
            findings.add("the title names a partner or a scheme of the agency")
        if any(sentence.others for sentence in title) and not own:
            findings.add("the title names another body and not the agency")
        if any("foreign_scheme" in hit.roles for hit in hits):
            findings.add("the title is about another's scheme")
        return findings

    def _of_the_body(self, body: Sequence[_Sentence], offset: int, hits: Sequence[Hit]) -> set[str]:
        findings = set()
        lead = _lead(body)
        naming = sum(1 for sentence in body if sentence.own)
        if any(sentence.own for sentence in lead):
            findings.add("the lead names the agency")
        if naming and naming * 3 >= len(body):
            findings.add("at least a third of the sentences name the agency")
        elif naming * 8 >= len(body):
            findings.add("at least one sentence in eight names the agency")
        if naming and len(body) <= _PARAGRAPH_SENTENCES:
            findings.add("the text is one paragraph and names the agency")
        lead_end = offset + sum(len(sentence.text) for sentence in lead)
        roles = {role for hit in hits if offset <= hit.start < lead_end for role in hit.roles}
        if "programme" in roles:
            findings.add("the lead tells of a scheme of the agency")
        if "foreign_scheme" in roles:
            findings.add("the lead is about another's scheme")
        return findings

    def _of_the_whole(self, sentences: Sequence[_Sentence], hits: Sequence[Hit]) -> set[str]:
        findings = set()
        naming = [sentence for sentence in sentences if sentence.own]
        own = [mention for sentence in naming for _, _, mention in sentence.own]
        if len({hit.phrase for hit in hits if "programme" in hit.roles}) >= 2:
            findings.add("several schemes of the agency are told of")
        if any(_acts(sentence.text, start, end) for sentence in naming for start, end, _ in sentence.own):
            findings.add("the agency acts or speaks through an officer or a branch")
        opening = sentences[: _LEAD_SENTENCES + 1]
        if len(sentences) >= _LONG_TEXT_SENTENCES and len(own) == 1 and not any(s.own for s in opening):
            findings.add("the agency is named once, deep in a long text")
        if sum(sentence.others for sentence in sentences) > len(own):
            findings.add("another body is named more often than the agency")
        if all(sentence.others for sentence in naming):
            findings.add("the agency is named only beside another body")
        if not any(self._is_settled(mention) for mention in own):
            findings.add("which body is meant cannot be told")
        if len(own) == 1 and _ASIDE.search(naming[0].text, 0, naming[0].own[0][0]):
            findings.add("only aside is the agency named")
        return findings

    def _is_settled(self, mention: Mention) -> bool:
        return mention.kind == "product" or mention.name == self._profile.name


def _read_sentences(doc: Doc, offset: int) -> tuple[list[_Sentence], list[_Sentence]]:
    """The sentences of title and body without link lines, each with the namings in it."""
    places = [(mention.start + (offset if mention.field == "text" else 0), mention) for mention in doc._.mentions]
    whole = text_of(doc)
    links = LinkLines(whole)
    title: list[_Sentence] = []
    body: list[_Sentence] = []
    at = 0
    for begin, end in sentence_bounds(doc):
        own: list[tuple[int, int, Mention]] = []
        others = 0
        while at < len(places) and places[at][0] < end:
            start, mention = places[at]
            if mention.kind == "lookalike":
                others += 1
            else:
                own.append((start - begin, start - begin + len(mention.text), mention))
            at += 1
        text = whole[begin:end]
        if text.strip() and begin not in links:
            (title if begin < offset else body).append(_Sentence(text, tuple(own), others))
    return title, body


def _lead(body: Sequence[_Sentence]) -> Sequence[_Sentence]:
    """The first sentences; more of them where they are as short as a dateline."""
    length = 0
    for count, sentence in enumerate(body, start=1):
        length += len(sentence.text)
        if count >= _LEAD_SENTENCES and length >= _LEAD_CHARACTERS:
            return body[:count]
    return body


def _acts(text: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) does something, or an officer, a branch or an office of it does."""
    before = text[max(start - 80, 0) : start]
    if _CHANNEL.search(before):
        return False
    return _ACTS.match(text[end : end + 120]) is not None or _OFFICER.search(before) is not None


def _is_list_page(title: Sequence[_Sentence], body: Sequence[_Sentence]) -> bool:
    """Whether the page is a tag, a keyword or a list page rather than an article."""
    headline = title[0].text.strip() if title else ""
    opening = body[0].text if body else ""
    if headline.startswith("#") or _LIST_PAGE.search(opening) or _LIST_PAGE.search(headline):
        return True
    words = sum(len(sentence.text.split()) for sentence in body)
    return bool(headline) and headline == headline.casefold() and words < _KEYWORD_PAGE_WORDS
