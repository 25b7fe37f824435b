"""What people decide about, at the end: every dispute and parked operation is there for them, and settled whole."""

from __future__ import annotations

from collections import defaultdict

from tests.simulation.oracle import Oracle, Violation


def check_decisions(oracle: Oracle) -> None:
    """Disputes name what shows, groups are settled together, and every author can see what became of his work."""
    for row in oracle.truth.values():
        if row["type"] == "conflict" and row["data"]["state"] == "open" and "removed" not in row["data"]:
            check_dispute(oracle, row["data"])
        if row["type"] == "parked":
            check_mates(oracle, row["data"])
    check_outcomes(oracle)


def check_dispute(oracle: Oracle, conflict: dict) -> None:
    """An open conflict says which value shows, and the record says that it is disputed."""
    record = oracle.truth[conflict["record"]]
    shows = {name: record["data"].get(name) for name in conflict["fields"]}
    live = conflict["live"]["value"]
    oracle.checks["I4"] += 1
    if shows != (live if conflict["fields"] != [conflict["field"]] else {conflict["field"]: live}):
        raise Violation("diverged", "a conflict names the value that shows", (conflict, shows))
    if not set(conflict["fields"]) <= set(record["disputed"]):
        raise Violation("diverged", "a disputed field is shown as disputed", (conflict, record))


def check_mates(oracle: Oracle, parked: dict) -> None:
    """Members of a group are settled alike."""
    states = {oracle.truth[mate]["data"]["state"] for mate in parked["mates"]} | {parked["state"]}
    oracle.checks["I2"] += 1
    if len(states) != 1:
        raise Violation("diverged", "a parked group is settled as one", (parked, states))


def check_outcomes(oracle: Oracle) -> None:
    """Whose work was not simply applied sees what became of it."""
    told: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in oracle.truth.values():
        if row["type"] == "outcome":
            told[row["data"]["by"], row["data"]["operation"]["id"]].append(row["data"]["operation"])
    for made in oracle.made.judged(lambda made: made.verdict != "applied"):
        oracle.checks["I1"] += 1
        if made.operation not in told[made.user, made.id]:
            raise Violation("lost", "an author sees what became of his work", made.operation)
