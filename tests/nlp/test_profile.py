import pytest

from nlp.profile import ProfileError, profile_from_config, profile_to_config, read_agency
from tests.nlp.builders import the_agency


def test_the_profile_that_ships_is_read() -> None:
    profile = the_agency()
    assert profile.name == "BPJS Ketenagakerjaan"
    assert "BPJamsostek" in profile.names
    assert "BPJS Kesehatan" in profile.lookalikes


def test_all_mistakes_are_told_at_once_with_file_and_key() -> None:
    with pytest.raises(ProfileError) as caught:
        read_agency({"names": "X", "products": [1, "JMO"], "colour": "red", "bare": [""]}, "agency.toml")
    assert [mistake.split(": ")[:2] for mistake in caught.value.mistakes] == [
        ["agency.toml", "colour"],
        ["agency.toml", "name"],
        ["agency.toml", "names"],
        ["agency.toml", "bare"],
        ["agency.toml", "products"],
    ]


def test_an_agency_without_a_name_in_the_press_is_refused() -> None:
    with pytest.raises(ProfileError, match="name the agency at least once"):
        read_agency({"name": "X", "names": []}, "agency.toml")


def test_a_name_of_two_bodies_is_refused() -> None:
    with pytest.raises(ProfileError, match="'x' stands under names too"):
        read_agency({"name": "X", "names": ["X"], "lookalikes": ["x"]}, "agency.toml")


def test_repeated_entries_are_kept_once() -> None:
    assert read_agency({"name": "X", "names": ["X", " X "]}, "agency.toml").names == ("X",)


def test_a_profile_survives_the_pipelines_configuration() -> None:
    profile = the_agency()
    assert profile_from_config(profile_to_config(profile)) == profile
