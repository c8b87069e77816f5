"""The analyser: articles in, what was understood of them out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from spacy.tokens import Doc

from nlp.analysis import AgencyProfile, Analysis, ArticleText, Relevance
from nlp.choice import ModelChoice
from nlp.document import make_doc
from nlp.pipeline import MAX_TEXT_CHARACTERS, MAX_TITLE_CHARACTERS, build_pipeline

# What the watched press writes. Malay is left out: it is told from short Indonesian texts no better than by chance, and
# no outlet of the list writes it.
LANGUAGES = ("id", "en", "jv", "nl", "ar", "zh")
UNDETERMINED = "und"  # ISO 639-2

_LANGUAGE_SAMPLE = 5_000
_BATCH = 32
_NOT_RULES = {"training", "__pycache__"}  # what makes the models says nothing that the models do not
_FINGERPRINT = 12  # characters of a version that tell the rules, tables and engines
# The packages whose release can change a result.
_ENGINES = ("spacy", "py3langid")


class Analyser:
    """Understands articles about one agency. Building it loads the models; keep it.

    Raises ModelError where a model of the choice cannot be used.
    """

    def __init__(self, profile: AgencyProfile, models: ModelChoice | None = None) -> None:
        self._pipeline = build_pipeline(profile, models)
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
        self._identifier.set_languages(LANGUAGES)
        parts = [repr(profile), _rules_fingerprint(), *(f"{engine} {version(engine)}" for engine in _ENGINES)]
        versions = [str(getattr(component, "version", "")) for _, component in self._pipeline.pipeline]
        fingerprint = sha256("\n".join(parts + versions).encode()).hexdigest()[:_FINGERPRINT]
        self._version = f"{versions[-1]}+{fingerprint}"

    @property
    def version(self) -> str:
        """The version of the model that tells the tone, "+" and a fingerprint, as in "reader-5b1f…+0f3a52c81e9d".

        It changes with anything that could change an analysis: a rule, a table, a model, the profile, an engine.
        """
        return self._version

    def analyse(self, texts: Sequence[ArticleText]) -> list[Analysis]:
        """What was understood of each article, in their order.

        Texts are read up to `MAX_TEXT_CHARACTERS` and titles up to `MAX_TITLE_CHARACTERS`; offsets are not moved.
        """
        docs = (make_doc(self._pipeline, _readable(article)) for article in texts)
        return [self._analysis(doc) for doc in self._pipeline.pipe(docs, batch_size=_BATCH)]

    def _analysis(self, doc: Doc) -> Analysis:
        article: ArticleText = doc._.article
        relevance: Relevance = doc._.relevance
        return Analysis(
            id=article.id,
            language=self._language(article),
            relevance=relevance,
            sentiment=doc._.sentiment,
            version=self._version,
            mentions=doc._.mentions,
            regions=doc._.regions,
            entities=doc._.entities,
            quotes=doc._.quotes,
            figures=doc._.figures,
            alerts=doc._.alerts if relevance == "relevant" else (),
            topics=doc._.topics if relevance == "relevant" else (),
        )

    def _language(self, article: ArticleText) -> str:
        sample = (article.text.strip() or article.title.strip())[:_LANGUAGE_SAMPLE]
        if not any(character.isalpha() for character in sample):
            return UNDETERMINED
        language, _ = self._identifier.classify(sample)
        return str(language)


def _readable(article: ArticleText) -> ArticleText:
    """The article cut to what is read; halves of surrogate pairs, which no text can hold, become U+FFFD."""
    return replace(
        article,
        title=_without_surrogates(article.title[:MAX_TITLE_CHARACTERS]),
        text=_without_surrogates(article.text[:MAX_TEXT_CHARACTERS]),
    )


def _without_surrogates(text: str) -> str:
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def _rules_fingerprint() -> str:
    """Changes when any module or table of this package does: a rule is code here."""
    digest = sha256()
    for name, content in _sources(files("nlp"), ""):
        digest.update(name.encode())
        digest.update(content)
    return digest.hexdigest()


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in _NOT_RULES:
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif not entry.is_dir() and entry.name.endswith((".py", ".tsv", ".json", ".toml", ".txt")):
            yield f"{prefix}{entry.name}", entry.read_bytes()
