"""Periods: which stretch of calendar a sentence names, in ISO form, and where it names it.

A day that merely dates the event or the article ("Kamis (20/2/2025)") is found, so that its digits are not taken for
figures, but it is no period of a figure: its `iso` is None.
"""

from dataclasses import dataclass, replace
from datetime import date

from nlp.figures.lexicon import Token, words
from nlp.figures.numerals import UNITS, end_of_literal

MONTH_NAMES = """
    januari jan january
    februari pebruari feb february
    maret mar march
    april apr
    mei may
    juni jun june
    juli jul july
    agustus agu ags agt aug august
    september sep sept
    oktober okt oct october
    november nopember nov
    desember des dec december
"""
MONTHS = {name: month for month, names in enumerate(MONTH_NAMES.strip().splitlines(), 1) for name in names.split()}
WEEKDAYS = words("senin selasa rabu kamis jumat jum sabtu minggu ahad")
QUARTER_WORDS = {"kuartal": 3, "triwulan": 3, "kwartal": 3, "tw": 3, "quarter": 3, "semester": 6, "caturwulan": 4}
ORDINALS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "pertama": 1, "kedua": 2, "ketiga": 3,
    "keempat": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4,
}  # fmt: skip
AS_OF = words(
    """
    per hingga sampai s/d until by pada posisi as to
    """
)
INTERVAL_OPENERS = words(
    """
    dari sejak periode antara mulai selama from since sepanjang
    """
)
ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
ENGLISH_PARTS = {"quarter": 3, "half": 6, "semester": 6}
INTERVAL_LINKS = frozenset({"hingga", "sampai", "-", "–", "—", "to", "until", "dan"})
# A bare year behind one of these is a year even when a counted noun follows.
YEAR_CUES = words(
    """
    tahun pada sejak selama sepanjang dibanding dibandingkan hingga sampai per akhir awal periode dari di medio
    pertengahan apbd apbn in since of year menuju ta anggaran dan lalu daripada end by
    """
)
_RELATIVE_YEARS = {
    "ini": 0,
    "lalu": -1,
    "kemarin": -1,
    "silam": -1,
    "depan": 1,
    "mendatang": 1,
    "sebelumnya": -1,
    "berjalan": 0,
}
_RELATIVE_MONTHS = {"ini": 0, "lalu": -1, "kemarin": -1, "depan": 1, "mendatang": 1, "sebelumnya": -1}
_ENGLISH_YEARS = {"last": -1, "this": 0, "next": 1}
_FIRST_YEAR, _LAST_YEAR = 1945, 2100

