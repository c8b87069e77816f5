"""Configuration, read once. Everything else receives values.

Order, later wins: the defaults below, `config/pantau.toml`, environment variables `PANTAU_<TABLE>__<KEY>`. A secret may
come from a file: `PANTAU_MAIL__PASSWORD_FILE=/run/secrets/smtp` stands for `PANTAU_MAIL__PASSWORD`. Channels are named:
`PANTAU_CHANNELS__TELEGRAM__URL`.
Errors: ConfigError, with every mistake at once.
"""

import os
import tomllib
from collections.abc import Mapping
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo

from service.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "config"
ENVIRONMENT_PREFIX = "PANTAU_"

ADDRESS_PLACE = "{address}"
"""Where in a channel's URL the address of each person stands."""

Port = Annotated[int, Field(ge=1, le=65535)]


def is_loopback(name: str) -> bool:
    """Whether only this machine is reached by that name or address."""
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paths(_Table):
    """Where things lie. Relative paths are relative to the checkout."""

    data: Path = Path(".data")
    outlets: Path = Path("config/outlets.toml")
    agency: Path = Path("config/agency.toml")
    rules: Path = Path("config/rules.toml")


class Store(_Table):
    """The database."""

    url: str = ""


class Search(_Table):
    """The search index: embedded in the data folder, or on an Elasticsearch cluster."""

    engine: Literal["embedded", "elasticsearch"] = "embedded"
    url: str = Field("http://127.0.0.1:9200", pattern=r"^https?://[^/\s]+")
    index: str = Field("berita", pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")
    api_key: SecretStr = SecretStr("")
    username: str = ""
    password: SecretStr = SecretStr("")
    ca_file: str = ""
    verify_certificates: bool = True
    timeout_seconds: float = Field(10, ge=0.1, le=300)
    shards: int = Field(1, ge=1, le=64)

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if "@" in self.url:
            raise ValueError("url holds a user or a password; give them as username and password")
        if self.api_key.get_secret_value() and self.username:
            raise ValueError("give either api_key or username and password")
        if bool(self.username) != bool(self.password.get_secret_value()):
            raise ValueError("username and password are given together or not at all")
        if self.ca_file and not Path(self.ca_file).is_file():
            raise ValueError(f"ca_file: {self.ca_file} is no file")
        return self


class Crawl(_Table):
    """How pages are fetched."""

    user_agent: str = "Pantau/0.1 (press monitoring for a public agency)"
    contact: str = ""
    every_minutes: int = Field(2, ge=1, le=1440)
    poll_min_minutes: int = Field(5, ge=1, le=1440)
    poll_max_minutes: int = Field(60, ge=1, le=10080)
    recheck_hours: tuple[Annotated[float, Field(gt=0, le=2400)], ...] = (1, 4, 12, 24, 72)
    delay_seconds: float = Field(1.0, ge=0, le=60)
    requests_per_host: int = Field(2, ge=1, le=16)
    requests_at_once: int = Field(32, ge=1, le=256)
    timeout_seconds: float = Field(20, ge=1, le=300)
    max_page_bytes: int = Field(5_000_000, ge=10_000, le=100_000_000)
    max_pages_per_outlet: int = Field(500, ge=1)
    max_requests_per_host_day: int = Field(3000, ge=1)
    max_requests_per_day: int = Field(200_000, ge=1)
    max_minutes: int = Field(60, ge=1)
    allow_loopback: bool = False
    browser: str = ""
    first_words: tuple[str, ...] = ("bpjs", "bpjamsostek", "jamsostek")

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.poll_min_minutes > self.poll_max_minutes:
            raise ValueError("poll_min_minutes is more than poll_max_minutes")
        return self


class AnalysisSettings(_Table):
    """How text is understood."""

    processes: int = Field(1, ge=0, le=64)
    batch: int = Field(32, ge=1, le=1000)


class Models(_Table):
    """Which models understand the text; empty = the shipped ones."""

    sentiment: str = ""
    sentiment_labels: dict[str, Literal["positive", "neutral", "negative"]] = {}
    names: str = ""
    names_labels: dict[str, Literal["PER", "ORG", "LOC"]] = {}


class Web(_Table):
    """The desk."""

    host: str = "127.0.0.1"
    port: Port = 8400
    base_url: str = "http://127.0.0.1:8400"
    metrics: bool = True
    sign_in: bool = True

    @model_validator(mode="after")
    def _open_on_this_machine_only(self) -> Self:
        reached = {"web.host": self.host, "web.base_url": urlsplit(self.base_url).hostname or ""}
        elsewhere = [f"{key} is {name!r}" for key, name in reached.items() if not is_loopback(name)]
        if not self.sign_in and elsewhere:
            raise ValueError(
                "sign_in = false lets in whoever reaches the desk, so it goes with 127.0.0.1 and localhost only, but "
                f"{' and '.join(elsewhere)}; set sign_in = true, or both to 127.0.0.1"
            )
        return self


class Oidc(_Table):
    """The agency's own provider of identities (OpenID Connect). Without an issuer there is none."""

    issuer: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    create_role: Literal["", "pembaca", "analis", "admin"] = ""

    @model_validator(mode="after")
    def _usable(self) -> Self:
        address = urlsplit(self.issuer)
        if self.issuer and address.scheme != "https" and not is_loopback(address.hostname or ""):
            raise ValueError("issuer must be an https address, or nobody can tell who answers there")
        if bool(self.issuer) != bool(self.client_id):
            raise ValueError("issuer and client_id go together")
        return self


class Mail(_Table):
    """Delivery. Without an SMTP host, messages are written to files in the data folder."""

    smtp_host: str = ""
    smtp_port: Port = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: SecretStr = SecretStr("")
    sender: str = "Pantau <pantau@localhost>"


class Alerts(_Table):
    """Who is alerted, and how stubbornly."""

    recipients: tuple[str, ...] = ()
    group_seconds: int = Field(60, ge=0, le=3600)
    update_minutes: int = Field(30, ge=0, le=1440)
    quiet_from: time = time(0, 0)
    quiet_to: time = time(0, 0)
    escalate_to: tuple[str, ...] = ()
    max_attempts: int = Field(12, ge=1, le=100)


ChannelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,31}$")]
"""So that a channel can be named in an environment variable too."""

