"""Stock: pieces of a part move between places; a balance is the sum of the moves and may be negative."""

from collections.abc import Collection, Iterator

from backend.domain.course import happened
from backend.domain.derived import Change, create_root
from sync.errors import InvalidValue, Refused
from sync.records import Record
from sync.trade import Family

VAN = "van:"


def check_move(origin: object, target: object) -> None:
    """Refuse a move that leads nowhere."""
    if origin == target:
        raise InvalidValue("same_place", field="to")


def check_vans(by: str, places: Collection[object]) -> None:
    """Refuse to load or empty another one's van: its engineer would not know of it."""
    if any(str(place).startswith(VAN) and place != f"{VAN}{by}" for place in places):
        raise Refused("no_access")


def van_moves(family: Family) -> Iterator[Change]:
    """What vans gained and lost by the moves on an order, each kept where its engineer still sees it when it left."""
    for move in family.of("stock_move"):
        for engineer, quantity in _by_van(move):
            values = {"engineer": engineer, "move": move.id, "part": move.data["part"], "quantity": quantity}
            yield create_root(f"van move {move.id} {engineer}", "van_move", values, happened(move))


def _by_van(move: Record) -> Iterator[tuple[str, int]]:
    for end, sign in (("to", 1), ("from", -1)):
        if move.data[end].startswith(VAN):
            yield move.data[end].removeprefix(VAN), sign * move.data["quantity"]
