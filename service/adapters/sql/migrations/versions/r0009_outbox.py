"""Messages of a thread, through a channel, with files, and the reason why one is held.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("channel", sa.String(length=40), nullable=False, server_default="mail"))
        outbox.add_column(sa.Column("thread", sa.String(length=128), nullable=True))
        outbox.add_column(sa.Column("held", sa.Text(), nullable=True))
    op.create_table(
        "outbox_files",
        sa.Column("message_id", sa.String(length=128), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox.id"], name="fk_outbox_files_message_id_outbox", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name="pk_outbox_files"),
    )


def downgrade() -> None:
    op.drop_table("outbox_files")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("held")
        outbox.drop_column("thread")
        outbox.drop_column("channel")
