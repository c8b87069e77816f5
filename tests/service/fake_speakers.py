"""Who is quoted, counted from the articles whenever it is asked."""

from collections import Counter
from collections.abc import Callable, Iterable

from nlp.analysis import Quote
from service.domain.article import Article
from service.domain.speaker import Said, Speaker, SpeakerPage, speaker_key


class FakeSpeakers:
    """Counts the speakers of the articles that the function gives."""

    def __init__(self, articles: Callable[[], Iterable[Article]]) -> None:
        self._articles = articles

    def page(self, name: str = "", *, limit: int = 50, offset: int = 0) -> SpeakerPage:
        words = speaker_key(name).split()
        keys = {key for key, _, _ in self._all() if all(word in key for word in words)}
        met = sorted((self._counted(key) for key in keys), key=lambda it: (it.articles, it.last, it.key), reverse=True)
        return SpeakerPage(len(met), met[offset : offset + limit])

    def get(self, key: str) -> Speaker | None:
        return self._counted(key) if any(key == known for known, _, _ in self._all()) else None

    def titles(self, key: str, limit: int = 10) -> list[tuple[str, int]]:
        seen = {(it.title, it.article_id) for it in self.said(key) if it.title is not None}
        counted = Counter(title for title, _ in seen)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def said(self, key: str, *, limit: int = 50, offset: int = 0) -> list[Said]:
        own = [(said, position) for known, said, position in self._all() if known == key]
        own.sort(key=lambda it: (-it[0].moment.timestamp(), it[0].article_id, it[1]))
        return [said for said, _ in own[offset : offset + limit]]

    def _all(self) -> list[tuple[str, Said, int]]:
        return [
            (speaker_key(quote.speaker), _said(article, quote), position)
            for article in self._articles()
            if article.counted_as == "relevant"
            for position, quote in enumerate(article.analysis.quotes)
            if quote.speaker and speaker_key(quote.speaker)
        ]

    def _counted(self, key: str) -> Speaker:
        said = self.said(key, limit=10**6)
        tones = Counter(tone for _, tone in {(it.article_id, it.tone) for it in said})
        names = {
            (article.id, quote.text): quote.speaker
            for article in self._articles()
            for quote in article.analysis.quotes
            if quote.speaker and speaker_key(quote.speaker) == key
        }
        return Speaker(
            key=key,
            name=names[said[0].article_id, said[0].text],
            title=next((it.title for it in said if it.title is not None), None),
            articles=len({it.article_id for it in said}),
            quotes=len(said),
            positive=tones["positive"],
            neutral=tones["neutral"],
            negative=tones["negative"],
            last=said[0].moment,
        )


def _said(article: Article, quote: Quote) -> Said:
    moment = article.published or article.found
    return Said(
        quote.text,
        quote.kind == "direct",
        quote.speaker_title,
        article.id,
        article.title,
        article.outlet,
        moment,
        article.sentiment.label,
    )
