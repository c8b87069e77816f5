"""An agency's profile and an analyser for the tests of this package."""

import tomllib
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from nlp.analyser import Analyser
from nlp.analysis import AgencyProfile, Analysis, ArticleText
from nlp.document import make_doc
from nlp.pipeline import build_pipeline
from nlp.profile import read_agency

AGENCY_FILE = Path(__file__).parents[2] / "config" / "agency.toml"
PIPELINE = build_pipeline(read_agency(tomllib.loads(AGENCY_FILE.read_text(encoding="utf-8")), AGENCY_FILE.name))


def the_agency() -> AgencyProfile:
    """The profile that ships."""
    return read_agency(tomllib.loads(AGENCY_FILE.read_text(encoding="utf-8")), AGENCY_FILE.name)


@cache
def an_analyser() -> Analyser:
    """The analyser of the profile that ships; built once."""
    return Analyser(the_agency())


def read(text: str, title: str = "") -> Doc:
    """The article as a Doc that went through the pipeline."""
    return PIPELINE(make_doc(PIPELINE, ArticleText("a", text, title)))


def analysed(text: str, title: str = "") -> Analysis:
    """The analysis of one article."""
    (analysis,) = an_analyser().analyse([ArticleText("a", text, title)])
    return analysis
