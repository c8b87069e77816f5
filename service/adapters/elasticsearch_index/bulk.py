"""Many changes in few requests: what is refused is told apart from what may be accepted a moment later."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from service.adapters.elasticsearch_index.connection import PASSING_STATUS, Cluster, Patience, reason_of, told_status
from service.errors import IndexUnavailable

logger = logging.getLogger(__name__)

_CHUNK = 500
_CHUNK_BYTES = 8_000_000


class Blocked(Exception):
    """The index takes no changes now."""


@dataclass(slots=True)
class Sent:
    """How many changes there were, and the ids of the articles that were refused."""

    changes: int = 0
    refused: list[str] = field(default_factory=list)


def send(
    cluster: Cluster,
    index: str,
    changes: Iterable[dict[str, Any]],
    *,
    by_alias: bool,
    on_chunk: Callable[[], None] = lambda: None,
) -> Sent:
    """What became of the changes, sent to the index or to the alias in chunks; `on_chunk` is called after each.

    A document that the engine refuses for its content is logged with its id and the reason, and the others go in.
    Blocked where the index takes no changes, IndexUnavailable where the engine does not take what it should.
    """
    sent = Sent()
    remaining = iter(changes)
    while chunk := list(islice(remaining, _CHUNK)):
        for outcome in cluster.write(partial(_send_chunk, cluster.writing, index, by_alias, chunk)):
            sent.changes += 1
            if "error" in outcome:
                _must_be_refused(cluster, outcome)
                sent.refused.append(outcome["_id"])
                reason = reason_of(outcome["error"])
                logger.error("the search engine refuses an article", extra={"id": outcome["_id"], "reason": reason})
        on_chunk()
    return sent


def _send_chunk(
    patience: Patience, index: str, by_alias: bool, chunk: list[dict[str, Any]], client: Elasticsearch
) -> list[dict[str, Any]]:
    outcomes = streaming_bulk(
        client,
        chunk,
        max_chunk_bytes=_CHUNK_BYTES,
        raise_on_error=False,
        max_retries=patience.retries,
        initial_backoff=patience.first_pause,
        retry_on_status=PASSING_STATUS,
        index=index,
        # Else a write to an alias that is not there would make an index of its name, with no mapping of ours.
        require_alias=by_alias,
    )
    return [next(iter(outcome.values())) for _, outcome in outcomes]


def _must_be_refused(cluster: Cluster, outcome: dict[str, Any]) -> None:
    """Raise where the change failed for another reason than its document."""
    status, error = outcome["status"], outcome["error"]
    kind = error.get("type", "") if isinstance(error, dict) else ""
    if kind == "cluster_block_exception":
        raise Blocked(reason_of(error))
    if status != 400:
        raise IndexUnavailable(f"The search engine at {cluster.url} {told_status(status, reason_of(error))}")
