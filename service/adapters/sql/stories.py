"""Stories in SQL: which articles may tell one, and what people decided about them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from service.adapters.sql.entering import batches
from service.adapters.sql.schema import (
    articles,
    stories,
    story_decisions,
    story_moves,
    story_traces,
)
from service.domain.story import STORY_SPAN, Candidate, Candidates, Told, looked_up, most_alike, traces
from service.domain.story_decision import StoryDecision, StoryMove


def candidates(connection: Connection, article: Told) -> Candidates:
    """Stored relevant articles of the days around `article` that share wording or facts with it."""
    of, own = story_traces.c, traces(article.text)
    around = of.moment.between(article.moment - STORY_SPAN, article.moment + STORY_SPAN)

    def near(hashes: Collection[int]) -> Any:
        return and_(of.hash.in_(hashes), around, of.article_id != article.id)

    counted = select(of.hash, func.count().label("many")).where(near(own.hashes)).group_by(of.hash)
    holders: dict[int, int] = dict(connection.execute(counted).all())
    shared = connection.execute(select(of.hash, of.article_id).where(near(looked_up(own, holders)))).all()
    alike, common = most_alike(own, holders, shared, lambda ids: _stories_of(connection, ids))
    return Candidates(tuple(_told(connection, alike)), common)


def _stories_of(connection: Connection, ids: Collection[str]) -> dict[str, str | None]:
    of, found = articles.c, dict[str, str | None]()
    for some in batches(list(ids)):
        found.update(connection.execute(select(of.id, of.story_id).where(of.id.in_(some))).all())
    return found


def _told(connection: Connection, ids: Sequence[str]) -> list[Candidate]:
    of = articles.c
    rows = connection.execute(select(of.id, of.story_id, of.moment, of.text).where(of.id.in_(ids))).mappings()
    found = {row["id"]: Candidate(**row) for row in rows}
    return [found[article_id] for article_id in ids]


def resolve(connection: Connection, story_id: str) -> str:
    """The id of the story that this one was merged into, of those that followed the last; its own where it was not."""
    passed = {story_id}
    while True:
        into = connection.scalar(select(stories.c.merged_into).where(stories.c.id == story_id))
        if into is None or into in passed:
            return story_id
        passed.add(into)
        story_id = into


def standing(connection: Connection, article_id: str, story_id: str | None) -> str | None:
    """The story that holds for an article: where a person put it, else the given one or what that was merged into."""
    newest = (
        select(story_moves.c.after)
        .where(story_moves.c.article_id == article_id)
        .order_by(story_moves.c.decision_id.desc())
        .limit(1)
    )
    held = connection.scalar(newest) or story_id
    return None if held is None else resolve(connection, held)


def record_decision(connection: Connection, decision: StoryDecision, merged_into: str | None) -> int:
    """Append to the log of decisions; the number.

    From now on the decision's other story leads to `merged_into`, or is one of its own where that is None.
    """
    row = {name: getattr(decision, name) for name in ("kind", "story_id", "other_id", "at", "note", "undoes")}
    number: int = connection.execute(
        insert(story_decisions).values(**row, decider=decision.by).returning(story_decisions.c.id)
    ).scalar_one()
    if decision.moves:
        moves = [{"article_id": it.article_id, "before": it.before, "after": it.after} for it in decision.moves]
        connection.execute(insert(story_moves), [{"decision_id": number, **move} for move in moves])
    connection.execute(update(stories).where(stories.c.id == decision.other_id).values(merged_into=merged_into))
    return number


def decisions_on(connection: Connection, story_id: str, limit: int) -> list[StoryDecision]:
    """The decisions that made this story what it is, the newest first, those about what was merged into it too."""
    ids = {story_id}
    while True:
        into = connection.scalars(select(stories.c.id).where(stories.c.merged_into.in_(ids)))
        further = set(into) - ids
        if not further:
            break
        ids |= further
    of = story_decisions.c
    newest = (
        select(story_decisions)
        .where(or_(of.story_id.in_(ids), of.other_id.in_(ids)))
        .order_by(of.id.desc())
        .limit(limit)
    )
    return _decisions(connection, newest)


def decision(connection: Connection, number: int) -> StoryDecision | None:
    """The decision of this number, or None."""
    return next(iter(_decisions(connection, select(story_decisions).where(story_decisions.c.id == number))), None)


def _decisions(connection: Connection, statement: Any) -> list[StoryDecision]:
    rows = connection.execute(statement).mappings().all()
    moves: dict[int, list[StoryMove]] = defaultdict(list)
    for some in batches([row["id"] for row in rows]):
        found = select(story_moves).where(story_moves.c.decision_id.in_(some)).order_by(story_moves.c.article_id)
        for move in connection.execute(found).mappings():
            moves[move["decision_id"]].append(StoryMove(move["article_id"], move["before"], move["after"]))
    return [
        StoryDecision(
            row["kind"],
            row["story_id"],
            row["other_id"],
            row["decider"],
            row["at"],
            tuple(moves[row["id"]]),
            row["note"],
            row["undoes"],
            row["id"],
        )
        for row in rows
    ]


def begun_with(connection: Connection, prefix: str) -> list[str]:
    """The ids of all stories that begin like this."""
    of = stories.c.id
    return list(connection.scalars(select(of).where(of.startswith(prefix, autoescape=True))))


def similar(connection: Connection, story_id: str, limit: int) -> list[str]:
    """The ids of other stories whose articles share traces with this one's, those that share most first."""
    own = select(story_traces.c.hash).join(articles, articles.c.id == story_traces.c.article_id)
    own = own.where(articles.c.story_id == story_id).distinct()
    first, last = connection.execute(
        select(func.min(articles.c.moment), func.max(articles.c.moment)).where(articles.c.story_id == story_id)
    ).one()
    if first is None:
        return []
    shared = (
        select(articles.c.story_id, func.count(story_traces.c.hash.distinct()).label("shared"))
        .join(story_traces, story_traces.c.article_id == articles.c.id)
        .where(
            story_traces.c.hash.in_(own),
            story_traces.c.moment.between(first - STORY_SPAN, last + STORY_SPAN),
            articles.c.story_id != story_id,
        )
        .group_by(articles.c.story_id)
        .order_by(func.count(story_traces.c.hash.distinct()).desc(), articles.c.story_id)
        .limit(limit)
    )
    return [row.story_id for row in connection.execute(shared)]
