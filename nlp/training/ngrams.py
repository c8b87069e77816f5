"""The linear yardstick: word and character n-grams, weighted (TF-IDF), in a linear support vector machine."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC

from nlp.reader.window import MarkedSentence


def joined(sentences: Sequence[MarkedSentence]) -> str:
    """A passage as the yardstick reads it: all its sentences, mentions marked."""
    return " . ".join(sentence.text for sentence in sentences)


def train_linear(texts: Sequence[str], labels: NDArray[np.int64]) -> Pipeline:
    """The fitted yardstick."""
    words = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"(?u)\[agensi\]|\[lain\]|\w\w+"
    )
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3)
    grams: FeatureUnion = make_union(words, characters)
    return make_pipeline(grams, LinearSVC(C=0.5, class_weight="balanced")).fit(texts, labels)
