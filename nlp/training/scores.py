"""Measures of accuracy, with bootstrap intervals (Efron and Tibshirani 1993, percentile method)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"

    @property
    def rounded(self) -> tuple[float, float, float]:
        """The three numbers, to four places."""
        return round(self.value, 4), round(self.low, 4), round(self.high, 4)


def f1(gold: Labels, told: Labels, label: int) -> float:
    """The F1 of one label; 1 where it occurs in neither."""
    hits = int(((gold == label) & (told == label)).sum())
    all_of_it = int((gold == label).sum() + (told == label).sum())
    return 2 * hits / all_of_it if all_of_it else 1.0


def macro_f1(gold: Labels, told: Labels, labels: int = 3) -> float:
    """The mean of the labels' F1."""
    return float(np.mean([f1(gold, told, label) for label in range(labels)]))


def micro_f1(gold: NDArray[np.bool_], told: NDArray[np.bool_]) -> float:
    """The F1 over all cells of two tables of yes and no."""
    both = int((gold & told).sum())
    either = int(gold.sum() + told.sum())
    return 2 * both / either if either else 1.0


def precision_recall(gold: Labels, told: Labels, label: int) -> tuple[float, float]:
    """Precision and recall of one label."""
    hits = int(((gold == label) & (told == label)).sum())
    return hits / max(1, int((told == label).sum())), hits / max(1, int((gold == label).sum()))


def bootstrap(measure: Callable[[NDArray[np.int64]], float], size: int, seed: int = 7) -> Measured:
    """`measure(indices)` on all indices, and its interval over resamples of them."""
    random = np.random.default_rng(seed)
    resampled = [measure(random.integers(size, size=size)) for _ in range(RESAMPLES)]
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Measured(measure(np.arange(size)), float(low), float(high))


def calibration_error(probabilities: NDArray[np.float64], gold: Labels, bins: int = 10) -> float:
    """The expected calibration error of the most probable label (Guo et al. 2017): bins of equal width."""
    confidence, told = probabilities.max(axis=1), probabilities.argmax(axis=1)
    right = told == gold
    edges = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(right[edges == k].mean() - confidence[edges == k].mean()) * (edges == k).mean() for k in np.unique(edges)
    ]
    return float(sum(gaps))
