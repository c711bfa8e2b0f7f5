"""Questions."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", name=op.f("pk_absences")),
    )
    op.create_table(
        "questions",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("asked_at", Utc(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", Utc(timezone=True), nullable=True),
        sa.Column("closed_at", Utc(timezone=True), nullable=True),
        sa.Column("helper", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("thanks", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'taken', 'answered', 'helped', 'unanswered', 'withdrawn')",
            name=op.f("ck_questions_state"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_answer", "questions", ["tenant_id", "answer"], unique=False)
    op.create_index("ix_questions_asker", "questions", ["tenant_id", "asker"], unique=False)
    op.create_index("ix_questions_due", "questions", ["tenant_id", "state", "due_at"], unique=False)
    op.create_index("ix_questions_helper", "questions", ["tenant_id", "helper", "state"], unique=False)
    op.create_table(
        "routes",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("suggested_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state in ('asked', 'passed', 'suggested', 'answered', 'spared')", name=op.f("ck_routes_state")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "question", "person", name=op.f("pk_routes")),
    )
    op.create_index("ix_routes_person", "routes", ["tenant_id", "person", "at"], unique=False)
