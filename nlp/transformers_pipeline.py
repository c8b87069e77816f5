"""Any model of a hub or a folder through `transformers.pipeline`: needs the extra `torch`."""

from typing import Any, Literal

from nlp.choice import ModelError

INSTALL = ".venv/bin/uv pip install --python .venv/bin/python torch"


def load_pipeline(task: Literal["text-classification", "token-classification"], model: str, **settings: Any) -> Any:
    """The pipeline of a task; ModelError where torch is missing or the model cannot be loaded."""
    try:
        import torch  # noqa: F401  transformers would only say that the pipeline is unknown
    except ImportError as error:
        raise ModelError(
            f"{model} has no model.onnx, and without torch only ONNX models run: install it ({INSTALL}) "
            "or export the model to ONNX"
        ) from error
    from transformers import pipeline

    try:
        return pipeline(task, model=model, device="cpu", **settings)
    except (OSError, ValueError, KeyError) as error:
        reason = str(error).strip().splitlines()[0]
        raise ModelError(f"{model} has no model.onnx and cannot be loaded as a model for {task}: {reason}") from error


def version_of(model: str, pipeline: Any) -> str:
    """The model's name, and its commit where it comes from a hub."""
    commit = getattr(pipeline.model.config, "_commit_hash", None)
    return f"{model}@{commit[:12]}" if commit else model
