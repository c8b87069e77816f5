"""Saved searches as JSON."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from service.domain.saved_search import LONGEST_ADDRESS, LONGEST_SEARCH_NAME, Listed
from service.web.address import read_saved
from service.web.asking import check_labels
from service.web.desk import Desk, NotFound
from service.web.saved_pages import asked_of
from service.web.visitor import own_person

_Id = Annotated[str, Path(max_length=64)]
_Name = Annotated[str, Field(min_length=1, max_length=LONGEST_SEARCH_NAME)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SavedSearchIn(_In):
    """A search to keep; `search` are the parameters of the desk's address, `q=klaim&sentimen=negatif`."""

    name: _Name
    search: Annotated[str, Field(max_length=LONGEST_ADDRESS)]
    shared: bool = False


class SavedSearchChange(_In):
    """What is to be different."""

    name: _Name | None = None
    shared: bool | None = None


class SavedSearchOut(BaseModel):
    """A kept search; `new` counts articles since you `opened` it, at least so many with `at_least`.

    Both are null where you never opened it; `owner` is the name of whose it is.
    """

    id: str
    name: str
    search: str
    address: str
    shared: bool
    own: bool
    owner: str
    created: datetime
    opened: datetime | None
    new: int | None
    at_least: bool


def add_saved_api(router: APIRouter, desk: Desk) -> None:
    """Add the routes."""

    @router.get("/api/v1/saved-searches")
    def saved_searches() -> list[SavedSearchOut]:
        """Your own searches and those that others share, by name."""
        return [_out(desk, it) for it in _listed()]

    @router.post("/api/v1/saved-searches", status_code=201)
    def save(asked: SavedSearchIn) -> SavedSearchOut:
        """Keep a search; 400 where it cannot be read, or you did before."""
        search = read_saved(asked.search)
        check_labels(desk, search.query.text)
        kept = desk.saved_searches.save(own_person().id, asked.name, search.normalised, shared=asked.shared)
        return one(kept.id)

    @router.patch("/api/v1/saved-searches/{search_id}")
    def change(search_id: _Id, change: SavedSearchChange) -> SavedSearchOut:
        """Give your search another name, share it or stop sharing it."""
        desk.saved_searches.change(own_person().id, search_id, name=change.name, shared=change.shared)
        return one(search_id)

    @router.delete("/api/v1/saved-searches/{search_id}", status_code=204)
    def delete(search_id: _Id) -> Response:
        """Forget your search."""
        desk.saved_searches.delete(own_person().id, search_id)
        return Response(status_code=204)

    @router.post("/api/v1/saved-searches/{search_id}/opened")
    def opened(search_id: _Id) -> SavedSearchOut:
        """Note that you have seen what is new."""
        desk.saved_searches.open(own_person().id, search_id)
        return one(search_id)

    def one(search_id: str) -> SavedSearchOut:
        found = next((it for it in _listed() if it.search.id == search_id), None)
        if found is None:
            raise NotFound
        return _out(desk, found)

    def _listed() -> list[Listed]:
        return desk.saved_searches.listed(own_person().id, lambda search: asked_of(desk, search))


def _out(desk: Desk, listed: Listed) -> SavedSearchOut:
    search = listed.search
    return SavedSearchOut(
        id=search.id,
        name=search.name,
        search=search.address,
        address=f"{desk.base_url.rstrip('/')}{search.path}",
        shared=search.shared,
        own=listed.own,
        owner=listed.owner,
        created=search.created,
        opened=listed.opened,
        new=listed.new,
        at_least=listed.at_least,
    )
