"""Schema 2: a timer's limit has a unit, a calendar and an end; before, all were minutes round the clock."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

STOPS = {"respond": "accepted", "arrive": "arrived", "plan": "planned", "solve": "solved"}

records = sa.table(
    "records", sa.column("id", sa.String()), sa.column("type", sa.String()), sa.column("body", sa.LargeBinary())
)


def upgrade() -> None:
    """Version and commit stay: every device rewords its own copy alike."""
    database = op.get_bind()
    policies = sa.select(records.c.id, records.c.body).where(records.c.type == "service_policy")
    for one, body in database.execute(policies).all():
        wire = json.loads(body)
        wire["data"]["timers"] = [_with_unit(timer) for timer in wire["data"]["timers"]]
        wire["data"]["active"] = True
        reworded = json.dumps(wire, ensure_ascii=False, separators=(",", ":")).encode()
        database.execute(sa.update(records).where(records.c.id == one).values(body=reworded))


def _with_unit(timer: dict[str, Any]) -> dict[str, Any]:
    limit = timer.pop("limit_minutes")
    return {"stop": STOPS[timer["name"]], "limit": limit, "unit": "min", "calendar": "24x7", **timer}
