"""Values: classes whose instances nobody changes once they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True)
def value(of: type[Class]) -> type[Class]:
    """A frozen dataclass to the type checker; refusing changes at run time would cost a tenth of every push."""
    return dataclass(slots=True, unsafe_hash=True)(of)
