"""What the recogniser of names is given to read."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from nlp.analysis import ArticleText
from nlp.choice import NAMES
from nlp.components.entities import SpacyRecogniser
from nlp.document import make_doc
from nlp.pipeline import build_pipeline
from tests.nlp.builders import PIPELINE, the_agency

BEFORE = build_pipeline(the_agency(), until="named_entities")


def test_the_recogniser_reads_only_sentences_in_which_an_unknown_name_may_stand() -> None:
    text = (
        "BPJS Ketenagakerjaan membayar santunan di Palembang pada Senin. Keluarga korban bersyukur. "
        "Menurut tetangga, almarhum Sarwono rajin bekerja. Sarwono meninggal di sawah."
    )
    seen: list[str] = []

    class Listener:
        def pipe(self, docs: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
            for doc in docs:
                seen.append(doc.text)
                names = (index for index, token in enumerate(doc) if token.text == "Sarwono")
                doc.ents = [Span(doc, index, index + 1, "PER") for index in names]
                yield doc

    recogniser = SpacyRecogniser(PIPELINE, NAMES, {"PER": "PER"})
    recogniser._ner = Listener()
    doc = BEFORE(make_doc(BEFORE, ArticleText("a", text)))
    recogniser.recognise([doc])
    assert seen == ["Menurut tetangga, almarhum Sarwono rajin bekerja. Sarwono meninggal di sawah."]
    assert [(name.text, name.start_char) for name in doc.ents] == [
        ("Sarwono", text.index("Sarwono")),
        ("Sarwono", text.rindex("Sarwono")),
    ]


def test_a_person_begins_behind_the_form_of_address() -> None:
    class Greedy:
        def pipe(self, docs: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
            for doc in docs:
                doc.ents = [Span(doc, 0, 3, "PER")]
                yield doc

    recogniser = SpacyRecogniser(PIPELINE, NAMES, {"PER": "PER"})
    recogniser._ner = Greedy()
    doc = BEFORE(make_doc(BEFORE, ArticleText("a", "Wajah Pak Sapri berseri. Sapri menerima kartu peserta.")))
    recogniser.recognise([doc])
    assert [name.text for name in doc.ents] == ["Sapri"]
