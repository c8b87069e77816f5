"""Numbers, money and figures as newspapers print them."""

from decimal import ROUND_HALF_EVEN, Decimal

from service.domain.figure import BEYOND_PRINT
from service.domain.wording.language import language, say

_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
SCALES = (*_SCALES, (10**3, "ribu"))
"""Words for powers of ten, the greatest first."""
_MONEY = {"IDR": "Rp", "USD": "US$"}
UNITS = {
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
    "ratio": "",
    "rank": "peringkat",
    "IDR": "rupiah",
    "USD": "dolar AS",
}


def number(value: float) -> str:
    """1608431 → "1.608.431", 31.93 → "31,93"; at most four decimals, none that are zero; a dash beyond print."""
    if not abs(value) < BEYOND_PRINT:
        return "–"
    rounded = Decimal(repr(value)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)
    whole, _, decimals = f"{rounded:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return _marked(f"{whole}.{decimals}" if decimals else whole)


def plain(value: Decimal) -> str:
    """A number as one types it: 1200000000 → "1200000000", 31.93 → "31,93"."""
    return f"{value.normalize():f}".replace(".", ",")


def money(value: float, mark: str = "Rp") -> str:
    """1_200_000_000 → "Rp1,2 miliar", 16_800 → "Rp16.800"; no digit is rounded away to reach a scale word."""
    return mark + _scaled(value)


def figure_value(value: float | tuple[float, float], unit: str) -> str:
    """A figure's value in base units with its unit, a range as "10–19 orang"."""
    low, high = value if isinstance(value, tuple) else (value, value)
    if unit in _MONEY:
        return money(low, _MONEY[unit]) + (f"–{money(high, _MONEY[unit])}" if high != low else "")
    printed = _scaled(low) + (f"–{_scaled(high)}" if high != low else "")
    if unit == "rank":
        return f"{say(UNITS[unit])} {printed}"
    return f"{printed} {_named(unit)}".rstrip()


def scaled_value(value: Decimal, unit: str, size: int, scale: str, decimals: int) -> str:
    """The value in that scale with just so many decimals: 39_700_000 in "juta" with two is "39,70 juta orang"."""
    printed = _marked(f"{value / size:,.{decimals}f}")
    return " ".join(it for it in (_MONEY.get(unit, "") + printed, say(scale), _named(unit)) if it)


def _named(unit: str) -> str:
    return "" if unit in _MONEY else say(UNITS.get(unit, ""))


def _marked(printed: str) -> str:
    """1,608,431.5 with the marks of the language that is told."""
    told = language()
    return printed.translate(str.maketrans(",.", told.thousands_mark + told.decimal_mark))


def one_decimal(value: float) -> str:
    """35.43 → "35,4", 35.0 → "35"."""
    return number(round(value, 1))


def _scaled(value: float) -> str:
    if not abs(value) < BEYOND_PRINT:
        return "–"
    for size, name in _SCALES:
        if abs(value) >= size:
            scaled = Decimal(repr(value)) / size
            # Rp1.608.431 stays as it is: "1,608431 juta" is harder to read and no shorter.
            if scaled == scaled.quantize(Decimal("0.001")):
                return f"{number(float(scaled))} {say(name)}"
            break
    return number(value)
