"""Orders with moves of stock are looked at again, so that their vans keep what moved."""

from collections.abc import Sequence

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LOOK_AGAIN = """INSERT INTO watches (root, wake_at) SELECT DISTINCT root, 0 FROM records WHERE type = 'stock_move'
  ON CONFLICT (root) DO UPDATE SET wake_at = 0"""


def upgrade() -> None:
    op.execute(LOOK_AGAIN)


def downgrade() -> None:
    """What was noted is what the next look would note."""
