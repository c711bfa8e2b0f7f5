"""Introductions."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "participants",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("since", Utc(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("lot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", name=op.f("pk_participants")),
    )
    op.create_table(
        "avoidances",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", "other", name=op.f("pk_avoidances")),
    )
    op.create_index("ix_avoidances_other", "avoidances", ["tenant_id", "other"], unique=False)
    op.create_table(
        "rounds",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_rounds")),
    )
    op.create_table(
        "introductions",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint("answer in ('', 'met', 'missed')", name=op.f("ck_introductions_answer")),
        sa.PrimaryKeyConstraint("tenant_id", "round", "person", name=op.f("pk_introductions")),
    )
    op.create_index("ix_introductions_circle", "introductions", ["tenant_id", "circle"], unique=False)
    op.create_index("ix_introductions_person", "introductions", ["tenant_id", "person", "round"], unique=False)
