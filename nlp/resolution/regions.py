"""The region of a figure: its official code, and the place that the rest of the article sets for it."""

from dataclasses import dataclass

from nlp.analysis import Figure, Origin, Resolution, Span
from nlp.figures.places import WIDER
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
    menteri | wakil menteri | menaker | wamenaker | menko | direktur utama bpjs | direktur utama bpjamsostek |
    dirut bpjs | dirut bpjamsostek | direktur kepesertaan | direktur pelayanan | direktur keuangan |
    direktur investasi | direktur pengembangan investasi | direktur perencanaan | direktur umum |
    direktur jenderal | dirjen | dewan pengawas | dewas | dpr ri | djsn | deputi komunikasi |
    deputi bidang komunikasi | minister | president director
    """
)
# A menteri or presiden in the name of a regulation speaks for nobody.
_REGULATIONS = phrases("peraturan menteri | keputusan menteri | surat edaran menteri")
# A headline or lead with these is about the whole country, wherever its reporter sat.
COUNTRYWIDE = phrases("nasional | secara nasional | se-indonesia | seluruh indonesia | nationwide | national")
# What is left when places were told before: it is of none of them.
REMAINDER = phrases("sisanya | selebihnya | yang lain | lainnya | daerah lain | rata-rata | the rest | the others")
# Governments and demonstratives without a place: a figure of theirs is not of a region of another level.
LEVELS: dict[str, tuple[str, ...]] = {
    "province": phrases(
        """
        gubernur | wagub | pemprov | pemerintah provinsi | provinsi | provinsi itu | provinsi tersebut | governor
        """
    ),
    "kabupaten": phrases(
        """
        bupati | wabup | pemkab | pemerintah kabupaten | kabupaten itu | kabupaten ini | kabupaten tersebut | regent
        """
    ),
    "kota": phrases(
        """
        wali kota | walikota | wawali | pemkot | pemko | pemerintah kota | kota itu | kota ini | kota tersebut | mayor
        """
    ),
}
# Rates and entitlements hold everywhere.
_EVERYWHERE = frozenset({"contribution_rate", "benefit_duration", "eligibility", "contribution_relief", "agent_fee"})
# The agency's money is one fund.
_OF_THE_NATION = frozenset({"fund", "investment_yield"})
# The capital's newsrooms tell of the whole country: a story is the capital's only where the headline says so.
_CAPITAL = "31"


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the article writes it: `code` is None where no list has it or two regions share the name."""

    name: str
    code: str | None
    source: Span


