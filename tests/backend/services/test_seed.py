"""The demo company: what a newcomer finds after one command, made through the same path as every change."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.app import create_app
from backend.catalogue.loader import load, load_company
from backend.config import Config
from backend.services.parts import Parts
from backend.services.seed import seed
from backend.services.seed_company import Company, demo_id
from backend.services.session import sign_in
from sync.operations import OperationMaker

NOON = 1_795_348_800_000
AT = "2026-11-22T12:00:00.000Z"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """A server with the demo company."""
    made: Parts = create_app(Config(tmp_path_factory.mktemp("demo")), now=lambda: NOON).extensions["huizhi"]
    seed(made)
    yield made
    made.database.close()


def records(parts: Parts, kind: str) -> list[dict[str, Any]]:
    """The fields of every record of a type, with its id."""
    with parts.engine.store.read() as reader:
        branch = f"branch:{demo_id('branch demo')}"
        roots = {member.root for member in reader.inside({branch, "reference"})}
        rows = [row for row in reader.families(roots) if row.type == kind]
    return [{**json.loads(row.body)["data"], "id": row.id, "root": row.root} for row in rows]


def called_in(parts: Parts) -> list[dict[str, Any]]:
    """The orders that no plan made."""
    return [order for order in records(parts, "work_order") if order["type"] != "patrol"]


def test_everyone_has_an_account_that_says_it_is_a_demonstration(parts: Parts):
    accounts = seed(parts)
    assert Counter(role for one in accounts for role in one["roles"]) == {
        "engineer": 3, "dispatcher": 1, "supervisor": 1, "admin": 1,
    }  # fmt: skip
    assert all(one["name"].startswith("演示") for one in accounts)
    assert sign_in(parts, accounts[0]["username"], accounts[0]["password"], None, "tablet")[0].id


@pytest.mark.parametrize(("kind", "count"), [("customer", 12), ("asset", 40), ("patrol_plan", 8), ("price_list", 1)])
def test_the_company_has_the_promised_size(parts: Parts, kind: str, count: int):
    assert len(records(parts, kind)) == count


def test_a_round_is_due_today_with_a_checklist_for_each_machine(parts: Parts):
    [due] = [one for one in records(parts, "work_order") if one.get("due_on") == "2026-11-22"]
    assert due["state"] == "dispatched"
    listed = [one["asset"] for one in records(parts, "checklist") if one["template"] == due_template(parts, due)]
    assert set(due["assets"]) <= set(listed)


def due_template(parts: Parts, order: dict[str, Any]) -> str:
    """The template of the plan an order came from."""
    return next(one["template"] for one in records(parts, "patrol_plan") if one["id"] == order["plan"])


def test_the_plan_of_a_retired_machine_has_stopped_and_says_so(parts: Parts):
    assert [one["stopped_because"] for one in records(parts, "patrol_plan") if one.get("stopped_because")] == [
        "retired"
    ]


def test_most_orders_wait_dispatched_and_some_are_urgent(parts: Parts):
    orders = called_in(parts)
    assert Counter(order["state"] for order in orders) == {"dispatched": 22, "triaged": 3}
    assert Counter(order["priority"] for order in orders)["urgent"] == 5
    assert sum(bool(order.get("crew")) for order in orders) == 3


def test_orders_stand_under_both_policies_in_the_version_they_were_opened_with(parts: Parts):
    policies = {one["id"]: one for one in records(parts, "service_policy")}
    used = Counter(policies[order["policy"]]["key"] for order in called_in(parts))
    assert set(used) == {"rental-standard", "paid-repair"}
    assert all(order["policy_version"] == 1 for order in called_in(parts))


def test_one_machine_has_two_open_orders_of_one_engineer(parts: Parts):
    orders = called_in(parts)
    machines = Counter(order["asset"] for order in orders)
    twins = [order for order in orders if machines[order["asset"]] == 2]
    assert len({order["assignee"] for order in twins}) == 1
    assert len(twins) == 2


def test_every_order_has_a_checklist_pinned_to_its_template(parts: Parts):
    checklists = records(parts, "checklist")
    templates = {one["id"]: one for one in records(parts, "checklist_template")}
    assert {one["root"] for one in checklists} == {one["id"] for one in records(parts, "work_order")}
    assert all(one["items"] == templates[one["template"]]["items"] for one in checklists)


def test_every_van_holds_parts(parts: Parts):
    places = Counter(move["to"].split(":")[0] for move in records(parts, "stock_move"))
    assert places == {"van": 18}


def test_a_second_start_changes_nothing(parts: Parts):
    with parts.engine.store.read() as reader:
        before = reader.head()
    accounts = seed(parts)
    with parts.engine.store.read() as reader:
        assert reader.head() == before
    assert accounts == seed(parts)


def test_the_same_moment_gives_the_same_company(tmp_path: Path):
    def build() -> list[dict[str, Any]]:
        numbers = iter(range(10_000))
        maker = OperationMaker("u", AT, 1, lambda: f"{next(numbers):032x}")
        return Company(load_company(), load(), maker, NOON).build()

    assert build() == build()
