"""`pantau models …`: which models understand the text, whether they work, and how fast."""

import resource
import time
from collections.abc import Sequence

import typer
from rich.table import Table

from service.app import App
from service.cli.console import errors, output
from service.settings import load_settings

models = typer.Typer(help="The models that understand the text.", no_args_is_help=True)

_PROBES = (
    (
        "Antrean klaim di kantor cabang mengular",
        "Warga mengeluhkan antrean panjang di kantor BPJS Ketenagakerjaan Cabang Palu. “Kami datang sejak subuh,” kata "
        "Sartika Loban (34), buruh pabrik, Selasa.",
    ),
    (
        "Ahli waris nelayan terima santunan",
        "BPJS Ketenagakerjaan menyerahkan santunan kematian Rp42 juta kepada ahli waris nelayan di Kabupaten Jember. "
        "Kepala Cabang Jember Arga Prabaswara mengatakan klaim dibayar dalam sehari.",
    ),
)
_BENCHMARK_ARTICLES = 240
_BENCHMARK_WORDS = 400


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    cli.add_typer(models, name="models")


@models.command("list")
def list_models() -> None:
    """The shipped models with version, licence and measured accuracy, and what is configured in their place."""
    from nlp.cards import SHIPPED, read_card

    table = Table("model", "task", "version", "licence", "MB", "measured (95 % interval)", box=None)
    for card in map(read_card, SHIPPED):
        measured = "\n".join(f"{name} {_interval(values)}" for name, values in card.accuracy.items())
        table.add_row(card.name, card.task, card.version, card.licence, f"{card.megabytes:.0f}", measured)
    output.print(table)
    chosen = load_settings().models
    for task, name in (("tone", chosen.sentiment), ("names", chosen.names)):
        if name:
            output.print(f"[models] tells {task} by {name} instead; what it was measured at is on its own card.")


@models.command()
def check() -> None:
    """Load the configured models and read two short articles with them; ends with code 1 where one fails."""
    from nlp.analysis import ArticleText

    with App(load_settings()) as app:
        began = time.perf_counter()
        analyse = app.build_analyser()
        loaded = time.perf_counter() - began
        articles = [ArticleText(str(number), text, title) for number, (title, text) in enumerate(_PROBES)]
        complaint, benefit = analyse(articles)
    output.print(f"loaded in {loaded:.1f} s, version {complaint.version}")
    for analysis in (complaint, benefit):
        names = ", ".join(f"{entity.text} ({entity.label})" for entity in analysis.entities)
        output.print(
            f"  {analysis.relevance}, {analysis.sentiment.label} {analysis.sentiment.score:.2f}, "
            f"{', '.join(analysis.topics) or 'no topic'}; {names}",
        )
    if (complaint.sentiment.label, benefit.sentiment.label) != ("negative", "positive"):
        errors.print(
            "A complaint must be negative and a benefit positive: this model is not fit for news about the agency."
        )
        raise typer.Exit(1)


@models.command()
def benchmark() -> None:
    """How many articles of 400 words a second the configured models read in this process, and their memory."""
    from nlp.analysis import ArticleText

    with App(load_settings()) as app:
        analyse = app.build_analyser()
        text = _long_text([text for _, text in _PROBES])
        articles = [ArticleText(str(number), text, _PROBES[0][0]) for number in range(_BENCHMARK_ARTICLES)]
        analyse(articles[:8])
        began = time.perf_counter()
        analyse(articles)
        seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    output.print(
        f"{len(articles) / seconds:.0f} articles of {_BENCHMARK_WORDS} words a second in one process, {memory:.0f} MB"
    )


def _long_text(texts: Sequence[str]) -> str:
    words = " ".join(texts).split()
    times = -(-_BENCHMARK_WORDS // len(words))
    return " ".join((words * times)[:_BENCHMARK_WORDS])


def _interval(values: Sequence[float]) -> str:
    value, *bounds = (f"{value:.3f}" for value in values)
    return f"{value} ({bounds[0]}–{bounds[1]})" if bounds else value
