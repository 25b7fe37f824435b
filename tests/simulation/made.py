"""The judge's book of what devices acknowledged, with the first verdict the server gave on each content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(eq=False)
class Made:
    """An operation whose storage transaction on a device completed; `version` is its record's once it was judged.

    `void`: the server had judged it and lost that.
    """

    operation: dict
    device: str
    user: str
    rogue: bool
    answer: dict | None = None
    version: int = 0
    void: bool = False

    @property
    def id(self) -> str:
        return self.operation["id"]

    @property
    def verdict(self) -> str | None:
        return self.answer["verdict"] if self.answer else None

    def settled(self, through: int) -> bool:
        """True if its effect must have reached whoever holds everything up to `through`."""
        return self.answer is not None and self.answer["seq"] <= through


class Book:
    """Every content counts: two operations under one id are two entries."""

    def __init__(self) -> None:
        self._by_id: dict[tuple[str, str], list[Made]] = {}

    def __iter__(self) -> Iterator[Made]:
        return (made for found in self._by_id.values() for made in found)

    def add(self, made: Made) -> Made:
        """The entry of this content, new or known."""
        known = self.find(made.user, made.operation)
        if known is None:
            self._by_id.setdefault((made.user, made.id), []).append(made)
        return known or made

    def find(self, user: str, operation: dict) -> Made | None:
        """The entry of exactly this content."""
        known = self._by_id.get((user, operation["id"]), ())
        return next((made for made in known if made.operation == operation), None)

    def called(self, user: str, one: str) -> list[Made]:
        """The entries under an id."""
        return self._by_id.get((user, one), [])

    def judged(self, wanted: Callable[[Made], bool]) -> Iterable[Made]:
        """Entries with a verdict that are wanted."""
        return [made for made in self if made.answer is not None and wanted(made)]

    def rewind(self, newest: int, versions: Mapping[str, int]) -> None:
        """Verdicts of commits that were lost are void; a record is no newer than what is left of it."""
        for made in self:
            if made.answer and made.answer["seq"] > newest:
                made.answer, made.void = None, True
            made.version = min(made.version, versions.get(made.operation["record"], 0))
