"""Since when a title is somebody's, and who was reminded; the index is made anew, with all that stands of people."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("people", sa.Column("titled_at", Utc(timezone=True), nullable=True))
    op.add_column("questions", sa.Column("reminded", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("postings", "tallies", "holders"):
        op.execute(sa.table(name).delete())
