"""The routes of a caller about itself: who it is, and the keys of its account."""

from pydantic import Field

from filmgate import __version__
from filmgate.api.admin import KeyRotation, key_object
from filmgate.api.ask import Ask
from filmgate.api.given import Given
from filmgate.api.reply import list_of
from filmgate.api.wire import FreshKeyObject, KeyObject, Listing, MeObject
from filmgate.domain.account import OWN_SCOPES, Scope


class NewOwnKey(Given):
    """A fresh key of your own account: good for no more than yours, and limited as yours."""

    name: str = Field(default="", max_length=200)
    scopes: frozenset[Scope] = Field(default=OWN_SCOPES, min_length=1)
    expires_at: float | None = Field(default=None, ge=0, le=1e11, description="Unix seconds")


async def see_me(ask: Ask) -> MeObject:
    """Your account, your key and what it may, and the limits that hold for you."""
    own = await ask.parts.own_account.see(ask.caller)
    account, limits = own.account, own.limits
    return {
        "object": "me",
        "account_id": account.id,
        "account_name": account.name,
        "key": key_object(own.key),
        "max_running": limits.max_running or 0,
        "max_queued": limits.max_queued or 0,
        "max_per_minute": limits.max_per_minute or 0,
        "running": account.running,
        "queued": account.queued,
        "version": __version__,
    }


async def list_own_keys(ask: Ask) -> Listing[KeyObject]:
    """The keys of your account, revoked ones too; of each its first characters."""
    return list_of([key_object(key) for key in await ask.parts.own_account.keys(ask.caller)])


async def create_own_key(ask: Ask) -> FreshKeyObject:
    """The key itself is in this answer and nowhere again."""
    given = await ask.body(NewOwnKey)
    scopes = given.scopes if "scopes" in given.model_fields_set else OWN_SCOPES & ask.caller.scopes
    key, plain = await ask.parts.own_account.create_key(
        ask.caller, name=given.name, scopes=scopes, expires_at=given.expires_at
    )
    return {**key_object(key), "key": plain}


async def rotate_own_key(ask: Ask) -> FreshKeyObject:
    """A new key with the name and the scopes of the old one, which is taken for a while still."""
    overlap_s = (await ask.body(KeyRotation)).overlap_hours * 3600
    key, plain = await ask.parts.own_account.rotate_key(ask.caller, ask.path["key_id"], overlap_s)
    return {**key_object(key), "key": plain}


async def revoke_own_key(ask: Ask) -> KeyObject:
    """Every replica refuses it within a second."""
    return key_object(await ask.parts.own_account.revoke_key(ask.caller, ask.path["key_id"]))
