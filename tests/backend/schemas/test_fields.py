"""Every value has one canonical form; the shared vectors hold the cases, these tests the promises."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from backend.schemas.fields import Code, Decimal, Integer, SyncField, Text
from backend.schemas.records.part_use import StockMove
from backend.schemas.records.quotation import QUOTATION_LINE
from backend.schemas.structures import List, Set, Struct
from sync.errors import InvalidValue

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=10,
)
FIELDS: list[SyncField] = [
    Text(20),
    Integer(-5, 5),
    Decimal(),
    Decimal(2),
    Code("priority"),
    Set(Code("role")),
    List(Text(5)),
    Struct({"name": Text(5, required=True), "count": Integer()}),
    QUOTATION_LINE,
]


@given(st.sampled_from(FIELDS), ANYTHING)
def test_whatever_comes_is_refused_with_a_reason_or_brought_into_a_form_that_stays(field: SyncField, value: object):
    with suppress(InvalidValue):
        canonical = field.check(value)
        assert field.check(canonical) == canonical


@given(st.text(max_size=50))
def test_two_spellings_of_one_text_become_equal(text: str):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if "\0" not in text and len(composed) <= 200:
        assert Text(200).check(composed) == Text(200).check(decomposed)


@given(st.lists(st.sampled_from(["engineer", "admin", "supervisor"]), max_size=6))
def test_the_order_and_repetition_of_a_set_mean_nothing(codes: list[str]):
    field = Set(Code("role"))
    assert field.check(codes) == field.check(list(reversed([*codes, *codes]))) == (sorted(set(codes)) or None)


def test_a_schema_loads_the_same_canonical_values():
    place = "van:01890a5d-ac96-774b-bcce-b302099a8057"
    values = {"part": "01890a5dac96774bbcceb302099a8057", "quantity": 1, "from": place, "to": place}
    assert StockMove().load(values) == values
    with pytest.raises(ValidationError, match="out_of_range"):
        StockMove().load({**values, "quantity": 0})
