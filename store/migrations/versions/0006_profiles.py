"""Who has a skill, and who has a title, in an order that is always the same."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_index("ix_skills_key", table_name="skills")
    op.create_index("ix_skills_key", "skills", ["tenant_id", "key", "person"], unique=False)
    op.create_index("ix_people_title", "people", ["tenant_id", "title", "id"], unique=False)
