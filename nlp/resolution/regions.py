"""The region of a figure: its official code, and the place that the headline or the lead set for it."""

from nlp.analysis import Figure, Origin, Region, Resolution, Span
from nlp.gazetteer import Gazetteer
from nlp.resolution.reading import Reading, Told, has, phrases, words

NATION = "ID"
"""The code of the whole country, which the official list of regions has none for."""

# Who speaks for the country: figures of such a sentence are of no single region unless it names one.
NATIONAL = phrases(
    """
    nasional | secara nasional | indonesia | se-indonesia | seluruh indonesia | pemerintah pusat | pusat |
    direktur utama | menteri | wakil menteri | kementerian | kemnaker | presiden | dewan pengawas | dpr ri | direksi |
    direktur kepesertaan | direktur pelayanan | apbn | nationwide | ministry | minister | president director
    """
)
# A headline or lead with these is about the whole country, wherever its reporter sat.
COUNTRYWIDE = phrases("nasional | secara nasional | se-indonesia | seluruh indonesia | nationwide | national")
LEAD_PARAGRAPHS = 2
# Rates and entitlements hold everywhere.
_EVERYWHERE = frozenset({"contribution_rate", "benefit_duration", "eligibility", "contribution_relief"})


def region_code(reading: Reading, told: Told, figure: Figure) -> str | None:
    """The official code of the region that the sentence names, None where no list has it or two regions share it."""
    if figure.region is None:
        return None
    name = figure.region.casefold()
    if name == "indonesia":
        return NATION
    for span, region in told.places:
        if name in (span.text.casefold(), region.name.casefold()):
            return region.code
    for region in reading.regions:
        if any(span.text.casefold() == name for span in region.spans):
            return region.code
    codes = {match.code for match in Gazetteer.load().find(figure.region)}
    return codes.pop() if len(codes) == 1 else None


def resolve_region(reading: Reading, told: Told, figure: Figure) -> tuple[Resolution, str] | None:
    """The place that the article is about, with its code, for a figure whose sentence tells none."""
    if figure.region is not None or not _is_of_a_place(told, figure):
        return None
    found = _from_headline(reading)
    if found is None and not has(words(f"{reading.title}. {reading.text[: _end_of_lead(reading.text)]}"), COUNTRYWIDE):
        found = _from_lead(reading) or _from_article(reading)
    if found is None:
        return None
    origin, span, region = found
    if any(not _is_within(region.code, other.code) for _, other in told.places):
        return None  # the sentence speaks of another place, if only as where somebody stood
    if told.span.field == "title" and origin == "headline":
        return None
    return Resolution("region", span.text, origin, span), region.code


def _is_of_a_place(told: Told, figure: Figure) -> bool:
    """Whether the figure can be one of the article's region at all."""
    if figure.kind == "rule" or figure.metric in _EVERYWHERE or "hypothetical" in figure.tags:
        return False
    return not has(told.words, NATIONAL)


def _from_headline(reading: Reading) -> tuple[Origin, Span, Region] | None:
    titled = [(span, region) for region in reading.regions for span in region.spans if span.field == "title"]
    codes = {region.code for _, region in titled}
    return ("headline", *titled[0]) if len(codes) == 1 else None


def _from_lead(reading: Reading) -> tuple[Origin, Span, Region] | None:
    """The main region, where the lead names it."""
    end = _end_of_lead(reading.text)
    for region in reading.regions[:1]:
        for span in region.spans:
            if span.field == "text" and span.start < end:
                return "lead", span, region
    return None


def _from_article(reading: Reading) -> tuple[Origin, Span, Region] | None:
    for region in reading.regions[:1]:
        if region.spans:
            return "article", region.spans[0], region
    return None


def _end_of_lead(text: str) -> int:
    end = -1
    for _ in range(LEAD_PARAGRAPHS):
        end = text.find("\n", end + 1)
        if end < 0:
            return len(text)
    return end


def _is_within(main: str, other: str) -> bool:
    """Whether the other region is the main one, its province, or a part of it."""
    return main.startswith(other) or other.startswith(main)
