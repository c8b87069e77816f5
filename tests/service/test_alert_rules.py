"""Rules of the desk beside those of the file: kept, switched, changed, and effective at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service.domain.account import Actor
from service.domain.alert_rule import AlertRule, KeptRule, KnownOutlets
from service.errors import RuleError, UnknownRule
from service.ports import RuleBook
from service.usecases.alert_rules import MOST_RULES, AlertRules
from tests.service.builders import NOW, ManualClock, a_rule
from tests.service.stores import STORES, AnyStore

RANI = Actor("p1", "Rani Saputri", "192.0.2.1")
KNOWN = KnownOutlets({"kabarsukamaju": "Kabar Sukamaju"}, {"kabarsukamaju": "local"})
BLOCK: dict[str, Any] = {"name": "Klaim Tertunda!", "query": "klaim", "sentiments": ["negative"]}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    opened = request.param(tmp_path)
    yield opened
    opened.close()


class Office:
    """Rules over a store, and what the audit was told."""

    def __init__(self, store: AnyStore, of_file: Sequence[AlertRule] = ()) -> None:
        self.told: list[tuple[str, str, str]] = []
        self.store = store
        self.clock = ManualClock()
        self.rules = AlertRules(of_file, store.rule_book, KNOWN, self._record, self.clock)

    def _record(self, by: Actor, kind: str, about: str) -> None:
        self.told.append((by.name, kind, about))

    def effective(self) -> list[str]:
        return [rule.id for rule in self.rules.effective()]


def test_a_book_keeps_rules_by_id_and_no_more_than_it_may(store: AnyStore) -> None:
    book = store.rule_book
    one = KeptRule("b", True, NOW, "Rani Saputri", {"name": "B", "figures": ["cakupan < 35%"]})
    off = KeptRule("a", False, NOW, "Rani Saputri")
    assert book.switch("a", NOW, "Rani Saputri", enabled=False, of_file=True)
    assert [book.add(one, 1), book.add(replace(one, id="c"), 1)] == [True, False]
    assert book.all() == [off, one]
    assert [book.delete("b"), book.delete("b")] == [True, False]
    assert book.all() == [off]


def test_what_a_rule_says_and_whether_it_is_on_are_changed_apart(store: AnyStore) -> None:
    book, later = store.rule_book, NOW + timedelta(hours=1)
    one = KeptRule("b", True, NOW, "Rani Saputri", {"name": "B"})
    assert book.add(one, 1)
    assert book.switch("b", later, "Budi Hartono", enabled=False, of_file=False)
    assert book.all() == [replace(one, enabled=False, changed=later, by="Budi Hartono")]
    assert book.change("b", {"name": "C"}, later, "Ani")
    assert book.all() == [KeptRule("b", False, later, "Ani", {"name": "C"})]
    assert book.switch("a", NOW, "Ani", enabled=False, of_file=True)
    assert book.switch("a", later, "Ani", enabled=True, of_file=True)
    assert not book.change("a", {"name": "A"}, later, "Ani")
    assert not book.change("d", {"name": "D"}, later, "Ani")
    assert not book.switch("d", later, "Ani", enabled=True, of_file=False)
    assert book.all()[0] == KeptRule("a", True, later, "Ani")
    assert [it.id for it in book.all()] == ["a", "b"]


def test_a_rule_of_the_desk_holds_at_once_behind_those_of_the_file(store: AnyStore) -> None:
    office = Office(store, [a_rule("negatif")])
    assert office.effective() == ["negatif"]
    rule = office.rules.add(RANI, BLOCK)
    assert rule.id.startswith("klaim-tertunda-")
    assert office.effective() == ["negatif", rule.id]
    assert office.told == [("Rani Saputri", "rule-added", f"Klaim Tertunda! ({rule.id})")]
    # Another process on the same data sees it as well.
    assert Office(store).effective() == [rule.id]
    listed = office.rules.get(rule.id)
    assert (listed.of_file, listed.enabled, listed.changed, listed.by) == (False, True, NOW, "Rani Saputri")


def test_rules_of_one_name_have_ids_of_their_own(store: AnyStore) -> None:
    office = Office(store)
    ids = {office.rules.add(RANI, {**BLOCK, "name": name}).id for name in ("Klaim", "Klaim", "…", "Ö" * 40)}
    assert len(ids) == 4
    assert all(len(it) <= 40 for it in ids)


def test_a_rule_is_changed_as_it_is_on_or_off_and_keeps_its_id(store: AnyStore) -> None:
    office = Office(store)
    rule = office.rules.add(RANI, BLOCK)
    office.rules.switch(RANI, rule.id, enabled=False)
    office.rules.change(RANI, rule.id, {**BLOCK, "query": "pencairan"})
    listed = office.rules.get(rule.id)
    assert listed.rule is not None
    assert (listed.rule.query, listed.enabled, listed.rule.enabled) == ("pencairan", False, False)
    assert office.effective() == []
    office.rules.switch(RANI, rule.id, enabled=True)
    assert office.effective() == [rule.id]
    assert [kind for _, kind, _ in office.told] == ["rule-added", "rule-switched", "rule-changed", "rule-switched"]


def test_a_rule_of_the_file_is_switched_and_neither_changed_nor_deleted(store: AnyStore) -> None:
    office = Office(store, [a_rule("negatif"), a_rule("istirahat", enabled=False)])
    assert office.effective() == ["negatif"]
    office.rules.switch(RANI, "negatif", enabled=False)
    office.rules.switch(RANI, "istirahat", enabled=True)
    assert office.effective() == ["istirahat"]
    assert office.told[0] == ("Rani Saputri", "rule-switched", "nonaktif: Berita negatif (negatif)")
    for act in (lambda: office.rules.change(RANI, "negatif", BLOCK), lambda: office.rules.delete(RANI, "negatif")):
        with pytest.raises(RuleError, match=r"config/rules\.toml"):
            act()
    office.rules.switch(RANI, "negatif", enabled=False)
    assert len(office.told) == 2


class Overtaken:
    """A rule book of which somebody else changes something between what is read of it and what is written."""

    def __init__(self, book: RuleBook, faster: Callable[[], object]) -> None:
        self._book = book
        self._faster = faster

    def all(self) -> list[KeptRule]:
        found = self._book.all()
        self._faster()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)


def test_a_switch_and_a_change_at_once_undo_neither(store: AnyStore) -> None:
    office = Office(store)
    rule = office.rules.add(RANI, BLOCK)

    def meanwhile(faster: Callable[[], object]) -> AlertRules:
        return AlertRules((), Overtaken(store.rule_book, faster), KNOWN, lambda *told: None, ManualClock())

    change = meanwhile(lambda: office.rules.change(RANI, rule.id, {**BLOCK, "query": "pencairan"}))
    change.switch(RANI, rule.id, enabled=False)
    listed = office.rules.get(rule.id)
    assert listed.rule is not None
    assert (listed.rule.query, listed.enabled) == ("pencairan", False)
    switch = meanwhile(lambda: office.rules.switch(RANI, rule.id, enabled=True))
    switch.change(RANI, rule.id, BLOCK)
    assert office.effective() == [rule.id]


@pytest.mark.parametrize("enabled", [True, False])
def test_a_rule_that_is_deleted_meanwhile_stays_gone(store: AnyStore, enabled: bool) -> None:
    office = Office(store)
    for act in ("switch", "change"):
        rule = office.rules.add(RANI, BLOCK)
        office.rules.switch(RANI, rule.id, enabled=not enabled)
        book = Overtaken(store.rule_book, lambda rule=rule: office.rules.delete(RANI, rule.id))  # type: ignore[misc]
        rules = AlertRules((), book, KNOWN, lambda *told: None, ManualClock())
        with pytest.raises(UnknownRule):
            rules.switch(RANI, rule.id, enabled=enabled) if act == "switch" else rules.change(RANI, rule.id, BLOCK)
        assert store.rule_book.all() == []


def test_a_deleted_rule_is_gone_and_unknown(store: AnyStore) -> None:
    office = Office(store)
    rule = office.rules.add(RANI, BLOCK)
    office.rules.delete(RANI, rule.id)
    assert (office.effective(), office.rules.listed()) == ([], [])
    for act in (
        lambda: office.rules.delete(RANI, rule.id),
        lambda: office.rules.switch(RANI, rule.id, enabled=True),
        lambda: office.rules.change(RANI, "tiada", BLOCK),
    ):
        with pytest.raises(UnknownRule):
            act()


@pytest.mark.parametrize(
    "change", [{"query": "sentimnt:x"}, {"name": ""}, {"outlets": ["hilang"]}, {"unknown": 1}, {"regions": ["99"]}]
)
def test_what_cannot_be_read_is_not_kept(store: AnyStore, change: dict[str, Any]) -> None:
    office = Office(store)
    with pytest.raises(RuleError):
        office.rules.add(RANI, BLOCK | change)
    assert (office.rules.listed(), office.told) == ([], [])


def test_a_rule_whose_outlet_is_gone_holds_no_longer_and_says_why(store: AnyStore) -> None:
    rule = Office(store).rules.add(RANI, {**BLOCK, "outlets": ["kabarsukamaju"]})
    without = AlertRules((), store.rule_book, KnownOutlets({"lain": "Lain"}), lambda *told: None, ManualClock())
    assert without.effective() == ()
    (listed,) = without.listed()
    assert (listed.id, listed.name, listed.rule) == (rule.id, "Klaim Tertunda!", None)
    assert "kabarsukamaju" in listed.mistakes[0]


def test_the_desk_keeps_so_many_rules(store: AnyStore) -> None:
    office = Office(store)
    for number in range(MOST_RULES):
        store.rule_book.add(KeptRule(f"r{number}", True, NOW, "", {**BLOCK, "id": f"r{number}"}), MOST_RULES)
    with pytest.raises(RuleError, match=f"Paling banyak {MOST_RULES} aturan"):
        office.rules.add(RANI, BLOCK)
