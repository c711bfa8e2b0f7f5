"""By which parts of their names people are found."""

import sqlalchemy as sa
from alembic import op

from store.namesakes import parts

revision = "0008"
down_revision = "0007"

PAGE = 1000


def upgrade() -> None:
    namesakes = op.create_table(
        "namesakes",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "size", "part", "person", name=op.f("pk_namesakes")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_namesakes_person", "namesakes", ["tenant_id", "person"], unique=False)
    found = op.get_bind().execute(sa.text("SELECT tenant_id, id, handle, folded FROM people"))
    while page := found.fetchmany(PAGE):
        op.bulk_insert(
            namesakes,
            [
                {"tenant_id": tenant, "size": len(part), "part": part, "person": person}
                for tenant, person, handle, folded in page
                for part in sorted(parts(handle, folded))
            ],
        )
