"""What all tables share."""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData()

SEQUENCE = BigInteger().with_variant(Integer, "sqlite")
"""The order in which rows came. SQLite numbers rows by itself only where the type is INTEGER."""
