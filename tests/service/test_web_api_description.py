"""Whatever is asked of the API, as its description allows it or against it, the answer is as the description says."""

import os
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send

from service.adapters.spreadsheets import write_clip_csv
from service.adapters.sql.store import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.export import EXPORT_KINDS, ExportKind
from service.domain.ledger.claim import LedgerFilter
from service.ports import ClipWriter
from service.usecases.ledger import check_ledger
from service.web.app import create_app
from service.web.desk import Desk
from tests.service.builders import ManualClock
from tests.service.desk_sample import desk_over, exports_over, sample_articles
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import a_person

EXAMPLES = os.environ.get("PANTAU_TEST_API_EXAMPLES")
"""Cases of each route, chosen at random; without it, few that are the same each time."""

# Every case asks with a token; one without would only be told to send one.
FORM = SchemathesisConfig.from_dict(
    {
        "generation": {"with-security-parameters": False},
        "checks": {"negative_data_rejection": {"expected-statuses": [400, 404, 405, 413, 422]}},
    }
)


class Served:
    """The application that is asked, which is there when the tests run."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _description(served: Served) -> BaseSchema:
    # No article is needed to describe the routes.
    app = create_app(desk_over(FakeIndex(), FakeStore(), FakeArchive({})))
    described = schemathesis.openapi.from_dict(app.openapi(), config=FORM)
    described.app = served
    return described


served = Served()
described = _description(served)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    store = SqlStore(f"sqlite:///{folder / 'pantau.db'}")
    store.migrate()
    articles, index = sample_articles(), TantivyIndex(folder / "index", lock_timeout=0)
    with store.transaction() as transaction:
        for article in articles:
            check_ledger(transaction, article.id, transaction.add(article))
    index.put(articles)
    # A book takes seconds, and is as much of a file as a table is.
    writers: dict[ExportKind, ClipWriter] = dict.fromkeys(EXPORT_KINDS, write_clip_csv)
    desk = desk_over(index, store, FakeArchive({}))
    return replace(desk, exports=exports_over(index, store, ManualClock(), folder / "exports", writers=writers))


@pytest.fixture(scope="module")
def token(desk: Desk) -> str:
    """The secret of a token that may decide on the desk that is served."""
    served.app = create_app(desk)
    return desk.people.issue_token(a_person(desk), "uji", "analis", 365, "192.0.2.1")[0]


@pytest.fixture(scope="module")
def known(desk: Desk) -> dict[str, str]:
    """Of each kind of thing that an address may name, one that there is."""
    article = sample_articles()[0]
    _, stated = desk.ledger.find(LedgerFilter(), limit=1, offset=0)
    desk.correcting.label(article.id, "awal", "Rani Saputri")
    noted = desk.correcting.add_note(article.id, "Sudah ditelepon.", "Rani Saputri")
    return {
        "article_id": article.id,
        "story_id": article.story_id or "",
        "claim_id": stated[0].claim_id,
        "statement_id": stated[0].id,
        "label": "awal",
        "note_id": noted.notes[0].value,
    }


def _is_wrong(case: "schemathesis.Case[Any]") -> bool:
    """Whether the case is about an address that the description forbids."""
    path = case.meta.components.get(ParameterLocation.PATH) if case.meta is not None else None
    return path is not None and path.mode.is_negative


@pytest.fixture
def clock(desk: Desk) -> ManualClock:
    assert isinstance(desk.clock, ManualClock)
    return desk.clock


@described.given(is_known=st.booleans())
@described.parametrize()
@settings(
    max_examples=int(EXAMPLES or 25),
    derandomize=EXAMPLES is None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_tells(
    case: "schemathesis.Case[Any]", token: str, known: dict[str, str], clock: ManualClock, is_known: bool
) -> None:
    # Each case asks with unknown tokens too, of which only so many are answered in an hour.
    clock.advance(timedelta(minutes=10))
    if is_known and not _is_wrong(case):
        case.path_parameters |= {name: known[name] for name in case.path_parameters if name in known}
    # What an article's state of now forbids is refused with 400, which no description of the form can tell.
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=[positive_data_acceptance])
