"""Canonical JSON agrees with RFC 8785 on integers and strings, and refuses what has no canonical form."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import LARGEST_INTEGER, canonical_json
from sync.errors import Refused

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_it_equals_the_reference_implementation(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_keys_are_ordered_by_utf_16_code_units() -> None:
    assert canonical_json({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


@pytest.mark.parametrize("value", [1.5, 2**53, "\ud800", {"\ud800": 1}, {1: 2}, b"bytes", object()])
def test_a_value_without_a_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(Refused, match="not_canonical"):
        canonical_json(value)


def test_depth_is_limited_before_recursion_is() -> None:
    deep: list = []
    for _ in range(10_000):
        deep = [deep]
    with pytest.raises(Refused, match="not_canonical"):
        canonical_json(deep)
