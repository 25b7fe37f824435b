"""The schedule: every random choice is drawn here, once, so that a schedule is data, can be stored and shrinks."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

FAULTS = (
    "lost_request",
    "lost_response",
    "duplicate",
    "late_copy_of_request",
    "late_copy_of_response",
    "slow_request",
    "slow_response",
    "truncated_request",
    "truncated_response",
    "portal",
    "signed_out",
    "unavailable",
    "device_dies_before_storing",
    "device_dies_after_storing",
    "server_dies_before_commit",
    "server_dies_after_commit",
)
KINDS = {
    "act": 46,
    "exchange": 34,
    "deliver": 7,
    "upload": 7,
    "crash": 2,
    "clock": 2,
    "backup": 2,
    "clone": 1,
    "restore": 1,
    "collect": 1,
}
PICKS = 6
# One machine, everybody has an opinion, and the desks decide and decide again.
QUARREL = {"focus": 1, "quarrel": True, "busy": [2, 2, 0.1, 2, 2.5, 0.2, 0.1, 0.1]}
# Orders pulled to and fro between engineers who get their pages piece by piece.
TUG_OF_WAR = {
    "tug": True, "engineers": 2, "focus": 2, "limit": 1, "batch": 10, "restores": 0,
    "busy": [1, 1, 4, 0.1, 0.1, 0.1, 0, 0],
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One step: `picks` are the choices it may need, whatever the world looks like when it happens."""

    id: int
    at: int
    kind: str
    who: int
    picks: tuple[int, ...] = ()
    fault: str | None = None


@dataclass(frozen=True)
class Schedule:
    """A whole test case: the world's shape and the events."""

    seed: int
    shape: dict
    events: tuple[Event, ...] = field(default=())

    def with_events(self, events: Iterable[Event]) -> Schedule:
        return Schedule(self.seed, self.shape, tuple(events))

    def as_json(self) -> dict:
        return asdict(self)

    @staticmethod
    def from_json(data: dict) -> Schedule:
        events = (Event(**{**one, "picks": tuple(one["picks"])}) for one in data["events"])
        return Schedule(data["seed"], data["shape"], tuple(events))


def generate(seed: int, steps: int) -> Schedule:
    """The schedule of a seed; some seeds know no fault of a kind, others little else, and so with what people do."""
    dice = random.Random(seed)
    rates = {fault: dice.choice((0, 0, 0, 0, 0.05, 0.05, 0.3)) for fault in FAULTS}
    shape = {
        "engineers": dice.choice((2, 2, 3)),
        "limit": dice.choice((2, 5, 50, 500)),
        "batch": dice.choice((1, 3, 10, 50)),
        "skew": [dice.choice((0, 0, 1)) * dice.randint(-(10**11), 10**11) for _ in range(8)],
        "taste": [dice.choice((0, 1, 1, 5)) for _ in range(40)],
        "focus": dice.choice((1, 2, 2, 5)),
        "tug": False,
        "quarrel": False,
        "shift": 0,
        "old": [dice.random() < 0.15 for _ in range(8)],
        "rogue": dice.choice((0, 0.02, 0.1)),
        "fresh": [dice.random() < 0.15 for _ in range(8)],
        "clones": dice.choice((0, 0, 1)),
        "restores": dice.choice((0, 0, 1)),
        "busy": [dice.choice((0.2, 1, 2)) for _ in range(8)],
    }
    mood = dice.random()
    if mood < 0.3:
        shape |= TUG_OF_WAR
    elif mood < 0.5:
        shape |= QUARREL
    return Schedule(seed, shape, tuple(_events(dice, steps, rates, shape["busy"])))


def _events(dice: random.Random, steps: int, rates: dict[str, float], busy: list[float]) -> Iterable[Event]:
    at = 0
    kinds = dice.choices(list(KINDS), list(KINDS.values()), k=steps)
    people = dice.choices(range(len(busy)), busy, k=steps)
    pauses = dice.choices((200, 2_000, 30_000, 600_000), k=steps)
    for number, (kind, who, pause) in enumerate(zip(kinds, people, pauses, strict=True)):
        at += pause
        picks = tuple(pick >> 8 for pick in struct.unpack(f"{PICKS}I", dice.randbytes(4 * PICKS)))
        fault = _fault(dice, rates) if kind in ("exchange", "upload") else None
        yield Event(number, at, kind, who, picks, fault)


def _fault(dice: random.Random, rates: dict[str, float]) -> str | None:
    hits = [fault for fault, rate in rates.items() if rate and dice.random() < rate]
    return dice.choice(hits) if hits else None
