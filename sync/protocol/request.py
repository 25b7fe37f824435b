"""The request of one exchange."""

from __future__ import annotations

from dataclasses import dataclass

from sync.clock import parse_time
from sync.errors import Fault
from sync.protocol.version import PROTOCOL

MOST_OPERATIONS = 1_000
LARGEST_PAGE = 2_000
MEMBERS = frozenset({"protocol", "schema", "app", "request", "epoch", "clock", "operations", "cursor", "limit"})


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed request; `operations` are raw objects that each have a text id."""

    request: str
    schema: int
    app: str
    epoch: str | None
    device_now: int
    operations: list[dict[str, object]]
    cursor: str | None
    limit: int


def parse_request(body: object) -> Request:
    """The request in a decoded JSON body; raises Fault("bad_envelope") that names the part."""
    if not isinstance(body, dict):
        raise _bad("", "object")
    unknown = sorted(set(body) - MEMBERS)
    if unknown:
        raise _bad(unknown[0], "unknown")
    if body.get("protocol") != PROTOCOL:
        raise _bad("protocol", "unsupported")
    return Request(
        _text(body, "request", 128),
        _number(body, "schema", 1, 2**31),
        _text(body, "app", 64),
        _optional_text(body, "epoch"),
        _device_now(body.get("clock")),
        _operations(body.get("operations")),
        _optional_text(body, "cursor"),
        _number(body, "limit", 1, LARGEST_PAGE),
    )


def _operations(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or len(value) > MOST_OPERATIONS:
        raise _bad("operations", "list")
    for index, one in enumerate(value):
        if not isinstance(one, dict) or not isinstance(one.get("id"), str) or len(one["id"]) > 128:
            raise _bad(f"operations.{index}.id", "text")
    return value


def _device_now(clock: object) -> int:
    if not isinstance(clock, dict) or not {"now"} <= set(clock) <= {"now", "uptime_ms"}:
        raise _bad("clock", "shape")
    try:
        return parse_time(clock["now"])
    except (TypeError, ValueError, OverflowError):
        raise _bad("clock.now", "time") from None


def _text(body: dict[str, object], name: str, longest: int) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise _bad(name, "text")
    return value


def _optional_text(body: dict[str, object], name: str) -> str | None:
    return None if body.get(name) is None else _text(body, name, 1_000)


def _number(body: dict[str, object], name: str, least: int, most: int) -> int:
    value = body.get(name)
    if type(value) is not int or not least <= value <= most:
        raise _bad(name, "number")
    return value


def _bad(path: str, reason: str) -> Fault:
    return Fault("bad_envelope", {"path": path, "reason": reason})
