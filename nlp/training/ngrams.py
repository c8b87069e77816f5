"""Training the n-grams of the reader, and the yardstick made of the same kind: linear support vector machines."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC

from nlp.reader.ngrams import BUCKETS, Ngrams, Occurrences, counts, occurrences, vector
from nlp.reader.questions import OUTPUTS
from nlp.reader.window import MarkedSentence
from nlp.training.passages import Passage

LEAST_WORD, LEAST_PIECE = 2, 3  # passages in which a word or pair, or a piece of a word, must occur
_WORD = r"(?u)\[agensi\]|\[lain\]|\w\w+"


def train_ngrams(passages: Sequence[Passage], sentences: Sequence[Sequence[MarkedSentence]]) -> Ngrams:
    """One linear classifier per output, on TF-IDF of hashed n-grams; writers of hard pairs alone are left out."""
    told = [(passage, some) for passage, some in zip(passages, sentences, strict=True) if not passage.is_of_pairs_only]
    passages, sentences = [passage for passage, _ in told], [some for _, some in told]
    found = [occurrences(some) for some in sentences]
    rarity = _rarity(found)
    vectors = [vector(some, rarity) for some in found]
    ends = np.cumsum([0, *(len(own) for own, _ in vectors)])
    columns_of = np.concatenate([own for own, _ in vectors])
    table = csr_matrix(
        (np.concatenate([values for _, values in vectors]), columns_of, ends), shape=(len(vectors), 2 * BUCKETS)
    )
    weights = np.zeros((2 * BUCKETS, len(OUTPUTS)), dtype=np.float32)
    relevant = np.asarray([passage.relevance == "relevant" for passage in passages])
    for column, name in enumerate(OUTPUTS):
        question = name.split(":")[0]
        rows = np.ones(len(passages), dtype=bool) if question == "relevance" else relevant
        wanted = np.asarray([_holds(passage, name) for passage in passages])[rows]
        if wanted.any() and not wanted.all():
            weights[:, column] = LinearSVC(C=0.5, class_weight="balanced").fit(table[rows], wanted).coef_[0]
    return Ngrams(weights, rarity)


def _holds(passage: Passage, output: str) -> bool:
    question, answer = output.split(":")
    if question == "alert":
        return answer in passage.alerts
    return answer == {"relevance": passage.relevance, "tone": passage.sentiment, "topic": passage.topic}[question]


def _rarity(found: Sequence[Occurrences]) -> NDArray[np.float32]:
    """The inverse document frequency of each bucket, smoothed; zero where it occurs in too few passages."""
    seen = np.zeros(2 * BUCKETS)
    for some in found:
        seen[counts(some)[0]] += 1
    least = np.where(np.arange(2 * BUCKETS) < BUCKETS, LEAST_WORD, LEAST_PIECE)
    return np.where(seen >= least, np.log((1 + len(found)) / (1 + seen)) + 1, 0).astype(np.float32)


def joined(sentences: Sequence[MarkedSentence]) -> str:
    """A passage as the yardstick reads it: all its sentences, mentions marked."""
    return " . ".join(sentence.text for sentence in sentences)


def train_linear(texts: Sequence[str], labels: NDArray[np.int64]) -> Pipeline:
    """The fitted yardstick."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=LEAST_WORD, token_pattern=_WORD)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=LEAST_PIECE)
    grams: FeatureUnion = make_union(words, characters)
    return make_pipeline(grams, LinearSVC(C=0.5, class_weight="balanced")).fit(texts, labels)
