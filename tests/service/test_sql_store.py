"""What the SQL store does beyond the contract: its schema's history, and several writers and readers at once."""

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from service.adapters.sql import engine, migrations
from service.adapters.sql.rows import article_row
from service.adapters.sql.schema import articles, metadata, stories
from service.adapters.sql.store import SqlStore
from service.domain.article import Article, ArticleVersion, Reading
from service.domain.ledger.claim import LedgerFilter
from service.domain.ledger.statement import Subject, statements_of
from service.errors import ConfigError, StoreError
from service.ports import Transaction
from tests.service.builders import NOW, a_figure, an_article
from tests.service.stores import postgres_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'folder' / 'pantau.db'}"


def a_store(url: str) -> SqlStore:
    store = SqlStore(url)
    store.migrate()
    return store


@pytest.fixture(params=["sqlite", "postgres"])
def any_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each engine."""
    return str(request.getfixturevalue("url")) if request.param == "sqlite" else postgres_server().empty()


def test_the_migrations_lead_to_the_schema_of_the_code(any_url: str) -> None:
    a_store(any_url).close()
    assert differences(any_url) == []


def test_every_migration_can_be_taken_back_and_made_again(any_url: str) -> None:
    a_store(any_url).close()
    engine = create_engine(any_url)
    with engine.begin() as connection:
        command.downgrade(configured(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    a_store(any_url).close()
    assert differences(any_url) == []


def differences(url: str) -> list[object]:
    """Where the database is not as the code has it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, metadata)
    engine.dispose()
    return found


def configured(connection: Connection) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(migrations.__file__).parent))
    configuration.attributes["connection"] = connection
    return configuration


