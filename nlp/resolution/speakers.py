"""The speaker of a figure: who "ia" is, who "Abdul" is in full, whose quotation goes on, and what office he holds.

Names, pronouns and offices are those that the component `quotes` found; here they are only given to the figures.
"""

from bisect import bisect_left
from itertools import pairwise

from nlp.analysis import Origin, Resolution, Span
from nlp.naming.sources import source_at
from nlp.naming.vocabulary import TITLE_HEADS
from nlp.naming.words import REACH, words
from nlp.resolution.reading import Reading, Told, has, phrases

PRONOUNS = phrases(
    """
    ia | dia | beliau | katanya | ujarnya | ucapnya | tuturnya | lanjutnya | tambahnya | jelasnya | ungkapnya |
    paparnya | terangnya | tegasnya | imbuhnya | sebutnya | bebernya | pungkasnya | tandasnya | urainya |
    rincinya | menurutnya | akunya | tukasnya | cetusnya | he | she
    """
)


_LONGEST_SENTENCE = 1_000
_MOST_NAMINGS = 3  # of a person that are asked for his office


class Speakers:
    """Who states the figures of an article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._offices: dict[str, str | None] = dict(reading.titles)

    def resolve(self, number: int, at: int) -> tuple[Resolution | None, str | None]:
        """The full name, where the sentence has none or a shorter one, and the title as far as it is told.

        Asked of figure `number` in sentence `at`.
        """
        figure, told = self._reading.figures[number], self._reading.sentences[at]
        quote = self._reading.quote_around(figure)
        said = quote.speaker if quote is not None else None
        full = said
        if figure.speaker is not None and (said is None or not _is_short_for(figure.speaker, said)):
            full = _longest(self._reading, figure.speaker)
        if full is None:
            return None, None
        title = (quote.speaker_title if quote is not None and said == full else None) or self._office(full)
        if full == figure.speaker:
            return None, title
        origin: Origin = "continued_quote"
        if figure.speaker is not None:
            origin = "short_name"
        elif has(told.words, PRONOUNS):
            if _is_another_meant(self._reading.before(at), told, full):
                return None, None
            origin = "pronoun"
        return Resolution("speaker", full, origin, _named_at(self._reading, full, told)), title

    def _office(self, name: str) -> str | None:
        if name not in self._offices:
            places = self._reading.places.get(("PER", name), ())[:_MOST_NAMINGS]
            told = (_office_at(self._reading, place) for place in places if place.field == "text")
            self._offices[name] = next(filter(None, told), None)
        return self._offices[name]


def _is_another_meant(before: Told | None, told: Told, name: str) -> bool:
    """Whether the sentence before names an office and not this person: "ia" is then somebody whose name is not read."""
    if before is None or before.paragraph != told.paragraph or any(it in before.span.text for it in name.split()):
        return False
    tokens = words(before.span.text[:_LONGEST_SENTENCE])
    return any(
        token.lower in TITLE_HEADS and token.is_capitalised and following.is_capitalised
        for token, following in pairwise(tokens)
    )


def _office_at(reading: Reading, person: Span) -> str | None:
    """`Wakil Bupati Sigi Samuel Pongi memimpin rapat`: the title that a naming has where nothing is said."""
    sentence = reading.sentence_at(person)
    if sentence is None:
        return None
    start, text = sentence.span.start, sentence.span.text
    tokens = words(text[: person.end - start + _BEHIND])
    at = bisect_left(tokens, person.start - start, key=lambda token: token.start)
    for begin in range(max(0, at - REACH), at + 1):
        found = source_at(text, tokens, begin)
        if found is not None and found[0].name_start == person.start - start and found[0].title:
            return found[0].title
    return None


_BEHIND = 120  # characters after a name in which its title may stand: ", kepala cabang Palu,"


def _is_short_for(short: str, full: str) -> bool:
    return short != full and set(short.split()) < set(full.split())


def _longest(reading: Reading, short: str) -> str:
    """The full name of a person who is named in short, if only one person of the article can be meant."""
    parts = short.split()
    found = [reading.persons.get(part, frozenset()) for part in parts]
    names = frozenset.intersection(*found) | {short} if found else frozenset({short})
    longest = max(names, key=lambda name: (len(name.split()), name))
    whole = set(longest.split())
    return longest if all(set(name.split()) <= whole for name in names) else short


def _named_at(reading: Reading, name: str, told: Told) -> Span:
    """Where the article names him in full, last before the figure if it does so there."""
    places = reading.places.get(("PER", name)) or reading.places.get(("ORG", name)) or ()
    if places:
        in_text = [span for span in places if span.field == "text"] or list(places)
        earlier = bisect_left(in_text, told.span.end, key=lambda span: span.start)
        return in_text[max(earlier - 1, 0)]
    at = reading.text.find(name)
    return Span("text", at, at + len(name), name) if at >= 0 else told.span
