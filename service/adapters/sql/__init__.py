"""The store in SQL: SQLite by default, PostgreSQL by URL. The only rooms that know SQLAlchemy are here."""
