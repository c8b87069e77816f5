"""What an alert is about, be it no article; its state, its history, what is to be told of it and what was told to whom.

An alert that a person had marked as handled on its article's page is acknowledged by that person.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NEW = (
    *("escalate_minutes", "overrides_quiet", "state", "acknowledged_by", "acknowledged_at", "assigned_to"),
    *(
        "snoozed_until",
        "closed_at",
        "closed_by",
        "closed_reason",
        "by_correction",
        "outlets",
        "tone",
        "told_at",
        "waits_since",
        "escalated_at",
    ),
)


def upgrade() -> None:
    _open_alerts()
    _create_tables()
    _carry_over()


def _open_alerts() -> None:
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_constraint("fk_alerts_story_id_stories", type_="foreignkey")
        alerts.drop_constraint("uq_alerts_rule_id_story_id", type_="unique")
        alerts.alter_column(
            "story_id",
            new_column_name="about",
            existing_type=sa.String(length=64),
            type_=sa.String(length=128),
            existing_nullable=False,
        )
        alerts.alter_column("article_id", existing_type=sa.String(length=64), nullable=True)
        alerts.add_column(sa.Column("escalate_minutes", sa.Integer(), nullable=True))
        alerts.add_column(sa.Column("overrides_quiet", sa.Boolean(), nullable=False, server_default=sa.false()))
        alerts.add_column(sa.Column("state", sa.String(length=16), nullable=False, server_default="open"))
        alerts.add_column(sa.Column("acknowledged_by", sa.Text(), nullable=True))
        alerts.add_column(sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
        alerts.add_column(sa.Column("assigned_to", sa.Text(), nullable=True))
        alerts.add_column(sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))
        alerts.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        alerts.add_column(sa.Column("closed_by", sa.Text(), nullable=True))
        alerts.add_column(sa.Column("closed_reason", sa.String(length=16), nullable=True))
        alerts.add_column(sa.Column("by_correction", sa.Boolean(), nullable=False, server_default=sa.false()))
        alerts.add_column(sa.Column("outlets", sa.Integer(), nullable=False, server_default=sa.text("1")))
        alerts.add_column(sa.Column("tone", sa.String(length=16), nullable=False, server_default=""))
        alerts.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        alerts.add_column(sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
        alerts.add_column(sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("alerts") as alerts:
        alerts.create_unique_constraint("uq_alerts_rule_id_about", ["rule_id", "about"])
    op.create_index("ix_alerts_about", "alerts", ["about"])
    op.create_index("ix_alerts_state_raised", "alerts", ["state", "raised"])
    op.execute(
        "UPDATE alerts SET told_at = raised, waits_since = raised,"
        " tone = (SELECT s.tone FROM articles s WHERE s.id = alerts.article_id),"
        " outlets = (SELECT count(DISTINCT s.outlet) FROM articles s"
        " WHERE s.story_id = alerts.about AND s.relevance = 'relevant')"
    )


def _create_tables() -> None:
    op.create_table(
        "alert_notices",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("alert_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_alert_notices_alert_id_alerts"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_notices"),
    )
    op.create_index("ix_alert_notices_state_at", "alert_notices", ["state", "at"])
    op.create_index("ix_alert_notices_alert_id", "alert_notices", ["alert_id"])
    op.create_table(
        "alert_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("alert_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_alert_events_alert_id_alerts"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_events"),
    )
    op.create_index("ix_alert_events_alert_id", "alert_events", ["alert_id"])
    op.create_table(
        "alert_messages",
        sa.Column("alert_id", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=128), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_alert_messages_alert_id_alerts"),
        sa.PrimaryKeyConstraint("alert_id", "message_id", name="pk_alert_messages"),
    )


def _carry_over() -> None:
    op.execute(
        "INSERT INTO alert_events (alert_id, kind, at, actor, note)"
        " SELECT id, 'raised', raised, '', '' FROM alerts ORDER BY raised, id"
    )
    op.execute(
        "INSERT INTO alert_messages (alert_id, message_id, recipient, subject, at)"
        " SELECT a.id, o.id, substr(o.id, length(a.id) + 8), o.subject, o.created FROM alerts a"
        " JOIN outbox o ON o.cause = 'alert' AND o.id LIKE 'alert-' || a.id || '-%'"
    )
    # The newest decision on "alert" of an article holds, unless it withdraws the one before.
    newest = (
        "(SELECT max(c.id) FROM article_corrections c"
        " WHERE c.field = 'alert' AND c.article_id = alerts.article_id AND c.at >= alerts.raised)"
    )
    for column, value in (("acknowledged_by", "corrector"), ("acknowledged_at", "at")):
        op.execute(
            f"UPDATE alerts SET {column} = (SELECT d.{value} FROM article_corrections d"  # noqa: S608
            f" WHERE d.id = {newest} AND NOT d.undone)"
        )
    op.execute("UPDATE alerts SET state = 'acknowledged' WHERE acknowledged_at IS NOT NULL")
    op.execute(
        "INSERT INTO alert_events (alert_id, kind, at, actor, note)"
        " SELECT a.id, CASE WHEN c.undone THEN 'reopened' ELSE 'acknowledged' END, c.at, c.corrector, c.note"
        " FROM alerts a JOIN article_corrections c ON c.article_id = a.article_id AND c.field = 'alert'"
        " AND c.at >= a.raised ORDER BY c.at, c.id"
    )
    op.execute("DELETE FROM article_corrections WHERE field = 'alert'")


def downgrade() -> None:
    for table in ("alert_messages", "alert_events", "alert_notices"):
        op.drop_table(table)
    # What is about no article is nothing that the version before knows.
    op.execute("DELETE FROM alerts WHERE article_id IS NULL OR about NOT IN (SELECT id FROM stories)")
    op.drop_index("ix_alerts_state_raised", "alerts")
    op.drop_index("ix_alerts_about", "alerts")
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_constraint("uq_alerts_rule_id_about", type_="unique")
        for column in _NEW:
            alerts.drop_column(column)
        alerts.alter_column("article_id", existing_type=sa.String(length=64), nullable=False)
        alerts.alter_column(
            "about",
            new_column_name="story_id",
            existing_type=sa.String(length=128),
            type_=sa.String(length=64),
            existing_nullable=False,
        )
    with op.batch_alter_table("alerts") as alerts:
        alerts.create_unique_constraint("uq_alerts_rule_id_story_id", ["rule_id", "story_id"])
        alerts.create_foreign_key("fk_alerts_story_id_stories", "stories", ["story_id"], ["id"])
