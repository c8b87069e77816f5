"""The templates and what they can use."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from service.domain.ledger.correction import FIELD_NAMES, PROGRAMS
from service.domain.speaker import speaker_key
from service.domain.wording import accounts, alarms, corrections, jobs, names, rules
from service.domain.wording import alerts as alert_words
from service.domain.wording.language import say
from service.domain.wording.numbers import UNITS, figure_value, number
from service.domain.wording.times import day, days, moment, period, short_day, since, wib_clock, wib_day
from service.web import histogram, line_chart, tile_map, tone_chart
from service.web.address import web_link
from service.web.language import ngettext, say_told
from service.web.ledger_address import STATUSES
from service.web.markup import figure_anchor

_HERE = Path(__file__).parent
STATIC = _HERE / "static"

# Controls and marks of writing direction: they can reorder a whole line, so that a link seems to lead elsewhere.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def make_templates() -> Environment:
    """The environment of all pages: everything is escaped, nothing undefined passes silently."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(say, ngettext, newstyle=False)  # type: ignore[attr-defined]
    environment.globals["_"] = say
    environment.filters |= {
        "number": number,
        "day": day,
        "short_day": short_day,
        "moment": moment,
        "since": since,
        "wib_clock": wib_clock,
        "wib_day": wib_day,
        "period": period,
        "reason": names.reason,
        "alarm": alarms.sentence,
        "sparkline": histogram.sparkline,
        "job_name": jobs.job_name,
        "lasted": jobs.lasted,
        "cut": cut,
        "say_told": say_told,
    }
    environment.globals |= {
        "names": names,
        "alert_words": alert_words,
        "accounts": accounts,
        "rule_words": rules,
        "alarm_span": alarms.span,
        "figure_value": figure_value,
        "figure_anchor": figure_anchor,
        "web_link": web_link,
        "static": static_address,
        "chart": {"width": histogram.WIDTH, "height": histogram.HEIGHT},
        "line_chart": line_chart,
        "statuses": STATUSES,
        "units": [(code, name or "bagian") for code, name in UNITS.items()],
        "comparators": [("exact", "tepat"), *names.COMPARATORS.items()],
        "programs": [(program, program) for program in PROGRAMS],
        "fields": FIELD_NAMES,
        "days": days,
        "told": corrections.told,
        "speaker_key": speaker_key,
        "decided_words": corrections.DECIDED,
        "tone_chart": tone_chart,
        "tile_map": tile_map,
        "spark_size": {"width": histogram.SPARK_WIDTH, "height": histogram.SPARK_HEIGHT},
    }
    return environment


@cache
def static_address(name: str) -> str:
    """The address of one of our own files; it changes with the content, so that browsers may keep it for ever."""
    digest = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"


def cut(text: str, length: int) -> str:
    """The text, shortened where it is longer than any honest one."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def printable(text: str) -> str:
    """The text without characters that act instead of being read."""
    return _CONTROLS.sub("", text)


def _printable(value: Any) -> Any:
    """What a template writes, without characters that act instead of being read."""
    if isinstance(value, Markup):
        # Names from the web that were joined to markup are escaped, and nothing more.
        return Markup(printable(value))  # noqa: S704  # taking characters away makes nothing markup
    return printable(value) if isinstance(value, str) else value
