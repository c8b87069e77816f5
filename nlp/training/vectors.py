"""Where the encoder's embeddings start: the words' co-occurrences, weighted (PPMI) and compressed (SVD).

Levy, Goldberg and Dagan, "Improving Distributional Similarity with Lessons Learned from Word Embeddings" (TACL 2015):
context distribution smoothing, and square roots of the singular values.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

WINDOW = 5
SMOOTHING = 0.75
_SHARD = 2_000_000  # tokens counted at a time; one matrix of all pairs would need 10 GB


def cooccurrence_vectors(tokens: NDArray[np.int32], vocabulary: int, width: int, seed: int) -> NDArray[np.float32]:
    """One vector per entry of the vocabulary, shape (vocabulary, width); zero where it does not occur."""
    counts: csr_matrix = csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for start in range(0, len(tokens), _SHARD):
        counts += _counts(tokens[start : start + _SHARD], vocabulary)
    left, values, _ = svds(_ppmi(counts), k=width, random_state=seed)
    vectors = left * np.sqrt(np.maximum(values, 0))
    return np.asarray(vectors, dtype=np.float32)


def _counts(tokens: NDArray[np.int32], vocabulary: int) -> csr_matrix:
    """How often two entries stand within the window, the nearer the heavier."""
    total: csr_matrix = csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        first, second = tokens[:-distance], tokens[distance:]
        weights = np.full(len(first), 1 / distance, dtype=np.float32)
        total += coo_matrix((weights, (first, second)), shape=(vocabulary, vocabulary)).tocsr()
    return total + total.T


def _ppmi(counts: csr_matrix) -> csr_matrix:
    rows = np.asarray(counts.sum(axis=1)).ravel()
    contexts = rows**SMOOTHING
    contexts /= contexts.sum()
    pairs = counts.tocoo()
    share = pairs.data / pairs.data.sum()
    information = np.log(share / (rows[pairs.row] / rows.sum() * contexts[pairs.col]))
    kept = information > 0
    return csr_matrix((information[kept], (pairs.row[kept], pairs.col[kept])), shape=counts.shape)
