"""How sure the reading of a figure is, from what had to be supplied or doubted."""

from nlp.analysis import Figure

DEDUCTIONS: dict[str, float] = {
    "elided_unit": 0.1,
    "missing_currency": 0.2,
    "missing_scale": 0.3,
    "typo_scale": 0.15,
    "typo_unit": 0.15,
    "space_in_number": 0.05,
    "vague": 0.2,
    "respectively": 0.05,
    "achievement_or_coverage": 0.3,
    "alternative": 0.1,
    "hypothetical": 0.5,
    "pp_semantics": 0.15,
    "source_error_suspected": 0.3,
}
"""What a tag takes away from 1."""

UNKNOWN_METRIC = 0.2
RESOLVED: dict[str, float] = {"region": 0.1, "period": 0.1, "speaker": 0.05, "base": 0.0}
"""What a slot takes away that was read outside of the sentence."""

LEAST = 0.1


def confidence(figure: Figure) -> float:
    """1 for a figure that its sentence tells in full, less for every doubt, never below 0.1; two decimals."""
    doubt = sum(DEDUCTIONS.get(tag, 0.0) for tag in figure.tags)
    doubt += UNKNOWN_METRIC if figure.metric == "other" else 0.0
    doubt += sum(RESOLVED[found.slot] for found in figure.resolved)
    return round(max(LEAST, 1.0 - doubt), 2)
