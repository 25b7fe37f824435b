"""Devices in the field speak the protocol as it was when they were last online: its shapes change only on purpose."""

from __future__ import annotations

import json

from backend.services.encoding import encode
from sync.canonical import digest
from sync.operations import BODIES, MEMBERS, OPTIONAL
from sync.protocol import request
from sync.protocol.reply import Reply
from sync.protocol.version import PROTOCOL
from sync.pull import Page
from sync.push import Answer
from sync.records import Mark, Record, to_row
from sync.store import Head

FROZEN = {1: "722d0b3d230dd3b8b39b17197a9d363f6686c78c1cdd685dbdd6a551b0cee8bd"}


def test_the_shapes_of_the_protocol_are_those_that_were_released() -> None:
    assert digest(shapes()) == FROZEN[PROTOCOL], (
        "The wire format is another one. If old devices and old servers still understand it, freeze the new hash and "
        "write the change into docs/protocol.md; if not, it is a new version of the protocol."
    )


def shapes() -> dict[str, object]:
    """Every member of a request, an operation, an answer and a reply, by name."""
    bodies = {do: {name: kind.__name__ for name, kind in members.items()} for do, members in BODIES.items()}
    optional = {do: {name: kind.__name__ for name, kind in members.items()} for do, members in OPTIONAL.items()}
    judged = Answer("id", "parked", 1, ("conflict",), "code", {"field": "fault"})
    reply = Reply("r", 0, 0, [], Page([("root", "scope_lost")], [], [], 0, Head("e", 0, "", 0, 0)), [], "cursor")
    late = {"fault": Mark("op", "user", "site", "at", late=True)}
    row = Record("id", "work_order", "id", {"fault": "E04"}, gone=True, marks=late, erased=True)
    return {
        "request": sorted(request.MEMBERS),
        "operation": sorted(MEMBERS),
        "bodies": bodies,
        "optional": optional,
        "answers": [sorted(judged.wire()), sorted(Answer("id", held="group").wire())],
        "reply": sorted(sent := json.loads(reply.encode(encode))),
        "left": sorted(sent["left"][0]),
        "change": sorted(json.loads(to_row(row, ["fault"], encode).body)),
    }
