"""Stock: pieces of a part move between places; a balance is the sum of the moves and may be negative."""

from collections.abc import Iterable

from sync.errors import InvalidValue
from sync.records import Record


def check_move(origin: object, target: object) -> None:
    """Refuse a move that leads nowhere."""
    if origin == target:
        raise InvalidValue("same_place", field="to")


def balance(moves: Iterable[Record], part: str, place: str) -> int:
    """Pieces of a part at a place."""
    mine = [move.data for move in moves if move.data["part"] == part]
    arrived = sum(move["quantity"] for move in mine if move["to"] == place)
    left = sum(move["quantity"] for move in mine if move["from"] == place)
    return arrived - left
