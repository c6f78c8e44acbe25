"""Who a key belongs to; the first key; the secret that signs links."""

import os
from collections import OrderedDict
from pathlib import Path
from secrets import token_hex

from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import (
    ALL_SCOPES,
    FIRST_ACCOUNT,
    NO_LIMITS,
    Caller,
    Key,
    hash_key,
    prefix,
)
from filmgate.errors import AccountDisabled, InvalidKey
from filmgate.store import accounts, keys, secrets
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

_TRUST_S = 0.5
_REMEMBERED = 4096
_LINKS = "links"
"""The name of the secret that signs links."""


class Keys:
    """Recognises keys, and remembers each for half a second: a revoked one stops within one."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, Caller]] = OrderedDict()
        self._uses: dict[str, float] = {}

    async def identify(self, key: str) -> Caller:
        """Who a key belongs to.

        Raises:
            InvalidKey: unknown, expired or revoked.
            AccountDisabled: the operator has closed its account.
        """
        key_hash, now = hash_key(key), self._clock.monotonic()
        remembered = self._known.get(key_hash)
        if remembered and now - remembered[0] < _TRUST_S:
            return remembered[1]
        caller = await self._look_up(key_hash)
        self._uses[caller.key_id] = self._clock.now()
        self._known[key_hash] = (now, caller)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return caller

    async def run_once(self) -> None:
        """Write down when keys were last used; what cannot be written now is kept for next time."""
        uses = dict(self._uses)
        if uses:
            await self._db.write(keys.note_uses, uses)
            self._uses = {k: at for k, at in self._uses.items() if uses.get(k) != at}

    async def _look_up(self, key_hash: str) -> Caller:
        try:
            caller = await self._db.read(keys.caller, key_hash, self._clock.now())
        except AccountDisabled:
            self._known.pop(key_hash, None)
            raise
        if caller is None:
            self._known.pop(key_hash, None)
            raise InvalidKey("The API key is missing or not valid")
        return caller

    async def ensure_first(self, configured: str | None, file: Path) -> str | None:
        """Make sure that somebody can call; return a key made just now, to be shown once.

        `configured` is the operator's own first key; else one is made and kept in `file`, which
        only its owner may read.
        """
        if configured is not None:
            await self._db.write(_use_configured, configured, self._clock.now())
            return None
        if await self._db.read(keys.has_keys, FIRST_ACCOUNT):
            return None
        key = _write_key(file)
        await self._db.write(_add, key, "generated", self._clock.now())
        return key

    async def signing_secret(self) -> str:
        """The secret that signs links, the same for every replica of this database."""
        if kept := await self._db.read(secrets.get, _LINKS):
            return kept
        return await self._db.write(_make_signing_secret, token_hex(32))


def _use_configured(conn: WriteConnection, key: str, now: float) -> None:
    _add(conn, key, "configured", now)
    keys.revoke_others(conn, "configured", hash_key(key), now)


def _add(conn: WriteConnection, key: str, source: str, now: float) -> None:
    """The first account is its operator's own: no limits, no floor, every scope."""
    accounts.ensure(conn, FIRST_ACCOUNT, "first", now, NO_LIMITS)
    keys.add(
        conn,
        Key(
            id=ids.key_id(),
            account_id=FIRST_ACCOUNT,
            hash=hash_key(key),
            prefix=prefix(key),
            source=source,
            created_at=now,
            scopes=ALL_SCOPES,
        ),
    )


def _make_signing_secret(conn: WriteConnection, fresh: str) -> str:
    secrets.add(conn, _LINKS, fresh)
    return secrets.get(conn, _LINKS) or fresh


def _write_key(file: Path) -> str:
    """A fresh key in a file of mode 0600; the file's own key when a start died after writing it."""
    if file.exists() and (kept := file.read_text().strip()):
        return kept
    key = ids.fresh_key()
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(key + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(file)
    return key
