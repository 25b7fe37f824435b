"""Who wrote which fields is kept once for each writer instead of once for each field."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

records = sa.table("records", sa.column("id", sa.String()), sa.column("marks", sa.LargeBinary()))
PIECE = 1_000


def upgrade() -> None:
    """Piece by piece: a large company's records do not fit into memory."""
    database, last = op.get_bind(), ""
    while True:
        some = sa.select(records).where(records.c.id > last).order_by(records.c.id).limit(PIECE)
        stored = database.execute(some).all()
        if not stored:
            return
        for one, marks in stored:
            database.execute(sa.update(records).where(records.c.id == one).values(marks=by_mark(marks)))
        last = stored[-1].id


def by_mark(marks: bytes) -> bytes:
    """[disputed, {field: mark}] as [disputed, [[fields, *mark], ...]]."""
    disputed, by_field = json.loads(marks)
    written: dict[str, list] = {}
    for name, mark in by_field.items():
        written.setdefault(json.dumps(mark), [[], *mark])[0].append(name)
    return json.dumps([disputed, list(written.values())], ensure_ascii=False, separators=(",", ":")).encode()
