"""Other names of skills that an operator adds or colleagues teach."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "name", "other", name=op.f("pk_aliases")),
    )
    op.create_table(
        "teachings",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("meant", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", "said", "meant", name=op.f("pk_teachings")),
    )
    op.create_index("ix_teachings_pair", "teachings", ["tenant_id", "said", "meant"], unique=False)
