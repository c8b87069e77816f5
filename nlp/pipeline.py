"""The pipeline an article goes through, built in code: what runs, in which order, and what each part is told."""

from importlib import import_module
from typing import Any

import spacy
from spacy.language import Language

from nlp.analysis import AgencyProfile
from nlp.choice import NAMES, READER, ModelChoice
from nlp.profile import profile_to_config
from nlp.tokenizer import PRESS_TOKENIZER

# What is read of an article. A printed story stays far below it; a page that does not is no story, and every part of
# the pipeline takes time linear in the text.
MAX_TEXT_CHARACTERS = 100_000
MAX_TITLE_CHARACTERS = 1_000

# Component -> the module that registers it, in the order in which they run.
COMPONENTS: tuple[tuple[str, str], ...] = (
    ("press_sentences", "nlp.components.sentences"),
    ("agency_mentions", "nlp.components.mentions"),
    ("relevance", "nlp.components.relevance"),
    ("regions", "nlp.components.regions"),
    ("named_entities", "nlp.components.entities"),
    ("names", "nlp.components.names"),
    ("quotes", "nlp.components.quotes"),
    ("stated_figures", "nlp.components.figures"),
    ("figure_resolution", "nlp.components.resolution"),
    ("agency_reader", "nlp.components.reader"),
)


def build_pipeline(profile: AgencyProfile, models: ModelChoice | None = None, until: str = "") -> Language:
    """The pipeline that understands articles about this agency; with `until`, only its parts before that one.

    Raises ModelError where a model cannot be used.
    """
    models = models or ModelChoice()
    # Named here, it takes the place of spaCy's own, whose 16,000 exceptions take seconds to enter.
    pipeline = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": PRESS_TOKENIZER}}})
    settings: dict[str, Any] = {
        "profile": profile_to_config(profile),
        "reader_path": str(READER),
        "names_model": models.names or str(NAMES),
        "names_labels": dict(models.names_labels),
    }
    for name, module in COMPONENTS:
        if name == until:
            break
        import_module(module)
        known = Language.get_factory_meta(name).default_config or {}
        pipeline.add_pipe(name, config={key: value for key, value in settings.items() if key in known})
    if models.sentiment and not until:
        import_module("nlp.components.sentiment")
        told = {"model": models.sentiment, "agency": profile.name, "label_map": dict(models.sentiment_labels)}
        pipeline.add_pipe("agency_sentiment", config=told)
    return pipeline
