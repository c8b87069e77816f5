"""How much of an element is text, how much of that is links, and how much is whole paragraphs."""

from dataclasses import dataclass

from lxml.html import HtmlElement

_LONG_TEXT = 600
_PARAGRAPH = 80
_MANY_LINKS = 0.35


@dataclass(slots=True)
class Measure:
    """An element's text in characters: all of it, within links, and in whole paragraphs."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    has_headline: bool = False

    def add(self, inner: "Measure", tail: int) -> None:
        """Count in what stands in a child, and the text of `tail` characters after it."""
        self.text += inner.text + tail
        self.linked += inner.linked
        self.links += inner.links
        self.prose += inner.prose + (tail if tail > _PARAGRAPH else 0)
        self.has_headline |= inner.has_headline

    @property
    def link_share(self) -> float:
        """How much of the text is links, from 0 to 1."""
        return self.linked / self.text if self.text else 0.0


class Measures:
    """The measures of every element of a tree, taken in one pass: asking each box anew takes quadratic time."""

    def __init__(self, tree: HtmlElement) -> None:
        self._of: dict[HtmlElement, Measure] = {}
        found = self._of
        for element in reversed(list(tree.iter())):  # children come before their parents
            measure = found.get(element)
            if measure is None:
                measure = found[element] = Measure()
            tag = element.tag
            own = length_of(element.text)
            measure.text += own
            if tag == "a" and measure.text:
                measure.linked, measure.links = measure.text, 1
            elif tag == "p" and measure.text > _PARAGRAPH:
                measure.prose = measure.text
            elif own > _PARAGRAPH:
                measure.prose += own  # a paragraph that only line breaks set off
            elif tag == "h1":
                measure.has_headline = True
            parent = element.getparent()
            if parent is not None:
                above = found.get(parent)
                if above is None:
                    above = found[parent] = Measure()
                tail = length_of(element.tail)
                if tail or measure.text or measure.has_headline:
                    above.add(measure, tail)

        self.prose = self._of[tree].prose

    def of(self, element: HtmlElement) -> Measure:
        """The element's measure at the time of the pass."""
        return self._of[element]

    def is_lesser_part(self, element: HtmlElement) -> bool:
        """Whether the headline and most of the page's prose stand outside."""
        measure = self._of[element]
        return element.tag != "body" and not measure.has_headline and 2 * measure.prose < self.prose

    def holds_article(self, element: HtmlElement) -> bool:
        """Whether the headline or several whole paragraphs stand inside."""
        measure = self._of[element]
        if element.tag in {"html", "body", "main", "article"} or measure.has_headline:
            return True
        return measure.prose > _LONG_TEXT and measure.link_share < _MANY_LINKS


def length_of(text: str | None) -> int:
    """The characters of a text node without the blanks around them."""
    return len(text.strip()) if text else 0
