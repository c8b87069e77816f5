"""Speakers: fill their tables from what is stored. Storing an article keeps them up to date by itself."""

from collections.abc import Callable

from service.ports import ArticleStore

_AT_ONCE = 200


def rebuild_speakers(store: ArticleStore, on_progress: Callable[[int], None] = lambda done: None) -> int:
    """Enter anew what every relevant article quotes; how many articles were looked at.

    It may be cut short and run again, and others may write meanwhile.
    """
    done, last = 0, None
    while some := store.indexable(last, _AT_ONCE):
        with store.transaction() as transaction:
            for article in some:
                transaction.enter_quotes(article)
        done, last = done + len(some), some[-1].id
        on_progress(done)
    return done
