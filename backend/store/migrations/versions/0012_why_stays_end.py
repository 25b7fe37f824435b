"""A stay that ended because the work was over says so."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("members", sa.Column("why", sa.String(length=20)))


def downgrade() -> None:
    op.drop_column("members", "why")
