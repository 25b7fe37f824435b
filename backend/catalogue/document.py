"""A YAML document that knows the line of every key, and checks itself against a record type."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError

from backend.schemas.fields import SyncField
from backend.schemas.structures import List
from backend.schemas.synced import Synced, declared
from sync.errors import InvalidValue

Values = dict[str, Any]


class CatalogueError(ValueError):
    """A mistake in a catalogue file."""

    def __init__(self, file: Path, line: int, key: str, reason: str) -> None:
        super().__init__(f"{file.name}:{line}: {key}: {reason}")


class _Constructor(RoundTripConstructor):
    """Leaves days as text, so that one which does not exist can be named by line and key."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


@dataclass(frozen=True)
class Document:
    """One mapping of a file."""

    file: Path
    node: CommentedMap

    def error(self, key: str, reason: str, index: int | None = None) -> CatalogueError:
        """A mistake at a key, or at one element of its list."""
        name = key if index is None else f"{key}[{index}]"
        return CatalogueError(self.file, self._line(key, index), name, reason)

    def checked(self, values: Values, schema: type[Synced]) -> Values:
        """The canonical values of a record."""
        fields = declared(schema)
        for key in values:
            if key not in fields:
                raise self.error(key, "unknown key")
        missing = [name for name, one in fields.items() if one.required and values.get(name) is None]
        if missing:
            raise self.error(missing[0], "missing")
        return {key: self._value(key, fields[key], value) for key, value in values.items()}

    def _value(self, key: str, field: SyncField, value: Any) -> Any:
        if isinstance(field, List) and isinstance(value, list):
            return [self._member(key, field.of, one, index) for index, one in enumerate(value)]
        return self._member(key, field, value)

    def _member(self, key: str, field: SyncField, value: Any, index: int | None = None) -> Any:
        try:
            return field.check(value)
        except InvalidValue as invalid:
            words = [str(invalid.detail["reason"])]
            words += [f"{name}={one}" for name, one in invalid.detail.items() if name != "reason"]
            raise self.error(key, " ".join(words), index) from invalid

    def _line(self, key: str, index: int | None) -> int:
        own = self.node.get(key)
        if index is not None and isinstance(own, CommentedSeq) and index < len(own):
            return int(own[index].lc.line) + 1
        return int(self.node.lc.key(key)[0]) + 1 if key in self.node else int(self.node.lc.line) + 1


def read(file: Path) -> Document:
    """A file that holds one mapping."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    try:
        node = yaml.load(file.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(file, line, "(document)", str(error.problem)) from error
    if not isinstance(node, CommentedMap):
        raise CatalogueError(file, 1, "(document)", "not a mapping")
    return Document(file, node)


def plain(value: Any) -> Any:
    """Plain dictionaries, lists, text and numbers."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    return int(value) if isinstance(value, int) else str(value)
