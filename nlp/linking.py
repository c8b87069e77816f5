"""What an article's names mean: "Rahman" is "Abdul Rahman" where only one is named, "Tawai Ketut" is Ketut of Tawai."""

import re
from collections.abc import Iterable
from functools import cached_property

from nlp.naming.places import PLACES, SEATS, SIDES
from nlp.naming.vocabulary import GIVEN_NAMES, ORGANISATION_HEADS
from nlp.naming.words import word_set

MOST_NAMES = 300  # of one article that are told apart; a page with more is a list


class NameForms:
    """The names of one article, by their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, set[str]] = {}
        self._full: dict[str, str] = {}
        for name in list(dict.fromkeys(names))[:MOST_NAMES]:
            for word in set(name.split()):
                self._by_word.setdefault(word, set()).add(name)

    def full(self, short: str) -> str:
        """The longest name with all the words of this one, if every other such name is a shorter form of it."""
        if short not in self._full:
            self._full[short] = self._longest(short)
        return self._full[short]

    def _longest(self, short: str) -> str:
        # Nobody is called nothing: a source without a name has an empty one.
        bearing = [self._by_word.get(part, {short}) for part in short.split()] or [{short}]
        bearers = set.intersection(*bearing) or {short}
        longest = max(bearers, key=lambda name: (len(name.split()), name))
        whole = set(longest.split())
        return longest if all(set(name.split()) <= whole for name in bearers) else short


_CAPITALISED = re.compile(r"\b[A-Z][\w'’]*")
_BEFORE_A_PLACE = SEATS | word_set("di ke dari se ketenagakerjaan negeri daerah")
_TAKES_A_SEAT = SEATS | word_set(
    "ketenagakerjaan negeri pusat daerah dinas badan lembaga yayasan universitas rumah sakit"
)
_BODIES = word_set("pusat lembaga yayasan universitas institut forum serikat asosiasi aliansi paguyuban federasi")
_NEVER_ALONE = word_set(
    """
    muhammad mohammad mohamad muhamad moh muh ahmad achmad abdul siti sri nur andi la wa ode i ni ida gusti ngurah dewa
    anak agung made nyoman ketut putu wayan maria dewi
    """
)
"""First words of names by which nobody is called in short, and which no place begins with."""
_OPENS_A_NAME = GIVEN_NAMES | {"i", "ni"}
_MOST_PLACES = 30  # of a word that are looked at
_MOST_SPLITS = 200


class Seats:
    """Tells a seat that no list has from the name after it, by what else the article says."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[str, str], str] = {}

    def before_name(self, title: str | None, name: str) -> str:
        """What of "Telaga Biru Anwar Hippy" after "Wali Kota" is the seat; empty where nothing tells it.

        Either the seat is named elsewhere, after "Kota", "di" or the like, or the person is, by the name alone.
        """
        if title is None or " " not in name or "  " in name:
            return ""
        if (title, name) not in self._known:
            if len(self._known) >= _MOST_SPLITS:
                return ""
            self._known[title, name] = self._seat(title, name)
        return self._known[title, name]

    def _seat(self, title: str, name: str) -> str:
        last = title.split()[-1]
        of_body = any(word.casefold() in _BODIES for word in title.split())
        if f"{title} {name}" not in self._text:
            return ""
        parts = name.split(" ")
        if not (of_body or last.casefold() in _TAKES_A_SEAT or last.isupper() or last in ORGANISATION_HEADS):
            return self._before_given_name(parts) if last.casefold() in PLACES else ""  # "Padang Gelugur" goes on
        cuts = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(len(parts) - 1, 0, -1)]
        for seat, rest in cuts:
            if self._is_place(seat, rest):
                return seat
        if parts[0].casefold() in _NEVER_ALONE:
            return ""
        called = next((seat for seat, rest in reversed(cuts) if " " in rest and self._is_called(seat, rest)), "")
        return called or self._before_given_name(parts)

    def _before_given_name(self, parts: list[str]) -> str:
        """The words before the first that can only be a given name: "Loura" of "Loura Stefanus Bulu"."""
        begins = next((at for at, part in enumerate(parts) if part.casefold() in _OPENS_A_NAME), 0)
        in_full = len(parts) - begins > 1 or parts[begins - 1].casefold() in SIDES
        if not begins or not in_full or self._stands_alone(parts[0]):
            return ""
        return " ".join(parts[:begins])

    def _stands_alone(self, first: str) -> bool:
        """Whether the text has the word without another name after it, as it calls a person in short."""
        return any(
            not self._text[at + len(first) + 1 : at + len(first) + 2].isupper()
            for at in self._places.get(first, ())[:_MOST_PLACES]
        )

    def _is_place(self, seat: str, rest: str) -> bool:
        """Whether the seat stands after a word for a place where the name does not follow it."""
        for at in self._places.get(seat.split()[0], ())[:_MOST_PLACES]:
            end = at + len(seat)
            if not self._text.startswith(seat, at) or self._text[end : end + 1].isalnum():
                continue
            before = self._word_before(at)
            if (before.casefold() in _BEFORE_A_PLACE or before.isupper()) and not self._text.startswith(rest, end + 1):
                return True
        return False

    def _is_called(self, seat: str, rest: str) -> bool:
        """Whether the person is called by the first word of the name alone, without the seat before it."""
        first, second = rest.split()[:2]
        return any(
            self._word_before(at) != seat.split()[-1] and not self._text.startswith(second, at + len(first) + 1)
            for at in self._places.get(first, ())[:_MOST_PLACES]
        )

    def _word_before(self, at: int) -> str:
        return self._text[max(0, at - 30) : at].rstrip(" ").rpartition(" ")[2] if self._text[at - 1 : at] == " " else ""

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for match in _CAPITALISED.finditer(self._text):
            places.setdefault(match.group(), []).append(match.start())
        return places
