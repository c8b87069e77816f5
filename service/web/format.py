"""Numbers, money and times as Indonesian newspapers print them. Times are shown in WIB."""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from service.domain.article import WIB

_WEEKDAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_LONG_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_MONEY = {"IDR": "Rp", "USD": "US$"}
_UNITS = {
    "percent": "persen",
    "percentage_point": "poin persen",
    "times": "kali",
    "people": "orang",
    "companies": "perusahaan",
    "cases": "kasus",
    "documents": "berkas",
    "villages": "desa",
    "regions": "daerah",
    "days": "hari",
    "months": "bulan",
    "years": "tahun",
    "points": "poin",
    "programmes": "program",
}
_BEYOND_PRINT = 1e18
"""No newspaper prints such numbers; they, infinities and NaN are shown as a dash."""
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def number(value: float) -> str:
    """1608431 → "1.608.431", 31.93 → "31,93"; at most four decimals, none that are zero."""
    if not abs(value) < _BEYOND_PRINT:
        return "–"
    rounded = Decimal(repr(value)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)
    whole, _, decimals = f"{rounded:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def money(value: float, mark: str = "Rp") -> str:
    """1_200_000_000 → "Rp1,2 miliar", 16_800 → "Rp16.800"; no digit is rounded away to reach a scale word."""
    return mark + _scaled(value)


def figure_value(value: float | tuple[float, float], unit: str) -> str:
    """A figure's value in base units with its unit, a range as "10–19 orang"."""
    low, high = value if isinstance(value, tuple) else (value, value)
    if unit in _MONEY:
        return money(low, _MONEY[unit]) + (f"–{money(high, _MONEY[unit])}" if high != low else "")
    printed = number(low) + (f"–{number(high)}" if high != low else "")
    if unit == "rank":
        return f"peringkat {printed}"
    name = _UNITS.get(unit, "")
    return f"{printed} {name}".rstrip()


def unit_name(unit: str) -> str:
    """The unit in words."""
    return {"IDR": "rupiah", "USD": "dolar AS", "ratio": "rasio", "rank": "peringkat"}.get(unit) or _UNITS.get(
        unit, unit
    )


def day(value: date) -> str:
    """2026-11-23 → "Sen 23 Nov 2026"."""
    return f"{_WEEKDAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """2026-11-23 → "23 Nov"."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def moment(value: datetime) -> str:
    """An aware time → "Sen 23 Nov 2026, 06.30 WIB"."""
    local = value.astimezone(WIB)
    return f"{day(local.date())}, {local:%H.%M} WIB"


def since(value: datetime, now: datetime) -> str:
    """How long ago, in the words of a newsroom: "baru saja", "12 menit lalu", "3 jam lalu", else the moment."""
    passed = now - value
    if passed < timedelta(minutes=1) or passed >= timedelta(hours=24):
        return "baru saja" if timedelta(0) <= passed < timedelta(minutes=1) else moment(value)
    minutes = int(passed.total_seconds()) // 60
    return f"{minutes} menit lalu" if minutes < 60 else f"{minutes // 60} jam lalu"


def period(value: str) -> str:
    """An ISO period → "2024", "Juni 2024", "30 Juni 2024"; an interval → "Januari–Juni 2024"."""
    first, slash, last = value.partition("/")
    if not slash:
        return _date(first)
    opening, closing = _date(first), _date(last)
    year = f" {last[:4]}"
    if first[:4] == last[:4] and opening.endswith(year) and closing.endswith(year):
        opening = opening.removesuffix(year)
    return f"{opening}–{closing}"


def _date(value: str) -> str:
    read = _PERIOD.fullmatch(value)
    if read is None or (read[2] and not 1 <= int(read[2]) <= 12):
        return value
    parts = [str(int(read[3]))] if read[3] else []
    parts += [_LONG_MONTHS[int(read[2]) - 1]] if read[2] else []
    return " ".join([*parts, read[1]])


def _scaled(value: float) -> str:
    if not abs(value) < _BEYOND_PRINT:
        return "–"
    for size, name in _SCALES:
        if abs(value) >= size:
            scaled = Decimal(repr(value)) / size
            # Rp1.608.431 stays as it is: "1,608431 juta" is harder to read and no shorter.
            if scaled == scaled.quantize(Decimal("0.001")):
                return f"{number(float(scaled))} {name}"
            break
    return number(value)
