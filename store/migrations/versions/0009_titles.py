"""Since when a title is somebody's, who was reminded of a question, and how a digest ended.

The index is made anew, with titles, projects and endorsements in it."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("people", sa.Column("titled_at", Utc(timezone=True), nullable=True))
    op.add_column("questions", sa.Column("reminded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("digests", sa.Column("hints", sa.JSON(none_as_null=True), nullable=True))
    digests = sa.table("digests", sa.column("hints", sa.JSON()))
    op.execute(digests.update().values(hints=["skills.ask"]))  # what each of them counted for
    for name in ("postings", "tallies", "holders"):
        op.execute(sa.table(name).delete())
