"""Which figures of an article the team is shown."""

from nlp.analysis import Figure


def is_stated(figure: Figure) -> bool:
    """Whether the press states the figure; an "if" or a worked example states nothing."""
    return "hypothetical" not in figure.tags


def is_news(figure: Figure) -> bool:
    """Whether the figure is stated and no statutory constant, which recurs in every story."""
    return is_stated(figure) and figure.kind != "rule"
