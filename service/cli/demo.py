"""`pantau demo`: the whole main job on the sample newsroom."""

import json
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.panel import Panel
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from demo.newsroom import PORT, Newsroom, outlets_toml
from demo.official import official_rows
from demo.server import PortInUse, serve
from service.app import App, open_data_folder
from service.cli.console import errors, output, set_up_logs
from service.cli.progress import crawl_with_progress, ingest_with_progress, stage, stages
from service.cli.serve import desk_port, end_in_order, serve_desk
from service.domain.article import WIB
from service.domain.ledger.official_file import read_official
from service.errors import PantauError
from service.settings import Settings, load_settings
from service.usecases.crawling import CrawlReport
from service.worker import WorkerLock

RECIPIENT = "humas@agency.localhost"


def register(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(demo)


def demo(
    serve_after: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the desk after the summary, or end.")
    ] = True,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path(".data/demo"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the desk.")] = 8400,
    news_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the sample newsroom.")] = PORT,
) -> None:
    """Crawl a sample newsroom over HTTP, understand and store its news, alert, compose the digest; then the desk.

    A second run finds nothing new and says so. Everything stays on 127.0.0.1; remove the data folder to start over.
    """
    set_up_logs("CRITICAL")
    end_in_order()
    open_data_folder(data)
    (data / "outlets.toml").write_text(outlets_toml(news_port), encoding="utf-8")
    settings = demo_settings(data, port)
    with ExitStack() as stack:
        taken = stack.enter_context(desk_port(settings.web)) if serve_after else None
        stack.enter_context(WorkerLock(settings.data / "worker.lock"))
        newsroom = Newsroom(_anchor(settings.data), news_port)
        try:
            stack.enter_context(serve(newsroom))
        except PortInUse as error:
            raise PantauError(f"{error} with --news-port") from error
        app = stack.enter_context(App(settings))
        errors.print(f"A sample newsroom of {len(app.outlets)} outlets prints on 127.0.0.1:{news_port}.")
        before = app.store.counts()
        with stages() as progress:
            crawled = walk(app, progress)
            with stage(progress, "official") as note:
                official = read_official(official_rows(newsroom.anchor), app.region_code)
                entered = app.importing_official.run(official.figures)
                note(f"{entered.new + entered.replaced} official figures compared with the press")
        _summarise(app, crawled, before)
        if taken is not None:
            serve_desk(app, taken)


def walk(app: App, progress: Progress) -> CrawlReport:
    """Take every stage once, from discover to digest; what was fetched."""
    crawled = crawl_with_progress(app, progress)
    ingest_with_progress(app, progress)
    with stage(progress, "index") as note:
        note(f"{app.indexing.run()} articles indexed")
    with stage(progress, "digest") as note:
        note("today's digest composed" if app.digests.run() else "today's digest was composed before")
    with stage(progress, "alert") as note:
        app.telling.run(at_once=True)
        note(f"{app.delivery.run().sent} messages delivered")
    return crawled


def _summarise(app: App, crawled: CrawlReport, before: dict[str, int]) -> None:
    counts = app.store.counts()
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right", style="bold")
    table.add_column()
    for number, what in (
        (crawled.pages, "pages fetched"),
        (counts["articles"], "articles"),
        (counts["relevant"], "relevant to the agency"),
        (counts["figures"], "stated figures"),
        (counts["negative"], "negative"),
        (counts["stories"], "stories"),
        (counts["alerts"], "alerts"),
        (counts["quarantined"], "pages put aside as unreadable"),
    ):
        table.add_row(str(number), what)
    new = counts["articles"] - before["articles"]
    title = f"{new} new articles" if new else "0 new articles: nothing new since the last run"
    output.print(Panel.fit(table, title=title, border_style="green"))
    for failure in crawled.failures:
        output.print(Text(f"not fetched: {failure.reason:13} {failure.source}", style="dim"), soft_wrap=True)
    output.print(Text(f"the desk, while it is served: {app.settings.web.base_url}"), soft_wrap=True)
    output.print(Text(f"mail, as files:               {app.outbox_folder}"), soft_wrap=True)
    output.print(Text(f"pages, as fetched (WARC):     {app.archive_folder}"), soft_wrap=True)


def demo_settings(data: Path, port: int = 8400) -> Settings:
    """The settings of the demo: the shipped ones, pointed at the newsroom, hurried, and kept on this machine."""
    return load_settings(
        paths={"data": data.resolve(), "outlets": data.resolve() / "outlets.toml"},
        store={"url": ""},
        crawl={"allow_loopback": True, "delay_seconds": 0.0, "requests_per_host": 8, "timeout_seconds": 10},
        web={"host": "127.0.0.1", "port": port, "base_url": f"http://127.0.0.1:{port}", "sign_in": False},
        oidc={"issuer": "", "client_id": ""},
        mail={"smtp_host": ""},
        alerts={"recipients": [RECIPIENT]},
        digest={"recipients": [RECIPIENT]},
    )


def _anchor(data: Path) -> date:
    """The day around which the newsroom prints: the day of the first run, so that a later run finds the same news."""
    path = data / "newsroom.json"
    try:
        return date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["anchor"])
    except (FileNotFoundError, ValueError, KeyError):
        today = datetime.now(WIB).date()
        path.write_text(json.dumps({"anchor": today.isoformat()}), encoding="utf-8")
        return today
