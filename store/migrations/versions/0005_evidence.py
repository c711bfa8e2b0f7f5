"""Postings in blocks, people and acts by number: the index of evidence takes a tenth of the room."""

from zlib import crc32

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"

PAGE = 5000


def upgrade() -> None:
    op.add_column("activities", sa.Column("fingerprint", sa.Integer(), nullable=False, server_default="0"))
    _fill()
    op.create_index("ix_activities_fingerprint", "activities", ["tenant_id", "fingerprint"], unique=False)
    narrow = sa.text("audience <> 'public'")
    op.create_index(
        "ix_activities_audience", "activities", ["tenant_id", "audience"], sqlite_where=narrow, postgresql_where=narrow
    )
    op.drop_table("postings")
    op.create_table(
        "postings",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "term", "audience", "block", name=op.f("pk_postings")),
    )
    op.create_table(
        "holders",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "number", name=op.f("pk_holders")),
    )
    op.create_index("uq_holders_person", "holders", ["tenant_id", "person"], unique=True)


def _fill() -> None:
    acts = sa.table("activities", sa.column("tenant_id"), sa.column("id"), sa.column("fingerprint"))
    these = sa.and_(acts.c.tenant_id == sa.bindparam("tenant"), acts.c.id == sa.bindparam("act"))
    write = sa.update(acts).where(these).values(fingerprint=sa.bindparam("short"))
    connection, after = op.get_bind(), ("", "")
    page = sa.select(acts.c.tenant_id, acts.c.id).order_by(acts.c.tenant_id, acts.c.id).limit(PAGE)
    while rows := connection.execute(page.where(sa.tuple_(acts.c.tenant_id, acts.c.id) > sa.tuple_(*after))).all():
        short = [{"tenant": tenant, "act": id, "short": crc32(id.encode()) & 0xFFFFFF} for tenant, id in rows]
        connection.execute(write, short)
        after = tuple(rows[-1])
