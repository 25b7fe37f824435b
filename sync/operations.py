"""An operation: one intended change, made on one device by one user, never altered afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sync.canonical import LARGEST_INTEGER
from sync.clock import parse_time
from sync.errors import Refused
from sync.values import value

_ID = re.compile(r"[0-9a-f]{32}")
_RECORD = re.compile(r"[0-9a-f-]{32,64}")
_IDS = (("id", _ID), ("record", _RECORD), ("root", _RECORD))
LONGEST_REASON = 2_000
LARGEST_GROUP = 50
LARGEST_OPERATION = 393_216  # bytes of its canonical form
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DERIVED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

# The members that each kind of change carries, and those it may carry: name -> type.
BODIES: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "create": {"values": dict},
        "append": {"values": dict},
        "move": {"part": str, "from": str, "to": str, "quantity": int},
        "sign": {"statement": dict, "ink": list},
        "transition": {"name": str, "from": str},
        "resolve": {"conflict": str, "choose": dict, "reason": str, "saw": list},
        "unpark": {},
        "dismiss": {"reason": str},
        "hide": {"reason": str},
        "restore": {},
    }
)
OPTIONAL: Mapping[str, Mapping[str, type]] = MappingProxyType({"unpark": {"edited": dict, "reason": str}})
_BODY_NAMES = frozenset({*BODIES, "set"})
MEMBERS = _BODY_NAMES | {
    "id", "n", "by", "group", "at", "seen", "schema", "type", "record", "root", "base", "do",
}  # fmt: skip


@value
class Group:
    """Operations that are applied together or not at all; `of` is how many there are."""

    id: str
    of: int


@value
class Seen:
    """The last response the author's device had applied: history, position, and the server's time in ms."""

    epoch: str
    position: int
    at: int


@value
class Operation:
    """A parsed operation; `raw` is what was sent."""

    id: str
    n: int
    by: str
    group: Group | None
    at: str
    type: str
    record: str
    root: str
    do: str
    body: Mapping[str, Any]
    schema: int
    raw: Mapping[str, Any]
    seen: Seen | None = None


def group_of(raw: Mapping[str, Any]) -> Group | None:
    """The group an operation says it belongs to; raises Refused if that part is malformed."""
    group = raw.get("group")
    if group is None:
        return None
    if not isinstance(group, dict) or set(group) != {"id", "of"}:
        raise malformed("group", "shape")
    if not _is(group["id"], _ID) or type(group["of"]) is not int or not 1 <= group["of"] <= LARGEST_GROUP:
        raise malformed("group", "value")
    return Group(group["id"], group["of"])


def parse_operation(raw: Mapping[str, Any]) -> Operation:
    """The operation in `raw`; raises Refused("malformed_operation") that names the part."""
    unknown = raw.keys() - MEMBERS
    if unknown:
        raise malformed(sorted(unknown)[0], "unknown")
    for name, wanted in _IDS:
        if not _is(raw.get(name), wanted):
            raise malformed(name, "id")
    for name in ("by", "type", "do", "at"):
        if not isinstance(raw.get(name), str):
            raise malformed(name, "text")
    for name in ("n", "schema"):
        if not natural(raw.get(name)):
            raise malformed(name, "number")
    if raw.get("base") is not None and not natural(raw["base"]):
        raise malformed("base", "number")
    _time(raw["at"], "at")
    do = raw["do"]
    return Operation(
        raw["id"],
        raw["n"],
        raw["by"],
        group_of(raw),
        raw["at"],
        raw["type"],
        raw["record"],
        raw["root"],
        do,
        _body(raw, do),
        raw["schema"],
        raw,
        _seen(raw.get("seen")),
    )


def is_digest(record: str) -> bool:
    """True for an id that only the engine gives: the hash of what the record is about."""
    return _DIGEST.fullmatch(record) is not None


def is_derived(record: str) -> bool:
    """True for an id that anybody can work out from what the record is about: a UUID of version 8."""
    return _DERIVED.fullmatch(record) is not None


def _body(raw: Mapping[str, Any], do: str) -> Mapping[str, Any]:
    if do not in _BODY_NAMES:
        raise Refused("unknown_do", {"do": do})
    if len(_BODY_NAMES & raw.keys()) > 1:
        raise malformed(do, "two_bodies")
    body = raw.get(do)
    if not isinstance(body, dict):
        raise malformed(do, "shape")
    if do == "set":
        return _set_body(body)
    wanted = {**BODIES[do], **{name: kind for name, kind in OPTIONAL.get(do, {}).items() if name in body}}
    if set(body) != set(wanted):
        raise malformed(do, "members")
    for name, kind in wanted.items():
        if type(body[name]) is not kind:
            raise malformed(f"{do}.{name}", kind.__name__)
        if kind is str and len(body[name]) > LONGEST_REASON:
            raise malformed(f"{do}.{name}", "too_long")
    if do != "unpark" and not body.get("reason", "-").strip():
        raise Refused("invalid_value", {"field": "reason", "reason": "required"})
    return body


def _set_body(body: dict[str, Any]) -> Mapping[str, Any]:
    if not body:
        raise malformed("set", "empty")
    for field, change in body.items():
        if not isinstance(change, dict) or set(change) != {"was", "to"}:
            raise malformed(f"set.{field}", "shape")
    return body


def _seen(seen: object) -> Seen | None:
    if seen is None:
        return None
    if not isinstance(seen, dict) or set(seen) != {"epoch", "position", "at"}:
        raise malformed("seen", "shape")
    if not isinstance(seen["epoch"], str) or not natural(seen["position"]):
        raise malformed("seen", "value")
    return Seen(seen["epoch"], seen["position"], _time(seen["at"], "seen.at"))


def _time(text: Any, path: str) -> int:
    try:
        return parse_time(text)
    except (TypeError, ValueError, OverflowError):
        raise malformed(path, "time") from None


def _is(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def natural(value: object) -> bool:
    """True for a whole number that JSON carries exactly, from 0 on."""
    return type(value) is int and 0 <= value <= LARGEST_INTEGER


def malformed(path: str, reason: str) -> Refused:
    """The refusal of an operation whose part at `path` is wrong."""
    return Refused("malformed_operation", {"path": path, "reason": reason})


class OperationMaker:
    """Makes operations for a server-side writer; ids and the time are given."""

    def __init__(self, by: str, at: str, schema: int, new_id: Callable[[], str]) -> None:
        self._by, self._at, self._schema, self._new_id = by, at, schema, new_id
        self._n = 0

    def make(self, kind: str, record: str, root: str, do: str, body: object) -> dict[str, object]:
        """One operation outside any group, in wire form."""
        self._n += 1
        return {
            "id": self._new_id(),
            "n": self._n,
            "by": self._by,
            "group": None,
            "at": self._at,
            "seen": None,
            "schema": self._schema,
            "type": kind,
            "record": record,
            "root": root,
            "base": None,
            "do": do,
            do: body,
        }