RegionCode = Annotated[str, Field(pattern=r"^\d\d(\.\d\d)?$")]


class _Channel(_Table):
    label: str = ""
    alerts: bool = False
    severities: tuple[Literal["high", "normal", "low"], ...] = ()
    regions: tuple[RegionCode, ...] = ()
    rules: tuple[str, ...] = ()


class AppriseChannel(_Channel):
    """A chat, a telephone or anything else that Apprise knows, by its URL."""

    type: Literal["apprise"]
    url: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _usable(self) -> Self:
        url = self.url.get_secret_value()
        if "://" not in url:
            raise ValueError("url must be an address of Apprise, such as tgram://TOKEN/CHAT")
        if self.alerts and ADDRESS_PLACE in url:
            raise ValueError(f"alerts = true is for one place, but url has {ADDRESS_PLACE}, which each person fills in")
        return self


class WebhookChannel(_Channel):
    """A program of the agency's, which is posted a signed JSON body."""

    type: Literal["webhook"]
    address: str = ""
    secret: SecretStr = SecretStr("")
    allow_private: bool = False
    timeout_seconds: float = Field(10, ge=1, le=60)

    @model_validator(mode="after")
    def _usable(self) -> Self:
        try:
            parts = urlsplit(self.address)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError("address must be an https address")
        if parts.username or parts.password:
            raise ValueError("address holds a user or a password; the receiver knows us by the signature instead")
        if parts.scheme == "http" and not self.allow_private:
            raise ValueError("address must be https; plain http is for allow_private = true")
        if len(self.secret.get_secret_value()) < 24:
            raise ValueError("secret must have 24 characters at least; make one with: openssl rand -hex 32")
        return self


class Digest(_Table):
    """The morning e-mail."""

    recipients: tuple[str, ...] = ()
    at: time = time(6, 30)
    subject_tag: str = "Kliping BPJAMSOSTEK"


class Exports(_Table):
    """Searches as files."""

    # A spreadsheet takes 65,530 links.
    most_rows: int = Field(50_000, ge=1, le=60_000)
    most_clips: int = Field(500, ge=1, le=5_000)
    at_once: int = Field(2, ge=1, le=16)
    pdf_seconds: int = Field(300, ge=10, le=3_600)


