"""Reads the catalogue; a mistake is reported with file, line and key."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from backend.schemas.fields import List, SyncField
from backend.schemas.records.catalogue import ChecklistTemplate, Part, PriceList, ServicePolicy
from backend.schemas.synced import Synced, declared
from sync.errors import InvalidValue

FOLDER = Path(__file__).parent
MINUTES = {"min": 1, "h": 60, "d": 1440}
ITEM_DEFAULTS = {"required": True, "critical": False, "photo_on_fail": True}

Values = dict[str, Any]


class CatalogueError(ValueError):
    """A mistake in a catalogue file."""

    def __init__(self, file: Path, line: int, key: str, reason: str) -> None:
        super().__init__(f"{file.name}:{line}: {key}: {reason}")


@dataclass(frozen=True)
class Catalogue:
    """Field values of every ready-made record; parts and price lines name parts by their code."""

    policies: tuple[Values, ...]
    checklists: tuple[Values, ...]
    price_lists: tuple[Values, ...]
    parts: tuple[Values, ...]


def load(folder: Path = FOLDER) -> Catalogue:
    """The whole catalogue, checked."""
    return Catalogue(
        tuple(load_policies(folder / "policies")),
        tuple(load_checklist(file) for file in _files(folder / "checklists")),
        tuple(load_price_list(file) for file in _files(folder / "price_lists")),
        tuple(load_parts(folder / "parts.yaml")),
    )


def load_policies(folder: Path) -> Iterator[Values]:
    """Policies with what they extend filled in: own timers replace inherited ones of the same name."""
    documents = {str(node["key"]): (file, node) for file in _files(folder) for node in [read(file)]}
    for file, node in documents.values():
        merged = _inherited(file, node, documents)
        yield _checked(file, node, plain(merged), ServicePolicy, {"timers": _timer})


def load_checklist(file: Path) -> Values:
    """One checklist template; items are required and ask for a photo when they fail unless they say otherwise."""
    node = read(file)
    items = [{**ITEM_DEFAULTS, **item} for item in node["items"]]
    return _checked(file, node, {**plain(node), "items": plain(items)}, ChecklistTemplate, {})


def load_price_list(file: Path) -> Values:
    """One price list; its part lines still name parts by code."""
    node = read(file)
    codes = [line.get("part") for line in node["lines"]]
    lines = [{key: value for key, value in line.items() if key != "part"} for line in node["lines"]]
    values = _checked(file, node, {**plain(node), "lines": plain(lines)}, PriceList, {})
    for line, code in zip(values["lines"], codes, strict=True):
        line["part"] = code
    return values


def load_parts(file: Path) -> Iterator[Values]:
    """The parts of the catalogue."""
    for part in read(file)["parts"]:
        yield _checked(file, part, plain(part), Part, {})


def read(file: Path) -> CommentedMap:
    """A YAML document that remembers its lines."""
    try:
        node = YAML(typ="rt").load(file.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(file, line, "(document)", str(error.problem)) from error
    if not isinstance(node, CommentedMap):
        raise CatalogueError(file, 1, "(document)", "not a mapping")
    return node


def _inherited(file: Path, node: CommentedMap, documents: Mapping[str, tuple[Path, CommentedMap]]) -> Values:
    own = {key: value for key, value in node.items() if key != "extends"}
    if "extends" not in node:
        return own
    if node["extends"] not in documents:
        raise CatalogueError(file, _line(node, "extends"), "extends", f"there is no policy {node['extends']}")
    parent = _inherited(file, documents[node["extends"]][1], documents)
    named = {timer["name"] for timer in own.get("timers", [])}
    timers = [timer for timer in parent["timers"] if timer["name"] not in named]
    settings = {**parent.get("settings", {}), **own.get("settings", {})}
    return {**parent, **own, "timers": [*own.get("timers", []), *timers], "settings": settings}


def _timer(timer: Values) -> Values:
    """`limit: 4h` as minutes."""
    found = re.fullmatch(r"([0-9]+)(min|h|d)", str(timer.get("limit")))
    if not found:
        raise InvalidValue("limit is not a duration such as 30min, 4h or 7d")
    rest = {key: value for key, value in timer.items() if key != "limit"}
    return {**rest, "limit_minutes": int(found[1]) * MINUTES[found[2]]}


def _checked(
    file: Path, node: CommentedMap, values: Values, schema: type[Synced], prepare: Mapping[str, Any]
) -> Values:
    fields = declared(schema)
    for key in values:
        if key not in fields:
            raise CatalogueError(file, _line(node, key), key, "unknown key")
    missing = [name for name, one in fields.items() if one.required and values.get(name) is None]
    if missing:
        raise CatalogueError(file, node.lc.line + 1, missing[0], "missing")
    return {key: _value(file, node, key, fields[key], value, prepare.get(key)) for key, value in values.items()}


def _value(file: Path, node: CommentedMap, key: str, field: SyncField, value: Any, prepare: Any) -> Any:
    try:
        if not isinstance(field, List) or not isinstance(value, list):
            return field.check(value)
    except InvalidValue as invalid:
        raise CatalogueError(file, _line(node, key), key, _reason(invalid)) from invalid
    return [_element(file, node, key, index, field.of, one, prepare) for index, one in enumerate(value)]


def _element(file: Path, node: CommentedMap, key: str, index: int, field: SyncField, value: Any, prepare: Any) -> Any:
    try:
        return field.check(prepare(value) if prepare else value)
    except InvalidValue as invalid:
        own = node.get(key)
        line = own[index].lc.line + 1 if isinstance(own, CommentedSeq) and index < len(own) else _line(node, key)
        raise CatalogueError(file, line, f"{key}[{index}]", _reason(invalid)) from invalid


def _reason(invalid: InvalidValue) -> str:
    detail = {key: value for key, value in invalid.detail.items() if key != "reason"}
    return " ".join([str(invalid.detail["reason"]), *(f"{key}={value}" for key, value in detail.items())])


def _line(node: CommentedMap, key: str) -> int:
    return int(node.lc.key(key)[0]) + 1 if key in node else int(node.lc.line) + 1


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def plain(value: Any) -> Any:
    """Plain dictionaries, lists, text and numbers; a YAML date is a calendar day."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    return str(value)
