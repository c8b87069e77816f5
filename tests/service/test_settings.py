import re
from pathlib import Path

import pytest

from service.errors import ConfigError
from service.settings import CONFIG, AppriseChannel, Settings, WebhookChannel, load_settings

SHIPPED = CONFIG / "pantau.toml"


def test_the_shipped_file_states_the_defaults() -> None:
    assert load_settings(SHIPPED, environment={}) == Settings()


def test_every_setting_is_documented_in_the_shipped_file() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    tables = dict(re.findall(r"^\[(\w+)\][^\n]*\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL))
    channels = AppriseChannel.model_fields | WebhookChannel.model_fields
    for table, field in Settings.model_fields.items():
        for key in channels if table == "channels" else field.annotation.model_fields:  # type: ignore[union-attr]
            assert re.search(rf"^(# )?{key} = .+#\s*\S.{{10,}}$|^# {key} = .+$", tables[table], re.MULTILINE), (
                f"{table}.{key}"
            )


@pytest.mark.parametrize(
    "web", ['host = "127.0.0.1"', 'host = "localhost"\nbase_url = "http://localhost:8400"', 'host = "::1"']
)
def test_without_sign_in_the_desk_stays_on_this_machine(tmp_path: Path, web: str) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text(f"[web]\nsign_in = false\n{web}\n", encoding="utf-8")
    assert load_settings(path, environment={}).web.sign_in is False


@pytest.mark.parametrize(
    ("web", "named"),
    [
        ('host = "0.0.0.0"', "web.host is '0.0.0.0'"),
        ('host = "::"', "web.host is '::'"),
        ('host = "192.0.2.7"', "web.host is '192.0.2.7'"),
        ('base_url = "https://pantau.agency.example"', "web.base_url is 'pantau.agency.example'"),
    ],
)
def test_without_sign_in_no_other_machine_is_let_in(tmp_path: Path, web: str, named: str) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text(f"[web]\nsign_in = false\n{web}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path, environment={})
    assert "sign_in = false lets in whoever reaches the desk" in str(caught.value)
    assert named in str(caught.value)
    assert "set sign_in = true" in str(caught.value)


@pytest.mark.parametrize(
    ("oidc", "said"),
    [
        ('issuer = "http://id.agency.example"\nclient_id = "x"', "issuer must be an https address"),
        ('issuer = "https://id.agency.example"', "issuer and client_id go together"),
        ('client_id = "x"', "issuer and client_id go together"),
        ('create_role = "dewa"', "oidc.create_role"),
    ],
)
def test_a_provider_is_set_wholly_and_safely(tmp_path: Path, oidc: str, said: str) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text(f"[oidc]\n{oidc}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load_settings(path, environment={})


def test_the_environment_wins_over_the_file() -> None:
    settings = load_settings(
        SHIPPED,
        environment={
            "PANTAU_WEB__PORT": "9000",
            "PANTAU_ALERTS__RECIPIENTS": "humas@agency.test, kepala@agency.test",
            "PANTAU_CRAWL__ALLOW_LOOPBACK": "true",
            "PANTAU_MODELS__SENTIMENT_LABELS": '{ LABEL_0 = "positive" }',
        },
    )
    assert settings.web.port == 9000
    assert settings.alerts.recipients == ("humas@agency.test", "kepala@agency.test")
    assert settings.crawl.allow_loopback is True
    assert settings.models.sentiment_labels == {"LABEL_0": "positive"}


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("rahasia\n", encoding="utf-8")
    settings = load_settings(SHIPPED, environment={"PANTAU_MAIL__PASSWORD_FILE": str(secret)})
    assert settings.mail.password.get_secret_value() == "rahasia"
    assert "rahasia" not in repr(settings)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text('[web]\nport = 99999\nprot = 1\n[mail]\nsecurity = "maybe"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path, environment={"PANTAU_WEB__COLOUR": "red"})
    message = str(caught.value)
    for part in ("web.port", "web.prot: there is no such setting", "mail.security", "PANTAU_WEB__COLOUR", str(path)):
        assert part in message


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text("[web\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pantau\.toml: not valid TOML"):
        load_settings(path, environment={})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / "none.toml", environment={})


def test_a_least_interval_above_the_greatest_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text("[crawl]\npoll_min_minutes = 90\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"crawl: .*poll_min_minutes is more than poll_max_minutes"):
        load_settings(path, environment={})


def test_the_hours_of_another_look_may_come_from_the_environment_and_may_be_none() -> None:
    values = [
        load_settings(SHIPPED, environment={"PANTAU_CRAWL__RECHECK_HOURS": text}).crawl.recheck_hours
        for text in ("0.5, 6", "[]")
    ]
    assert values == [(0.5, 6), ()]


CHANNELS = """
[channels.telegram]
type = "apprise"
url = "tgram://TOKEN/{address}"
[channels.crm]
type = "webhook"
address = "https://crm.agency.example/pantau"
alerts = true
severities = ["high"]
regions = ["16", "17.71"]
"""


def test_channels_have_names_and_their_secrets_may_come_from_files(tmp_path: Path) -> None:
    path, secret = tmp_path / "pantau.toml", tmp_path / "secret"
    path.write_text(CHANNELS, encoding="utf-8")
    secret.write_text("k" * 32 + "\n", encoding="utf-8")
    environment = {
        "PANTAU_CHANNELS__CRM__SECRET_FILE": str(secret),
        "PANTAU_CHANNELS__RUANG__TYPE": "apprise",
        "PANTAU_CHANNELS__RUANG__URL": "slack://rahasia",
    }
    channels = load_settings(path, environment=environment).channels
    assert list(channels) == ["telegram", "crm", "ruang"]
    crm = channels["crm"]
    assert isinstance(crm, WebhookChannel)
    assert (crm.secret.get_secret_value(), crm.severities, crm.regions) == ("k" * 32, ("high",), ("16", "17.71"))
    assert "rahasia" not in repr(channels)
    assert "TOKEN" not in repr(channels)


WEBHOOK = 'type = "webhook"\nsecret = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"\n'


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            '[channels.mail]\ntype = "apprise"\nurl = "tgram://x/y"',
            "channels: .*mail is the channel that",
        ),
        ('[channels.a-b]\ntype = "apprise"\nurl = "tgram://x/y"', r"channels\.a-b"),
        ('[channels.a]\ntype = "fax"', r"channels\.a: .*'fax'.* \(also settable as PANTAU_CHANNELS__A\)"),
        ('[channels.a]\ntype = "apprise"', "url must be an address of Apprise"),
        ('[channels.a]\ntype = "apprise"\nurl = "x://y"\nadress = "x"', r"channels\.a\.adress: there is no such"),
        ('[channels.a]\ntype = "apprise"\nurl = "x://{address}"\nalerts = true', "alerts = true is for one place"),
        ('[channels.a]\ntype = "apprise"\nurl = "x://y"\nregions = ["Sumsel"]', r"channels\.a\.regions\.0"),
        (f'[channels.a]\n{WEBHOOK}address = "ftp://x"', "must be an https address"),
        (f'[channels.a]\n{WEBHOOK}address = "https://x:port/"', "must be an https address"),
        (f'[channels.a]\n{WEBHOOK}address = "http://x.example/"', "plain http is for allow_private"),
        (f'[channels.a]\n{WEBHOOK}address = "https://u:p@x.example/"', "the receiver knows us by the signature"),
        ('[channels.a]\ntype = "webhook"\naddress = "https://x.example/"', "secret must have 24 characters"),
    ],
)
def test_a_channel_is_set_wholly_and_safely(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(ConfigError, match=said) as caught:
        load_settings(path, environment={})
    assert "kkkk" not in str(caught.value)


def test_a_variable_of_no_channel_setting_is_named() -> None:
    with pytest.raises(ConfigError, match="PANTAU_CHANNELS__A__COLOUR: there is no such setting"):
        load_settings(SHIPPED, environment={"PANTAU_CHANNELS__A__COLOUR": "red"})
