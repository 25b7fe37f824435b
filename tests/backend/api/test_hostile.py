"""What somebody sends who means harm, in every role: borrowed names, borrowed places, borrowed decisions."""

import pytest

from backend.services.founding import SYSTEM_USER
from tests.backend.company import Company, Speaker


def parked_here(speaker: Speaker, operation: dict) -> str:
    """The record that keeps a parked operation of anybody, as this speaker sees it."""
    rows = [one for one in speaker.sync()["changes"] if one["type"] == "parked"]
    (found,) = [one["id"] for one in rows if one["data"]["operation"]["id"] == operation["id"]]
    return found


def push(speaker: Speaker, *operations: dict) -> list[dict]:
    return speaker.sync(*operations)["answers"]


@pytest.mark.parametrize("name", ["admin", "boss", "system"])
def test_nobody_gets_the_rights_of_another_by_naming_him_as_the_author(company: Company, name: str):
    desk, borrowed = company.speaker("desk"), SYSTEM_USER if name == "system" else company.ids[name]
    roles = {"roles": {"was": ["dispatcher"], "to": ["admin", "dispatcher"]}}
    forged = desk.operation("user", desk.user, desk.user, "set", roles) | {"by": borrowed}
    assert push(desk, forged)[0]["code"] == "wrong_author"
    one = parked_here(desk, forged)
    assert push(desk, desk.operation("parked", one, one, "unpark", {}))[0]["code"] == "wrong_author"
    assert company.record(desk.user)["roles"] == ["dispatcher"]