def test_migrating_works_from_any_folder_and_twice(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    store = a_store(url)
    store.migrate()
    store.ping()
    store.close()


def test_migrating_keeps_what_is_stored(url: str) -> None:
    store = a_store(url)
    with store.transaction() as transaction:
        transaction.add(an_article())
    store.migrate()
    assert store.counts()["articles"] == 1
    store.close()


NEW_IN_0002 = {"fetched", "gone", "reading_source", "reading_confidence", "reading_words"}


def a_database_of_the_first_schema(url: str, *kept: Article) -> None:
    """The tables as revision 0001 makes them, with these articles as it stored them."""
    a_database_of_revision("0001", url, *kept, unknown=NEW_IN_0002)


def a_database_of_revision(revision: str, url: str, *kept: Article, unknown: Collection[str] = ()) -> None:
    """The tables as this revision makes them, with these articles in the index; it knows nothing of some columns."""
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(configured(connection), revision)
        for article in kept:
            row = {name: value for name, value in article_row(article).items() if name not in unknown}
            connection.execute(stories.insert().values(id=article.story_id, opened=article.found))
            connection.execute(articles.insert().values(**row, in_index=True, indexed_at=NOW, first_indexed_at=NOW))
    engine.dispose()


def test_a_database_of_the_first_schema_is_upgraded_with_all_that_is_in_it(url: str) -> None:
    old, other = an_article(), an_article("lain")
    a_database_of_the_first_schema(url, old, other)
    store = SqlStore(url)
    with pytest.raises(StoreError, match=r"older version \(0001\)"):
        store.ping()
    store.migrate()
    store.ping()
    assert store.articles([old.id, other.id]) == [old, other]
    assert (old.fetched, old.gone, old.reading) == (None, None, Reading())
    assert store.not_indexed(10) == []
    assert store.versions(old.id) == []
    version = ArticleVersion(old.id, old.found, NOW, old.title, old.text)
    with store.transaction() as transaction:
        transaction.keep_version(version)
        assert transaction.mark_gone(other.id, NOW)
    assert store.versions(old.id) == [version]
    store.close()


def a_stating_article(number: int) -> Article:
    figure = a_figure(value=float(number), region_code="16.71")
    return an_article(f"berita-{number}", figures=(figure,), published=NOW - timedelta(hours=number))


def test_a_database_without_a_ledger_is_filled_from_its_articles(url: str) -> None:
    stating = [a_stating_article(number) for number in range(5)]
    others = [an_article("lewat", relevance="mention", figures=(a_figure(),)), an_article("tanpa")]
    a_database_of_revision("0003", url, *stating, *others)
    store = a_store(url)
    page = store.ledger.claims(LedgerFilter())
    assert [claim.statement for claim in page.claims] == [it for article in stating for it in statements_of(article)]
    assert store.counts()["figures"] == 5
    assert store.not_indexed(10) == []
    store.migrate()
    assert store.ledger.claims(LedgerFilter()) == page
    store.close()


def test_the_filling_of_the_ledger_goes_on_where_it_was_cut_short(url: str) -> None:
    a_database_of_revision("0003", url, *(a_stating_article(number) for number in range(5)))
    checked: list[str] = []

    def check(transaction: Transaction, entered: Sequence[str], touched: frozenset[Subject]) -> None:
        assert touched == {Subject("membership", "16.71", "2026-06")}
        assert [transaction.statements(article) for article in entered] != []
        checked.extend(entered)
        if len(checked) == 4:
            raise RuntimeError("the power went out")

    store = SqlStore(url)
    with pytest.raises(RuntimeError, match="power"):
        store.migrate(check, at_once=2)
    assert store.counts()["figures"] == 2
    store.migrate(check, at_once=2)
    # The two whose transaction was rolled back were checked again.
    assert checked == [*checked[:2], *checked[4:6], *checked[4:]]
    assert (store.counts()["figures"], store.ledger.counts()["claims"]) == (5, 5)
    store.close()


def test_two_processes_fill_the_ledger_together(url: str) -> None:
    a_database_of_revision("0003", url, *(a_stating_article(number) for number in range(30)))
    writers = [start_writer(url, f"proses-{number}", "ends") for number in range(2)]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    store = SqlStore(url)
    assert (store.counts()["figures"], store.ledger.counts()["claims"]) == (30, 30)
    store.close()


def test_an_upgrade_can_be_taken_back(url: str) -> None:
    a_database_of_the_first_schema(url, an_article())
    a_store(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        command.downgrade(configured(connection), "0001")
        names = {row[1] for row in connection.execute(text("PRAGMA table_info(articles)"))}
        assert connection.scalar(text("SELECT count(*) FROM articles")) == 1
    engine.dispose()
    assert names.isdisjoint(NEW_IN_0002)


def test_digests_of_a_version_with_one_group_are_told_no_more(url: str) -> None:
    a_database_of_revision("0009", url)
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(migrations.__file__).parent))
    engine = create_engine(url)
    with engine.begin() as connection:
        for day, until in ((22, NOW - timedelta(days=1)), (23, NOW)):
            row = {"name": "harian", "day": f"2026-11-{day}", "until": f"{until:%Y-%m-%d %H:%M:%S}.000000"}
            connection.execute(text("INSERT INTO digests VALUES (:name, :day, :until)"), row)
    store = a_store(url)
    last = store.digests.last("harian")
    assert last is not None
    assert (last.until, last.slot, last.subject, last.messages) == (NOW, NOW, "", ())
    assert [it.until for it in store.digests.sent()] == [NOW, NOW - timedelta(days=1)]
    store.close()
    with engine.begin() as connection:
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "0009")
        kept = connection.execute(text("SELECT day, until FROM digests ORDER BY until")).all()
    engine.dispose()
    assert [(day, until[:16]) for day, until in kept] == [
        ("2026-11-22", "2026-11-22 01:00"),
        ("2026-11-23", "2026-11-23 01:00"),
    ]


