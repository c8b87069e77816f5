"""The speaker of a figure: who "ia" is, who "Abdul" is in full, whose quotation goes on, and what office he holds.

Names, pronouns and offices are those that the component `quotes` found; here they are only given to the figures.
"""

from bisect import bisect_left

from nlp.analysis import Figure, Origin, Resolution, Span
from nlp.resolution.reading import Reading, Told, has, phrases

PRONOUNS = phrases(
    """
    ia | dia | beliau | katanya | ujarnya | ucapnya | tuturnya | lanjutnya | tambahnya | jelasnya | ungkapnya |
    paparnya | terangnya | tegasnya | imbuhnya | sebutnya | bebernya | pungkasnya | tandasnya | urainya |
    rincinya | menurutnya | akunya | tukasnya | cetusnya | he | she
    """
)


def resolve_speaker(reading: Reading, told: Told, figure: Figure) -> tuple[Resolution | None, str | None]:
    """The speaker's full name, where the sentence has none or a shorter one, and his title as far as it is told."""
    quote = reading.quote_around(figure)
    said = quote.speaker if quote is not None else None
    full = said
    if figure.speaker is not None and (said is None or not _is_short_for(figure.speaker, said)):
        full = _longest(reading, figure.speaker)
    if full is None:
        return None, None
    title = quote.speaker_title if quote is not None and said == full else None
    title = title or reading.titles.get(full)
    if full == figure.speaker:
        return None, title
    origin: Origin = "continued_quote"
    if figure.speaker is not None:
        origin = "short_name"
    elif has(told.words, PRONOUNS):
        origin = "pronoun"
    return Resolution("speaker", full, origin, _named_at(reading, full, told)), title


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
