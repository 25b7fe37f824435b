"""The judge's own sum of stock."""

from collections.abc import Iterable, Mapping
from typing import Any


def balance(moves: Iterable[Mapping[str, Any]], part: str, place: str) -> int:
    """Pieces of a part at a place; below zero is owed."""
    mine = [move for move in moves if move["part"] == part]
    arrived = sum(move["quantity"] for move in mine if move["to"] == place)
    return arrived - sum(move["quantity"] for move in mine if move["from"] == place)
