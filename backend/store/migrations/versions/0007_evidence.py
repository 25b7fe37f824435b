"""The device's clock and count beside every verdict, and the numbers that came twice."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBERS = ("n", "clock_offset", "seen_at", "event_at")


def upgrade() -> None:
    for name in NUMBERS:
        op.add_column("judged", sa.Column(name, whole))
    op.add_column("judged", sa.Column("doubt", sa.String(length=20)))
    op.create_index("ix_judged_numbers", "judged", ["user_id", "device", "n"])
    op.create_table(
        "twins",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("n", whole, autoincrement=False, nullable=False),
        sa.Column("second_id", sa.String(length=128), nullable=False),
        sa.Column("first_id", sa.String(length=128), nullable=False),
        sa.Column("noticed_at", whole, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "device", "n", "second_id", name=op.f("pk_twins")),
    )


def downgrade() -> None:
    op.drop_table("twins")
    op.drop_index("ix_judged_numbers", "judged")
    for name in (*NUMBERS, "doubt"):
        op.drop_column("judged", name)
