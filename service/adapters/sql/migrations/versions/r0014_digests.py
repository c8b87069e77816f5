"""Digests of several groups by the moment of their schedule, with what they told, and who wants none.

Revision ID: 0014
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = op.get_bind().execute(sa.text("SELECT name, until FROM digests")).all()
    op.drop_table("digests")
    op.create_table(
        "digests",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("name", "slot", name="pk_digests"),
    )
    op.create_index("ix_digests_until", "digests", ["until"])
    # What they told is not known any more; that they were composed is.
    entered = sa.text("INSERT INTO digests (name, slot, until, told) VALUES (:name, :until, :until, :told)")
    for name, until in kept:
        op.get_bind().execute(entered, {"name": name, "until": until, "told": json.dumps({})})
    op.create_table(
        "digest_absences",
        sa.Column("group", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("left", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("group", "recipient", name="pk_digest_absences"),
    )
    op.create_table(
        "digest_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest_keys"),
    )


def downgrade() -> None:
    op.drop_table("digest_keys")
    op.drop_table("digest_absences")
    kept = op.get_bind().execute(sa.text("SELECT name, until FROM digests WHERE told IS NOT NULL")).all()
    op.drop_index("ix_digests_until", "digests")
    op.drop_table("digests")
    op.create_table(
        "digests",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "day", name="pk_digests"),
    )
    # Of several on one day the last is kept: nothing is told again.
    last: dict[tuple[str, str], object] = {}
    for name, until in sorted(kept, key=lambda row: str(row.until)):
        last[name, str(until)[:10]] = until
    for (name, day), until in last.items():
        entered = sa.text("INSERT INTO digests (name, day, until) VALUES (:name, :day, :until)")
        op.get_bind().execute(entered, {"name": name, "day": day, "until": until})
