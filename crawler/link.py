"""A link to an article, as a source named it."""

from dataclasses import dataclass

from crawler.urls import article_id, canonical_url


@dataclass(frozen=True, slots=True)
class Link:
    """An article worth fetching; `url` as it was printed, `via` the document that named it.

    `first` says that the link speaks of the job's first words; `attempts` counts the fetches that failed softly.
    """

    url: str
    outlet: str
    discovery: str
    via: str
    first: bool = False
    attempts: int = 0

    @property
    def id(self) -> str:
        """The id of the article this URL names."""
        return article_id(canonical_url(self.url))
