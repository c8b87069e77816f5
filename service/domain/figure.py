"""Which figures of an article the team is shown."""

from nlp.analysis import Figure

BEYOND_PRINT = 1e18
"""No newspaper prints such numbers; with them, infinities and NaN nothing can be reckoned."""


def is_stated(figure: Figure) -> bool:
    """Whether the press states the figure; an "if", a worked example or a number beyond any count states nothing."""
    values = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    return "hypothetical" not in figure.tags and all(abs(it) < BEYOND_PRINT for it in values)


def is_news(figure: Figure) -> bool:
    """Whether the figure is stated and no statutory constant, which recurs in every story."""
    return is_stated(figure) and figure.kind != "rule"
