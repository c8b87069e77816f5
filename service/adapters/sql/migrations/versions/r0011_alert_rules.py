"""Alert rules of the desk, and the switches of those of the file.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_rules",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("block", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_alert_rules"),
    )


def downgrade() -> None:
    op.drop_table("alert_rules")
