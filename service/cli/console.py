"""Where the command line prints: answers on standard output, progress and complaints on standard error."""

import logging

import structlog
from rich.console import Console

# What is printed comes from the web, from people and from files: "[merah]" is as much a word as any other.
output = Console(markup=False, emoji=False)
errors = Console(stderr=True, markup=False, emoji=False)


def set_up_logs(level: str = "INFO") -> None:
    """Send every log record, ours and the libraries', as one line `time level event key=value` to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        structlog.stdlib.ExtraAdder(),
    ]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(colors=errors.is_terminal),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "uvicorn", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # A job that is still at work when its next turn comes is no trouble.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