class Settings(_Table):
    """Every setting, typed and checked."""

    paths: Paths = Paths()
    store: Store = Store()
    search: Search = Search()
    crawl: Crawl = Crawl()
    analysis: AnalysisSettings = AnalysisSettings()
    models: Models = Models()
    web: Web = Web()
    oidc: Oidc = Oidc()
    mail: Mail = Mail()
    alerts: Alerts = Alerts()
    channels: dict[ChannelName, Annotated[AppriseChannel | WebhookChannel, Field(discriminator="type")]] = {}
    digest: Digest = Digest()
    exports: Exports = Exports()

    @field_validator("channels")
    @classmethod
    def _mail_is_no_other(cls, channels: dict[str, Any]) -> dict[str, Any]:
        if "mail" in channels:
            raise ValueError("mail is the channel that there always is, set in [mail]; name this one otherwise")
        return channels

    @property
    def data(self) -> Path:
        """The data folder, absolute."""
        return _absolute(self.paths.data)

    @property
    def store_url(self) -> str:
        """The database's SQLAlchemy URL; a SQLite file in the data folder unless one is set."""
        return self.store.url or f"sqlite:///{self.data / 'pantau.sqlite'}"

    def table(self, which: Literal["outlets", "agency", "rules"]) -> tuple[dict[str, Any], str]:
        """The parsed TOML file of that name, and its path for messages."""
        path = self.path_of(which)
        return read_toml(path), str(path)

    def path_of(self, which: Literal["outlets", "agency", "rules"]) -> Path:
        """Where that file lies, absolute."""
        path: Path = getattr(self.paths, which)
        return _absolute(path)


def _absolute(path: Path) -> Path:
    return path if path.is_absolute() else ROOT / path


def read_toml(path: Path) -> dict[str, Any]:
    """The file's tables; ConfigError says what is wrong with the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check [paths] in config/pantau.toml") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def load_settings(
    path: Path | None = None, environment: Mapping[str, str] | None = None, **overrides: dict[str, Any]
) -> Settings:
    """The settings of `path` (default config/pantau.toml), the environment, and `overrides` by table, which win."""
    environment = os.environ if environment is None else environment
    path = path or Path(environment.get("PANTAU_CONFIG", CONFIG / "pantau.toml"))
    tables = read_toml(path)
    mistakes = _apply_environment(tables, environment)
    for name, values in overrides.items():
        tables.setdefault(name, {}).update(values)
    try:
        settings = Settings.model_validate(tables)
    except ValidationError as error:
        mistakes += [_readable(path, item) for item in error.errors()]
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    return settings


def _readable(path: Path, item: Any) -> str:
    place = [str(part) for part in item["loc"]]
    if place[0] == "channels":
        # Behind the name of a channel stands its type, which is no part of the key.
        del place[2:3]
    key, variable = ".".join(place), ENVIRONMENT_PREFIX + "__".join(place).upper()
    if item["type"] == "extra_forbidden":
        return f"{path}: {key}: there is no such setting"
    return f"{path}: {key}: {item['msg']} (also settable as {variable})"


def _apply_environment(tables: dict[str, Any], environment: Mapping[str, str]) -> list[str]:
    """Write PANTAU_TABLE__KEY variables into the tables; the mistakes found."""
    mistakes = []
    for variable, value in sorted(environment.items()):
        if not variable.startswith(ENVIRONMENT_PREFIX) or "__" not in variable:
            continue
        *path, key = variable.removeprefix(ENVIRONMENT_PREFIX).lower().split("__")
        known = _keys_of(path)
        if key.endswith("_file") and key.removesuffix("_file") in known:
            key = key.removesuffix("_file")
            try:
                value = Path(value).read_text(encoding="utf-8").strip()
            except OSError as error:
                mistakes.append(f"{variable}: {value} cannot be read ({error.strerror})")
                continue
        if key not in known:
            mistakes.append(f"{variable}: there is no such setting; see config/pantau.toml")
            continue
        table = tables
        for name in path:
            table = table.setdefault(name, {})
        table[key] = _parsed(value, known[key].annotation)
    return mistakes


def _keys_of(path: list[str]) -> dict[str, FieldInfo]:
    """The settings of a table, such as `web`, or of any channel, such as `channels` `telegram`; none elsewhere."""
    if len(path) == 2 and path[0] == "channels":
        return AppriseChannel.model_fields | WebhookChannel.model_fields
    field = Settings.model_fields.get(path[0]) if len(path) == 1 else None
    return getattr(field.annotation, "model_fields", {}) if field else {}


def _parsed(value: str, annotation: Any) -> Any:
    """Lists and tables are written as in TOML (`["a", "b"]`) or, for lists, with commas."""
    kind = getattr(annotation, "__origin__", None)
    if kind is tuple and not value.lstrip().startswith("["):
        return [part.strip() for part in value.split(",") if part.strip()]
    if kind in (tuple, dict):
        try:
            return tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            return value
    return value or None if annotation == Path | None else value
