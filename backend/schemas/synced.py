"""A synced type declared once: a marshmallow schema and its rules, and the engine's view derived from both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from marshmallow import Schema

from backend.schemas.fields import SyncField
from sync.policy import MINOR, NOBODY, OFFICE, PLAIN, Access, Field, RecordType


@dataclass(frozen=True)
class Rules:
    """The rules of a type; `merge`, `owner`, `write` and `severity` hold for every field that says nothing else.

    A new record of an `additive` type, and a change of an additive field, only adds a fact: it is welcome from one
    who had the order when he acted, even if somebody else has it now.
    `under` names the roots that a child may be made under. Who makes a root that is `handed_in` need not see it.
    """

    name: str
    does: str
    create: Access = NOBODY
    is_root: bool = False
    merge: str = PLAIN
    owner: str = OFFICE
    write: Access = NOBODY
    severity: str = MINOR
    hide: Access = NOBODY
    settle: Access = NOBODY
    blob: str | None = None
    additive: bool = False
    under: str = "work_order"
    handed_in: bool = False
    patterns: Mapping[str, SyncField] = field(default_factory=dict)


class Synced(Schema):
    """The base of every synced type."""

    rules: ClassVar[Rules]


def record_type(schema: type[Synced]) -> RecordType:
    """What the sync engine needs to know of a type."""
    rules = schema.rules
    return RecordType(
        rules.name,
        rules.is_root,
        frozenset(rules.does.split()),
        rules.create,
        {name: _field(rules, name, one) for name, one in declared(schema).items()},
        {prefix: _field(rules, prefix, one) for prefix, one in rules.patterns.items()},
        rules.hide,
        rules.settle,
        rules.blob,
        rules.additive,
        None if rules.is_root else frozenset(rules.under.split()),
        rules.handed_in,
    )


def declared(schema: type[Synced]) -> dict[str, SyncField]:
    """The fields of a type as declared."""
    return {name: one for name, one in schema._declared_fields.items() if isinstance(one, SyncField)}


def _field(rules: Rules, name: str, one: SyncField) -> Field:
    rule = one.sync
    return Field(
        name,
        one.check,
        rule.merge or rules.merge,
        rule.owner or rules.owner,
        rule.group,
        rules.write if rule.write is None else rule.write,
        one.required,
        severity=rule.severity or rules.severity,
        additive=rule.additive,
        personal=rule.personal,
        blank=rule.blank,
    )
