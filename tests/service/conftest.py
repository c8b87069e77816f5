import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack

import pytest

from tests.elasticsearch.installing import NotInstalled
from tests.elasticsearch.server import ElasticsearchServer, running
from tests.postgres import server as postgres

DEMANDED = "PANTAU_TEST_REQUIRE_ELASTICSEARCH"


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[ElasticsearchServer]:
    """A real Elasticsearch, started once for all tests that ask for it."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running())
        except NotInstalled as error:
            if os.environ.get(DEMANDED) == "1":
                pytest.fail(f"{DEMANDED} is set, and {error}", pytrace=False)
            pytest.skip(str(error))
        yield server


@pytest.fixture(scope="session", autouse=True)
def _postgres_ends() -> Iterator[None]:
    """The PostgreSQL that a test asked for is gone after the last one."""
    with postgres.ending:
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    server = getattr(item, "funcargs", {}).get("elasticsearch_server")
    if report.failed and server is not None:
        report.sections.append(("the log of Elasticsearch", server.log))
    return report
