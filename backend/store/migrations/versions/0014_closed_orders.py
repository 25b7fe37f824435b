"""Orders that were approved before they left their engineers' tablets leave them now, as one commit."""

import json
import secrets
import time
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPROVED = frozenset({"archived", "callback_due", "callback_done"})
SYSTEM = "00000000-0000-7000-8000-000000000000"
ORDERS = sa.text("SELECT id, body FROM records WHERE type = 'work_order'")
HELD = "end_seq IS NULL AND scope LIKE 'user:%'"
HOLDING = sa.text(f"SELECT DISTINCT because FROM members WHERE {HELD}")
COMMIT = sa.text("INSERT INTO commits (seq, nonce, at, user_id, device) VALUES (:seq, :nonce, :at, :by, 'server')")
CLOSE = sa.text(f"UPDATE members SET end_seq = :seq, why = 'closed' WHERE because = :order AND {HELD}")


def upgrade() -> None:
    database = op.get_bind()
    holding = {because for (because,) in database.execute(HOLDING)}
    approved = [one for one, body in database.execute(ORDERS) if one in holding and _state(body) in APPROVED]
    if not approved:
        return
    (last,) = database.execute(sa.text("SELECT seq FROM head WHERE id = 1")).one()
    known = {"seq": last + 1, "nonce": secrets.token_hex(16)}
    database.execute(COMMIT, {**known, "at": time.time_ns() // 1_000_000, "by": SYSTEM})
    database.execute(sa.text("UPDATE head SET seq = :seq, nonce = :nonce WHERE id = 1"), known)
    database.execute(CLOSE, [{"seq": last + 1, "order": one} for one in approved])


def _state(body: bytes) -> object:
    row = json.loads(bytes(body))
    return (row.get("data") or {}).get("state")


def downgrade() -> None:
    """What left the tablets comes back with the next change of place."""
