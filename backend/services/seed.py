"""The demo company."""

from backend.services.founding import make_administrator
from backend.services.parts import Parts
from backend.store import credentials

Account = dict[str, object]
ADMINISTRATOR: Account = {
    "username": "admin",
    "password": "huizhi-demo-admin",
    "roles": ["admin"],
    "name": "演示管理员",
}


def seed(parts: Parts) -> list[Account]:
    """Load the demo company unless it is there; its accounts."""
    with parts.database.read() as sql:
        is_there = credentials.find(sql, str(ADMINISTRATOR["username"])) is not None
    if not is_there:
        one = ADMINISTRATOR
        make_administrator(parts, str(one["username"]), str(one["name"]), str(one["password"]), "演示总部")
    return [ADMINISTRATOR]
