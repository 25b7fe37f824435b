"""The model that the app is built with says what the server does."""

import json
from typing import Any

from backend.domain.guards import GUARDS
from backend.schemas.model_export import exported_model
from backend.schemas.records import model
from sync.errors import CATALOGUE

EXPORTED: dict[str, Any] = json.loads(json.dumps(exported_model()))


def test_it_is_plain_json_with_every_type_and_field():
    fields = {name: set(kind["fields"]) for name, kind in EXPORTED["types"].items()}
    assert fields == {name: set(kind.fields) for name, kind in model().types.items()}


def test_it_says_who_may_write_a_field_in_which_state():
    diagnosis = EXPORTED["types"]["work_order"]["fields"]["diagnosis"]
    assert (diagnosis["merge"], diagnosis["owner"], diagnosis["longest"]) == ("plain", "site", 4000)
    assert "repairing" in diagnosis["write"]["engineer"]
    assert "dispatched" not in diagnosis["write"]["engineer"]
    assert EXPORTED["types"]["user"]["create"] == {"admin": None, "system": None}


def test_structured_values_are_described_to_their_last_member():
    line = EXPORTED["types"]["quotation"]["fields"]["lines"]["of"]["members"]
    assert line["quantity"] == {"kind": "decimal", "scale": 2, "required": True}
    assert EXPORTED["types"]["checklist"]["patterns"]["answers/"]["merge"] == "answer"


def test_the_machine_travels_whole():
    machine = EXPORTED["machine"]
    assert machine["guards"] == GUARDS
    assert {guard for step in machine["transitions"] for guard in step["guards"]} <= set(machine["guards"])
    assert all(step["auto"] == (not step["by"]) for step in machine["transitions"])


def test_every_enumeration_a_field_names_is_there():
    assert _enumerations(EXPORTED["types"]) <= set(EXPORTED["enums"])


def test_every_error_has_words_in_three_languages():
    assert set(EXPORTED["errors"]) == set(CATALOGUE)
    assert all(set(error["message"]) == {"zh-CN", "zh-TW", "en"} for error in EXPORTED["errors"].values())


def _enumerations(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_enumerations, node))
    if not isinstance(node, dict):
        return set()
    own = {node["enum"]} if node.get("kind") == "code" else set()
    return own.union(*map(_enumerations, node.values()))