def test_an_empty_database_says_how_to_fill_it(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(StoreError, match="any stage of pantau prepares it"):
        store.ping()
    store.close()


@pytest.mark.parametrize(("revision", "advice"), [("9999", "newer Pantau"), (None, "prepares it")])
def test_a_database_of_another_version_says_what_to_do(url: str, revision: str | None, advice: str) -> None:
    store = a_store(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if revision:
            connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
    engine.dispose()
    with pytest.raises(StoreError, match=advice):
        store.ping()
    store.close()


def test_a_newer_database_is_not_migrated(url: str) -> None:
    store = a_store(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer Pantau"):
        store.migrate()
    store.close()


def test_a_file_that_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dengan hormat, " * 100)
    store = SqlStore(f"sqlite:///{tmp_path / 'letter.txt'}")
    with pytest.raises(StoreError, match="not a database"):
        store.ping()
    store.close()


def test_a_folder_that_is_missing_is_a_store_error(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'nowhere' / 'pantau.db'}")
    with pytest.raises(StoreError, match="unable to open"):
        store.ping()
    store.close()


@pytest.mark.parametrize("url", ["not a url", "oracle-of-delphi://x/y"])
def test_a_wrong_url_is_a_config_error(url: str) -> None:
    with pytest.raises(ConfigError, match=r"store\.url"):
        SqlStore(url)


def test_an_error_carries_no_article_text(url: str) -> None:
    store = SqlStore(url)
    store.migrate()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE article_regions"))
    engine.dispose()
    with pytest.raises(StoreError) as caught, store.transaction() as transaction:
        transaction.add(an_article(text="rahasia dapur"))
    assert "rahasia dapur" not in f"{caught.value} {caught.value.__cause__}"
    store.close()


def test_readers_see_the_old_state_until_a_writer_commits(url: str) -> None:
    store = a_store(url)
    reader = SqlStore(url)
    with store.transaction() as transaction:
        transaction.add(an_article())
        assert reader.counts()["articles"] == 0
    assert reader.counts()["articles"] == 1
    store.close()
    reader.close()


def test_what_a_writer_reads_nobody_changes_before_it_ends(any_url: str) -> None:
    store, other = a_store(any_url), SqlStore(any_url)
    article = an_article()
    with store.transaction() as transaction:
        transaction.add(article)

    def correct_the_title() -> None:
        with other.transaction() as transaction:
            transaction.add(replace(article, title="Judul Baru"))

    outlet = threading.Thread(target=correct_the_title)
    with store.transaction() as transaction:
        outlet.start()
        outlet.join(0.5)
        read = store.get(article.id)
        assert outlet.is_alive()
        assert read == article
        transaction.add(read)
    outlet.join()
    assert store.articles([article.id])[0].title == "Judul Baru"
    store.close()
    other.close()


def test_threads_that_read_and_then_write_take_turns(url: str) -> None:
    store = a_store(url)
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(15):
                with store.transaction() as transaction:
                    article = an_article(f"{name}-{number}")
                    assert not transaction.contains(article.id)
                    transaction.story_candidates(article)
                    transaction.add(article)
                store.not_indexed(3)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(f"penulis-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.counts()["articles"] == 60
    store.close()


WRITER = textwrap.dedent(
    """
    import os, sys
    from service.adapters.sql.store import SqlStore
    from tests.service.builders import an_article

    url, name, dies = sys.argv[1:]
    store = SqlStore(url)
    store.migrate()
    for number in range(10):
        with store.transaction() as transaction:
            transaction.add(an_article(f"{name}-{number}"))
            if dies == "dies" and number == 9:
                os._exit(1)
    store.close()
    """
)


def start_writer(url: str, name: str, ending: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", WRITER, url, name, ending], env=environment)


def test_processes_migrate_and_write_at_once(url: str) -> None:
    writers = [start_writer(url, f"proses-{number}", "ends") for number in range(2)]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    store = SqlStore(url)
    store.ping()
    assert store.counts()["articles"] == 20
    store.close()


def test_a_process_that_dies_inside_a_transaction_leaves_only_what_it_committed(url: str) -> None:
    assert start_writer(url, "korban", "dies").wait(120) == 1
    store = SqlStore(url)
    assert store.counts()["articles"] == 9
    assert store.get(an_article("korban-9").id) is None
    with store.transaction() as transaction:
        transaction.add(an_article("sesudahnya"))
    assert store.counts()["articles"] == 10
    store.close()


def test_a_process_that_stands_still_inside_a_transaction_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LONGEST_IDLE", timedelta(seconds=1))
    url = postgres_server().migrated()
    still, other = SqlStore(url), SqlStore(url)

    def stand_still() -> None:
        with still.accounts.transaction() as changes:
            changes.people()
            with other.accounts.transaction() as waiting:
                assert waiting.people() == []
            changes.people()

    with pytest.raises(StoreError):
        stand_still()
    with still.accounts.transaction() as changes:
        assert changes.people() == []
    still.close()
    other.close()


def test_alerts_of_a_version_without_their_life_go_on_with_it(url: str) -> None:
    handled, again, waiting = (an_article(slug, tone="negative") for slug in ("ditangani", "dibuka", "menunggu"))
    a_database_of_revision("0009", url, handled, again, waiting)
    engine = create_engine(url)
    with engine.begin() as connection:
        for number, article in enumerate((handled, again, waiting)):
            connection.execute(
                text(
                    "INSERT INTO alerts VALUES (:id, 'negatif', 'Berita negatif', :story, :article, :at, 'high', '[]')"
                ),
                {"id": f"a{number}", "story": article.story_id, "article": article.id, "at": "2026-11-23 01:00:00"},
            )
        connection.execute(
            text(
                "INSERT INTO outbox (id, recipient, subject, text, headers, cause, state, attempts, due, created)"
                " VALUES ('alert-a0-b3c4d5e6f7a8', 'humas@agency.example', 'Judul', '', '{}', 'alert', 'sent', 1,"
                " :at, :at)"
            ),
            {"at": "2026-11-23 01:00:01"},
        )
        for article, undone, at in ((handled, False, 2), (again, False, 2), (again, True, 3)):
            connection.execute(
                text(
                    "INSERT INTO article_corrections (article_id, field, value, corrector, at, note, undone)"
                    " VALUES (:article, 'alert', 'handled', 'Rani', :at, '', :undone)"
                ),
                {"article": article.id, "at": f"2026-11-23 0{at}:00:00", "undone": undone},
            )
    engine.dispose()
    store = a_store(url)
    alerts = {alert.id: alert for alert, _ in store.alerts()}
    assert {alert.id: alert.standing(NOW) for alert in alerts.values()} == {
        "a0": "acknowledged",
        "a1": "open",
        "a2": "open",
    }
    assert (alerts["a0"].acknowledged_by, alerts["a0"].acknowledged_at) == ("Rani", NOW + timedelta(hours=1))
    assert {(alert.about, alert.tone, alert.outlets, alert.told_at) for alert in alerts.values()} == {
        (article.story_id, "negative", 1, NOW) for article in (handled, again, waiting)
    }
    assert [(it.kind, it.by) for it in store.alert_book.history(again.story_id or "")] == [
        ("raised", ""),
        ("acknowledged", "Rani"),
        ("reopened", "Rani"),
    ]
    with store.transaction() as transaction:
        (told,) = transaction.told_about(handled.story_id or "")
        assert transaction.pending_notices() == []
    assert (told.message_id, told.recipient, told.subject) == ("alert-a0-b3c4d5e6f7a8", "b3c4d5e6f7a8", "Judul")
    assert store.articles([handled.id]) == [handled]
    store.close()
    engine = create_engine(url)
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.begin() as connection:
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "0009")
        assert connection.scalar(text("SELECT count(*) FROM alerts")) == 3
    engine.dispose()
