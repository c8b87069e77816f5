"""Index: bring the search index to agree with the store. The index is a cache; losing it loses nothing."""

import logging
from collections.abc import Iterator, Sequence

from service.domain.article import Article
from service.errors import IndexBusy, IndexUnavailable
from service.ports import ArticleStore, Clock, SearchIndex

logger = logging.getLogger(__name__)


class IndexArticles:
    """Puts stored articles that wait into the index. A crash between index and mark is a harmless second put."""

    def __init__(self, store: ArticleStore, index: SearchIndex, clock: Clock, *, batch_size: int = 200) -> None:
        self._store = store
        self._index = index
        self._clock = clock
        self._batch_size = batch_size

    def run(self) -> int:
        """Index everything that waits; how many articles that were.

        While another process writes or rebuilds the index, the rest goes on waiting.
        """
        count = 0
        while waiting := self._store.not_indexed(self._batch_size):
            try:
                self._agree_on(waiting)
            except IndexBusy as error:
                logger.info("articles wait for the index", extra={"reason": str(error)})
                break
            count += len(waiting)
        return count

    def rebuild(self) -> int:
        """Write the whole index anew; how many articles it holds.

        The old index answers until the new one takes its place. What was put into the old one meanwhile is put again,
        and so is what was refused.
        """
        started = self._clock()
        refused = self._index.rebuild(self._everything())
        self._store.mark_all_not_indexed(since=started, refused=refused)
        self.run()
        return self._index.count()

    def at_once(self, articles: Sequence[Article]) -> None:
        """Index what a person just changed; where the index does not take it, it waits for the next turn."""
        try:
            self._agree_on(articles)
        except IndexUnavailable as error:
            logger.warning("an article waits for the index", extra={"error": str(error)})

    def _agree_on(self, articles: Sequence[Article]) -> None:
        """Make index and store agree on these, also where an article changes while it is indexed."""
        while articles:
            kept = [article for article in articles if article.relevance != "irrelevant"]
            dropped = [article.id for article in articles if article.relevance == "irrelevant"]
            refused = self._index.put(kept) if kept else ()
            if dropped or refused:
                # Of what is refused, a former version would tell what is no longer so.
                self._index.delete([*dropped, *refused])
            ids = [article.id for article in articles]
            self._store.mark_indexed(ids, self._clock(), refused)
            indexed = {article.id: article for article in articles}
            articles = [article for article in self._store.articles(ids) if article != indexed[article.id]]

    def _everything(self) -> Iterator[Article]:
        last: str | None = None
        while page := self._store.indexable(last, self._batch_size):
            yield from page
            last = page[-1].id
