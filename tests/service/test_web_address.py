from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from service.domain.query import Query
from service.web.address import BadAddress, SearchAddress, read_search, web_link

queries = st.builds(
    Query,
    text=st.text(max_size=80).map(str.strip),
    outlets=st.frozensets(st.from_regex(r"[a-z][a-z0-9.-]{0,20}", fullmatch=True), max_size=3),
    regions=st.frozensets(st.from_regex(r"[1-9][0-9](\.[0-9]{2})?", fullmatch=True), max_size=3),
    sentiments=st.frozensets(st.sampled_from(["positive", "neutral", "negative"])),
    relevances=st.sampled_from([frozenset({"relevant"}), frozenset({"relevant", "mention"})]),
    since=st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    until=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    sort=st.sampled_from(["newest", "relevance"]),
)


def parameters(address: str) -> QueryParams:
    return QueryParams(parse_qsl(urlsplit(address).query, keep_blank_values=True))


@given(queries)
def test_a_search_survives_its_own_address(query: Query) -> None:
    asked = SearchAddress(query)
    again = read_search(parameters(asked.continued("abc")))
    assert (again.query, again.cursor) == (query, "abc")


@given(queries, st.sampled_from(["16.71", "35"]))
def test_toggling_a_value_twice_changes_nothing(query: Query, region: str) -> None:
    once = read_search(parameters(SearchAddress(query).toggled("wilayah", region)))
    assert once.query.regions == query.regions ^ {region}
    assert read_search(parameters(once.toggled("wilayah", region))).query == query


def test_a_changed_filter_starts_at_the_first_page() -> None:
    asked = SearchAddress(Query(text="klaim"), cursor="abc")
    assert "kursor" not in asked.toggled("media", "x")
    assert "kursor" not in asked.sorted_by("relevance")


def test_empty_fields_of_the_form_ask_for_nothing() -> None:
    assert read_search(QueryParams("q=&dari=&sampai=&media=&sentimen=")).query == Query()


def test_swapped_days_are_put_in_order() -> None:
    query = read_search(QueryParams("dari=2026-11-23&sampai=2026-11-01")).query
    assert (query.since, query.until) == (date(2026, 11, 1), date(2026, 11, 23))


@given(st.text(max_size=200))
def test_no_query_string_crashes(text: str) -> None:
    try:
        read_search(QueryParams(text))
    except BadAddress as error:
        assert len(str(error)) < 200  # noqa: PT017


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//x.example/",
        "/lokal",
        "https://x.example/\n",
        'https://x.example/"onclick=x',
        "https:x",
        " https://x.example/",
        "",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert web_link(url) is None


def test_web_addresses_stay_as_they_are() -> None:
    assert web_link("https://x.example/a?b=c&d=é") == "https://x.example/a?b=c&d=é"
