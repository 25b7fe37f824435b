"""Users: their record goes through the sync core like any other change, their password lies beside it."""

import re
from typing import Any

import orjson

from backend.services.ids import operation_id, record_id
from backend.services.parts import Parts
from backend.store import credentials, sessions
from sync.clock import format_time
from sync.engine import Session
from sync.errors import Fault
from sync.exchange import submit
from sync.operations import OperationMaker
from sync.push import APPLIED, CONFLICTED, Answer

ROLES = ("engineer", "dispatcher", "supervisor", "admin")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


def create_user(
    parts: Parts, session: Session, *, username: str, name: str, roles: list[str], branch: str | None, password: str
) -> str:
    """The id of a new user who can sign in."""
    if not USERNAME.fullmatch(username):
        raise Fault("invalid_request", {"username": ["not_a_username"]})
    _claim(parts, username, None)
    _check_password(password)
    user = record_id(parts.now(), parts.random)
    values = {"username": username, "name": name, "roles": roles, "branch": branch, "active": True}
    write(parts, session, "user", user, "create", {"values": values})
    _save_password(parts, user, username, password)
    return user


def set_password(parts: Parts, user: str, password: str) -> None:
    """Replace a password and end the sessions made with the old one."""
    _save_password(parts, user, user_record(parts, user)["username"].lower(), password)
    with parts.database.write() as sql:
        sessions.end_all(sql, user)


def set_active(parts: Parts, session: Session, user: str, active: bool) -> None:
    """Shut a user out, or let him in again."""
    was = user_record(parts, user).get("active")
    write(parts, session, "user", user, "set", {"active": {"was": was, "to": active}})
    if not active:
        with parts.database.write() as sql:
            sessions.end_all(sql, user)


def user_named(parts: Parts, username: str) -> str:
    """The id of the user who signs in with this name."""
    with parts.database.read() as sql:
        found = credentials.find(sql, username)
    if found is None:
        raise Fault("not_found")
    return found.user


def every_user(parts: Parts) -> list[dict[str, Any]]:
    """The id and fields of every person, by username."""
    users = [{**user, "id": one} for one, user in _reference(parts, "user") if "system" not in user["roles"]]
    return sorted(users, key=lambda user: str(user["username"]))


def branch_named(parts: Parts, code: str) -> str:
    """The id of the branch with this code or id."""
    for one, branch in _reference(parts, "branch"):
        if code in (one, branch["code"]):
            return one
    raise Fault("not_found")


def user_record(parts: Parts, user: str) -> dict[str, Any]:
    """The fields of a person; the system's own user is none."""
    with parts.engine.store.read() as reader:
        rows = reader.rows([user])
    row: dict[str, Any] = orjson.loads(rows[0].body) if rows and rows[0].type == "user" else {"erased": True}
    data: dict[str, Any] = {} if row.get("erased") else row["data"]
    if not data or "system" in data["roles"]:
        raise Fault("not_found")
    return data


def write(parts: Parts, session: Session, kind: str, root: str, do: str, body: object) -> None:
    """Submit one change of a root; Fault if it was not applied."""
    now = parts.now()
    maker = OperationMaker(
        session.user, format_time(now), parts.engine.trade.schema, lambda: operation_id(parts.random)
    )
    answer = submit(parts.engine, session, [maker.make(kind, root, root, do, body)], now)[0]
    if answer.verdict not in (APPLIED, CONFLICTED):
        raise _refusal(answer)


def _reference(parts: Parts, kind: str) -> list[tuple[str, dict[str, Any]]]:
    with parts.engine.store.read() as reader:
        roots = {member.root for member in reader.inside({"reference"}) if member.end is None}
        rows = reader.rows(roots)
    found = [orjson.loads(row.body) for row in rows if row.type == kind]
    return [(row["id"], row["data"]) for row in found if not row.get("erased")]


def _save_password(parts: Parts, user: str, username: str, password: str) -> None:
    _claim(parts, username, user)
    _check_password(password)
    password_hash = parts.hasher.hash(password)
    with parts.database.write() as sql:
        credentials.save(sql, user, username, password_hash)


def _check_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Fault("invalid_request", {"password": [f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"]})


def _claim(parts: Parts, username: str, user: str | None) -> None:
    with parts.database.read() as sql:
        found = credentials.find(sql, username)
    if found is not None and found.user != user:
        raise Fault("already_exists", {"field": "username"})


def _refusal(answer: Answer) -> Fault:
    if answer.code in ("no_access", "forbidden_field"):
        return Fault("forbidden")
    return Fault("invalid_request", {"code": answer.code, **answer.detail})
