"""The pipeline an article goes through, built in code: what runs, in which order, and what each part is told."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from nlp.analysis import AgencyProfile, Tone
from nlp.profile import profile_to_config
from nlp.tokenizer import PressTokenizer

# What is read of an article. A printed story stays far below it; a page that does not is no story, and every part of
# the pipeline takes time linear in the text.
MAX_TEXT_CHARACTERS = 100_000
MAX_TITLE_CHARACTERS = 1_000

# Component -> the module that registers it, in the order in which they run.
COMPONENTS: tuple[tuple[str, str], ...] = (
    ("press_sentences", "nlp.components.sentences"),
    ("agency_mentions", "nlp.components.mentions"),
    ("regions", "nlp.components.regions"),
    ("names", "nlp.components.names"),
    ("quotes", "nlp.components.quotes"),
    ("stated_figures", "nlp.components.figures"),
    ("figure_resolution", "nlp.components.resolution"),
    ("relevance", "nlp.components.relevance"),
    ("agency_sentiment", "nlp.components.sentiment"),
)


def build_pipeline(
    profile: AgencyProfile,
    sentiment_model: Path | None = None,
    sentiment_labels: Mapping[str, Tone] | None = None,
) -> Language:
    """The pipeline that understands articles about this agency; the tone is told by the model in this directory.

    Without a directory the rules tell the tone. `sentiment_labels` says what the model's labels mean.
    """
    pipeline = spacy.blank("id")
    pipeline.tokenizer = PressTokenizer(pipeline.vocab)
    settings: dict[str, Any] = {
        "profile": profile_to_config(profile),
        "model_path": str(sentiment_model) if sentiment_model else None,
        "label_map": dict(sentiment_labels) if sentiment_labels else None,
    }
    for name, module in COMPONENTS:
        import_module(module)
        known = Language.get_factory_meta(name).default_config or {}
        pipeline.add_pipe(name, config={key: value for key, value in settings.items() if key in known})
    return pipeline
