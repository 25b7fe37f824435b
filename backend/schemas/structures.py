"""Fields made of other fields: sets, lists, named members, and free structures."""

from collections.abc import Mapping
from typing import Any

from backend.schemas.fields import SyncField, describe
from sync.canonical import canonical_json
from sync.errors import InvalidValue, Refused


class Set(SyncField):
    """A set of values of one field, kept sorted; the empty set is absent."""

    kind = "set"

    def __init__(self, of: SyncField, most: int = 50, **rule):
        super().__init__(**rule)
        self.of, self.most = of, most

    def canonical(self, value):
        if not isinstance(value, list):
            raise InvalidValue("not_list")
        if len(value) > self.most:
            raise InvalidValue("too_many", limit=self.most)
        return sorted({_present(self.of, member) for member in value}) or None

    def limits(self):
        return {"most": self.most, "of": describe(self.of)}


class List(SyncField):
    """A list of values of one field, in the given order."""

    kind = "list"

    def __init__(self, of: SyncField, most: int = 200, **rule):
        super().__init__(**rule)
        self.of, self.most = of, most

    def canonical(self, value):
        if not isinstance(value, list):
            raise InvalidValue("not_list")
        if len(value) > self.most:
            raise InvalidValue("too_many", limit=self.most)
        return [_present(self.of, member) for member in value]

    def limits(self):
        return {"most": self.most, "of": describe(self.of)}


def _present(of: SyncField, member: object) -> Any:
    value = of.check(member)
    if value is None:
        raise InvalidValue("null_member")
    return value


class Struct(SyncField):
    """Named members, all present in the canonical form; a member not given is null."""

    kind = "struct"

    def __init__(self, members: Mapping[str, SyncField], **rule):
        super().__init__(**rule)
        self.members = members
        self._forms = [(name, member.canonical) for name, member in members.items()]
        self._required = [name for name, member in members.items() if member.required]

    def canonical(self, value):
        if not isinstance(value, dict):
            raise InvalidValue("not_struct")
        if not value.keys() <= self.members.keys():
            raise InvalidValue("unknown_member", member=sorted(value.keys() - self.members.keys())[0])
        given = value.get
        try:  # nearly all are well: whose fault it is, is asked when there is one
            found = {name: None if given(name) is None else form(given(name)) for name, form in self._forms}
        except InvalidValue:
            return self._one_by_one(value)
        return found if all(found[name] is not None for name in self._required) else self._one_by_one(value)

    def _one_by_one(self, value: Mapping[str, object]) -> dict[str, object]:
        return {name: self._member(name, member, value.get(name)) for name, member in self.members.items()}

    @staticmethod
    def _member(name: str, member: SyncField, value: object) -> object:
        try:
            value = member.check(value)
        except InvalidValue as invalid:
            detail = {key: one for key, one in invalid.detail.items() if key not in ("reason", "member")}
            raise InvalidValue(str(invalid.detail["reason"]), **detail, member=name) from None
        if value is None and member.required:
            raise InvalidValue("missing_member", member=name)
        return value

    def limits(self):
        return {"members": {name: describe(member) for name, member in self.members.items()}}


class Json(SyncField):
    """Any value that has a canonical form, of at most `largest` bytes."""

    kind = "json"

    def __init__(self, largest: int = 65_536, **rule):
        super().__init__(**rule)
        self.largest = largest

    def canonical(self, value):
        try:
            size = len(canonical_json(value))
        except Refused as refused:
            raise InvalidValue(str(refused.detail["reason"])) from None
        if size > self.largest:
            raise InvalidValue("too_long", limit=self.largest)
        return value

    def limits(self):
        return {"largest": self.largest}
