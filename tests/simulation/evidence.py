"""Signatures and sums at the end: what was signed is kept word for word, and every balance follows from its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from sync.canonical import digest
from tests.simulation.made import Made
from tests.simulation.oracle import Oracle, Violation
from tests.support.stock import balance


def rows(oracle: Oracle, kind: str) -> Iterator[dict]:
    return (row for row in oracle.truth.values() if row["type"] == kind)


def inserted(oracle: Oracle, do: str) -> list[Made]:
    """Operations of one kind whose record is there, applied at once or let through later."""
    return oracle.made.judged(
        lambda made: made.operation["do"] == do and made.operation["record"] in oracle.truth and not made.rogue
    )


def check_signatures(oracle: Oracle) -> None:
    """A signature is what was signed, and is known by the hash its signer was shown."""
    for made in inserted(oracle, "sign"):
        signed, kept = made.operation["sign"], oracle.truth[made.operation["record"]]["data"]
        oracle.checks["I9"] += 1
        if (kept["statement"], kept["ink"]) != (signed["statement"], signed["ink"]):
            raise Violation("lost", "what was signed is kept word for word", (signed, kept))
        if kept["sha256"] != digest(signed["statement"]):
            raise Violation("diverged", "a signature is known by the hash that was shown", (signed, kept))


def check_ledgers(oracle: Oracle) -> None:
    """Balances are the sums of the acknowledged movements, totals those of their lines."""
    check_stock(oracle)
    for row in rows(oracle, "quotation"):
        data = row["data"]
        sums = [line_amount(line) for line in data.get("lines") or ()]
        oracle.checks["I10"] += 1
        if data.get("state") == "presented" and data["total"] != sum(sums):
            raise Violation("diverged", "a total is the sum of its lines", data)


def check_stock(oracle: Oracle) -> None:
    balances: Counter[tuple[str, str]] = Counter()
    for made in inserted(oracle, "move"):
        move = made.operation["move"]
        balances[move["part"], move["to"]] += move["quantity"]
        balances[move["part"], move["from"]] -= move["quantity"]
    moves = [row["data"] for row in rows(oracle, "stock_move")]
    places = {(move["part"], move[end]) for move in moves for end in ("from", "to")}
    for part, place in places | balances.keys():
        oracle.checks["I10"] += 1
        if balance(moves, part, place) != balances[part, place]:
            raise Violation("diverged", "a balance is the sum of its movements", (part, place, balances))


def line_amount(line: dict) -> int:
    exact = Decimal(line["price"]) * Decimal(line["quantity"])
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
