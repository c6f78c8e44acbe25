"""A new key in the place of an old one: for its account and for an operator alike."""

from dataclasses import replace

from filmgate.domain import ids
from filmgate.domain.account import FIRST_SOURCES, Key, hash_key, prefix
from filmgate.domain.audit import Act
from filmgate.errors import BadRequest
from filmgate.services.audit import record_act
from filmgate.store import keys
from filmgate.store.connections import WriteConnection


def replace_key(
    conn: WriteConnection, old: Key, source: str, overlap_s: float, now: float, by: str | None
) -> tuple[Key, str]:
    """Make a key that may what `old` may, which ends after the overlap, unless it ends before.

    `by` is the key of who asks for it over HTTP. What the new key is in plain is returned here and
    nowhere again.

    Raises:
        BadRequest: it is out of force already, or belongs to the server's own start.
    """
    if old.source in FIRST_SOURCES:
        message = "The server's own first key is kept by its operator: make another key beside it"
        raise BadRequest(message, param="key_id")
    if old.revoked_at is not None or (old.expires_at is not None and old.expires_at <= now):
        raise BadRequest("The key is out of force already: make a new one", param="key_id")
    plain = ids.fresh_key()
    new = replace(
        old,
        id=ids.key_id(),
        hash=hash_key(plain),
        prefix=prefix(plain),
        source=source,
        created_at=now,
        last_used_at=None,
    )
    keys.add(conn, new)
    keys.end_by(conn, old.id, now + overlap_s)
    for act, key in ((Act.KEY_ROTATED, old), (Act.KEY_CREATED, new)):
        record_act(conn, act, key.id, at=now, account_id=old.account_id, key_id=by)
    return new, plain
