"""What an operator writes about a relay: a table `[engines.NAME]` and one an upstream."""

import os
from decimal import Decimal
from ipaddress import ip_network
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from filmgate.domain import money
from filmgate.domain.shape import Shape
from filmgate.engines.relay.address import Address
from filmgate.errors import SettingsError


class OptionTable(BaseModel):
    """A table of settings; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Cost(OptionTable):
    """What an upstream charges us, where it does not say so itself."""

    usd_per_second: Decimal = Field(default=Decimal(0), ge=0, le=1000)
    usd_per_film: Decimal = Field(default=Decimal(0), ge=0, le=1000)

    def micros(self, shape: Shape) -> int:
        """The cost of one film, in micro-dollars."""
        seconds = Decimal(shape.duration_ms) / 1000
        return money.micros(self.usd_per_second * seconds + self.usd_per_film)


class UpstreamOptions(OptionTable):
    """One upstream: a table `[engines.NAME.upstreams.UPSTREAM]`."""

    kind: str = Field(description="filmgate, sglang, vllm-omni, openai, comfyui, runway, …")
    url: str | None = Field(
        default=None, pattern=r"^https?://[^\s/]+(/\S*)?$", description="its address, with /v1"
    )
    key: SecretStr | None = Field(default=None, description="what it knows us by")
    key_from: str | None = Field(
        default=None, description="the environment variable that holds the key"
    )
    headers: dict[str, SecretStr] = Field(default={}, description="further headers, secret too")
    models: dict[str, str] = Field(description="our model ids, and what it calls them")
    paid: bool | None = Field(
        default=None,
        description="whether each order is charged, so that a lost one is never sent again; "
        "default: as its kind says",
    )
    weight: float = Field(default=1, gt=0, le=1000, description="its share among several")
    most_in_flight: int = Field(default=0, ge=0, description="orders at once; 0 is no limit")
    most_per_second: float = Field(default=20, gt=0, le=10_000, description="requests a second")
    poll_s: float | None = Field(
        default=None, gt=0, le=3600, description="least time between two looks at a video, seconds"
    )
    poll_most_s: float | None = Field(
        default=None, gt=0, le=3600, description="most time between two looks, seconds"
    )
    answer_s: float = Field(
        default=120, gt=0, le=3600, description="how long it may take to answer an order, seconds"
    )
    films_from: tuple[str, ...] = Field(
        default=(), description="names and ranges that its films may lie at although not public"
    )
    cost: Cost | None = Field(default=None, description="what it charges, where it does not say")
    settings: dict[str, Any] = Field(default={}, description="what its kind alone knows")

    @field_validator("films_from")
    @classmethod
    def _are_names_or_ranges(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            if "/" in entry:
                ip_network(entry)
        return value

    def address(self, default_url: str | None = None) -> Address:
        """Where it is and what proves to it who we are.

        Raises:
            SettingsError: it has no address, or the variable of its key is not set.
        """
        url = self.url or default_url
        if url is None:
            raise SettingsError("url is needed")
        headers = {name: value.get_secret_value() for name, value in self.headers.items()}
        return Address(url=url, key=self.secret(), headers=headers, answer_s=self.answer_s)

    def secret(self) -> str:
        """The key, from the settings or the environment; empty where there is none.

        Raises:
            SettingsError: the variable is not set.
        """
        if self.key_from is None:
            return self.key.get_secret_value() if self.key else ""
        if self.key_from not in os.environ:
            raise SettingsError(f"key_from is {self.key_from!r}, which is not set")
        return os.environ[self.key_from]


class RelayOptions(OptionTable):
    """A relay: a table `[engines.NAME]` with `kind = "relay"`."""

    upstreams: dict[str, UpstreamOptions] = Field(description="where films are made")
    misfit: Literal["conform", "fail"] = Field(
        default="conform",
        description="a film of another size, rate or length: conform it, or fail the video",
    )
    callbacks: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="where upstreams reach this server, to say when a film is done; "
        "default: they are asked",
    )
    find_s: float = Field(
        default=60, ge=0, le=3600, description="how long a lost order is looked for, seconds"
    )
    max_film_mib: int = Field(default=4096, ge=1, le=1 << 20, description="largest film, MiB")
