"""What people decide about stories, and where a story that was merged leads to.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stories", sa.Column("merged_into", sa.String(length=64), nullable=True))
    op.create_index("ix_stories_merged_into", "stories", ["merged_into"])
    op.create_table(
        "story_decisions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("story_id", sa.String(length=64), nullable=False),
        sa.Column("other_id", sa.String(length=64), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_decisions_story_id_stories"),
        sa.ForeignKeyConstraint(["other_id"], ["stories.id"], name="fk_story_decisions_other_id_stories"),
        sa.PrimaryKeyConstraint("id", name="pk_story_decisions"),
    )
    op.create_index("ix_story_decisions_story_id", "story_decisions", ["story_id"])
    op.create_index("ix_story_decisions_other_id", "story_decisions", ["other_id"])
    op.create_table(
        "story_moves",
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["story_decisions.id"], name="fk_story_moves_decision_id_story_decisions"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_story_moves_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", "article_id", name="pk_story_moves"),
    )
    op.create_index("ix_story_moves_article_id", "story_moves", ["article_id"])


def downgrade() -> None:
    op.drop_table("story_moves")
    op.drop_table("story_decisions")
    op.drop_index("ix_stories_merged_into", "stories")
    op.drop_column("stories", "merged_into")
