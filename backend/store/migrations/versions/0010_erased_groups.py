"""An erased operation still names its group, whose other members wait for nobody."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ERASED = sa.text("erased_group IS NOT NULL")
NAMES = ["user_id", "erased_group"]


def upgrade() -> None:
    op.add_column("judged", sa.Column("erased_group", sa.String(length=128)))
    op.create_index("ix_judged_erased_group", "judged", NAMES, sqlite_where=ERASED, postgresql_where=ERASED)


def downgrade() -> None:
    op.drop_index("ix_judged_erased_group", "judged")
    op.drop_column("judged", "erased_group")
