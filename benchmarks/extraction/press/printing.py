"""From an article and a layout to the bytes that an outlet would send, and to the gold of that page."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from benchmarks.extraction.press.articles import Article, Block, articles, cells_of
from benchmarks.extraction.press.noise import COMMENTS, Noise
from benchmarks.extraction.scoring import GoldPage

_LAYOUTS = Path(__file__).with_name("layouts")
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_CELLS = {"rows": "td", "bullets": "li", "steps": "li"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How one outlet prints: where, how it opens a report, and what the page says besides the text."""

    name: str
    site: str
    path: str
    dateline: str = "{place} - "
    style: str = "p"
    parts: int = 1
    signature: str = ""
    is_english: bool = False
    shows_authors: bool = True
    shows_caption: bool = True
    shows_clock: bool = True

    @property
    def host(self) -> str:
        """The invented host of the outlet."""
        return f"{''.join(self.site.lower().split())}.example"


@dataclass(slots=True)
class _Surroundings:
    """What else stands on the page: the other articles, comments and noise; every foreign sentence is remembered."""

    layout: Layout
    waiting: list[Article]
    noise: Noise
    planted: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def foreign(self) -> dict[str, str]:
        """Another article's headline, lead and address; a new one on every call until all were named."""
        other = self.waiting.pop(0)
        self.waiting.append(other)
        self.planted += [other.title, other.lead]
        path = self.layout.path.format(slug=other.slug, date=other.published, number=10_000 + len(other.title) * 37)
        return {"title": other.title, "lead": other.lead, "url": f"https://{self.layout.host}{path}"}

    def remark(self) -> str:
        """A reader's comment."""
        text = self.remarks.pop(0)
        self.remarks.append(text)
        self.planted.append(text)
        return text


def printed_pages(layouts: Sequence[Layout]) -> Iterator[GoldPage]:
    """Each layout with its share of the articles, always the same ones."""
    told = articles()
    native = [article for article in told if article.slug.partition("-")[0] != "english"]
    english = [article for article in told if article not in native]
    for place, layout in enumerate(layouts):
        share = english if layout.is_english else [native[(place + turn * 11) % len(native)] for turn in range(5)]
        for article in share:
            yield print_page(article, layout)


def print_page(article: Article, layout: Layout) -> GoldPage:
    """The article on the outlet's page or pages, with what a reader would find there."""
    seed = random.Random(f"{layout.name} {article.slug}")  # noqa: S311 - a page must come out the same every time
    others = [other for other in articles() if other is not article]
    seed.shuffle(others)
    remarks = list(COMMENTS)
    seed.shuffle(remarks)
    around = _Surroundings(layout, others, Noise(seed), remarks=remarks)
    address = layout.path.format(slug=article.slug, date=article.published, number=10_000 + len(article.title) * 37)
    opening = layout.dateline.format(place=article.place, upper=article.place.upper()) if article.place else ""
    blocks = [_opened(article.blocks[0], opening), *article.blocks[1:]]
    template = _environment().get_template(f"{layout.name}.html.j2")
    bodies = [
        template.render(
            article=article,
            layout=layout,
            url=f"https://{layout.host}{address}",
            blocks=[_markup(block, layout.style) for block in part],
            part=number,
            parts=layout.parts,
            text="\n\n".join(line for block in blocks for line in block.gold),
            around=around,
            noise=around.noise,
            day=_DAYS[article.published.weekday()],
            month=_MONTHS[article.published.month - 1],
            json=_json,
        ).encode()
        for number, part in enumerate(_split(blocks, layout.parts), start=1)
    ]
    return GoldPage(
        name=f"{layout.name}/{article.slug}",
        url=f"https://{layout.host}{address}",
        bodies=tuple(bodies),
        title=article.title,
        text="\n".join(line for block in blocks for line in block.gold),
        published=article.published,
        authors=article.authors if layout.shows_authors else (),
        captions=(article.caption,) if layout.shows_caption and article.caption else (),
        planted=tuple(dict.fromkeys(around.planted)),
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_LAYOUTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _json(value: object) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))  # noqa: S704 - for a script element


def _opened(block: Block, opening: str) -> Block:
    return Block(block.kind, (f"{opening}{block.lines[0]}", *block.lines[1:]))


def _split(blocks: list[Block], parts: int) -> list[list[Block]]:
    size = -(-len(blocks) // parts)
    return [blocks[start : start + size] for start in range(0, len(blocks), size)]


def _markup(block: Block, style: str) -> Markup:
    """The block in HTML: paragraphs in <p>, in <div>, or set off by line breaks alone."""
    wrapped = {"p": "<p>{}</p>\n", "div": "<div>{}</div>\n", "br": "{}<br>\n<br />\n"}[style]
    if block.kind == "rows":
        rows = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in cells_of(line))}</tr>\n" for line in block.lines)
        return Markup(f'<table border="1">\n<tbody>{rows}</tbody></table>\n')  # noqa: S704 - escaped above
    lines = [_inline(line) for line in block.lines]
    if block.kind in _CELLS:
        tag = "ol" if block.kind == "steps" else "ul"
        items = "".join(f"<li>{line}</li>\n" for line in lines)
        return Markup(f"<{tag}>\n{items}</{tag}>\n")  # noqa: S704
    if block.kind == "heading":
        heading = "<h3>{}</h3>\n" if style != "br" else "<b>{}</b><br><br>\n"
        return Markup(heading.format(lines[0]))  # noqa: S704
    if block.kind == "quote":
        return Markup(f"<blockquote><p>{lines[0]}</p></blockquote>\n")  # noqa: S704
    return Markup(wrapped.format(lines[0]))  # noqa: S704


def _inline(line: str) -> str:
    pieces = escape(line, quote=False).split("**")
    return "".join(f"<strong>{piece}</strong>" if index % 2 else piece for index, piece in enumerate(pieces))
