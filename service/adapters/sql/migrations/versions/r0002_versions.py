"""Earlier texts of articles, when they were taken down, and how well a page was read.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added one by one and not in a batch, which would copy the largest table of SQLite row by row.
    op.add_column("articles", sa.Column("fetched", sa.DateTime(timezone=True), nullable=True))
    op.add_column("articles", sa.Column("gone", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "articles", sa.Column("reading_source", sa.String(length=32), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("articles", sa.Column("reading_confidence", sa.Float(), nullable=False, server_default=sa.text("1")))
    op.add_column("articles", sa.Column("reading_words", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("modified", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_in", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_versions_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "fetched", name="pk_article_versions"),
    )


def downgrade() -> None:
    op.drop_table("article_versions")
    for column in ("reading_words", "reading_confidence", "reading_source", "gone", "fetched"):
        op.drop_column("articles", column)