_YEAR_APART = {"kemudian": 1, "berikutnya": 1, "setelahnya": 1, "sesudahnya": 1, "berselang": 1, "sebelumnya": -1}
_SINGLE = {"setahun": 12, "sebulan": 1}
_YEAR_ENDS = words("akhir tutup pengujung penghujung")
_RELATIVE_HEADS = words(
    "setahun sebulan akhir tutup pengujung penghujung awal hingga sampai tahun bulan last this next"
)
_OPENERS = frozenset({*MONTHS, *QUARTER_WORDS, *ENGLISH_ORDINALS, *_RELATIVE_HEADS, "q"})
_BEFORE_YEAR = words("- – ' ’ .")
_COUNTED = words("juta miliar triliun ribu persen % orang jiwa million percent workers people")
_COUNTING = words("sebanyak ada sejumlah sekitar tercatat berjumlah")
_COUNTED_AT_START = words("pekerja peserta perusahaan nelayan petani guru")
_MONTHS_IN_DIGITS = words("1 2 3 4 5 6 7 8 9 10 11 12")
_AHEAD = words("ditaksir diperkirakan diproyeksikan ditargetkan target mulai rencananya ditarget kelar rampung")
_AHEAD_REACH = 8
_SAME = words("sama serupa same")
_SAME_REACH, _BARE_YEAR, _MONTH = 4, 4, 7
_BETWEEN_PART_AND_YEAR = words("- / – tahun of ,")


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar expression at tokens [first, last); `relative` when it was resolved with the publication date."""

    first: int
    last: int
    iso: str | None
    relative: bool = False
    as_of: bool = False


def is_year(token: Token) -> bool:
    """Whether the token is four digits of a year a newsroom writes about."""
    return token.kind == "digits" and len(token.text) == 4 and _FIRST_YEAR <= int(token.text) <= _LAST_YEAR


def find_periods(tokens: list[Token], published: date | None) -> list[Period]:
    """The calendar expressions of a sentence in order, without overlaps."""
    found: list[Period] = []
    reach = 0
    for i in [i for i, token in enumerate(tokens) if token.kind == "digits" or token.low in _OPENERS]:
        period = _period_at(tokens, i, published) if i >= reach else None
        if period is not None:
            found.append(period)
            reach = period.last
    return _same_in_other_years(tokens, _before_those(tokens, _joined(tokens, found))) if len(found) > 1 else found


def _period_at(tokens: list[Token], i: int, published: date | None) -> Period | None:
    token = tokens[i]
    if token.kind == "digits":
        return _numeric_date(tokens, i) or _day_month(tokens, i, published) or _year(tokens, i)
    if token.kind != "word":
        return None
    if token.low in MONTHS:
        return _month(tokens, i, published)
    if token.low in QUARTER_WORDS:
        return _part_of_year(tokens, i, published)
    if token.low == "q":
        return _short_quarter(tokens, i)
    if token.low in ENGLISH_ORDINALS:
        return _english_part(tokens, i, published)
    if token.low in _RELATIVE_HEADS:
        return (
            _relative(tokens, i, published) or _last_months(tokens, i, published) or _first_months(tokens, i, published)
        )
    return None


def _numeric_date(tokens: list[Token], i: int) -> Period | None:
    """20/2/2025, 5/ 12/ 2022, 30-06-2024, 31.12.2023."""
    if i + 4 >= len(tokens) or tokens[i + 1].text not in "/-." or tokens[i + 3].text != tokens[i + 1].text:
        return None
    day, month, year = tokens[i], tokens[i + 2], tokens[i + 4]
    if month.kind != "digits" or year.kind != "digits" or len(day.text) > 2 or len(month.text) > 2:
        return None
    if len(year.text) not in (2, 4) or not (1 <= int(day.text) <= 31 and 1 <= int(month.text) <= 12):
        return None
    if tokens[i + 1].text == "." and len(year.text) != 4:
        return None
    introduced = i > 0 and tokens[i - 1].low in AS_OF - {"pada"}
    iso = (
        f"{int(year.text):04d}-{int(month.text):02d}-{int(day.text):02d}"
        if introduced and len(year.text) == 4
        else None
    )
    return Period(i, i + 5, iso, as_of=introduced)


def _day_month(tokens: list[Token], i: int, published: date | None, *, linked: bool = False) -> Period | None:
    """30 Juni 2024, 3 Mei, 8 sampai Kamis 9 Mei 2019."""
    if len(tokens[i].text) > 2 or not 1 <= int(tokens[i].text) <= 31 or i + 1 >= len(tokens):
        return None
    j = i + 1
    if not linked and tokens[j].low in INTERVAL_LINKS | {"dan", "/"} and j + 1 < len(tokens):
        k = j + 2 if tokens[j + 1].low in WEEKDAYS else j + 1
        dated = k < len(tokens) and tokens[k].kind == "digits"
        later = _day_month(tokens, k, published, linked=True) if dated else None
        return Period(i, later.last, None) if later is not None else None
    month = MONTHS.get(tokens[j].low)
    if month is None or (tokens[j].text.islower() and not (j + 1 < len(tokens) and is_year(tokens[j + 1]))):
        return None
    dotted = j + 1 < len(tokens) and tokens[j + 1].text == "." and len(tokens[j].text) <= 4
    after = j + 2 if dotted else j + 1
    year = int(tokens[after].text) if after < len(tokens) and is_year(tokens[after]) else None
    last = after + 1 if year else j + 1
    introduced = _introduced(tokens, i) or _introduced_by(tokens, i, {"mulai", "berlaku", "sejak", "from"})
    if not introduced or (year is None and published is None):
        return Period(i, last, None)
    relative = year is None
    if year is None:
        assert published is not None
        year = _year_of_month(month, published)
    return Period(i, last, f"{year:04d}-{month:02d}-{int(tokens[i].text):02d}", relative=relative, as_of=True)


def _month(tokens: list[Token], i: int, published: date | None) -> Period | None:
    month = MONTHS[tokens[i].low]
    j = i + 1
    if j < len(tokens) and tokens[j].text in _BEFORE_YEAR and j + 1 < len(tokens) and is_year(tokens[j + 1]):
        j += 1
    if j < len(tokens) and tokens[j].low == "tahun":
        j += 1
    if j < len(tokens) and is_year(tokens[j]):
        return Period(i, j + 1, f"{tokens[j].text}-{month:02d}", as_of=_introduced(tokens, i))
    if not tokens[i].text[0].isupper() or len(tokens[i].text) < 3 or tokens[i].low in ("mar", "may", "sep", "des"):
        return None
    day = j < len(tokens) and tokens[j].kind == "digits" and len(tokens[j].text) <= 2
    if day and end_of_literal(tokens, j) == j + 1:  # December 10, never "Oktober 29.880 orang"
        return Period(i, j + 1, None)
    if published is None:
        return Period(i, i + 1, None, relative=True)
    offset = 0
    last = i + 1
    if last + 1 < len(tokens) and tokens[last].low == "tahun" and tokens[last + 1].host in _RELATIVE_YEARS:
        offset, last = _RELATIVE_YEARS[tokens[last + 1].host], last + 2
        return Period(
            i, last, f"{published.year + offset:04d}-{month:02d}", relative=True, as_of=_introduced(tokens, i)
        )
    past = last < len(tokens) and tokens[last].low in ("lalu", "silam", "kemarin")
    last += past
    year = _year_of_month(month, published)
    ahead = any(token.low in _AHEAD for token in tokens[max(0, i - _AHEAD_REACH) : i])
    if not past and (ahead or _introduced_by(tokens, i, {"akhir"})):
        year = published.year
    return Period(i, last, f"{year:04d}-{month:02d}", relative=True, as_of=_introduced(tokens, i))


def _year_of_month(month: int, published: date) -> int:
    """The press means the latest such month that had begun on the day of publication."""
    return published.year if month <= published.month else published.year - 1


def _introduced(tokens: list[Token], i: int) -> bool:
    return _introduced_by(tokens, i, AS_OF)


def _introduced_by(tokens: list[Token], i: int, words: set[str] | frozenset[str]) -> bool:
    j = i - 1
    while j >= 0 and tokens[j].low in ("akhir", "awal", "bulan", "dengan") and tokens[j].low not in words:
        j -= 1
    return j >= 0 and tokens[j].low in words


def _year(tokens: list[Token], i: int) -> Period | None:
    if not is_year(tokens[i]):
        return None
    if i + 2 < len(tokens) and tokens[i + 1].text in "-–—/" and is_year(tokens[i + 2]):
        named = i > 0 and tokens[i - 1].low in INTERVAL_OPENERS | {"tahun"}
        return Period(i, i + 3, f"{tokens[i].text}/{tokens[i + 2].text}" if named else None)
    if _is_counted(tokens, i):
        return None
    year = tokens[i].text
    ended = i > 2 and tokens[i - 1].low == "of" and tokens[i - 2].low == "end"  # "by the end of 2026"
    if (
        ended
        or (i > 0 and tokens[i - 1].low == "akhir")
        or (i > 1 and tokens[i - 1].low == "tahun" and tokens[i - 2].low == "akhir")
    ):
        return Period(i, i + 1, f"{year}-12", as_of=True)
    return Period(i, i + 1, year, as_of=_introduced(tokens, i))


def _is_counted(tokens: list[Token], i: int) -> bool:
    """Whether the four digits read as a number: money, scaled, part of a decimal, or `2015 pekerja` without a cue."""
    if (
        i + 2 < len(tokens)
        and tokens[i + 1].text in ".,"
        and tokens[i + 2].kind == "digits"
        and tokens[i + 2].start == tokens[i].end + 1
    ):
        return True
    if i > 0 and (
        tokens[i - 1].low in ("rp", "idr", "$") or (tokens[i - 1].text == "." and i > 1 and tokens[i - 2].low == "rp")
    ):
        return True
    if i + 1 >= len(tokens):
        return False
    follower = tokens[i + 1].low
    if follower in _COUNTED:
        return True
    cued = i > 0 and (tokens[i - 1].low in YEAR_CUES or tokens[i - 1].low in MONTHS or tokens[i - 1].text == ",")
    counting = i > 0 and tokens[i - 1].low in _COUNTING
    return counting or (i == 0 and not cued and follower in _COUNTED_AT_START)


def _part_of_year(tokens: list[Token], i: int, published: date | None) -> Period | None:
    """Triwulan II-2025, semester I tahun 2024, kuartal pertama 2023."""
    length = QUARTER_WORDS[tokens[i].low]
    j = i + 1
    if j < len(tokens) and tokens[j].low == "ke":
        j += 2 if j + 1 < len(tokens) and tokens[j + 1].text == "-" else 1
    number = ORDINALS.get(tokens[j].low) if j < len(tokens) else None
    if number is None:
        return _relative_part(tokens, i, length, published)
    j += 1
    while j < len(tokens) and tokens[j].low in _BETWEEN_PART_AND_YEAR:
        j += 1
    relative = not (j < len(tokens) and is_year(tokens[j]))
    if relative:
        j = i + 2 if tokens[i + 1].low in ORDINALS else i + 3
        if published is None:
            return Period(i, min(j, len(tokens)), None, relative=True)
        year = published.year
        if j + 1 < len(tokens) and tokens[j].low == "tahun" and tokens[j + 1].host in _RELATIVE_YEARS:
            year, j = year + _RELATIVE_YEARS[tokens[j + 1].host], j + 2
        elif (number - 1) * length + 1 > published.month:
            year -= 1
        j -= 1
    else:
        year = int(tokens[j].text)
    start, end = (number - 1) * length + 1, number * length
    if end > 12:
        return None
    return Period(i, j + 1, f"{year:04d}-{start:02d}/{year:04d}-{end:02d}", relative=relative)


def _relative_part(tokens: list[Token], i: int, length: int, published: date | None) -> Period | None:
    """`semester lalu`, `kuartal ini`."""
    shift = _RELATIVE_MONTHS.get(tokens[i + 1].low) if i + 1 < len(tokens) else None
    if shift is None:
        return None
    if published is None:
        return Period(i, i + 2, None, relative=True)
    first = shift * length - (published.month - 1) % length
    iso = f"{_shifted(published, first)}/{_shifted(published, first + length - 1)}"
    return Period(i, i + 2, iso, relative=True)


def _short_quarter(tokens: list[Token], i: int) -> Period | None:
    """`Q2 2025`, `Q3-2024`."""
    number = ORDINALS.get(tokens[i + 1].text) if i + 1 < len(tokens) and tokens[i + 1].kind == "digits" else None
    j = i + 3 if i + 2 < len(tokens) and tokens[i + 2].text in "-/" else i + 2
    if number is None or j >= len(tokens) or not is_year(tokens[j]):
        return None
    return Period(i, j + 1, f"{tokens[j].text}-{number * 3 - 2:02d}/{tokens[j].text}-{number * 3:02d}")


def _english_part(tokens: list[Token], i: int, published: date | None) -> Period | None:
    """`first quarter of 2022`, `second half`."""
    j = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text == "-" else i + 1
    length = ENGLISH_PARTS.get(tokens[j].low) if j < len(tokens) else None
    if length is None or ENGLISH_ORDINALS[tokens[i].low] * length > 12:
        return None
    j += 1
    if j < len(tokens) and tokens[j].low == "of":
        j += 1
    dated = j < len(tokens) and is_year(tokens[j])
    if not dated and published is None:
        return Period(i, j, None, relative=True)
    year = int(tokens[j].text) if dated else published.year if published is not None else 0
    number = ENGLISH_ORDINALS[tokens[i].low]
    iso = f"{year:04d}-{(number - 1) * length + 1:02d}/{year:04d}-{number * length:02d}"
    return Period(i, j + 1 if dated else j, iso, relative=not dated)


def _relative(tokens: list[Token], i: int, published: date | None) -> Period | None:
    """Tahun lalu, akhir tahun ini, bulan lalu, last year."""
    j = i + 1 if tokens[i].low in _YEAR_ENDS or tokens[i].low in ("awal", "hingga", "sampai") else i
    if j + 1 >= len(tokens):
        return None
    head, modifier = tokens[j].low, tokens[j + 1].low
    began = i > 0 and tokens[i - 1].low == "sejak"  # "sejak awal tahun ini" is the year so far
    if tokens[i].low == "awal" and head == "tahun" and modifier not in _RELATIVE_YEARS and not is_year(tokens[j + 1]):
        if published is None:
            return Period(i, j + 1, None, relative=True)
        so_far = f"/{published:%Y-%m}" if began else ""
        return Period(i, j + 1, f"{published.year:04d}-01{so_far}", relative=True)
    if tokens[i].low == "awal" and head == "tahun" and modifier in _RELATIVE_YEARS and not began:
        started = f"{published.year + _RELATIVE_YEARS[modifier]:04d}-01" if published else None
        return Period(i, j + 2, started, relative=True)
    if tokens[i].low in _YEAR_ENDS and head == "tahun" and modifier not in _RELATIVE_YEARS:
        if is_year(tokens[j + 1]):
            return Period(i, j + 2, f"{tokens[j + 1].text}-12", as_of=True)
        return Period(i, j + 1, f"{published.year:04d}-12" if published else None, relative=True, as_of=True)
    if head == "tahun" and modifier in _RELATIVE_YEARS and not _is_preceded_by_number(tokens, j):
        if published is None:
            return Period(i, j + 2, None, relative=True)
        year = published.year + _RELATIVE_YEARS[modifier]
        return Period(i, j + 2, f"{year:04d}-12" if tokens[i].low in _YEAR_ENDS else f"{year:04d}", relative=True)
    if head == "bulan" and modifier in _RELATIVE_MONTHS and not _is_preceded_by_number(tokens, j):
        return Period(i, j + 2, _shifted(published, _RELATIVE_MONTHS[modifier]) if published else None, relative=True)
    if head in _ENGLISH_YEARS and modifier == "month":
        return Period(i, j + 2, _shifted(published, _ENGLISH_YEARS[head]) if published else None, relative=True)
    if head in _ENGLISH_YEARS and modifier == "year":
        return Period(i, j + 2, f"{published.year + _ENGLISH_YEARS[head]:04d}" if published else None, relative=True)
    return None


def _is_preceded_by_number(tokens: list[Token], j: int) -> bool:
    return j > 0 and (tokens[j - 1].kind == "digits" or tokens[j - 1].low in UNITS)


def _shifted(day: date, months: int) -> str:
    index = day.year * 12 + day.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _last_months(tokens: list[Token], i: int, published: date | None) -> Period | None:
    """`empat bulan terakhir`: found at its noun, because the number before it is dropped as a duration."""
    token = tokens[i]
    if token.low in _SINGLE and i + 1 < len(tokens) and tokens[i + 1].low == "terakhir":
        if published is None:
            return None
        return Period(i, i + 2, f"{_shifted(published, -_SINGLE[token.low])}/{_shifted(published, 0)}", relative=True)
    if token.low == "setahun" and i + 1 < len(tokens) and tokens[i + 1].low in _YEAR_APART:
        return Period(i, i + 2, None, relative=True)  # dated by what was told before it
    if token.low not in ("bulan", "tahun") or i == 0 or i + 1 >= len(tokens) or tokens[i + 1].low != "terakhir":
        return None
    before = tokens[i - 1]
    number = (
        UNITS.get(before.low)
        if before.kind == "word"
        else int(before.text)
        if before.text.isdecimal() and len(before.text) <= 3
        else None
    )
    if not number or published is None:
        return None
    months = number if token.low == "bulan" else 12 * number
    return Period(i, i + 2, f"{_shifted(published, -months)}/{_shifted(published, 0)}", relative=True)


def _first_months(tokens: list[Token], i: int, published: date | None) -> Period | None:
    """`enam bulan pertama 2025`, `tiga bulan pertama tahun ini`: found at its noun."""
    if tokens[i].low != "bulan" or i == 0 or i + 2 >= len(tokens) or tokens[i + 1].low != "pertama":
        return None
    number = UNITS.get(tokens[i - 1].low) or (int(tokens[i - 1].text) if tokens[i - 1].text in _MONTHS_IN_DIGITS else 0)
    j = i + 2 + (tokens[i + 2].low == "tahun")
    if not 1 <= number <= 12 or j >= len(tokens):
        return None
    if is_year(tokens[j]):
        year, relative = int(tokens[j].text), False
    elif tokens[j - 1].low == "tahun" and tokens[j].host in _RELATIVE_YEARS and published is not None:
        year, relative = published.year + _RELATIVE_YEARS[tokens[j].host], True
    else:
        return None
    return Period(i - 1, j + 1, f"{year:04d}-01/{year:04d}-{number:02d}", relative=relative)


def _joined(tokens: list[Token], found: list[Period]) -> list[Period]:
    """Neighbouring months joined to one interval: `November 2017 hingga Januari 2018`, `Januari–Juni 2025`."""
    joined: list[Period] = []
    for period in found:
        before = joined[-1] if joined else None
        if before is not None and _opens_interval(tokens, before, period):
            joined[-1] = Period(
                before.first, period.last, _interval(tokens, before, period), before.relative and period.relative
            )
        else:
            joined.append(period)
    return joined


def _before_those(tokens: list[Token], found: list[Period]) -> list[Period]:
    """`Mei lalu …, bulan sebelumnya …`, `pada 2023 …, setahun sebelumnya …`: reckoned from what was told before it."""
    for n, period in enumerate(found[1:], 1):
        told = found[n - 1].iso
        if tokens[period.last - 1].low not in _YEAR_APART or told is None:
            continue
        year, _, month = told.rpartition("/")[2][:_MONTH].partition("-")
        if tokens[period.last - 2].low == "setahun":
            shifted = int(year) + _YEAR_APART[tokens[period.last - 1].low]
            found[n] = replace(period, iso=f"{shifted:04d}{month and f'-{month}'}")
            continue
        if tokens[period.last - 1].low != "sebelumnya":
            continue
        if tokens[period.last - 2].low == "bulan" and month:
            found[n] = replace(period, iso=_shifted(date(int(year), int(month), 1), -1))
        elif tokens[period.last - 2].low == "tahun" and not _is_the_same(tokens, period):
            found[n] = replace(period, iso=f"{int(year) - 1:04d}")
    return found


def _same_in_other_years(tokens: list[Token], found: list[Period]) -> list[Period]:
    """`sampai April …, periode yang sama tahun sebelumnya`: the year alone is meant with the months told before it."""
    told: Period | None = None
    for n, period in enumerate(found):
        if period.iso is None:
            continue
        if len(period.iso) != _BARE_YEAR:
            told = period
        elif told is not None and told.iso is not None and _is_the_same(tokens, period):
            shift = int(period.iso) - int(told.iso.rpartition("/")[2][:_BARE_YEAR])
            iso = "/".join(f"{int(end[:_BARE_YEAR]) + shift:04d}{end[_BARE_YEAR:]}" for end in told.iso.split("/"))
            found[n] = replace(period, iso=iso, relative=period.relative or told.relative)
    return found


def _is_the_same(tokens: list[Token], period: Period) -> bool:
    before = [token.low for token in tokens[max(0, period.first - _SAME_REACH) : period.first]]
    while before and before[-1] in ("di", "pada", "tahun", "in", "of"):
        before.pop()
    return (bool(before) and before[-1] in _SAME) or (
        len(before) > 1 and before[-2] in _SAME and before[-1] == "period"
    )


def _opens_interval(tokens: list[Token], before: Period, after: Period) -> bool:
    gap = tokens[before.last : after.first]
    between = [token.low for token in gap if token.low not in ("akhir", "dengan", "bulan", "tahun")]
    if between in (["s", ".", "d", "."], ["s", "/", "d"], ["s", "d"]):
        between = ["sampai"]
    both = between in (["dan"], ["and"]) and before.first > 0 and tokens[before.first - 1].low in ("antara", "between")
    if not both and (len(between) != 1 or between[0] not in INTERVAL_LINKS - {"dan"} or len(gap) > 4):
        return False
    months = tokens[before.first].low in MONTHS and tokens[after.first].low in MONTHS
    years = is_year(tokens[before.first]) and is_year(tokens[after.first])
    opened = before.first > 0 and tokens[before.first - 1].low in INTERVAL_OPENERS | {"tahun"}
    return months or (years and opened) or (opened and before.iso is not None and after.iso is not None)


def _interval(tokens: list[Token], before: Period, after: Period) -> str | None:
    if after.iso is None:
        return None
    start = before.iso
    if tokens[before.first].low in MONTHS and (start is None or before.relative) and not after.relative:
        start = f"{after.iso[:4]}-{MONTHS[tokens[before.first].low]:02d}"
    end = after.iso
    if start is not None and end < start and tokens[after.first].low in MONTHS:
        # "sejak Februari sampai Juli" ends after it begins.
        end = f"{int(start[:_BARE_YEAR]) + (end[_BARE_YEAR:] < start[_BARE_YEAR:]):04d}{end[_BARE_YEAR:]}"
    return f"{start}/{end}" if start else None
