"""One story as JSON, and what people decide about it."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from service.domain.article import Article
from service.domain.story_decision import StoryDecision, undone
from service.domain.wording.language import say
from service.errors import ReviewError, UnknownStory
from service.usecases.ledger import LONGEST_NOTE
from service.web.address import BadAddress
from service.web.desk import Desk, NotFound
from service.web.story_page import MOST_CHOSEN, MOST_SHOWN, named_story, seen_articles
from service.web.visitor import needs, visitor

_Id = Annotated[str, Path(max_length=140)]
_ArticleId = Annotated[str, Field(max_length=128)]


class StoryArticleOut(BaseModel):
    """An article of the story."""

    id: str
    url: str
    outlet: str
    title: str
    published: datetime | None
    sentiment: str


class StoryDecisionOut(BaseModel):
    """What somebody decided about the story; "undo" takes back the decision numbered `undoes`."""

    number: int
    kind: str
    story_id: str
    other_id: str
    by: str
    at: datetime
    note: str
    undoes: int | None
    undone: bool


class StoryOut(BaseModel):
    """A story: its articles as they were printed, at most 200 of `total`, and the decisions on it, the newest first.

    `id` is that of the story that the one asked for was merged into, where it was.
    """

    id: str
    total: int
    outlets: int
    articles: list[StoryArticleOut]
    decisions: list[StoryDecisionOut]


class StoryDecisionIn(BaseModel):
    """What is decided: "merge" takes the id or address of the other `story`, "split" the ids of `articles`.

    "undo" takes the `number` of a decision.
    """

    model_config = ConfigDict(extra="forbid")

    decision: Literal["merge", "split", "undo"]
    story: Annotated[str, Field(max_length=400)] = ""
    articles: Annotated[list[_ArticleId], Field(max_length=MOST_CHOSEN)] = []
    number: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


def add_story_api(router: APIRouter, desk: Desk) -> None:
    """Add the routes."""

    @router.get("/api/v1/stories/{story_id}")
    def story(story_id: _Id) -> StoryOut:
        """A story with its articles, what people hid left out, and what was decided about it."""
        return _told(desk, desk.store.resolve_story(story_id))

    @router.post("/api/v1/stories/{story_id}/decisions", dependencies=[needs("decide")])
    def arrange(story_id: _Id, it: StoryDecisionIn) -> StoryOut:
        """Merge another story into this one, split articles out, or take a decision back; the story that came of it.

        It is kept under your name.
        """
        try:
            after, other = _decide(desk, story_id, it, visitor().name)
        except UnknownStory as error:
            raise NotFound from error
        except ReviewError as error:
            raise BadAddress(str(error)) from error
        desk.people.record(visitor().actor, "story-arranged", f"{it.decision}: cerita {story_id}, {other}"[:200])
        return _told(desk, after)


def _decide(desk: Desk, story_id: str, it: StoryDecisionIn, by: str) -> tuple[str, str]:
    """The story that came of it, and the other one that it is about."""
    match it.decision:
        case "merge":
            other = named_story(desk, it.story)
            return desk.arranging.merge(story_id, other, by, it.note), other
        case "split":
            new = desk.arranging.split(story_id, it.articles, by, it.note)
            return new, new
        case _:
            if it.number is None:
                raise ReviewError(say("Isi number: nomor keputusan yang dibatalkan."))
            apart = desk.arranging.undo(story_id, it.number, by, it.note)
            return apart, apart


def _told(desk: Desk, story_id: str) -> StoryOut:
    told = seen_articles(desk, story_id)
    if not told:
        raise NotFound
    decisions = desk.store.story_decisions(story_id)
    taken_back = undone(decisions)
    return StoryOut(
        id=story_id,
        total=len(told),
        outlets=len({it.outlet for it in told}),
        articles=[_article(it) for it in told[:MOST_SHOWN]],
        decisions=[_decision(it, it.number in taken_back) for it in decisions],
    )


def _article(it: Article) -> StoryArticleOut:
    return StoryArticleOut(
        id=it.id, url=it.url, outlet=it.outlet, title=it.title, published=it.published, sentiment=it.sentiment.label
    )


def _decision(it: StoryDecision, is_undone: bool) -> StoryDecisionOut:
    fields = {name: getattr(it, name) for name in StoryDecisionOut.model_fields if name != "undone"}
    return StoryDecisionOut(**fields, undone=is_undone)
