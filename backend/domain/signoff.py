"""Signatures: what a signed statement says, and the hash it is known by."""

from collections.abc import Mapping
from typing import Any

from sync.canonical import digest
from sync.errors import InvalidValue

ACTS = frozenset({"accept", "accept_with_remarks", "refuse", "absent"})
DOCUMENTS = frozenset({"acceptance", "quotation"})
NEED_REASON = frozenset({"refuse", "absent"})


def check_statement(statement: Mapping[str, Any], ink: list[Any]) -> None:
    """Refuse a statement that says neither what was signed nor how, or an acceptance without strokes."""
    if statement.get("document") not in DOCUMENTS:
        raise InvalidValue("unknown_document", field="statement")
    if statement.get("act") not in ACTS:
        raise InvalidValue("unknown_act", field="statement")
    if statement["act"] in NEED_REASON and not statement.get("reason"):
        raise InvalidValue("missing_reason", field="statement")
    if statement["act"] not in NEED_REASON and not ink:
        raise InvalidValue("missing_ink", field="ink")
    if not all(_is_stroke(one) for one in ink):
        raise InvalidValue("not_strokes", field="ink")


def _is_stroke(one: object) -> bool:
    return isinstance(one, list) and all(type(number) is int for number in one)


def derived(statement: Mapping[str, Any]) -> dict[str, object]:
    """What the order's guards look at, taken from the signed statement itself."""
    return {
        "sha256": digest(statement),
        "document": statement["document"],
        "act": statement["act"],
        "reason": statement.get("reason"),
        "state": "unverified",
    }
