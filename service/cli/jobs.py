"""`pantau jobs list | run` and `pantau tidy`: the worker's jobs by hand."""

from typing import Annotated

import typer
from rich.table import Table

from service.app import App
from service.cli.console import errors, output, set_up_logs
from service.domain.job import JobState
from service.errors import ConfigError
from service.settings import load_settings
from service.worker import jobs, run_once

group = typer.Typer(help="The worker's jobs: how they stand, and one of them now.", no_args_is_help=True)


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.add_typer(group, name="jobs")
    cli.command()(tidy)


@group.command("list")
def list_jobs() -> None:
    """Tell who does the jobs, and of each job its last run, what it did last, and its next turn."""
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        worker = app.store.jobs.worker()
        if worker is None:
            output.print("No worker has run on this database yet.")
        elif worker.is_silent(app.clock()):
            output.print(f"No worker runs; the last was heard of on {worker.heard:%Y-%m-%d %H:%M:%S} UTC ({worker}).")
        else:
            output.print(f"The jobs are done by {worker}.")
        known = {state.job: state for state in app.store.jobs.states()}
        table = Table("job", "every", "last run (UTC)", "took", "result", "next (UTC)", box=None)
        for job in jobs(app):
            state = known.pop(job.name, JobState(job.name))
            table.add_row(job.name, str(job.every), *_told(state))
        output.print(table)


@group.command("run")
def run_job(name: Annotated[str, typer.Argument(help="As `pantau jobs list` names it.")]) -> None:
    """Run one job now, whether or not a worker runs: what both would do is done once."""
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        known = {job.name: job for job in jobs(app)}
        if name not in known:
            raise ConfigError(f"there is no job {name}; there are {', '.join(known)}")
        run = run_once(app, known[name])
        if run.outcome == "failed":
            raise typer.Exit(1)
        output.print(run.result or "There was nothing to do.")


def tidy(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell how much would be forgotten.")] = False,
) -> None:
    r"""Forget what is older than \[retention] of config/pantau.toml keeps it. Articles are never forgotten."""
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        report = app.tidying.would() if dry_run else app.tidying.run()
        for kind, count in report.counts.items():
            output.print(f"{count:>9,} {kind}")
        if dry_run:
            errors.print("Nothing was changed.")
        elif not report.is_done:
            errors.print("There is more: run it again, or leave it to the worker.")


def _told(state: JobState) -> tuple[str, str, str, str]:
    last, worked = state.last, state.worked
    if last is None:
        return "never", "", "", ""
    result = worked.result if worked is not None else ""
    if state.failures:
        result = f"failed {state.failures} times: {last.error}"
    upcoming = f"{state.next:%Y-%m-%d %H:%M:%S}" if state.next is not None else ""
    return f"{last.started:%Y-%m-%d %H:%M:%S}", f"{last.seconds:.1f} s", result, upcoming
