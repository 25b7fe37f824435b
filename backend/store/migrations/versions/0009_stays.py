"""Who enters is read from the indexes of stays alone: a first snapshot asks it of every root."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LASTING = sa.text("end_seq IS NULL")


def upgrade() -> None:
    op.drop_index("ix_members_scope_end_seq", "members")
    op.create_index("ix_members_scope_end_seq", "members", ["scope", "end_seq", "start_seq", "root"])
    lasting = ["root", "start_seq", "scope"]
    op.create_index("ix_members_lasting", "members", lasting, sqlite_where=LASTING, postgresql_where=LASTING)


def downgrade() -> None:
    op.drop_index("ix_members_lasting", "members")
    op.drop_index("ix_members_scope_end_seq", "members")
    op.create_index("ix_members_scope_end_seq", "members", ["scope", "end_seq", "start_seq"])