class Regions:
    """The places of an article's figures, told sentence by sentence: one can be handed on to the next."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._main = main_place(reading)
        self._countrywide = has(reading.opening, COUNTRYWIDE)
        self._known: dict[int, Place] = {}
        self._about_another: dict[int, bool] = {}

    def resolve(self, number: int, at: int, office: str | None) -> tuple[Resolution | None, str | None]:
        """What is resolved of figure `number` in sentence `at`, and the code of its region, resolved or not.

        `office` is the title of who says it. Sentences are to be asked in their order.
        """
        figure, told = self._reading.figures[number], self._reading.sentences[at]
        if figure.region is not None:
            self._known[number] = place = _own_place(self._reading, told, figure, figure.region)
            return None, place.code
        if not _may_be_of_a_place(figure, office) or self._is_about_another(at):
            return None, None
        found = self._from_the_rest(figure, at)
        if found is None:
            return None, None
        origin, place = found
        self._known[number] = place
        return Resolution("region", place.name, origin, place.source), place.code

    def _is_about_another(self, at: int) -> bool:
        """Whether the sentence speaks for the country, of another level or of another place."""
        if at not in self._about_another:
            told = self._reading.sentences[at]
            code = self._main[1].code if self._main is not None else None
            self._about_another[at] = (
                _is_national(told)
                or (self._main is not None and _is_of_another_level(told, self._reading.regions[0].level))
                or any(not it.stage and (code is None or not _is_within(code, it.region.code)) for it in told.places)
            )
        return self._about_another[at]

    def _from_the_rest(self, figure: Figure, at: int) -> tuple[Origin, Place] | None:
        told, before = self._reading.sentences[at], self._reading.before(at)
        if before is not None:
            handed = self._places_of(before)
            others = [place for place in handed if self._main is None or place.code != self._main[1].code]
            if others and has(told.words, REMAINDER):
                return None
            if others and before.paragraph == told.paragraph:
                goes_on = len(handed) == 1 and self._goes_on(figure, told, before)
                level = _level(handed[0].code)
                if level is None or not _is_of_another_level(told, level):
                    return ("previous_sentence", handed[0]) if goes_on else None
        if self._main is None or (self._main[0] != "headline" and self._countrywide):
            return None
        return self._main

    def _goes_on(self, figure: Figure, told: Told, before: Told) -> bool:
        stated = [self._reading.figures[n] for n in before.figures]
        return not stated or continues(told.words) or is_of_one_tally(figure, stated)

    def _places_of(self, before: Told) -> list[Place]:
        """The different places of the figures before; of a sentence without figures those that it names."""
        found = [self._known[n] for n in before.figures if n in self._known]
        if not before.figures:
            found = [_place(it) for it in before.places if not it.stage]
        return list({place.code or place.name: place for place in found}.values())


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
    if main.code.startswith(_CAPITAL) or not WIDER.isdisjoint(words(reading.title).split()):
        return None  # "… di Sulawesi", told in Makassar
    if first.span.start < reading.lead_end:
        return "lead", _place(first)
    alone = len(own) > 1 or all(_is_within(main.code, it.region.code) for it in told)
    return ("article", _place(first)) if alone else None


def _own_place(reading: Reading, told: Told, figure: Figure, region: str) -> Place:
    """The place that the figure's own sentence tells, where it stands."""
    at = reading.field(told.span.field).find(region, told.span.start, told.span.end)
    source = Span(told.span.field, at, at + len(region), region) if at >= 0 else told.span
    return Place(region, _code_of(reading, told, figure, region), source)


def _code_of(reading: Reading, told: Told, figure: Figure, region: str) -> str | None:
    """The official code, None where no list has it or two regions share it.

    "Malang" is the region that stands nearest in the sentence, else what the sentence calls "Kabupaten Malang", else
    what the article means by it.
    """
    name = region.casefold()
    if name == "indonesia":
        return NATION
    here = [it for it in told.places if name in (it.span.text.casefold(), it.region.name.casefold())]
    if here:
        return min(here, key=lambda it: abs(it.span.start - figure.start)).region.code
    said = [it for it in told.listed if told.span.text[it.start : it.end].casefold() == name]
    if any(it.explicit for it in said):
        return next(it.code for it in said if it.explicit)
    if name in reading.codes:
        return reading.codes[name]
    codes = {match.code for match in (said or Gazetteer.load().find(region))}
    return codes.pop() if len(codes) == 1 else None


def _may_be_of_a_place(figure: Figure, office: str | None) -> bool:
    """Whether the figure can be one of a single region at all."""
    if figure.kind == "rule" or figure.metric in _EVERYWHERE | _OF_THE_NATION or "hypothetical" in figure.tags:
        return False
    return office is None or not has(words(office), NATIONAL_OFFICES)


def _is_national(told: Told) -> bool:
    offices = has(told.words, NATIONAL_OFFICES) and not has(told.words, _REGULATIONS)
    return offices or has(told.words, NATIONAL)


def _is_of_another_level(told: Told, level: str) -> bool:
    """`yang disiapkan provinsi` in a story about a kota."""
    levels = {level for level, words_of_it in LEVELS.items() if has(told.words, words_of_it)}
    return bool(levels) and level not in levels and not told.places


def _level(code: str | None) -> str | None:
    return Gazetteer.load().region(code).level if code is not None and code != NATION else None


def _place(named: Named) -> Place:
    return Place(named.span.text, named.region.code, named.span)


def _is_within(main: str, other: str) -> bool:
    """Whether the other region is the main one, its province, or a part of it."""
    return main.startswith(other) or other.startswith(main)
