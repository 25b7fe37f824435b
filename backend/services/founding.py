"""The first things in a new history: the system's own user, then a branch and an administrator."""

from backend.services.accounts import create_user, write
from backend.services.ids import record_id
from backend.services.parts import Parts
from sync.bootstrap import bootstrap
from sync.engine import Engine, Session

SYSTEM_USER = "00000000-0000-7000-8000-000000000000"
SYSTEM = Session(SYSTEM_USER, "server")


def found(engine: Engine, now: int) -> None:
    """Make the system user, who writes what no person does, unless there is one."""
    bootstrap(engine, SYSTEM_USER, {"username": "system", "name": "系统", "roles": ["system"], "active": True}, now)


def make_administrator(parts: Parts, username: str, name: str, password: str, branch: str) -> str:
    """The id of a first administrator in a first branch."""
    branch_id = record_id(parts.now(), parts.random)
    write(parts, SYSTEM, "branch", branch_id, "create", {"values": {"code": "main", "name": branch}})
    return create_user(
        parts, SYSTEM, username=username, name=name, roles=["admin"], branch=branch_id, password=password
    )
