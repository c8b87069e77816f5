"""How the outlet commands tell what they saw: tables for people, plain values for programs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from crawler.outlets.outlet import Outlet
from crawler.probe import ArticleEvidence, OutletEvidence, SourceEvidence
from service.domain.outlet_check import Finding, OutletCheck, Verdict

_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "ok": ("ok", "green"),
    "problems": ("works with problems", "yellow"),
    "broken": ("broken", "bold red"),
}
_MANY_NOTES = 6
_LONGEST = 400


def check_report(check: OutletCheck) -> RenderableType:
    """One outlet: verdict, sources, articles, and what to do."""
    verdict, style = _VERDICTS[check.verdict]
    head = Text.assemble((check.outlet.name, "bold"), f" ({check.outlet.id})  ", (verdict, style))
    parts: list[RenderableType] = [head, _facts(check.outlet, check.evidence)]
    for finding in check.findings:
        mark = {"note": ("·", "dim"), "problem": ("!", "yellow"), "broken": ("✗", "red")}[finding.weight]
        told = Text.assemble("  ", mark, " ", _plain(f"{finding.what}: {finding.told}"), overflow="fold")
        parts.append(told)
        if finding.advice:
            parts.append(_plain(f"    → {finding.advice}", "yellow" if finding.weight != "note" else "dim"))
    return Group(*parts, Text())


def finding_line(finding: Finding) -> Text:
    """A finding on one line."""
    return _plain(f"{finding.what}: {finding.told}" + (f" → {finding.advice}" if finding.advice else ""))


def summary(checks: Sequence[OutletCheck]) -> str:
    """How many outlets are how, and what fails in whole families."""
    verdicts = Counter(check.verdict for check in checks)
    told = ", ".join(f"{verdicts[verdict]} {word}" for verdict, (word, _) in _VERDICTS.items())
    return f"{len(checks)} outlets: {told}."


def family_advice(checks: Sequence[OutletCheck]) -> list[str]:
    """Sources that fail at most outlets of a family: then the family's definition is wrong, not the outlets'."""
    sizes = Counter(check.outlet.family for check in checks)
    failing: Counter[tuple[str, str]] = Counter()
    for check in checks:
        root = check.outlet.home.rstrip("/")
        for source in check.evidence.sources:
            if source.origin == "configured" and not source.answer.is_ok and check.outlet.family:
                failing[check.outlet.family, source.url.replace(root, "{home}")] += 1
    return [
        f"[family.{family}] {url} fails at {count} of its {sizes[family]} outlets: mend the family"
        for (family, url), count in failing.most_common(_MANY_NOTES)
        if count >= 3 and count > sizes[family] / 2
    ]


def check_values(check: OutletCheck) -> dict[str, object]:
    """The check as plain JSON values; times in ISO 8601."""
    evidence = asdict(check.evidence)
    evidence.pop("outlet")
    return {
        "outlet": check.outlet.id,
        "verdict": check.verdict,
        "findings": [asdict(finding) for finding in check.findings],
        "mend": asdict(check.mend),
        "evidence": evidence,
    }


def _facts(outlet: Outlet, evidence: OutletEvidence) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 2))
    for column in ("what", "state", "told"):
        table.add_column(column, overflow="fold", no_wrap=column == "state")
    home = evidence.home
    table.add_row("home", _state(home.answer.reason), _plain(home.title or home.answer.url))
    robots = evidence.robots
    table.add_row("robots.txt", _state(robots.answer.reason), "" if robots.exists else "there is none")
    for source in evidence.sources:
        table.add_row(source.kind, _state(source.answer.reason), _plain(_source(source, outlet)))
    for article in evidence.articles:
        table.add_row("article", _state(article.answer.reason), _plain(_article(article, outlet)))
    return table


def _plain(told: str, style: str = "") -> Text:
    """What sites say of themselves, without what would steer a terminal."""
    return Text("".join(character for character in told if character.isprintable())[:_LONGEST], style)


def _state(reason: str) -> Text:
    return Text(reason, "red") if reason else Text("ok", "green")


def _source(source: SourceEvidence, outlet: Outlet) -> str:
    told = source.url if source.origin == "configured" else f"{source.url} (found by {source.origin})"
    if source.answer.is_ok:
        told += f": {source.links} articles"
        told += f", {source.foreign} at other hosts" if source.foreign else ""
        told += f", newest {_time(source.newest, outlet)}" if source.newest else ""
    return told


def _article(article: ArticleEvidence, outlet: Outlet) -> str:
    if not article.answer.is_ok:
        return article.url
    published = _time(article.published, outlet) if article.published else "no date"
    return f"{article.title} · {published} · {article.words} words · {article.language or '?'}"


def _time(moment: datetime, outlet: Outlet) -> str:
    return moment.astimezone(ZoneInfo(outlet.timezone)).strftime("%Y-%m-%d %H:%M %Z")
