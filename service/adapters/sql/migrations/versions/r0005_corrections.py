"""What people decided about articles, and an index by which an archive file's articles are found.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_corrections",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.Column("corrector", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_corrections_article_id_articles"),
        sa.PrimaryKeyConstraint("id", name="pk_article_corrections"),
    )
    op.create_index("ix_article_corrections_article_id", "article_corrections", ["article_id"])
    op.create_index("ix_articles_archived_in_analysis_version", "articles", ["archived_in", "analysis_version"])


def downgrade() -> None:
    op.drop_index("ix_articles_archived_in_analysis_version", "articles")
    op.drop_table("article_corrections")
