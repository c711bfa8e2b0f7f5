"""Suggestions and contacts."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("added_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", "trace", name=op.f("pk_contacts")),
    )
    op.create_table(
        "suggestions",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("said_at", Utc(timezone=True), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_at", Utc(timezone=True), nullable=False),
        sa.Column("decided_at", Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "person", "id", name=op.f("pk_suggestions")),
    )
