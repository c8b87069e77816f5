"""What each worker process builds; a module of its own, so that a spawned process can import it."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from nlp.analyser import Analyser
from nlp.analysis import AgencyProfile, Analysis, ArticleText
from nlp.profile import read_agency

_ROOT = Path(__file__).resolve().parents[2]


def agency() -> AgencyProfile:
    """The profile that ships."""
    return read_agency(tomllib.loads((_ROOT / "config" / "agency.toml").read_text("utf-8")), "agency.toml")


def build(profile: AgencyProfile) -> Callable[[Sequence[ArticleText]], list[Analysis]]:
    """An analyser, as each worker process builds it."""
    return Analyser(profile).analyse
