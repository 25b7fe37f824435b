"""What an exchange runs on: the store, the trade's rules, and everything that is not pure, handed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sync.canonical import canonical_json
from sync.records import Decode, Encode
from sync.store import Store, Twin
from sync.trade import Trade


@dataclass(frozen=True, slots=True)
class Engine:
    """`cursor_key` lives outside the database; `new_nonce` gives 128 random bits as hex.

    `report` gets a failure that parked an operation instead of stopping the exchange. `decode` and `canonical` may be
    replaced by faster ones that give the same. `ticks` are milliseconds of a clock that never goes back; what an
    exchange has not judged within `budget_ms` of them waits for the next one. `pace` says in how many milliseconds a
    device should come back. `notice` is told of every number of a
    device that came twice.
    """

    store: Store
    trade: Trade
    cursor_key: bytes
    new_nonce: Callable[[], str]
    encode: Encode
    report: Callable[[Exception], None]
    decode: Decode = json.loads
    pace: Callable[[], int] = lambda: 30_000
    canonical: Callable[[object], bytes] = canonical_json
    ticks: Callable[[], int] = lambda: 0
    budget_ms: int = 5_000
    notice: Callable[[Twin], None] = lambda twin: None


@dataclass(frozen=True, slots=True)
class Session:
    """Who speaks: the user and the device, both proved by the server and never taken from a request."""

    user: str
    device: str
