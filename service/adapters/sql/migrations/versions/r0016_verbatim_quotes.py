"""Which quotes are the speaker's own words.

Revision ID: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of those already kept it is not known, so that they are shown as reported until they are entered anew.
    op.add_column("quotes", sa.Column("verbatim", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("quotes") as quotes:
        quotes.drop_column("verbatim")
