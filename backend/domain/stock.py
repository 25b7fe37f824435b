"""Stock: pieces of a part move between places; a balance is the sum of the moves and may be negative."""

from collections.abc import Iterator

from backend.domain.course import happened
from backend.domain.derived import Change, create_root
from sync.errors import InvalidValue
from sync.policy import OFFICE
from sync.records import Record
from sync.trade import Family

VAN = "van:"


def check_move(origin: object, target: object) -> None:
    """Refuse a move that leads nowhere."""
    if origin == target:
        raise InvalidValue("same_place", field="to")


def van_moves(family: Family) -> Iterator[Change]:
    """What vans gained and lost by the moves on an order, each kept where its engineer still sees it when it left.

    On site a van is one's own or that of an engineer of the order: nobody empties another one's. The desk moves any.
    """
    order = family.root
    assert order is not None
    ours = {order.data.get("assignee"), *(order.data.get("crew") or ())}
    for move in family.of("stock_move"):
        author = move.marks["part"]
        for engineer, quantity in _by_van(move):
            if engineer in ours or engineer == author.by or author.side == OFFICE:
                values = {"engineer": engineer, "move": move.id, "part": move.data["part"], "quantity": quantity}
                yield create_root(f"van move {move.id} {engineer}", "van_move", values, happened(move))


def _by_van(move: Record) -> Iterator[tuple[str, int]]:
    for end, sign in (("to", 1), ("from", -1)):
        if move.data[end].startswith(VAN):
            yield move.data[end].removeprefix(VAN), sign * move.data["quantity"]
