"""Operations of older apps are read in the words of today; what a newer app made is not guessed at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.errors import Refused
from sync.operations import Operation, parse_operation
from sync.trade import Trade


def understood(trade: Trade, raw: Mapping[str, Any]) -> Operation:
    """The operation in `raw` as the trade's own schema words it; Refused if that cannot be known."""
    schema = raw.get("schema")
    if type(schema) is int and schema > trade.schema:
        raise Refused("schema_unsupported", {"schema": schema})
    return _reworded(trade, parse_operation(raw))


def readable(trade: Trade, raw: Mapping[str, Any]) -> Operation | None:
    """The operation as far as it can be read, also of a newer app; None if it is none at all."""
    try:
        return _reworded(trade, parse_operation(raw))
    except Refused:
        return None


def _reworded(trade: Trade, op: Operation) -> Operation:
    return trade.upcast(op) if op.schema < trade.schema else op
