"""`python -m benchmarks.search`: the pages of the search on both engines, in one run over the same articles.

A page is the newest (or best) 20 articles with snippets, all facets and the counts by day. Every round asks for another
word. Elasticsearch is that of the tests, over HTTP on this machine; without it the embedded engine is measured alone.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.search.measuring import Measured, measured
from tests.elasticsearch.installing import NotInstalled
from tests.elasticsearch.server import running

HEAP_MB = 4096


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill both engines, ask for every kind of page and print how long each takes."""
    parser = ArgumentParser("python -m benchmarks.search", description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000, help="how many (200000)")
    parser.add_argument("--rounds", type=int, default=100, help="of every kind of page (100)")
    parser.add_argument("--engine", choices=["both", "embedded"], default="both", help="which are measured (both)")
    parser.add_argument("--folder", type=Path, help="keep the indices here; those of as many articles are used again")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="search") as folder:
        embedded = measured(str((options.folder or Path(folder)) / "embedded"), options.articles, options.rounds)
    other = None
    try:
        if options.engine == "both":
            kept = options.folder / "elasticsearch" if options.folder else None
            with running(HEAP_MB, for_speed=True, kept=kept) as server:
                other = measured(server.url, options.articles, options.rounds)
    except NotInstalled as error:
        print(f"without Elasticsearch: {error}")
    _print(options.articles, embedded, other)


def _print(articles: int, embedded: Measured, other: Measured | None) -> None:
    print(f"{articles:,} articles; milliseconds of a page are p50 / p95")
    print(f"{'':42} {'hits':>8} {'embedded':>17} {'Elasticsearch':>17} {'ratio':>7}")
    _print_row("load average of the machine", embedded.load, other.load if other else None)
    if embedded.rate is not None:
        _print_row("articles written a second", embedded.rate, other.rate if other else None)
    _print_row("megabytes on disk", embedded.megabytes, other.megabytes if other else None)
    for kind, (hits, middle, late) in embedded.pages.items():
        others = other.pages[kind] if other else None
        told = f"{others[1]:.1f} / {others[2]:.1f}" if others else "-"
        ratio = f"{others[1] / middle:.1f}" if others else "-"
        print(f"{kind:42} {hits:>8,} {f'{middle:.1f} / {late:.1f}':>17} {told:>17} {ratio:>7}")


def _print_row(name: str, embedded: float, other: float | None) -> None:
    told, ratio = (f"{other:,.0f}", f"{other / embedded:.1f}") if other and embedded else ("-", "-")
    print(f"{name:42} {'':>8} {f'{embedded:,.0f}':>17} {told:>17} {ratio:>7}")


if __name__ == "__main__":
    main()
