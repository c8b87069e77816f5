"""How sure the reading of a figure is: 1, less what had to be supplied, repaired, doubted or read elsewhere."""

from collections.abc import Iterable

from nlp.analysis import Figure, Origin, Resolution

TAGS: dict[str, float] = {
    "elided_unit": 0.1,  # the unit is that of a neighbour
    "missing_currency": 0.2,
    "missing_scale": 0.3,  # "17,64 peserta" read as 17.64 million
    "typo_scale": 0.15,
    "typo_unit": 0.15,
    "space_in_number": 0.05,
    "respectively": 0.05,  # aligned with a list by its order
    "vague": 0.2,  # "puluhan"
    "alternative": 0.1,  # one of two aims will hold
    "pp_semantics": 0.15,  # percent is printed, points are meant
    "achievement_or_coverage": 0.3,
    "source_error_suspected": 0.3,
    "hypothetical": 0.5,
}
"""What a tag takes away."""

UNKNOWN_METRIC = 0.2
"""What it takes away that nothing tells what is measured."""

ORIGINS: dict[Origin, float] = {
    "pair": 0.0,
    "short_name": 0.0,
    "pronoun": 0.05,
    "continued_quote": 0.05,
    "headline": 0.05,
    "lead": 0.05,
    "previous_sentence": 0.1,
    "article": 0.15,
}
"""What each slot takes away that was read there: the more, the further from the figure and the looser the tie."""

LEAST = 0.1


def confidence(figure: Figure, resolved: Iterable[Resolution]) -> float:
    """1 for a figure that its sentence tells in full, less for every doubt, never below 0.1; two decimals.

    `resolved` are the slots that were read outside of the sentence.
    """
    doubt = sum(TAGS.get(tag, 0.0) for tag in figure.tags)
    doubt += UNKNOWN_METRIC if figure.metric == "other" else 0.0
    doubt += sum(ORIGINS[found.origin] for found in resolved)
    return round(max(LEAST, 1.0 - doubt), 2)
