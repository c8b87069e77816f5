"""Lets the product's client, which is for Elasticsearch 8 and 9, speak to the 7.9 that the tests run."""

from dataclasses import replace

from elastic_transport import BaseNode, HttpHeaders, Urllib3HttpNode
from elastic_transport._node import NodeApiResponse
from elastic_transport.client_utils import DEFAULT, DefaultType

from service.adapters.elasticsearch_index import Access, Cluster
from service.adapters.elasticsearch_index.connection import Patience
from service.adapters.elasticsearch_index.documents import FORMAT
from service.domain import terms

VERSION_OF_INDEX = f"{FORMAT}.{terms.VERSION}"
"""What names of generations carry; an index of another version is rebuilt."""

_TYPES = {
    "application/vnd.elasticsearch+json; compatible-with=8": "application/json",
    "application/vnd.elasticsearch+x-ndjson; compatible-with=8": "application/x-ndjson",
}


class OlderNode(Urllib3HttpNode):
    """Rewrites what 7.9 does not know, and adds the header by which the client knows an Elasticsearch."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        older = HttpHeaders({name: _TYPES.get(value, value) for name, value in (headers or {}).items()})
        # The parameter came with 7.10; what it guards against is tested where a request is looked at.
        target = target.replace("require_alias=true", "").replace("require_alias=false", "").rstrip("?&")
        answer = super().perform_request(method, target, body, older, request_timeout)
        told = HttpHeaders({**answer.meta.headers, "x-elastic-product": "Elasticsearch"})
        return NodeApiResponse(replace(answer.meta, headers=told), answer.body)


def a_cluster(url: str, node_class: type[BaseNode] = OlderNode, *, timeout: float = 10.0, retries: int = 1) -> Cluster:
    """The cluster at that address, asked again soon and not often."""
    patience = Patience(retries, 0.01)
    return Cluster(Access(url, timeout=timeout), searching=patience, writing=patience, node_class=node_class)
