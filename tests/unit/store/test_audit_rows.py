"""The audit on both databases."""

from filmgate.domain.audit import Act, AuditEntry, AuditFilter
from filmgate.store import audit
from filmgate.store.database import Database


def entry(at: float, **changes: object) -> AuditEntry:
    values = {
        "at": at,
        "account_id": "acct_1",
        "key_id": "key_1",
        "act": Act.ACCOUNT_CREDITED,
        "subject": "acct_1",
        "detail": {"micros": 5_000_000, "why": "paid", "test": False, "note": None},
    }
    return AuditEntry(**(values | changes))  # type: ignore[arg-type]


async def test_what_is_written_is_read(database: Database) -> None:
    written = [entry(1.0), entry(2.0, key_id=None, detail=None, act="a.verb.of.another.room")]
    for one in written:
        await database.write(audit.add, one)
    assert await database.read(audit.page, AuditFilter()) == written[::-1]


async def test_it_is_narrowed_by_each_filter(database: Database) -> None:
    for at, changes in enumerate(({}, {"account_id": "acct_2"}, {"subject": "x"}, {"act": "b"})):
        await database.write(audit.add, entry(float(at), **changes))
    narrowed = {
        "account_id": AuditFilter(account_id="acct_2"),
        "subject": AuditFilter(subject="x"),
        "act": AuditFilter(act="b"),
        "since": AuditFilter(since=3.0),
        "limit": AuditFilter(limit=1),
    }
    for name, wanted in narrowed.items():
        assert len(await database.read(audit.page, wanted)) == 1, name


async def test_what_is_old_is_forgotten(database: Database) -> None:
    for at in range(4):
        await database.write(audit.add, entry(float(at)))
    assert await database.write(audit.forget, 2.0) == 2
    assert [one.at for one in await database.read(audit.page, AuditFilter())] == [3.0, 2.0]
