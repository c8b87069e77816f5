"""The pipeline an article goes through, built in code: what runs, in which order, and what each part is told."""

from importlib import import_module
from typing import Any

import spacy
from spacy.language import Language

from nlp.analysis import AgencyProfile
from nlp.profile import profile_to_config
from nlp.tokenizer import PressTokenizer

# What is read of an article. A printed story stays far below it; a page that does not is no story, and every part of
# the pipeline takes time linear in the text.
MAX_TEXT_CHARACTERS = 100_000
MAX_TITLE_CHARACTERS = 1_000

# Component -> the module that registers it. A part that names `profile` in its defaults is told who is watched.
COMPONENTS: tuple[tuple[str, str], ...] = (
    ("press_sentences", "nlp.components.sentences"),
    ("agency_mentions", "nlp.components.mentions"),
    ("regions", "nlp.components.regions"),
    ("relevance", "nlp.components.relevance"),
)


def build_pipeline(profile: AgencyProfile) -> Language:
    """The pipeline that understands articles about this agency."""
    pipeline = spacy.blank("id")
    pipeline.tokenizer = PressTokenizer(pipeline.vocab)
    for name, module in COMPONENTS:
        import_module(module)
        pipeline.add_pipe(name, config=_config(name, profile))
    return pipeline


def _config(name: str, profile: AgencyProfile) -> dict[str, Any]:
    defaults = Language.get_factory_meta(name).default_config or {}
    return {"profile": profile_to_config(profile)} if "profile" in defaults else {}
