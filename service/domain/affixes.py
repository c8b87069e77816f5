"""The root of an Indonesian word, found by taking off what the rules of affixation put around a known root."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from service.domain.roots import ROOTS

LOST = frozenset("kpst")
"""The first letters that a root can lose behind a prefix."""

_PARTICLES = ("", "nya", "lah", "kah", "pun", "ku", "mu", "nyalah")
_ENDINGS = ("", "an", "kan", "i")


class _Beginning(NamedTuple):
    """A prefix as it is printed, `lost` being the letter of the root that it took the place of.

    `endings` are the suffixes that go with it: no word is made of ke- alone, and none of di- and -an.
    `before` is how the roots begin that take it.
    """

    printed: str
    endings: tuple[str, ...]
    before: re.Pattern[str]
    lost: str = ""


def root_of(word: str) -> str | None:
    """The longest known root that the word is derived from: *keberangkatan* is of *berangkat*, not of *angkat*."""
    return max(_roots_of(word), key=len, default=None)


def _roots_of(word: str) -> Iterator[str]:
    for particle in _PARTICLES:
        for ending in _ENDINGS:
            if word.endswith(ending + particle):
                yield from _bases(word[: len(word) - len(ending + particle)], ending)


def _bases(inner: str, ending: str) -> Iterator[str]:
    """The roots that remain when a prefix is taken off that goes with the ending."""
    for length in range(min(_LONGEST_PREFIX, len(inner)) + 1):
        for beginning in _BEGINNINGS.get(inner[:length], ()):
            base = beginning.lost + inner[length:]
            if base in ROOTS and ending in beginning.endings and beginning.before.match(base):
                yield base


def _plain() -> Iterator[_Beginning]:
    """Prefixes that stand before any root as they are."""
    for prefixes, endings in {
        ("", "per"): ("", "an", "kan", "i"),
        ("di", "diper", "ter", "memper"): ("", "kan", "i"),
        ("ber",): ("", "an", "kan"),
        ("pe",): ("", "an"),
        ("se",): ("", "an"),
        ("member", "diber"): ("kan",),
        ("ke", "keber", "keter", "berke", "pember", "seper"): ("an",),
    }.items():
        for prefix in prefixes:
            yield _Beginning(prefix, endings, re.compile(""))


def _without_r() -> Iterator[_Beginning]:
    """ber-, per- and ter- lose their r before another: berasa, bekerja."""
    for prefix, endings in (
        ("be", ("", "an", "kan")),
        ("te", ("", "kan", "i")),
        ("pe", ("", "an")),
        ("dipe", ("", "kan", "i")),
        ("mempe", ("", "kan", "i")),
        ("kete", ("an",)),
    ):
        yield _Beginning(prefix, endings, re.compile("r|[^aeiou]er[^aeiou]"))


def _nasal() -> Iterator[_Beginning]:
    """meN- and peN-: the nasal follows the root's first letter, and takes the place of k, p, s and t."""
    for prefix, endings in {"me": ("", "kan", "i"), "pe": ("", "an"), "kepe": ("an",), "berpe": ("an",)}.items():
        for nasal, before, lost in (
            ("", "[lmnrwy]", ""),
            # Loan words keep their consonant: memproses, mentransfer, mengklaim.
            ("m", "[bfpv]", ""),
            ("n", "[cdjstz]", ""),
            ("ng", "[aeioughkqx]", ""),
            ("m", "p[aeiourl]", "p"),
            ("n", "t[aeiour]", "t"),
            ("ny", "s[aeiou]", "s"),
            ("ng", "k[aeiourl]", "k"),
            # A root of one syllable takes one more: mengecek, pengesahan.
            ("nge", "[^aeiou]*[aeiou][^aeiou]*$", ""),
        ):
            yield _Beginning(prefix + nasal, endings, re.compile(before), lost)


def _by_print(beginnings: Iterable[_Beginning]) -> dict[str, list[_Beginning]]:
    table: dict[str, list[_Beginning]] = {}
    for beginning in beginnings:
        table.setdefault(beginning.printed, []).append(beginning)
    return table


_BEGINNINGS = _by_print((*_plain(), *_without_r(), *_nasal()))
_LONGEST_PREFIX = max(map(len, _BEGINNINGS))
