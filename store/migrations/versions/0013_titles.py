"""Since when a title is somebody's; the index is made anew, with titles, projects and endorsements in it."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("people", sa.Column("titled_at", Utc(timezone=True), nullable=True))
    for name in ("postings", "tallies", "holders"):
        op.execute(sa.table(name).delete())
