"""The worker's jobs: whether somebody does them, how each stands, and what its runs did."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.domain.wording.jobs import JOBS
from service.web.desk import Desk
from service.web.visitor import needs

MOST_RUNS = 60


def add_job_pages(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the route."""

    @router.get("/pekerjaan", dependencies=[needs("decide")])
    def jobs(request: Request) -> HTMLResponse:
        """Every job, and the newest runs, of one job where the address names it."""
        states = sorted(desk.jobs.states(), key=lambda state: _place(state.job))
        asked = request.query_params.get("pekerjaan", "")
        job = asked if any(state.job == asked for state in states) else None
        runs = desk.jobs.runs(job, MOST_RUNS)
        return show("jobs.html", worker=desk.jobs.worker(), states=states, runs=runs, job=job)


def _place(job: str) -> int:
    """Where the job stands in the walk; one that this version does not know stands last."""
    kind = job.partition("-")[0]
    return list(JOBS).index(kind) if kind in JOBS else len(JOBS)
