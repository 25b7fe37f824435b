"""What the scheduler keeps: when to look at a root again, who leads, and what its jobs did."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDING = sa.text(
    "type IN ('service_policy', 'work_calendar', 'question_template', 'checklist_template', 'user', 'patrol_plan',"
    " 'callback_plan')"
)


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("root", sa.String(64), primary_key=True),
        sa.Column("wake_at", whole, nullable=True),
        sa.Column("done_until", sa.String(10), nullable=True),
    )
    op.create_index("ix_watches_wake_at", "watches", ["wake_at"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until", whole, nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("position", whole, nullable=False, server_default="0"),
        sa.Column("runs", whole, nullable=False, server_default="0"),
        sa.Column("created", whole, nullable=False, server_default="0"),
        sa.Column("failures", whole, nullable=False, server_default="0"),
        sa.Column("started_at", whole, nullable=True),
        sa.Column("ended_at", whole, nullable=True),
        sa.Column("next_at", whole, nullable=True),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("holder", sa.String(64), nullable=True),
    )
    op.create_table(
        "job_runs",
        sa.Column("id", whole, primary_key=True, autoincrement=True),
        sa.Column("job", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("started_at", whole, nullable=False),
        sa.Column("ended_at", whole, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("created", whole, nullable=False),
        sa.Column("error", sa.Text, nullable=True),
    )
    op.create_index("ix_job_runs_started_at", "job_runs", ["started_at"])
    op.create_index("ix_records_standing", "records", ["type"], sqlite_where=STANDING, postgresql_where=STANDING)


def downgrade() -> None:
    op.drop_index("ix_records_standing", "records")
    for table in ("job_runs", "jobs", "leases", "watches"):
        op.drop_table(table)
