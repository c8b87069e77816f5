"""`python -m benchmarks.ledger`: the pages of the ledger over 200,000 statements, next to the least a page can cost.

The floor is 50 rows by their primary key through the same library, measured in the same run. Times are of one process
on a warm database; every round asks for something else.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select

from benchmarks.ledger.press import METRICS, OUTLETS, REGIONS, Printed, press, write_press
from nlp.analysis import Figure, Span
from service.adapters.sql import SqlStore
from service.adapters.sql.engine import connect
from service.adapters.sql.schema import figures
from service.domain.ledger.claim import LedgerFilter
from service.domain.ledger.identity import stable_id
from service.usecases.ledger import check_ledger


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the press, ask for every kind of page and print how long each takes."""
    parser = ArgumentParser("python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--statements", type=int, default=200_000, help="how many (200000)")
    parser.add_argument("--rounds", type=int, default=60, help="of every kind of page (60)")
    parser.add_argument("--database", type=Path, help="keep the database here, or measure the one that is there")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="ledger") as folder:
        path = options.database or Path(folder) / "pantau.sqlite"
        is_new = not path.exists()
        store = SqlStore(f"sqlite:///{path}")
        store.migrate()
        reader, writer = connect(f"sqlite:///{path}")
        printed = list(press(options.statements))
        if is_new:
            started = time.perf_counter()
            write_press(writer, printed)
            print(f"written in {time.perf_counter() - started:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
        print(", ".join(f"{name} {count:,}" for name, count in store.ledger.counts().items()))
        _measure(store, reader, printed, options.rounds)
        reader.dispose()
        store.close()


def _measure(store: SqlStore, reader: Engine, printed: Sequence[Printed], rounds: int) -> None:
    random = Random(2)  # noqa: S311 (no secret)
    every = [statement for it in printed for statement in it.statements]
    ledger = store.ledger

    def by_key() -> None:
        ids = [statement.id for statement in random.sample(every, 50)]
        with reader.begin() as connection:
            assert len(connection.execute(select(figures).where(figures.c.id.in_(ids))).all()) == 50

    def page(asked: Callable[[], LedgerFilter]) -> Callable[[], object]:
        return lambda: ledger.claims(asked())

    def day() -> LedgerFilter:
        until = random.choice(every).day
        return LedgerFilter(since=until - timedelta(days=7), until=until)

    print(f"\n{'':34} {'p50 ms':>8} {'p95 ms':>8} {'x floor':>8}")
    floor = _print_row("50 rows by primary key (the floor)", by_key, rounds, None)
    kinds: dict[str, Callable[[], object]] = {
        "page, unfiltered": page(LedgerFilter),
        "page 20, unfiltered": lambda: ledger.claims(LedgerFilter(), offset=1_000),
        "page, by metric": page(lambda: LedgerFilter(metric=random.choice(list(METRICS)))),
        "page, by kabupaten": page(lambda: LedgerFilter(region=random.choice(REGIONS))),
        "page, by province": page(lambda: LedgerFilter(region=random.choice(REGIONS)[:2])),
        "page, country alone": page(lambda: LedgerFilter(region="ID")),
        "page, by place as written": page(lambda: LedgerFilter(region=f"daerah {random.choice(REGIONS)}")),
        "page, by outlet": page(lambda: LedgerFilter(outlet=random.choice(OUTLETS))),
        "page, by largest outlet": page(lambda: LedgerFilter(outlet=OUTLETS[0])),
        "page, by month": page(lambda: LedgerFilter(period=f"{random.choice(every).day:%Y-%m}")),
        "page, by year": page(lambda: LedgerFilter(period=f"{random.choice(every).day:%Y}")),
        "page, metric and province": page(lambda: LedgerFilter(metric="coverage", region=random.choice(REGIONS)[:2])),
        "page, printed within a week": page(day),
        "page, with statutory constants": page(lambda: LedgerFilter(rules=True)),
        "page, conflicts": page(lambda: LedgerFilter(status="conflict")),
        "page, unreviewed": page(lambda: LedgerFilter(status="unreviewed")),
        "page, text in sentence or title": page(lambda: LedgerFilter(text=random.choice(every).sentence[10:40])),
        "page, frequent word": page(lambda: LedgerFilter(text="santunan")),
        "chart": lambda: ledger.chart("coverage", random.choice(REGIONS)),
        "chart of the country": lambda: ledger.chart("membership", "ID"),
        "regions of a chart": lambda: ledger.charted_regions("coverage"),
        "one claim with its statements": lambda: _claim_page(store, random.choice(every).claim_id),
        "statements, newest": lambda: ledger.find(LedgerFilter()),
        "statements, by metric": lambda: ledger.find(LedgerFilter(metric=random.choice(list(METRICS)))),
        "counts": ledger.counts,
    }
    for name, ask in kinds.items():
        _print_row(name, ask, rounds, floor)
    articles = iter(random.sample(printed, rounds))
    _print_row("ingest of an article of 10 figures", lambda: _ingest(store, next(articles)), rounds, floor)


def _claim_page(store: SqlStore, claim_id: str) -> None:
    assert store.ledger.claim(claim_id) is not None
    assert store.ledger.restatements(claim_id)


def _ingest(store: SqlStore, like: Printed) -> None:
    """Add, gather and check another article that states what this one does, twice over."""
    url = f"{like.article.url}/lain"
    read = [
        Figure(
            field="text",
            start=it.offset,
            end=it.offset + len(it.surface),
            surface=it.surface,
            value=float(it.low),
            unit=it.unit,
            kind=it.kind,
            metric=it.metric,
            sentence=Span("text", 0, len(it.sentence), it.sentence),
            period=it.period,
            region=it.region,
            region_code=it.region_code,
        )
        for it in (*like.statements, *like.statements)
    ]
    analysis = replace(like.article.analysis, figures=tuple(read))
    article = replace(like.article, id=stable_id(url), url=url, analysis=analysis)
    with store.transaction() as transaction:
        check_ledger(transaction, article.id, transaction.add(article))


def _print_row(name: str, ask: Callable[[], object], rounds: int, floor: float | None) -> float:
    """Print how long it takes and give the median in milliseconds."""
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - started) * 1_000)
    spent.sort()
    middle, late = spent[len(spent) // 2], spent[min(len(spent) - 1, int(len(spent) * 0.95))]
    print(f"{name:34} {middle:8.2f} {late:8.2f} {middle / (floor or middle):8.1f}", flush=True)
    return middle


if __name__ == "__main__":
    main()
