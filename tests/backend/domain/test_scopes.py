"""Who sees what follows from the records alone."""

import pytest

from backend.domain.scopes import holdings, is_over, links, scopes
from backend.domain.work_order import STATES
from sync.records import Record


def root(kind: str, **data: object) -> Record:
    return Record("r", kind, "r", data)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (root("work_order", branch="b"), {"branch:b"}),
        (root("work_order", branch="b", assignee="u1"), {"branch:b", "user:u1"}),
        (root("work_order", branch="b", assignee="u1", crew=["u2"]), {"branch:b", "user:u1", "user:u2"}),
        (root("work_order", branch="b", crew=["u2"]), {"branch:b", "user:u2"}),
        (root("customer", branch="b", name="客户"), {"branch:b"}),
        (root("site", branch="b"), {"branch:b"}),
        (root("contact", branch="b"), {"branch:b"}),
        (root("asset", branch="b"), {"branch:b"}),
        (root("parked", branch="b", by="u1"), {"branch:b"}),
        (root("parked", by="u1"), set()),
        (root("outcome", by="u1"), {"user:u1"}),
        (root("complaint", branch="b", registered_by="u1", handler="u2", engineers=["u1"]), {"branch:b"}),
        (root("branch"), {"reference"}),
        (root("user", branch="b"), {"reference"}),
        (root("part"), {"reference"}),
        (root("price_list"), {"reference"}),
        (root("service_policy"), {"reference"}),
        (root("checklist_template"), {"reference"}),
    ],
)  # fmt: skip
def test_r_213_a_root_lies_in_the_scopes_of_those_who_need_it(record: Record, expected: set[str]):
    assert scopes(record) == expected


@pytest.mark.parametrize("state", STATES)
def test_r_216_an_approved_order_lies_in_its_branch_alone(state: str):
    order = root("work_order", branch="b", assignee="u", crew=["v"], state=state)
    approved = state in ("archived", "callback_due", "callback_done")
    assert scopes(order) == ({"branch:b"} if approved else {"branch:b", "user:u", "user:v"})
    assert is_over(order) is approved


def test_r_231_an_order_carries_its_customer_site_contact_and_machine_along():
    order = root("work_order", customer="c", site="s", contact="p", asset="m", assignee="u")
    assert links(order) == {"c", "s", "p", "m"}
    assert links(root("work_order", customer="c")) == {"c"}
    assert links(root("customer", branch="b")) == set()


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["engineer"], {"user:r", "reference"}),
        (["dispatcher"], {"user:r", "reference", "branch:b"}),
        (["supervisor"], {"user:r", "reference", "branch:b"}),
        (["engineer", "supervisor"], {"user:r", "reference", "branch:b"}),
        (["admin"], {"user:r", "reference"}),
    ],
)
def test_r_213_only_the_desk_holds_its_branch(roles: list[str], expected: set[str]):
    assert holdings(root("user", roles=roles, branch="b", active=True)) == expected


def test_r_215_a_disabled_user_holds_nothing():
    assert holdings(root("user", roles=["supervisor"], branch="b", active=False)) == set()
