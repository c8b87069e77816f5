"""The speaker of a figure: who "ia" is, who "Abdul" is in full, whose quotation goes on, and what office he holds."""

from nlp.analysis import Figure, Origin, Quote, Resolution, Span
from nlp.resolution.reading import Reading, Told, has, phrases

PRONOUNS = phrases(
    """
    ia | dia | beliau | katanya | ujarnya | ucapnya | tuturnya | lanjutnya | tambahnya | jelasnya | ungkapnya |
    paparnya | terangnya | tegasnya | imbuhnya | sebutnya | bebernya | pungkasnya | tandasnya | urainya |
    rincinya | he | she
    """
)


def resolve_speaker(reading: Reading, told: Told, figure: Figure) -> tuple[Resolution | None, str | None]:
    """The speaker's full name, where the sentence has none or a shorter one, and his title as far as it is told."""
    quote = _quote_of(reading, figure)
    full = quote.speaker if quote is not None else None
    title = quote.speaker_title if quote is not None else None
    if figure.speaker is not None and (full is None or not _is_short_for(figure.speaker, full)):
        named = _longest(reading, figure.speaker)
        if named is None:
            return None, title if full == figure.speaker else None
        return Resolution("speaker", named, "short_name", _named_at(reading, named, told)), title
    if full is None or full == figure.speaker:
        return None, title
    origin: Origin = "continued_quote"
    if figure.speaker is not None:
        origin = "short_name"
    elif has(told.words, PRONOUNS):
        origin = "pronoun"
    return Resolution("speaker", full, origin, _named_at(reading, full, told)), title


def _quote_of(reading: Reading, figure: Figure) -> Quote | None:
    """The quotation that the figure stands in."""
    return next(
        (
            quote
            for quote in reading.quotes
            if quote.field == figure.field and quote.start <= figure.start and figure.end <= quote.end
        ),
        None,
    )


def _is_short_for(short: str, full: str) -> bool:
    return short != full and set(short.split()) < set(full.split())


def _longest(reading: Reading, short: str) -> str | None:
    """The full name of a person who is named in short, if only one person of the article can be meant."""
    names = {entity.text for entity in reading.entities if entity.label == "PER" and _is_short_for(short, entity.text)}
    if not names:
        return None
    longest = max(names, key=lambda name: (len(name.split()), name))
    return longest if all(set(name.split()) <= set(longest.split()) for name in names) else None


def _named_at(reading: Reading, name: str, told: Told) -> Span:
    """Where the article names him in full, last before the figure if it does so there."""
    places = [entity for entity in reading.entities if entity.text == name]
    earlier = [it for it in places if it.field != told.span.field or it.start < told.span.end]
    chosen = earlier[-1] if earlier else (places[0] if places else None)
    if chosen is not None:
        return Span(chosen.field, chosen.start, chosen.end, chosen.text)
    at = reading.text.find(name)
    return Span("text", at, at + len(name), name) if at >= 0 else told.span
