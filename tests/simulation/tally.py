"""What a campaign counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields

FIGURES = ("lost", "doubled", "diverged", "leaked", "undrained")


@dataclass(frozen=True)
class Failure:
    """A broken promise with the schedule that broke it."""

    seed: int
    figure: str
    promise: str
    detail: str


@dataclass
class Counts:
    """What one schedule counts, and many together: `drained` are devices by exchanges until they had drained."""

    steps: int = 0
    requests: int = 0
    node_exchanges: int = 0
    shown: int = 0
    drained: Counter[int] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)

    def count(self, other: Counts) -> None:
        """Add what another counted."""
        for one in fields(Counts):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            setattr(self, one.name, mine + theirs)


@dataclass
class Tally(Counts):
    """The sums of a campaign: `rounds` are schedules by rounds until all agreed."""

    schedules: int = 0
    rounds: Counter[int] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another part of the campaign."""
        self.count(other)
        self.schedules += other.schedules
        self.rounds.update(other.rounds)
        self.failures += other.failures

    def figure(self, name: str) -> int:
        return sum(failure.figure == name for failure in self.failures)
