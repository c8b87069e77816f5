"""An invented press of eight years: articles with figures, a third of them copies, some at odds with others.

Articles and statements are made as values and written as the store writes them, row by row of the real schema, but in
large transactions; the claims are then gathered by the store's own code. So 200,000 statements take a minute or two
instead of the hours of a real ingest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import Engine, insert

from nlp.analysis import Analysis, Sentiment
from service.adapters.sql.entering import batches, gather, put_findings
from service.adapters.sql.ledger_rows import statement_row
from service.adapters.sql.rows import article_row
from service.adapters.sql.schema import articles, figures, stories
from service.domain.article import Article
from service.domain.ledger.checks import Finding, Term
from service.domain.ledger.identity import stable_id
from service.domain.ledger.statement import Statement

FIRST = datetime(2019, 1, 1, tzinfo=UTC)
DAYS = 2900
PER_ARTICLE = 5
COPIED = 0.35
AT_ODDS = 0.01

# How often the press speaks of each, with the kind and unit that most of its figures have.
METRICS = {
    "membership": (24, "count", "people"),
    "coverage": (18, "level", "percent"),
    "claims_paid": (14, "amount", "IDR"),
    "claims_count": (9, "count", "cases"),
    "benefit_amount": (8, "rule", "IDR"),
    "employers": (6, "count", "companies"),
    "contribution_rate": (5, "rule", "IDR"),
    "potential": (4, "count", "people"),
    "arrears": (4, "amount", "IDR"),
    "workforce": (3, "count", "people"),
    "fund": (2, "amount", "IDR"),
    "work_accidents": (2, "count", "cases"),
    "layoffs": (1, "count", "people"),
}
PROVINCES = [f"{code}" for code in range(11, 49)]
REGIONS = [f"{province}.{number:02}" for province in PROVINCES for number in range(1, 15)]
OUTLETS = [f"media-{number}.example" for number in range(250)]
_PROSE = """
peserta kantor cabang kota kabupaten pekerja perusahaan iuran jaminan kematian kecelakaan kerja hari tua wali
pemerintah daerah menyerahkan santunan kepada ahli waris cakupan kepesertaan meningkat turun tahun ini sebelumnya
"""
_WORDS = _PROSE.split()


@dataclass(frozen=True, slots=True)
class Printed:
    """An article with what it states."""

    article: Article
    statements: tuple[Statement, ...]


def press(count: int, seed: int = 1) -> Iterator[Printed]:
    """Articles with `count` statements in all, in no order of time."""
    random = Random(seed)  # noqa: S311 (no secret)
    weights = {
        "region": [1 / (at + 3) for at in range(len(REGIONS))],
        "outlet": [1 / (at + 5) for at in range(len(OUTLETS))],
    }
    recent: list[Printed] = []
    for number in range(count // PER_ARTICLE):
        outlet = random.choices(OUTLETS, weights["outlet"])[0]
        if recent and random.random() < COPIED:
            printed = _copy(random.choice(recent), number, outlet, random)
        else:
            region = random.choices(REGIONS, weights["region"])[0]
            printed = _article(number, outlet, region, random)
        recent = [*recent[-200:], printed]
        yield printed


def _article(number: int, outlet: str, region: str, random: Random) -> Printed:
    moment = FIRST + timedelta(days=random.random() * DAYS)
    title = f"{' '.join(random.choices(_WORDS, k=9)).capitalize()} {number}"
    url = f"https://{outlet}/berita/{number}"
    article = Article(
        id=stable_id(url),
        url=url,
        outlet=outlet,
        title=title,
        text=" ".join(random.choices(_WORDS, k=300)),
        found=moment,
        published=moment,
        analysis=Analysis("", "id", "relevant", Sentiment("neutral", 0.5), "bench"),
        story_id=f"s{number}",
        fetched=moment,
    )
    return Printed(article, tuple(_statement(article, at, region, random) for at in range(PER_ARTICLE)))


def _statement(article: Article, position: int, region: str, random: Random) -> Statement:
    metric = random.choices(list(METRICS), [weight for weight, _, _ in METRICS.values()])[0]
    _, kind, unit = METRICS[metric]
    chance = random.random()
    kind = "change" if chance < 0.12 else "target" if chance < 0.2 else kind
    value = Decimal(random.randrange(1, 10_000)) / 100 if unit == "percent" else Decimal(random.randrange(1, 10**7))
    code = "ID" if random.random() < 0.15 else region.split(".")[0] if random.random() < 0.2 else region
    month = f"{article.day:%Y-%m}"
    period = random.choices([month, month[:4], None], [6, 2, 2])[0]
    surface = f"{value}".replace(".", ",")
    words = random.choices(_WORDS, k=22)
    sentence = f"{' '.join(words[:10])} {surface} {' '.join(words[10:])}."
    return Statement(
        id=stable_id(article.id, str(position)),
        article_id=article.id,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        story_id=article.story_id,
        day=article.day,
        moment=article.found,
        field="text",
        position=position,
        surface=surface,
        sentence=sentence,
        offset=len(" ".join(words[:10])) + 1,
        metric=metric,
        kind=kind,
        unit=unit,
        low=value,
        high=value,
        region=f"Daerah {code}",
        region_code=None if random.random() < 0.1 else code,
        period=period,
        as_of=article.day,
        speaker=" ".join(random.choices(_WORDS, k=2)).title(),
    )


def _copy(of: Printed, number: int, outlet: str, random: Random) -> Printed:
    """Another outlet prints it some hours later."""
    url = f"https://{outlet}/berita/{number}"
    moment = of.article.found + timedelta(hours=random.random() * 30)
    article = replace(of.article, id=stable_id(url), url=url, outlet=outlet, found=moment, published=moment)
    statements = (
        replace(
            it,
            id=stable_id(article.id, str(it.position)),
            article_id=article.id,
            url=url,
            outlet=outlet,
            day=article.day,
            as_of=article.day,
            moment=moment,
        )
        for it in of.statements
    )
    return Printed(article, tuple(statements))


def write_press(engine: Engine, printed: Sequence[Printed], seed: int = 1) -> None:
    """Write all of it into an empty database of the current schema, with claims and findings."""
    for some in batches(printed, 2_000):
        told = dict.fromkeys(it.article.story_id for it in some)
        with engine.begin() as connection:
            connection.execute(
                insert(stories).prefix_with("OR IGNORE"), [{"id": story, "opened": FIRST} for story in told]
            )
            rows = [
                article_row(it.article)
                | {"in_index": True, "indexed_at": it.article.found, "first_indexed_at": it.article.found}
                for it in some
            ]
            connection.execute(insert(articles), rows)
            connection.execute(insert(figures), [statement_row(it) for each in some for it in each.statements])
    claims = {statement.claim_id for it in printed for statement in it.statements}
    for ids in batches(sorted(claims), 20_000):
        with engine.begin() as connection:
            gather(connection, ids)
    with engine.begin() as connection:
        for scope, finding in _at_odds(printed, seed):
            put_findings(connection, scope, [finding])


def _at_odds(printed: Sequence[Printed], seed: int) -> Iterator[tuple[str, Finding]]:
    random = Random(seed)  # noqa: S311 (no secret)
    for it in printed:
        if random.random() < AT_ODDS * PER_ARTICLE / 2:
            one, other = random.sample(it.statements, 2)
            terms = tuple(Term("stated", each.low, each.unit, each.surface, each.outlet) for each in (one, other))
            yield it.article.id, Finding("sum", (one.id, other.id), terms)
