"""The region of a figure: its official code, and the place that the rest of the article sets for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.analysis import Figure, Origin, Region, Resolution, Span
from nlp.gazetteer import Gazetteer
from nlp.resolution.continuation import continues, is_of_one_tally
from nlp.resolution.reading import Named, Reading, Told, has, phrases, words

NATION = "ID"
"""The code of the whole country, which the official list of regions has none for."""

# Who speaks for the country, and what tells of it: figures of such a sentence are of no single region.
NATIONAL = phrases(
    """
    nasional | secara nasional | di indonesia | se-indonesia | se indonesia | seluruh indonesia | di tanah air |
    pemerintah pusat | tingkat pusat | kantor pusat | apbn | kemnaker | kemenaker | kementerian ketenagakerjaan |
    nationwide | ministry | across indonesia
    """
)
# Offices whose holders speak for the country.
NATIONAL_OFFICES = phrases(
    """
    menteri | wakil menteri | menaker | wamenaker | menko | direktur utama bpjs | direktur utama bpjamsostek | dirut bpjs |
    dirut bpjamsostek | direktur kepesertaan | direktur pelayanan | direktur keuangan | direktur investasi |
    direktur pengembangan investasi | direktur perencanaan | direktur umum | direktur jenderal | dirjen |
    dewan pengawas | dewas | dpr ri | djsn | deputi komunikasi | deputi bidang komunikasi | minister |
    president director
    """
)
# A menteri or presiden in the name of a regulation speaks for nobody.
_REGULATIONS = phrases("peraturan menteri | keputusan menteri | surat edaran menteri")
# A headline or lead with these is about the whole country, wherever its reporter sat.
COUNTRYWIDE = phrases("nasional | secara nasional | se-indonesia | seluruh indonesia | nationwide | national")
# What is left when places were told before: it is of none of them.
REMAINDER = phrases("sisanya | selebihnya | yang lain | lainnya | daerah lain | rata-rata | the rest | the others")
# Governments named without a place: a figure of theirs is not of a region of another level.
GOVERNMENTS: dict[str, tuple[str, ...]] = {
    "province": phrases("gubernur | wagub | pemprov | pemerintah provinsi | provinsi | governor"),
    "kabupaten": phrases("bupati | wabup | pemkab | pemerintah kabupaten | regent"),
    "kota": phrases("wali kota | walikota | wawali | pemkot | pemko | pemerintah kota | mayor"),
}
# Rates and entitlements hold everywhere.
_EVERYWHERE = frozenset({"contribution_rate", "benefit_duration", "eligibility", "contribution_relief", "agent_fee"})


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the article writes it: `code` is None where no list has it or two regions share the name."""

    name: str
    code: str | None
    source: Span


def region_code(reading: Reading, told: Told, figure: Figure) -> str | None:
    """The official code of the region that the sentence names, None where no list has it or two regions share it."""
    if figure.region is None:
        return None
    name = figure.region.casefold()
    if name == "indonesia":
        return NATION
    here = [it for it in told.places if name in (it.span.text.casefold(), it.region.name.casefold())]
    if here:
        return min(here, key=lambda it: abs(it.span.start - figure.start)).region.code
    said = [it for it in Gazetteer.load().find(told.span.text) if told.span.text[it.start : it.end].casefold() == name]
    if any(it.explicit for it in said):
        return next(it.code for it in said if it.explicit)
    for region in reading.regions:
        if any(span.text.casefold() == name for span in region.spans):
            return region.code
    codes = {match.code for match in (said or Gazetteer.load().find(figure.region))}
    return codes.pop() if len(codes) == 1 else None


