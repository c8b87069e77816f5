"""config/digests.toml: what is right of it is read, and every mistake is named with its group."""

import tomllib
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from service.domain.digest_group import DigestGroup, read_groups
from service.errors import ConfigError
from service.settings import CONFIG

DAILY = DigestGroup("harian", "Kliping harian", ("humas@agency.example",), "30 6 * * *", subject_tag="Kliping X")
GROUP: dict[str, Any] = {"id": "sulsel", "name": "Kliping Sulsel", "recipients": ["a@agency.example"]}


def read(*blocks: dict[str, Any], **more: Any) -> tuple[DigestGroup, ...]:
    return read_groups({"group": list(blocks)} | more, "digests.toml", DAILY, {"beritarotan": "Berita Rotan"})


def test_without_groups_the_settings_own_one_is_there() -> None:
    assert read_groups({}, "digests.toml", DAILY, {}) == (DAILY,)


def test_the_shipped_file_and_its_examples_can_be_read() -> None:
    text = (CONFIG / "digests.toml").read_text("utf-8")
    assert read_groups(tomllib.loads(text), "digests.toml", DAILY, {}) == (DAILY,)
    example = text[text.index("# [[group]]") :].replace("\n# ", "\n").removeprefix("# ")
    groups = read_groups(tomllib.loads(example), "digests.toml", DAILY, {})
    assert [group.id for group in groups] == ["harian", "sulawesi", "klaim-mingguan"]
    assert (set(groups[1].regions), groups[1].zone.key, groups[1].attachments) == ({"73"}, "Asia/Makassar", ("xlsx",))
    assert (groups[2].query, groups[2].sections) == ('klaim OR "manfaat JHT"', ("answer", "stories", "counts"))


def test_a_group_has_what_the_daily_one_has_but_its_recipients_and_scope() -> None:
    daily = {"id": "harian", "schedule": "0 7 * * *", "query": "klaim", "sections": ["stories"], "attachments": ["pdf"]}
    first, second = read(GROUP, daily)
    assert (first.id, first.recipients, first.query) == ("harian", DAILY.recipients, "klaim")
    assert (second.schedule, second.sections, second.attachments) == ("0 7 * * *", ("stories",), ("pdf",))
    assert (second.recipients, second.query, second.subject_tag) == (("a@agency.example",), "", "Kliping X")
    assert second.zone == ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"id": "Sul Sel"}, "group Sul Sel: id: must be set, in lower-case letters, digits and hyphens, 40 at most"),
        ({"id": 3}, "group number 1: id: must be set"),
        ({"name": ""}, "group sulsel: name: must be set"),
        ({"recipients": []}, "group sulsel: recipients: must be set"),
        ({"recipients": "a@agency.example"}, "recipients: must be a list of texts"),
        ({"recipients": ["humas"]}, "recipients: 'humas' is no e-mail address"),
        ({"schedule": "6:30"}, "schedule: '6:30': five fields are needed: minute, hour, day, month, weekday"),
        ({"schedule": "0 30 6 * * *"}, "five fields are needed"),
        ({"schedule": "61 6 * * *"}, "schedule: '61 6 * * *': bad minute; e.g. 30 6 * * 1-5"),
        ({"zone": "WITA"}, "zone: 'WITA' is no time zone, such as Asia/Makassar"),
        ({"zone": "../etc/passwd"}, "is no time zone"),
        ({"query": "sentimen:senang"}, "query: "),
        ({"regions": ["Sulsel"]}, "regions: 'Sulsel' is no official code, such as 16 or 16.71"),
        ({"sections": []}, "sections: name at least one"),
        ({"sections": ["stories", "weather"]}, "sections: 'weather' is none of answer, figures, stories"),
        ({"sections": ["stories", "stories"]}, "sections: one is named twice"),
        ({"attachments": ["docx"]}, "attachments: 'docx' is none of xlsx, pdf"),
        ({"search": "abc", "regions": ["73"]}, "search: a saved search says everything"),
        ({"at": "06:30"}, "at: no such key"),
    ],
)
def test_a_mistake_is_named_with_file_group_and_key(changes: dict[str, Any], mistake: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(GROUP | changes)
    assert str(error.value).startswith("digests.toml: group ")
    assert mistake in str(error.value)


def test_every_mistake_of_the_file_is_named_at_once() -> None:
    with pytest.raises(ConfigError) as error:
        read(GROUP | {"zone": "WITA", "schedule": "x"}, GROUP, GROUP, groups=[])
    lines = str(error.value).splitlines()
    assert len(lines) == 4
    assert "unknown key 'groups'; a group begins with [[group]]" in lines[0]
    assert lines[3] == "digests.toml: group sulsel: id: is used by an earlier group"


def test_a_group_in_single_brackets_is_told_so() -> None:
    with pytest.raises(ConfigError, match="each group begins with"):
        read_groups({"group": GROUP}, "digests.toml", DAILY, {})
