"""Speakers with what they are quoted with, stories by day, and corrections of any length.

The tables begin empty: `pantau speakers rebuild` fills them from what is stored.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("article_corrections") as corrections:
        corrections.alter_column("value", existing_type=sa.String(length=32), type_=sa.Text(), existing_nullable=False)
        corrections.alter_column("said", existing_type=sa.String(length=32), type_=sa.Text(), existing_nullable=True)
    op.create_index("ix_articles_day", "articles", ["relevance", "day", "story_id", "outlet", "tone", "moment"])
    op.create_table(
        "quotes",
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("speaker_key", sa.String(length=200), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tone", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_quotes_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_quotes"),
    )
    op.create_index("ix_quotes_speaker", "quotes", ["speaker_key", "moment", "article_id", "tone"])
    op.create_table(
        "speakers",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_speakers"),
    )
    op.create_index("ix_speakers_most", "speakers", ["articles", "last", "key"])


def downgrade() -> None:
    op.drop_table("speakers")
    op.drop_table("quotes")
    op.drop_index("ix_articles_day", "articles")
    # Labels, notes, regions and what was hidden are nothing that the version before knows.
    op.execute("DELETE FROM article_corrections WHERE field IN ('regions', 'label', 'note', 'visibility')")
    with op.batch_alter_table("article_corrections") as corrections:
        corrections.alter_column("value", existing_type=sa.Text(), type_=sa.String(length=32), existing_nullable=False)
        corrections.alter_column("said", existing_type=sa.Text(), type_=sa.String(length=32), existing_nullable=True)
