"""Parts used on an order, and the movements of stock behind them."""

from backend.schemas.access import FIELD_WORK, HIDERS, MOVERS, SYSTEM_ONLY
from backend.schemas.fields import Code, Flag, Integer, Location, Reference, Text
from backend.schemas.synced import Rules, Synced
from sync.policy import FIXED, MAJOR, SITE


class PartUse(Synced):
    """A part fitted on site, its permission and what became of the old one."""

    rules = Rules("part_use", "create set hide restore", create=FIELD_WORK, write=FIELD_WORK, owner=SITE, hide=HIDERS)
    part = Reference("part", merge=FIXED)
    name = Text(200, required=True)
    quantity = Integer(1, 100_000, required=True, severity=MAJOR)
    source = Code("part_source")
    permission = Code("permission", severity=MAJOR)
    permitted_by = Text(120, personal=True)
    new_part_shown = Flag()
    disposition = Code("disposition")
    old_serial = Text(80)
    new_serial = Text(80)
    note = Text(2000, personal=True)


class StockMove(Synced):
    """Pieces of a part that went from one place to another; balances are the sum of all moves."""

    rules = Rules("stock_move", "move", create=MOVERS, merge=FIXED, under="work_order branch")
    part = Reference("part", required=True)
    quantity = Integer(1, 1_000_000, required=True)

    class Meta:
        """Names that are words of Python."""

        include = {"from": Location(required=True), "to": Location(required=True)}


class VanMove(Synced):
    """What an engineer's van gained (or lost, below zero) by a move on an order, for when that has left him."""

    rules = Rules("van_move", "create", create=SYSTEM_ONLY, merge=FIXED, is_root=True)
    engineer = Reference("user", required=True)
    move = Reference("stock_move", required=True)
    part = Reference("part", required=True)
    quantity = Integer(-1_000_000, 1_000_000, required=True)
