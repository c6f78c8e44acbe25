"""Every setting once: its type, unit, default and gloss.

Command line > environment (`FILMGATE_…`) > `filmgate.toml` > default. Read once; values travel
down by constructor, so nothing below this floor reads a setting.
"""

import os
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError as SourceError

from filmgate import variables
from filmgate.domain.account import AccountLimits
from filmgate.domain.card import Card, Catalogue, merge_tables
from filmgate.domain.shelf import lay_over, read_card
from filmgate.domain.shelf import shipped_cards as shipped_cards
from filmgate.engines import registry
from filmgate.engines.table import EngineSettings as EngineSettings
from filmgate.errors import ModelNotFound, SettingsError
from filmgate.moderators.choice import refuse_unfit_choice
from filmgate.validation import complaints, say_what_is_no_json
from filmgate.variables import config_file as config_file

GOOD_KEY = 16
"""Characters of a key of the operator's own that strangers may try to guess."""
_SECRET = frozenset(
    {"api_key", "moderation_url", "database_url", "database_read_url", "storage_options"}
)


class Settings(BaseSettings):
    """All settings of a server."""

    model_config = SettingsConfigDict(
        env_prefix="FILMGATE_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        toml_file=variables.CONFIG_FILE,
        hide_input_in_errors=False,
    )

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=1, le=65535, description="port to listen on")
    http_processes: int = Field(
        default=1, ge=1, le=64, description="processes that answer HTTP, all on that port"
    )
    data: Path = Field(
        default=Path("filmgate-data"), description="folder of the database, the films and the key"
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="a PostgreSQL for several machines, postgresql://…; "
        "default: SQLite in the data folder",
    )
    database_read_url: SecretStr | None = Field(
        default=None,
        description="a standby of that PostgreSQL, for status and lists; default: database_url",
    )
    database_pooled: bool = Field(
        default=False,
        description="whether a pooler in transaction mode, as PgBouncer's, is in between",
    )
    storage: str | None = Field(
        default=None,
        pattern=r"^(file|s3|gs|az)://.+$",
        description="where films are kept, s3://bucket/prefix, gs://, az:// or file://; "
        "default: the data folder",
    )
    storage_options: dict[str, SecretStr] = Field(
        default={},
        description="the store's own options: endpoint, region, access_key_id, …; "
        "default: as the store's environment says",
    )
    delivery: Literal["redirect", "stream"] = Field(
        default="redirect",
        description="films of an object store: redirect to a presigned address, or stream them",
    )
    api_key: SecretStr | None = Field(
        default=None,
        description="the first key, of 16 characters or more where others reach host; "
        "when unset, one is made at the first start",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/]+(/[^\s]*)?$",
        description="address that callers reach this server at, for links; default: as they asked",
    )
    default_model: dict[str, str] = Field(
        default={},
        description="model of a request that names none, by vocabulary; default: each one's own",
    )
    unknown_parameters: Literal["near", "refuse", "ignore"] = Field(
        default="near",
        description="which fields that nothing here knows are refused: near misses, all, none",
    )
    pages: bool = Field(default=True, description="whether the studio, at /, and /docs are there")
    cors_origins: tuple[str, ...] = Field(
        default=("*",),
        description="origins whose pages may read the answers, as https://app.example; * is any",
    )
    trusted_proxies: tuple[str, ...] = Field(
        default=(),
        description="address ranges of proxies whose X-Forwarded-Proto and -Host are believed",
    )
    max_body_mib: int = Field(default=64, ge=1, le=4096, description="largest request body, MiB")
    max_picture_mib: int = Field(
        default=20, ge=1, le=1024, description="largest picture fetched from a URL, MiB"
    )
    allowed_networks: tuple[str, ...] = Field(
        default=(),
        description="address ranges that picture URLs may reach although they are not public",
    )
    webhook_networks: tuple[str, ...] = Field(
        default=(),
        description="address ranges that webhooks may reach although they are not public",
    )
    webhook_timeout_s: float = Field(
        default=10, ge=0.1, le=60, description="how long a receiver may take to answer, seconds"
    )
    webhook_days: float = Field(
        default=30, ge=4, le=36500, description="how long the log of deliveries is kept, days"
    )
    moderation_command: str | None = Field(
        default=None,
        description="a command that reads each request as JSON on stdin, and allows or denies it",
    )
    moderation_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/]+(/[^\s]*)?$",
        description="an address of your own that does the same for a POST",
    )
    moderation_timeout_s: float = Field(
        default=10, ge=0.05, le=300, description="how long a verdict may take, seconds"
    )
    moderation_failure: Literal["closed", "open"] = Field(
        default="closed",
        description="what a missing verdict means: closed refuses the request, open lets it pass",
    )
    max_running: int = Field(
        default=4,
        ge=0,
        le=100_000,
        description="videos of one account that run at once; more wait; 0 is no limit",
    )
    max_queued: int = Field(
        default=100,
        ge=0,
        le=10_000_000,
        description="videos of one account that wait at once; more are refused; 0 is no limit",
    )
    max_per_minute: int = Field(
        default=60,
        ge=0,
        le=10_000_000,
        description="creates of one account a minute; more are refused; 0 is no limit",
    )
    sync_wait_s: float = Field(
        default=600, ge=1, le=86_400, description="how long /v1/videos/sync waits, seconds"
    )
    files_mib: int = Field(
        default=1024, ge=0, le=1 << 20, description="files kept for one account, MiB together"
    )
    files_days: float = Field(
        default=30, gt=0, le=36500, description="how long such a file is kept, days"
    )
    retention_hours: float = Field(
        default=24, gt=0, le=24 * 3650, description="how long films are kept, hours"
    )
    row_retention_days: float = Field(
        default=30, ge=0, le=36500, description="how long rows outlive their films, days"
    )
    lease_s: float = Field(
        default=30, ge=1, le=3600, description="a worker silent for so long is lost, seconds"
    )
    beat_s: float = Field(default=5, ge=0.05, le=600, description="a worker's heartbeat, seconds")
    grace_s: float = Field(
        default=60, ge=0, le=3600, description="how long running work may finish at a stop, seconds"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="least level that is logged"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="lines for people, or a JSON object a line"
    )
    access_log: bool = Field(
        default=True, description="whether each HTTP request is logged in a line"
    )
    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="port of metrics_host for Prometheus, without a key; default: none, /metrics "
        "with a key",
    )
    metrics_host: str = Field(
        default="127.0.0.1", description="address of metrics_port; whoever reaches it may read"
    )
    traces: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/]+(/[^\s]*)?$",
        description="a collector of traces by OTLP over HTTP, as http://127.0.0.1:4318",
    )
    log_private: bool = Field(
        default=False, description="whether prompts and other words of callers may be logged"
    )
    audit_days: float = Field(
        default=400, ge=1, le=36500, description="how long the audit remembers, days"
    )
    node: str | None = Field(
        default=None, max_length=255, description="name of this machine; default: its host name"
    )
    engines: dict[str, EngineSettings] = Field(
        default={"animatic": EngineSettings()}, description="the engines that this server runs"
    )
    cards: dict[str, dict[str, Any]] = Field(
        default={}, description="models added or changed: tables laid over the shipped cards"
    )

    @field_validator("allowed_networks", "webhook_networks", "trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            ip_network(text)
        return value

    @field_validator("database_url", "database_read_url")
    @classmethod
    def _is_postgres(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else ""
        kind, _, rest = url.partition("://")
        if value and kind not in ("postgresql+asyncpg", "postgresql", "postgres"):
            raise ValueError("must start with postgresql://")
        return SecretStr(f"postgresql+asyncpg://{rest}") if value else None

    @field_validator("api_key")
    @classmethod
    def _is_printable(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value() if value else "x"
        if not (key.isascii() and key.isprintable() and key.strip() == key and len(key) <= 200):
            raise ValueError("must be 1 to 200 printable ASCII characters without spaces around")
        return value

    @model_validator(mode="after")
    def _guards_an_open_door(self) -> Self:
        if self.api_key is None or self.is_local:
            return self
        if len(self.api_key.get_secret_value()) < GOOD_KEY:
            raise ValueError(
                f"api_key is too short for others to reach {self.host}: "
                f"it needs {GOOD_KEY} characters, or host must be 127.0.0.1"
            )
        return self

    @model_validator(mode="after")
    def _beats_within_the_lease(self) -> Self:
        if self.beat_s * 2 > self.lease_s:
            raise ValueError("beat_s must be at most half of lease_s")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, environment, file."""
        toml = TomlConfigSettingsSource(settings_cls, config_file())
        return init_settings, env_settings, toml

    @property
    def limits(self) -> AccountLimits:
        """What an account may do at once where the operator has not said otherwise."""
        return AccountLimits(
            max_running=self.max_running,
            max_queued=self.max_queued,
            max_per_minute=self.max_per_minute,
        )

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host == "localhost" or self.host.startswith("127.") or self.host == "::1"

    @property
    def local_host(self) -> str:
        """An address that reaches, from this machine, a server that listens on `host`."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def local_url(self) -> str:
        """Where this machine reaches the server; without a path."""
        host = self.local_host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def catalogue(self) -> Catalogue:
        """The cards shipped and those that engines bring, with the operator's laid over them.

        A card that comes along for an engine that this server does not run is left out.

        Raises:
            SettingsError: a card is wrong.
            MissingPart: an engine cannot say its cards.
        """
        brought = shipped_cards()
        for name, engine in self.engines.items():
            brought = merge_tables(brought, registry.cards(name, engine.kind, engine.options))
        tables = lay_over(brought, self.cards)
        try:
            cards = [read_card(name, table) for name, table in tables.items()]
        except SettingsError as error:
            raise SettingsError(_say_where_it_belongs(error.message)) from error
        return Catalogue(self._settle_promises(card) for card in cards if self._runs(card))

    def _settle_promises(self, card: Card) -> Card:
        own = "can" in self.cards.get(card.id, {})
        engine = self.engines[card.engine]
        can = registry.settle_promises(engine.kind, engine.options, card, own=own)
        return card.model_copy(update={"can": can})

    def _runs(self, card: Card) -> bool:
        if card.engine in self.engines:
            return True
        if card.id not in self.cards:
            return False
        known = ", ".join(sorted(self.engines))
        raise SettingsError(f"cards.{card.id}.engine is {card.engine!r}; engines here: {known}")


def load(**given: Any) -> Settings:
    """The settings; `given` are those of the command line, None being unset.

    Raises:
        SettingsError: one is wrong; names it, its value and what is allowed.
    """
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsError("\n".join(complaints(error, secrets=_SECRET))) from error
    except SourceError as error:
        raise SettingsError(say_what_is_no_json(str(error), os.environ, _SECRET)) from error
    except (ValueError, OSError) as error:
        raise SettingsError(f"{config_file()} cannot be read: {error}") from error
    _check_default_models(settings.default_model, settings.catalogue())
    refuse_unfit_choice(settings.moderation_command, settings.moderation_url)
    return settings


def _check_default_models(models: Mapping[Any, str], catalogue: Catalogue) -> None:
    for dialect, model in models.items():
        try:
            catalogue.get(model)
        except ModelNotFound as error:
            known = ", ".join(card.id for card in catalogue) or "none"
            raise SettingsError(
                f"default_model.{dialect} is {model!r}: must be one of {known}"
            ) from error


def _say_where_it_belongs(complaint: str) -> str:
    """A complaint, with a hint where TOML has counted a setting to the table above it."""
    name = complaint.removesuffix(" is not a setting").rpartition(".")[2]
    if complaint.endswith(" is not a setting") and name in Settings.model_fields:
        return f"{complaint}: {name} belongs above the first [table] of {config_file()}"
    return complaint


def unknown_variables() -> list[tuple[str, str | None]]:
    """Variables named `FILMGATE_…` that nothing reads, each with the one it may have meant."""
    return variables.unknown(Settings.model_fields)
