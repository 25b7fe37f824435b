"""What waits for a person: open conflicts and parked operations, counted without reading every record."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KNOWN = """SELECT r.id, r.type, r.body, c.at FROM records r JOIN commits c ON c.seq = r.seq
  WHERE r.type IN ('conflict', 'parked')"""


def upgrade() -> None:
    """What is open already waits since its last change."""
    matters = op.create_table(
        "matters",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("since", whole, nullable=False),
    )
    found = [(one, kind, json.loads(body)["data"], at) for one, kind, body, at in op.get_bind().execute(sa.text(KNOWN))]
    still = [
        {"id": one, "kind": kind, "name": name_of(kind, data), "since": at}
        for one, kind, data, at in found
        if data["state"] == "open"
    ]
    if still:
        op.bulk_insert(matters, still)


def name_of(kind: str, data: dict[str, str]) -> str:
    return f"{data['record_type']}.{data['field'].split('/')[0]}" if kind == "conflict" else data["code"]


def downgrade() -> None:
    op.drop_table("matters")
