"""The first tables."""

import sqlalchemy as sa
from alembic import op

from store.base import Utc

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("seen_at", Utc(timezone=True), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "platform", "id", name=op.f("pk_accounts")),
    )
    op.create_index("ix_accounts_person_id", "accounts", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "activities",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("published", Utc(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("undone_at", Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_activities")),
    )
    op.create_index("ix_activities_actor", "activities", ["tenant_id", "actor", "kind", "published"], unique=False)
    op.create_index("ix_activities_key", "activities", ["tenant_id", "kind", "key", "published"], unique=False)
    op.create_index("ix_activities_message", "activities", ["tenant_id", "message"], unique=False)
    op.create_index("ix_activities_published", "activities", ["tenant_id", "published"], unique=False)
    op.create_table(
        "digests",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", Utc(timezone=True), nullable=False),
        sa.Column("created_at", Utc(timezone=True), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.CheckConstraint("state in ('queued', 'thin', 'skipped')", name=op.f("ck_digests_state")),
        sa.PrimaryKeyConstraint("tenant_id", "person", "period", name=op.f("pk_digests")),
    )
    op.create_table(
        "erasures",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("together", sa.String(), nullable=False),
        sa.Column("erased_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "trace", name=op.f("pk_erasures")),
    )
    op.create_table(
        "inbox",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_inbox")),
    )
    op.create_index("ix_inbox_at", "inbox", ["tenant_id", "at"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("checked_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "platform", "place", "person", name=op.f("pk_memberships")),
    )
    op.create_index("ix_memberships_person", "memberships", ["tenant_id", "person"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("only_for", sa.String(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Utc(timezone=True), nullable=False),
        sa.Column("due_at", Utc(timezone=True), nullable=False),
        sa.Column("not_before", Utc(timezone=True), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("lease_until", Utc(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("provider_place", sa.String(), nullable=False),
        sa.Column("tried_at", Utc(timezone=True), nullable=True),
        sa.Column("uncertain_since", Utc(timezone=True), nullable=True),
        sa.Column("retracted_at", Utc(timezone=True), nullable=True),
        sa.Column("sent_at", Utc(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state = 'waiting' or state = 'ready' or state = 'sending' or state = 'sent' "
            "or state = 'uncertain' or state = 'dead' or state = 'cancelled'",
            name=op.f("ck_outbox_state"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_about", "outbox", ["tenant_id", "about"], unique=False)
    op.create_index("ix_outbox_due", "outbox", ["state", "lane", "not_before", "id"], unique=False)
    op.create_index("ix_outbox_person", "outbox", ["tenant_id", "person", "state"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("until", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "platform", name=op.f("pk_pauses")),
    )
    op.create_table(
        "people",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("bot", sa.Boolean(), nullable=False),
        sa.Column("joined_at", Utc(timezone=True), nullable=False),
        sa.Column("started_at", Utc(timezone=True), nullable=True),
        sa.Column("left_at", Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_people")),
    )
    op.create_index("ix_people_email", "people", ["tenant_id", "email"], unique=False)
    op.create_index("ix_people_folded", "people", ["tenant_id", "folded"], unique=False)
    op.create_index("uq_people_handle", "people", ["tenant_id", "handle"], unique=True)
    op.create_table(
        "postings",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "term", "at", "activity", "person", name=op.f("pk_postings")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_postings_activity", "postings", ["tenant_id", "activity"], unique=False)
    op.create_table(
        "receivers",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "activity", "person", name=op.f("pk_receivers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_receivers_person", "receivers", ["tenant_id", "person"], unique=False)
    op.create_table(
        "skills",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("wish", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", Utc(timezone=True), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", "key", name=op.f("pk_skills")),
    )
    op.create_index("ix_skills_key", "skills", ["tenant_id", "key"], unique=False)
    op.create_table(
        "subscriptions",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("next_at", Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "person", name=op.f("pk_subscriptions")),
    )
    op.create_index("ix_subscriptions_next_at", "subscriptions", ["tenant_id", "next_at"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("tenant_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "person", "audience", "kind", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )
