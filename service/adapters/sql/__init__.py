"""The store in SQL: SQLite by default, PostgreSQL by URL. Only these modules know SQLAlchemy."""

from service.adapters.sql.store import SqlStore

__all__ = ["SqlStore"]
