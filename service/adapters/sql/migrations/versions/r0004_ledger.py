"""The ledger: statements, claims, findings, reviews and the official series.

Everything but reviews and official figures follows from the stored articles: `figures` is made anew, and the row of
`ledger_backlog` says from which article on they are still to be entered.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("figures")
    op.create_table(
        "figures",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=20), nullable=False),
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field", sa.String(length=8), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("low", sa.Text(), nullable=False),
        sa.Column("high", sa.Text(), nullable=False),
        sa.Column("comparator", sa.String(length=16), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=True),
        sa.Column("from_value", sa.Text(), nullable=True),
        sa.Column("to_value", sa.Text(), nullable=True),
        sa.Column("segment", sa.String(length=32), nullable=True),
        sa.Column("program", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("region_code", sa.String(length=16), nullable=True),
        sa.Column("province", sa.String(length=16), nullable=True),
        sa.Column("period", sa.String(length=32), nullable=True),
        sa.Column("year", sa.String(length=4), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("speaker_title", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("resolved", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_figures_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_figures"),
        sa.UniqueConstraint("article_id", "position", name="uq_figures_article_id_position"),
    )
    op.create_index("ix_figures_claim", "figures", ["claim_id", "verdict", "field", "moment", "outlet", "id"])
    op.create_index("ix_figures_subject", "figures", ["metric", "region_code", "period", "moment"])
    op.create_index("ix_figures_newest", "figures", ["moment", "kind", "verdict"])
    op.create_index("ix_figures_outlet", "figures", ["outlet", "claim_id", "verdict"])
    op.create_index("ix_figures_region", "figures", ["region", "claim_id", "verdict"])
    op.create_table(
        "claims",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("statement_id", sa.String(length=20), nullable=False),
        sa.Column("metric", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("region_code", sa.String(length=16), nullable=True),
        sa.Column("province", sa.String(length=16), nullable=True),
        sa.Column("period", sa.String(length=32), nullable=True),
        sa.Column("year", sa.String(length=4), nullable=True),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("is_stated", sa.Boolean(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("is_explained", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=True),
        sa.Column("standing_detail", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    shown = ["has_conflict", "last", "is_stated", "kind"]
    op.create_index("ix_claims_newest", "claims", [*shown, "first"])
    op.create_index("ix_claims_metric", "claims", ["metric", *shown])
    op.create_index("ix_claims_place", "claims", ["metric", "region_code", "is_stated", "kind"])
    op.create_index("ix_claims_region", "claims", ["region_code", *shown])
    op.create_index("ix_claims_province", "claims", ["province", *shown])
    op.create_index("ix_claims_year", "claims", ["year", *shown, "period"])
    op.create_index("ix_claims_standing", "claims", ["standing", *shown])
    op.create_table(
        "findings",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=255), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=16), nullable=False),
        sa.Column("is_conflict", sa.Boolean(), nullable=False),
        sa.Column("statements", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("explanations", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.UniqueConstraint("scope", "position", name="uq_findings_scope_position"),
    )
    op.create_table(
        "finding_statements",
        sa.Column("finding_id", sa.String(length=20), nullable=False),
        sa.Column("statement_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_finding_statements_finding_id_findings", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("finding_id", "statement_id", name="pk_finding_statements"),
    )
    op.create_index("ix_finding_statements_statement_id", "finding_statements", ["statement_id"])
    op.create_table(
        "figure_reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("statement_id", sa.String(length=20), nullable=False),
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_figure_reviews_article_id_articles"),
        sa.PrimaryKeyConstraint("id", name="pk_figure_reviews"),
    )
    op.create_index("ix_figure_reviews_article_id", "figure_reviews", ["article_id"])
    op.create_index("ix_figure_reviews_statement_id", "figure_reviews", ["statement_id"])
    op.create_table(
        "official_figures",
        sa.Column("metric", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("segment", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("metric", "region", "period", "unit", "segment", name="pk_official_figures"),
    )
    op.create_table(
        "ledger_backlog",
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("after", name="pk_ledger_backlog"),
    )
    op.execute("INSERT INTO ledger_backlog (after) SELECT '' WHERE EXISTS (SELECT 1 FROM articles)")


def downgrade() -> None:
    for table in ("ledger_backlog", "official_figures", "figure_reviews", "finding_statements", "findings", "claims"):
        op.drop_table(table)
    op.drop_table("figures")
    # As revision 0001 made it; empty, until the articles are understood again.
    op.create_table(
        "figures",
        sa.Column("article_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=8), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("low", sa.Numeric(asdecimal=False), nullable=False),
        sa.Column("high", sa.Numeric(asdecimal=False), nullable=False),
        sa.Column("is_range", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("metric", sa.String(length=64), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=True),
        sa.Column("comparator", sa.String(length=16), nullable=False),
        sa.Column("from_value", sa.Numeric(asdecimal=False), nullable=True),
        sa.Column("period", sa.String(length=32), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("segment", sa.String(length=32), nullable=True),
        sa.Column("program", sa.String(length=32), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("sentence_offset", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_figures_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_figures"),
    )
    op.create_index("ix_figures_metric_period", "figures", ["metric", "period"])
