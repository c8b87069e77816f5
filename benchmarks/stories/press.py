"""An invented press of which it is known what was copied from what.

Every article is made of sentences that other articles on the topic use too, about an event of its own; most carry the
agency's boilerplate. What is printed under one `family` came from one text.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

Kind = Literal["original", "verbatim", "light", "half", "lead", "unrelated", "form"]
"""What an article is: the first of its text or a copy of it; or a text of its own, "form" one that was written into
another's form: every sentence is the same but for the places, people and figures.
"""

COPIES: tuple[Kind, ...] = ("verbatim", "light", "half", "lead")

START = datetime(2026, 11, 2, tzinfo=UTC)
DAYS = 7
"""All is printed within these days, so that every third of the press is near enough in time to be one story."""

_FOLDER = Path(__file__).parent
_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_WORD = re.compile(r"[A-Za-z]+")

Event = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Printed:
    """An article of the invented press; its `family` are those that came from one text."""

    id: str
    family: int
    kind: Kind
    outlet: str
    moment: datetime
    text: str
    story_id: None = None


@dataclass(frozen=True, slots=True)
class _Written:
    """A text before it is printed: what it is about, and the forms of its paragraphs."""

    event: Event
    topic: Mapping[str, Any]
    lead: str
    body: tuple[str, ...]

    @property
    def paragraphs(self) -> list[str]:
        return [form.format_map(self.event) for form in (self.lead, *self.body)]


def printed(seed: int, families: int = 300, alone: int = 900) -> list[Printed]:
    """The press of this seed in the order of time: texts with one copy of each kind, and others that nobody copied.

    Of the latter every fifth is another's form about an event of its own.
    """
    assert set(COPIES) < set(get_args(Kind))
    press = _Press(seed)
    articles = [it for family in range(families) for it in press.family(family)]
    articles += [press.alone(families + number) for number in range(alone)]
    articles.sort(key=lambda it: (it.moment, it.id))
    return articles


class _Press:
    """Writes, copies and prints by chance alone."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  (no secret: the same seed must give the same press)
        self._words: dict[str, Any] = _read("words.toml")
        self._sentences: dict[str, Any] = _read("sentences.toml")
        self._written: list[_Written] = []
        self._number = 0

    def family(self, family: int) -> Iterator[Printed]:
        """A text and a copy of each kind in the two days after it."""
        moment = self._moment()
        written = self._write(moment)
        self._written.append(written)
        outlets = self._chance.sample(self._words["outlets"], 1 + len(COPIES))
        yield self._print(family, "original", outlets[0], moment, written.paragraphs)
        for kind, outlet in zip(COPIES, outlets[1:], strict=True):
            later = moment + timedelta(minutes=self._chance.randint(5, 48 * 60))
            yield self._print(family, kind, outlet, later, self._copied(kind, written))

    def alone(self, family: int) -> Printed:
        """A text that nobody copies."""
        moment = self._moment()
        outlet = self._chance.choice(self._words["outlets"])
        if family % 5 == 0:
            model = self._chance.choice(self._written)
            own = _Written(self._event(moment), model.topic, model.lead, model.body)
            return self._print(family, "form", outlet, moment, own.paragraphs)
        return self._print(family, "unrelated", outlet, moment, self._write(moment).paragraphs)

    def _write(self, moment: datetime) -> _Written:
        topic = self._chance.choice(self._sentences["topic"])
        # A brief is a lead, two sentences and the boilerplate; a report goes on.
        size = self._chance.choice((2, 4, 5, 6, 7, 8))
        body = self._chance.sample(topic["body"], size)
        body += self._chance.sample(self._sentences["remarks"], self._chance.randint(0, 1 if size == 2 else 3))
        self._chance.shuffle(body)
        voice = self._chance.uniform(0.2, 0.7)
        body = [self._begun(self._voiced(form, voice)) for form in body]
        # The agency's own sentences are printed as they came.
        body += self._chance.sample(self._sentences["boilerplate"], self._chance.choice((0, 1, 1, 2)))
        return _Written(self._event(moment), topic, self._chance.choice(topic["leads"]), tuple(body))

    def _begun(self, form: str) -> str:
        """The sentence, now and then with who says so or where it was."""
        if not form[0].isupper() or form.startswith("BPJS") or not self._perhaps(0.4):
            return form
        return f"{self._chance.choice(self._words['openings'])} {form[0].lower()}{form[1:]}"

    def _voiced(self, form: str, share: float) -> str:
        """The form in the words of one who writes."""
        return _WORD.sub(lambda word: self._reworded(word[0], share), form)

    def _copied(self, kind: Kind, written: _Written) -> list[str]:
        paragraphs = written.paragraphs
        if kind == "light":
            return self._edited(paragraphs)
        if kind == "half":
            return self._halved(paragraphs)
        if kind == "lead":
            return self._led_anew(written)
        return paragraphs

    def _edited(self, paragraphs: list[str]) -> list[str]:
        """Some words changed, now and then a sentence dropped and a figure misprinted."""
        share = self._chance.uniform(0.1, 0.6)
        edited = [self._voiced(paragraph, share) for paragraph in paragraphs]
        edited = [it.replace("BPJS Ketenagakerjaan", "BPJAMSOSTEK") for it in edited] if self._perhaps(0.3) else edited
        if len(edited) > 4 and self._perhaps(0.4):
            del edited[self._chance.randrange(1, len(edited))]
        if self._perhaps(0.3):
            edited.insert(self._chance.randrange(1, len(edited)), self._chance.choice(self._words["further"]))
        if self._perhaps(0.2):
            edited = [re.sub(r"Rp(\d)", lambda it: f"Rp{(int(it[1]) % 9) + 1}", paragraph) for paragraph in edited]
        return edited

    def _reworded(self, word: str, share: float) -> str:
        others = self._words["synonyms"].get(word)
        return self._chance.choice(others) if others and self._perhaps(share) else word

    def _halved(self, paragraphs: list[str]) -> list[str]:
        """The first half of the words, to the end of a paragraph; now and then edited too."""
        words = sum(len(it.split()) for it in paragraphs) / 2
        kept: list[str] = []
        for paragraph in paragraphs:
            kept.append(paragraph)
            words -= len(paragraph.split())
            if words <= 0:
                break
        return self._edited(kept) if self._perhaps(0.2) else kept

    def _led_anew(self, written: _Written) -> list[str]:
        """Another lead, sometimes with a remark behind it, on the body as it was."""
        leads = [lead for lead in written.topic["leads"] if lead != written.lead]
        begun = [self._chance.choice(leads)]
        if self._perhaps(0.5):
            begun.append(self._chance.choice([it for it in self._sentences["remarks"] if it not in written.body]))
        return [form.format_map(written.event) for form in (*begun, *written.body)]

    def _print(self, family: int, kind: Kind, outlet: str, moment: datetime, paragraphs: Sequence[str]) -> Printed:
        """The paragraphs in the outlet's manner."""
        self._number += 1
        place = self._chance.choice(self._words["cities"])
        dateline = self._chance.choice(
            (
                "",
                f"{place.upper()} - ",
                f"{place.upper()}, {outlet} – ",
                f"{outlet}, {place} — ",
                f"{place} ({outlet}) - ",
            )
        )
        text = "\n".join(paragraphs)
        ending = self._chance.choice(("", "", f"\n({self._initials().lower()}/{self._initials().lower()})"))
        return Printed(f"{self._number:05}", family, kind, outlet, moment, f"{dateline}{text}{ending}")

    def _event(self, moment: datetime) -> Event:
        day = moment.date()
        return {
            "kota": self._chance.choice(self._words["cities"]),
            "kecamatan": f"Kecamatan {self._place()}",
            "desa": f"Desa {self._place()}",
            "jabatan": self._chance.choice(self._words["offices"]),
            "perusahaan": self._company(),
            "inisial": self._initials(),
            "hari": _WEEKDAYS[day.weekday()],
            "tanggal": f"{day.day}/{day.month}/{day.year}",
            **{who: self._person() for who in ("kepala", "pejabat", "korban", "saksi")},
            **{money: self._money() for money in ("rp", "rp2")},
            **{many: f"{self._chance.randint(1_000, 90_000):,}".replace(",", ".") for many in ("orang", "orang2")},
            "orang3": str(self._chance.randint(12, 98)),
            **{
                part: f"{self._chance.randint(101, 9_899) / 100:.2f}".replace(".", ",")
                for part in ("persen", "persen2")
            },
        }

    def _moment(self) -> datetime:
        return START + timedelta(minutes=self._chance.randrange(DAYS * 24 * 60))

    def _person(self) -> str:
        # A country has more names than a list: half of the surnames are made up.
        last = self._chance.choice(self._words["last"]) if self._perhaps(0.5) else self._place()
        return f"{self._chance.choice(self._words['first'])} {last}"

    def _company(self) -> str:
        parts = [self._chance.choice(self._words[of]) for of in ("company", "company_second", "company_third")]
        return f"PT {' '.join([self._place(), *parts[1:]] if self._perhaps(0.5) else parts)}"

    def _place(self) -> str:
        return "".join(self._chance.sample(self._words["syllables"], self._chance.choice((2, 3)))).capitalize()

    def _money(self) -> str:
        return self._chance.choice(
            (
                f"Rp{self._chance.randint(11, 989)} juta",
                f"Rp{self._chance.randint(1, 97)},{self._chance.randint(1, 9)} miliar",
                "Rp42 juta",
            )
        )

    def _initials(self) -> str:
        return "".join(self._chance.choice("ABDEHIKLMNRSTWY") for _ in range(2))

    def _perhaps(self, share: float) -> bool:
        return self._chance.random() < share


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
