"""Schema 2: a rating without a score says that it was declined."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

records = sa.table(
    "records", sa.column("id", sa.String()), sa.column("type", sa.String()), sa.column("body", sa.LargeBinary())
)


def upgrade() -> None:
    """Version and commit stay: every device rewords its own copy alike."""
    database = op.get_bind()
    stored = database.execute(sa.select(records.c.id, records.c.body).where(records.c.type == "rating")).all()
    for one, body in stored:
        wire = json.loads(body)
        if "score" not in wire["data"]:
            wire["data"]["declined"] = True
            reworded = json.dumps(wire, ensure_ascii=False, separators=(",", ":")).encode()
            database.execute(sa.update(records).where(records.c.id == one).values(body=reworded))
