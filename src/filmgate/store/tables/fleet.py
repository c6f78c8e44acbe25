"""Which machines and workers take no more work, and how many workers each engine should have."""

from sqlalchemy import DDL, BigInteger, Column, Double, Integer, String, Table, event

from filmgate.store.tables.base import metadata

drains = Table(
    "drains",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("since", Double, nullable=False),
)
"""Nodes, places and workers that claim nothing more, at the operator's word."""

scaling = Table(
    "scaling",
    metadata,
    Column("engine", String(64), primary_key=True),
    Column("least", Integer, nullable=False),
    Column("most", Integer, nullable=False),
    Column("slots", Integer, nullable=False),
    Column("wait_ms", BigInteger, nullable=False),
)
"""The bounds of each engine, as the settings of whoever started last say them."""

WANTED_WORKERS = """CREATE VIEW wanted_workers AS
SELECT engine, waiting, running, work_ms,
  CASE
    WHEN needed < least THEN least
    WHEN needed > most THEN most
    ELSE needed
  END AS wanted
FROM (
  SELECT engine, least, most, waiting, running, work_ms,
    CASE
      WHEN waiting = 0 OR busy >= by_work AND busy > 0 THEN busy
      WHEN by_work > 1 THEN by_work
      ELSE 1
    END AS needed
  FROM (
    SELECT engine, least, most, waiting, running, work_ms,
      (running + slots - 1) / slots AS busy,
      (work_ms + wait_ms * slots - 1) / (wait_ms * slots) AS by_work
    FROM (
      SELECT s.engine, s.least, s.most, s.slots, s.wait_ms,
        CAST(COALESCE(SUM(l.queued), 0) AS BIGINT) AS waiting,
        CAST(COALESCE(SUM(l.running), 0) AS BIGINT) AS running,
        CAST(COALESCE(SUM(l.queued), 0) * COALESCE((
          SELECT AVG(f.ms) FROM (
            SELECT 1.0 * v.width * v.height * v.fps * v.duration_ms * v.n / 1e6
              * p.s_per_megapixel AS ms
            FROM videos v JOIN speeds p ON p.engine = v.engine AND p.model = v.model
            WHERE v.engine = s.engine AND v.state = 'queued' AND v.strikes < 2
            LIMIT 1000
          ) f
        ), 0) AS BIGINT) AS work_ms
      FROM scaling s LEFT JOIN lanes l ON l.engine = s.engine
      GROUP BY s.engine, s.least, s.most, s.slots, s.wait_ms
    ) counted
  ) weighed
) judged"""
"""The workers that each engine's queue is worth; whoever scales by it reads this and nothing else.

The work is that of what waits, by its megapixels and its model's measured speed; a thousand of a
line speak for all of it. A model that nobody has made yet has no speed: one worker finds it out.
"""

event.listen(metadata, "after_create", DDL(WANTED_WORKERS))  # type: ignore[no-untyped-call]
