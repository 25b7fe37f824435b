"""A policy version says who made it, when, and from which day orders take it (R-005)."""

from typing import Any

from sync.clock import format_time
from tests.backend.jobs.clockwork import Clockwork, catalogue, made_id
from tests.backend.jobs.test_findings import find, opened

POLICY, NEXT = made_id("policy rental-standard"), "7" * 32
TOMORROW = "2026-11-23"


def rental(**changes: Any) -> dict[str, Any]:
    """The rental policy as it ships, in its next version."""
    (known,) = [one for one in catalogue().policies if one["key"] == "rental-standard"]
    return {**known, "version": 2, **changes}


def publish(clockwork: Clockwork, **changes: Any) -> dict[str, Any]:
    """An administrator makes the next version; what the server answers."""
    admin = clockwork.company.speaker("admin")
    made = admin.operation("service_policy", NEXT, NEXT, "create", {"values": rental(**changes)})
    (answer,) = admin.sync(made)["answers"]
    return answer


def test_r_005_a_version_keeps_its_author_its_time_and_its_day_beside_the_older_ones(clockwork: Clockwork):
    publish(clockwork, valid_from=TOMORROW)
    made = clockwork.company.record(NEXT)
    assert (made["made_by"], made["made_at"], made["valid_from"]) == (
        clockwork.company.ids["admin"],
        clockwork.company.clock.now,
        TOMORROW,
    )
    assert clockwork.company.record(POLICY)["timers"] == rental()["timers"]


def test_nobody_says_of_himself_when_he_made_a_version(clockwork: Clockwork):
    assert publish(clockwork, made_at=1)["verdict"] == "parked"


def test_a_day_that_does_not_exist_is_refused(clockwork: Clockwork):
    answer = publish(clockwork, valid_from="2027-02-30")
    assert (answer["verdict"], answer["detail"]["reason"]) == ("parked", "no_such_day")


def test_r_005_a_round_takes_the_version_that_holds_on_its_day(clockwork: Clockwork):
    publish(clockwork, valid_from=TOMORROW)
    clockwork.plan(policy=POLICY, recurrence="daily", machines=(1,))
    clockwork.work()
    taken = {one["nominal_on"]: (one["policy"], one["policy_version"]) for one in clockwork.rounds()}
    assert [taken[day] for day in ("2026-11-22", TOMORROW)] == [(POLICY, 1), (NEXT, 2)]


def test_r_005_an_order_that_follows_from_a_round_takes_the_version_of_its_own_day(clockwork: Clockwork):
    clockwork.plan(policy=POLICY)
    clockwork.work()
    publish(clockwork, valid_from="2026-11-22")
    find(clockwork, start(clockwork))
    (order,) = opened(clockwork)
    assert (order["policy"], order["policy_version"]) == (NEXT, 2)


def start(clockwork: Clockwork) -> str:
    """The first round is begun; it keeps its version."""
    engineer, order = clockwork.company.speaker("one"), clockwork.rounds()[0]
    step = {"name": "inspect", "from": "dispatched"}
    engineer.sync(engineer.operation("work_order", order["id"], order["id"], "transition", step))
    assert order["policy"] == POLICY
    return str(order["id"])


def test_r_005_an_order_without_a_policy_keeps_the_fallback_it_was_received_under(clockwork: Clockwork):
    (known,) = [one for one in catalogue().policies if one["key"] == "default"]
    sooner = [{**one, "limit": 10} for one in known["timers"]]
    clockwork.pass_time(hours=1)
    changes = {"version": 2, "timers": sooner, "valid_from": "2026-11-22"}
    clockwork.make("service_policy", "default 2", {**known, **changes})
    clockwork.pass_time(minutes=1)
    before, after = limit_of(clockwork, "older", hours=1), limit_of(clockwork, "newer", hours=0)
    assert (before, after) == (24 * 60, 10)


def limit_of(clockwork: Clockwork, name: str, hours: int) -> int:
    """Within how many minutes to arrive at an order without a policy, received so long ago."""
    received = clockwork.company.clock.now - hours * 3_600_000
    known = {"number": name, "type": "repair_general", "priority": "general", "title": "停机", "customer": "c" * 32}
    order = clockwork.make("work_order", name, {**known, "branch": clockwork.branch, "received_at": received})
    clockwork.work()
    found = [one for one in clockwork.all("deadline") if one["root"] == order and one["name"] == "arrive"]
    return int(found[0]["limit"])


def test_a_version_is_made_when_the_server_receives_it_whatever_its_tablet_says(clockwork: Clockwork):
    admin = clockwork.company.speaker("admin")
    page, now = admin.sync(), clockwork.company.clock.now
    clockwork.company.clock.now = now + 40 * 3_600_000
    made = admin.operation("service_policy", NEXT, NEXT, "create", {"values": rental()})
    seen = {"epoch": page["epoch"], "position": page["through"], "at": page["now"]}
    admin.sync({**made, "at": format_time(now + 1), "seen": seen})
    assert clockwork.company.record(NEXT)["made_at"] == clockwork.company.clock.now