def resolve_region(
    reading: Reading, number: int, at: int, known: Mapping[int, Place], office: str | None
) -> tuple[Resolution, str | None] | None:
    """The place and its code for a figure whose sentence tells none.

    `known` are the places of the figures before it, by number; `office` is the title of who says it.
    """
    figure, told = reading.figures[number], reading.sentences[at]
    if figure.region is not None or not _is_of_a_place(told, figure, office):
        return None
    main = main_place(reading)
    if not _leaves_open(told, main) or (main is not None and _is_of_another_level(told, reading.regions[0])):
        return None
    before = reading.before(at)
    if before is not None:
        handed = _places_of(reading, before, known)
        others = [place for place in handed if main is None or place.code != main[1].code]
        if others and has(told.words, REMAINDER):
            return None
        if others and before.paragraph == told.paragraph:
            return _carried(reading, figure, before, told, handed)
    if main is None or (main[0] != "headline" and has(reading.opening, COUNTRYWIDE)):
        return None
    origin, place = main
    return Resolution("region", place.name, origin, place.source), place.code


def _is_of_a_place(told: Told, figure: Figure, office: str | None) -> bool:
    """Whether the figure can be one of a single region at all."""
    if figure.kind == "rule" or figure.metric in _EVERYWHERE or "hypothetical" in figure.tags:
        return False
    if has(told.words, NATIONAL) or (has(told.words, NATIONAL_OFFICES) and not has(told.words, _REGULATIONS)):
        return False
    return office is None or not has(words(office), NATIONAL_OFFICES)


def _leaves_open(told: Told, main: tuple[Origin, Place] | None) -> bool:
    """Whether the sentence speaks of no other place, if only as where somebody is from."""
    code = main[1].code if main is not None else None
    return all(it.stage or (code is not None and _is_within(code, it.region.code)) for it in told.places)


def _is_of_another_level(told: Told, main: Region) -> bool:
    """`yang disiapkan provinsi` in a story about a kota."""
    levels = {level for level, governments in GOVERNMENTS.items() if has(told.words, governments)}
    return bool(levels) and main.level not in levels and not told.places


def _places_of(reading: Reading, before: Told, known: Mapping[int, Place]) -> list[Place]:
    """The different places of the figures before; of a sentence without figures those that it names."""
    found = [known[n] for n in before.figures if n in known]
    if not before.figures:
        found = [Place(it.span.text, it.region.code, it.span) for it in before.places if not it.stage]
    return list({place.code or place.name: place for place in found}.values())


def _carried(
    reading: Reading, figure: Figure, before: Told, told: Told, handed: list[Place]
) -> tuple[Resolution, str | None] | None:
    """The one other place that the sentence before told of, if this one goes on about it; else none."""
    stated = [reading.figures[n] for n in before.figures]
    goes_on = continues(told.words) or not stated or is_of_one_tally(figure, stated)
    if len(handed) != 1 or not goes_on:
        return None
    return Resolution("region", handed[0].name, "previous_sentence", handed[0].source), handed[0].code


def main_place(reading: Reading) -> tuple[Origin, Place] | None:
    """The region that the article is about, and whether headline, lead or only the article says so."""
    if not reading.regions:
        return None
    main = reading.regions[0]
    told = [it for it in reading.named if not it.stage]
    titled = [it for it in told if it.span.field == "title"]
    if any(not _is_within(main.code, it.region.code) for it in titled):
        return None  # the headline is about several
    own = [it for it in told if it.region.code == main.code]
    if not own:
        return None  # named only where the report was filed or somebody spoke
    first = own[0]
    if first.span.field == "title":
        return "headline", _place(first)
    if first.span.start < reading.lead_end:
        return "lead", _place(first)
    alone = len(own) > 1 or all(_is_within(main.code, it.region.code) for it in told)
    return ("article", _place(first)) if alone else None


def place_of(reading: Reading, told: Told, figure: Figure, code: str | None) -> Place | None:
    """The place that the figure's own sentence tells, where it stands."""
    if figure.region is None:
        return None
    at = reading.field(told.span.field).find(figure.region, told.span.start, told.span.end)
    source = Span(told.span.field, at, at + len(figure.region), figure.region) if at >= 0 else told.span
    return Place(figure.region, code, source)


def _place(named: Named) -> Place:
    return Place(named.span.text, named.region.code, named.span)


def _is_within(main: str, other: str) -> bool:
    """Whether the other region is the main one, its province, or a part of it."""
    return main.startswith(other) or other.startswith(main)
