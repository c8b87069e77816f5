"""Reading the profile of the agency that is watched (config/agency.toml)."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from nlp.analysis import AgencyProfile

_LISTS = tuple(field.name for field in fields(AgencyProfile) if field.name != "name")
_REQUIRED_LISTS = ("names",)
_LONGEST_NAME = 200


class ProfileError(ValueError):
    """The profile cannot be used; `mistakes` holds every mistake, each with its file and key."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


def read_agency(data: Mapping[str, object], origin: str) -> AgencyProfile:
    """The profile in the parsed file; ProfileError with all mistakes at once. `origin` names the file in them."""
    mistakes = [
        f"{origin}: {key}: unknown key; the keys are name, {', '.join(_LISTS)}"
        for key in data
        if key not in {"name", *_LISTS}
    ]
    name = data.get("name")
    if not isinstance(name, str) or not name.strip():
        mistakes.append(f"{origin}: name: write the agency's name as a text")
        name = ""
    lists = {key: _texts(data, key, origin, mistakes) for key in _LISTS}
    mistakes += _contradictions(lists, origin)
    if mistakes:
        raise ProfileError(mistakes)
    return AgencyProfile(name=name.strip(), **lists)


def profile_to_config(profile: AgencyProfile) -> dict[str, Any]:
    """The profile in the plain types that a pipeline's configuration may hold."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(profile).items()}


def profile_from_config(config: Mapping[str, Any]) -> AgencyProfile:
    """The profile that `profile_to_config` wrote."""
    lists: dict[str, tuple[str, ...]] = {key: tuple(config.get(key, ())) for key in _LISTS}
    return AgencyProfile(name=str(config["name"]), **lists)


def _texts(data: Mapping[str, object], key: str, origin: str, mistakes: list[str]) -> tuple[str, ...]:
    """The list of texts under a key, without repetitions; notes what is wrong with it."""
    value = data.get(key, [])
    if not isinstance(value, list):
        mistakes.append(f'{origin}: {key}: write a list of texts, as in {key} = ["…"]')
        return ()
    if key in _REQUIRED_LISTS and not value:
        mistakes.append(f"{origin}: {key}: name the agency at least once")
    texts: list[str] = []
    for position, item in enumerate(value, start=1):
        if not isinstance(item, str) or not any(character.isalnum() for character in item):
            mistakes.append(f"{origin}: {key}: entry {position} is not a text with letters")
        elif len(item) > _LONGEST_NAME:
            mistakes.append(f"{origin}: {key}: entry {position} is longer than {_LONGEST_NAME} characters")
        elif item.strip() not in texts:
            texts.append(item.strip())
    return tuple(texts)


def _contradictions(lists: Mapping[str, tuple[str, ...]], origin: str) -> list[str]:
    """A name cannot mean the agency and another body at once."""
    own = {text.casefold(): text for text in lists["names"]}
    return [
        f"{origin}: {key}: {text!r} stands under names too; keep it in one of them"
        for key in ("lookalikes", "bare")
        for text in lists[key]
        if text.casefold() in own
    ]
