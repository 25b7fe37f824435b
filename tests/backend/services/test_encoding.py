"""The fast encoder gives the bytes of the plain one, or refuses what that refuses."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.services.encoding import canonical, decode, encode
from sync.canonical import DEEPEST, LARGEST_INTEGER, canonical_json
from sync.errors import Refused

TEXT = st.text()
NUMBERS = (
    st.integers()
    | st.integers(-LARGEST_INTEGER - 1, LARGEST_INTEGER + 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def told(encode, value):
    """The bytes, or why there are none."""
    try:
        return encode(value)
    except Refused as refused:
        return refused.code, refused.detail


@given(VALUES)
@example({"\ufb33": 1, "\U0001f600": 2})
@example({"a": [1.5, "1.5"]})
@example(1e300)
def test_it_says_what_the_plain_encoder_says(value):
    assert told(canonical, value) == told(canonical_json, value)


@given(VALUES)
@example({"to": 2**70})
@example({"to": [10**400, -(10**400)]})
def test_what_is_stored_comes_back_to_the_last_digit(value):
    assert decode(encode(value)) == value


@pytest.mark.parametrize("levels", [DEEPEST - 1, DEEPEST, DEEPEST + 1, 300])
@pytest.mark.parametrize("container", [lambda inner: [inner], lambda inner: {"a": inner}])
def test_it_is_as_patient_with_depth(levels, container):
    deep = "x"
    for _ in range(levels):
        deep = container(deep)
    assert told(canonical, deep) == told(canonical_json, deep)


def test_brackets_in_texts_are_no_depth():
    wide = [{'[{"\\': '}]"\\'}] * DEEPEST
    assert told(canonical, wide) == told(canonical_json, wide)
    for deep in ('"]]]', "\\", "[[["):
        for _ in range(DEEPEST + 1):
            deep = [deep]
        assert told(canonical, deep) == told(canonical_json, deep)


@pytest.mark.parametrize("value", ['"\\/\b\f\n\r\t\x00\x1f\x7f\u2028', "，（回执）", "é", "\ud800", "\U0001f600"])
def test_texts_are_escaped_alike(value):
    assert told(canonical, {value: value}) == told(canonical_json, {value: value})
