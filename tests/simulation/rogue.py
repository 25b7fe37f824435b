"""What a broken or hostile app sends past every check of the device; nothing of it may change a record."""

from __future__ import annotations

from collections.abc import Callable

from sync.records import Record
from tests.simulation.hand import NOWHERE, Hand

Family = dict[str, Record]


def forbidden_field(hand: Hand, order: Record) -> None:
    hand.change(order, **{hand.pick(("priority", "title", "entitlement", "policy", "state", "branch")): hand.text()})


def forbidden_beside_allowed(hand: Hand, order: Record) -> None:
    hand.change(order, fault=hand.text(), state="archived")


def unknown_field(hand: Hand, order: Record) -> None:
    hand.change(order, colour=hand.text())


def wrong_kind_of_value(hand: Hand, order: Record) -> None:
    hand.change(order, fault=[hand.text()])


def foreign_order(hand: Hand, order: Record) -> None:
    stranger = Record(hand.foreign, "work_order", hand.foreign, {})
    hand.change(stranger, fault=hand.text())


def child_of_foreign_order(hand: Hand, order: Record) -> None:
    hand.append("note", hand.foreign, text=hand.text())


def child_under_wrong_root(hand: Hand, order: Record) -> None:
    stranger = Record(order.id, "work_order", hand.foreign, dict(order.data))
    hand.change(stranger, fault=hand.text())


def unknown_record(hand: Hand, order: Record) -> None:
    hand.change(Record(NOWHERE, "work_order", NOWHERE, {}), fault=hand.text())


def unknown_type(hand: Hand, order: Record) -> None:
    hand.append("spaceship", order.id, text=hand.text())


def wrong_author(hand: Hand, order: Record) -> None:
    hand.append("note", order.id, text=hand.text())
    hand.operations[-1]["by"] = hand.pick(hand.rows("user"))["id"]


def someone_elses_step(hand: Hand, order: Record) -> None:
    hand.tap(order, "approve")


def desk_work(hand: Hand, order: Record) -> None:
    hand.append("review", order.id, report=NOWHERE, decision="approve", comments=[])


def reused_id(hand: Hand, order: Record) -> None:
    """Another content under an id this device has used before."""
    disk = hand.device.disk
    known = sorted(disk.archive.keys() - disk.overlay.keys() - disk.outbox.keys())
    hand.append("note", order.id, text=hand.text())
    if known:
        hand.operations[-1]["id"] = hand.pick(known)


def unreadable(hand: Hand, order: Record) -> None:
    """A value no server can parse: the request as a whole is refused."""
    hand.append("note", order.id, text="\ud800" + hand.text())


def not_canonical(hand: Hand, order: Record) -> None:
    hand.change(order, fault=2**60)


ROGUE: tuple[Callable[[Hand, Record], None], ...] = (
    forbidden_field,
    forbidden_beside_allowed,
    unknown_field,
    wrong_kind_of_value,
    foreign_order,
    child_of_foreign_order,
    child_under_wrong_root,
    unknown_record,
    unknown_type,
    wrong_author,
    someone_elses_step,
    desk_work,
    reused_id,
    unreadable,
    not_canonical,
)
ROGUE_WITH_OWN_IDS = tuple(trick for trick in ROGUE if trick is not reused_id)
