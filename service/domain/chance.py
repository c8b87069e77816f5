"""How likely a count is by chance alone: what an alarm about few articles or bad pages rests on."""

from math import comb, exp, lgamma, log


def at_most(count: int, mean: float, variance: float) -> float:
    """The chance that a day brings `count` or fewer where days bring `mean` of them, with this variance.

    The lower tail of the negative binomial distribution of these two moments, and of the Poisson distribution where
    the variance is no greater than the mean. News comes in bursts: Poisson alone would call every calm day a breakdown
    (the same reason for which Farrington and others, "A statistical algorithm for the early detection of outbreaks",
    1996, estimate the dispersion of reported cases).
    """
    if mean <= 0:
        return 1.0
    if variance <= mean * 1.01:
        return min(1.0, sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1)))
    size = mean * mean / (variance - mean)
    share = size / (size + mean)
    return min(
        1.0,
        sum(
            exp(lgamma(k + size) - lgamma(size) - lgamma(k + 1) + size * log(share) + k * log(1 - share))
            for k in range(count + 1)
        ),
    )


def at_least_so_uneven(hits: int, tries: int, hits_before: int, tries_before: int) -> float:
    """The chance of `hits` or more in `tries` where before and now are alike: Fisher's exact test, one-sided."""
    total, all_hits = tries + tries_before, hits + hits_before
    most = min(tries, all_hits)
    ways = sum(comb(all_hits, k) * comb(total - all_hits, tries - k) for k in range(hits, most + 1))
    return ways / comb(total, tries)
