"""How a cluster is reached, and how its troubles are told; against a server that answers from a script."""

import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from service.adapters.elasticsearch_index import Access, Cluster, ElasticsearchIndex
from service.adapters.elasticsearch_index.connection import Patience
from service.domain.query import Query
from service.errors import ConfigError, IndexUnavailable
from tests.elasticsearch.client import VERSION_OF_INDEX
from tests.elasticsearch.scripted import Answer, Asked, ScriptedServer, scripted
from tests.ports import free_port
from tests.service.builders import an_article

SECRET = "kunci-sangat-rahasia"
GENERATION = f"berita-{VERSION_OF_INDEX}-000001"


def connected(access: Access) -> ElasticsearchIndex:
    patience = Patience(retries=2, first_pause=0.001)
    return ElasticsearchIndex(Cluster(access, searching=patience, writing=patience), "berita")


def well(asked: Asked) -> Answer:
    """A cluster with one generation that holds seven articles and takes everything."""
    path = asked.target.partition("?")[0]
    if path.endswith("/_bulk"):
        actions = [json.loads(line) for line in asked.body.splitlines()[::2]]
        items = [{"index": {"_id": action["index"]["_id"], "status": 201, "result": "created"}} for action in actions]
        return 200, {"errors": False, "items": items}
    if path == "/_alias/berita":
        return 200, {GENERATION: {"aliases": {"berita": {}}}}
    return 200, {"count": 7, "_shards": {}}


def failing(status: int, times: int, path: str, error: str = "") -> Callable[[Asked], Answer]:
    """As `well`, but requests of this path fail so often."""
    left = [times]

    def answer(asked: Asked) -> Answer:
        if path in asked.target and left[0] > 0:
            left[0] -= 1
            return status, {"error": {"type": error or "trouble", "reason": "too much"}, "status": status}
        return well(asked)

    return answer


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize("path", ["/_count", "/_alias"])
def test_what_may_pass_is_asked_again(status: int, path: str) -> None:
    with scripted(failing(status, 2, path)) as server:
        assert connected(Access(server.url)).count() == 7


def test_a_bulk_request_is_sent_again_while_the_cluster_is_busy() -> None:
    with scripted(failing(429, 2, "/_bulk")) as server:
        connected(Access(server.url)).put([an_article()])
        assert [asked.target.partition("?")[0] for asked in server.requests].count("/berita/_bulk") == 3


def test_only_what_the_cluster_was_too_busy_for_is_sent_again() -> None:
    def answer(asked: Asked) -> Answer:
        status, said = well(asked)
        items = said.get("items", ())
        if len(items) == 2:
            busy = {
                "_id": items[0]["index"]["_id"],
                "status": 429,
                "error": {"type": "es_rejected_execution_exception"},
            }
            return status, {"errors": True, "items": [{"index": busy}, items[1]]}
        return status, said

    with scripted(answer) as server:
        connected(Access(server.url)).put([an_article("sibuk"), an_article("lancar")])
        bulks = [asked.body for asked in server.requests if "/_bulk" in asked.target]
    assert [body.count(b'"_id"') for body in bulks] == [2, 1]
    assert an_article("sibuk").id.encode() in bulks[1]


def test_a_cluster_that_stays_busy_is_told_as_unavailable() -> None:
    with (
        scripted(failing(429, 99, "/_bulk")) as server,
        pytest.raises(IndexUnavailable, match=r"too busy or starting.*safe in the store"),
    ):
        connected(Access(server.url)).put([an_article()])


def test_changes_go_to_the_alias_alone_and_never_make_an_index() -> None:
    with scripted(well) as server:
        connected(Access(server.url)).put([an_article()])
        [bulk] = [asked for asked in server.requests if "/_bulk" in asked.target]
    assert bulk.target == "/berita/_bulk?require_alias=true"


@pytest.mark.parametrize(
    ("access", "header"),
    [
        (Access("", api_key=SECRET), f"ApiKey {SECRET}"),
        (Access("", username="pantau", password=SECRET), "Basic cGFudGF1Omt1bmNpLXNhbmdhdC1yYWhhc2lh"),
    ],
)
def test_the_secret_travels_in_the_header_and_is_told_nowhere(
    access: Access, header: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with scripted(failing(401, 9, "/", "security_exception")) as server:
        reached = replace(access, url=server.url)
        with pytest.raises(IndexUnavailable, match=r"refuses the credentials.*\[search\] api_key") as caught:
            connected(reached).search(Query())
        assert server.requests[0].headers["authorization"] == header
    for told in (str(caught.value), repr(reached), caplog.text):
        assert SECRET not in told
        assert header.split()[1] not in told


def test_a_missing_right_is_told_with_where_the_rights_are_listed() -> None:
    with (
        scripted(failing(403, 9, "/_count", "security_exception")) as server,
        pytest.raises(IndexUnavailable, match=r"forbids it \(security_exception.*docs/search-engines\.md"),
    ):
        connected(Access(server.url)).count()


def test_nothing_that_listens_is_told_with_the_setting_to_check() -> None:
    with pytest.raises(IndexUnavailable, match=r"cannot be reached\. Check that it runs, and \[search\] url"):
        connected(Access(f"http://127.0.0.1:{free_port()}")).count()


def test_another_product_is_not_taken_for_elasticsearch() -> None:
    with (
        scripted(well, product="Something") as server,
        pytest.raises(IndexUnavailable, match="does not answer as Elasticsearch 8 or 9"),
    ):
        connected(Access(server.url)).count()


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secured(authority: trustme.CA) -> Iterator[ScriptedServer]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with scripted(well, context) as server:
        yield server


def test_a_certificate_of_an_own_authority_is_trusted_when_it_is_named(
    secured: ScriptedServer, authority: trustme.CA, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    assert connected(Access(secured.url, ca_file=str(tmp_path / "ca.pem"))).count() == 7


def test_an_unknown_certificate_is_refused_unless_that_is_wanted(secured: ScriptedServer) -> None:
    with pytest.raises(IndexUnavailable, match=r"certificate that is not trusted\. Set \[search\] ca_file"):
        connected(Access(secured.url)).count()
    assert not secured.requests
    assert connected(Access(secured.url, verify_certificates=False)).count() == 7


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ConfigError, match=r"search\.ca_file: .*ca\.pem"):
        connected(Access("https://127.0.0.1:1", ca_file=str(tmp_path / "ca.pem")))
