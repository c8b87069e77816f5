"""The state of every source, and indexes by which the health of the outlets is told without reading articles.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_HEALTH = ["outlet", "found", "relevance", "reading_words", "reading_confidence"]


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=2100), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("last_ok", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_new", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ok", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("soft", sa.BigInteger(), nullable=False),
        sa.Column("hard", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("outlet", "kind", "source", name="pk_sources"),
    )
    op.drop_index("ix_articles_outlet_found", "articles")
    op.create_index("ix_articles_health", "articles", _HEALTH)
    failed_page = sa.text("kind = 'page' AND outcome IN ('soft', 'hard')")
    op.create_index(
        "ix_fetch_events_failed_pages",
        "fetch_events",
        ["outlet", "at"],
        sqlite_where=failed_page,
        postgresql_where=failed_page,
    )


def downgrade() -> None:
    op.drop_index("ix_fetch_events_failed_pages", "fetch_events")
    op.drop_index("ix_articles_health", "articles")
    op.create_index("ix_articles_outlet_found", "articles", ["outlet", "found"])
    op.drop_table("sources")
