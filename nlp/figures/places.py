"""The place a figure is about, as the sentence writes it."""

from nlp.figures.reading import Sentence


def set_regions(sentence: Sentence) -> list[str | None]:
    """The region of every draft, in order."""
    return [None for _ in sentence.drafts]
