"""Whatever is written in whatever order, every database answers like the simplest one."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.memory_store import MemoryStore
from sync.store import Batch, Holding, Member, Reader, Row, Store
from tests.contract.conftest import EPOCH
from tests.contract.rows import USER, commit

ROOTS, SCOPES = [*"abcd"], ["branch:b", "user:u", "reference"]
ENDS = st.none() | st.integers(4, 12)
ROWS = st.builds(
    lambda one, root, seq: Row(f"{root}{one}", "note", root, seq, seq, False, b"{}", b"[]"),
    st.integers(0, 3), st.sampled_from(ROOTS), st.integers(1, 12),
)  # fmt: skip
MEMBERS = st.builds(
    Member, st.sampled_from(ROOTS), st.sampled_from(SCOPES), st.sampled_from(ROOTS), st.integers(1, 9), ENDS
)
HOLDINGS = st.builds(Holding, st.just(USER), st.sampled_from(SCOPES), st.integers(1, 9), ENDS)
BATCHES = st.lists(
    st.builds(lambda rows, members, holdings: Batch(rows=rows, members=members, holdings=holdings),
              st.lists(ROWS, max_size=8), st.lists(MEMBERS, max_size=8), st.lists(HOLDINGS, max_size=3)),
    min_size=1, max_size=4,
)  # fmt: skip
HELD = st.dictionaries(st.sampled_from(SCOPES), st.integers(1, 9))

QUESTIONS: dict[str, Callable[[Reader, dict[str, int], int, int], Any]] = {
    "changed": lambda reader, held, after, limit: reader.changed(held, after, after + 20, limit),
    "changed in a long time": lambda reader, held, after, limit: reader.changed(held, after, after + 2_000, limit),
    "entering": lambda reader, held, after, limit: reader.entering(held, after, limit),
    "families": lambda reader, *_: reader.families(ROOTS),
    "whole": lambda reader, *_: reader.whole(ROOTS),
    "members": lambda reader, *_: set(reader.members(ROOTS[:3])),
    "ended": lambda reader, held, after, _: set(reader.ended(held, after)),
    "inside": lambda reader, held, *_: set(reader.inside(held)),
    "carried": lambda reader, *_: set(reader.carried("a")),
    "holdings": lambda reader, *_: set(reader.holdings(USER)),
}


def answers(store: Store, held: dict[str, int], after: int, limit: int) -> dict[str, Any]:
    with store.read() as reader:
        return {name: ask(reader, held, after, limit) for name, ask in QUESTIONS.items()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES, held=HELD, after=st.integers(0, 12), limit=st.integers(1, 9))
def test_it_answers_like_the_memory(emptied: Callable[[str], Store], kind: str, batches, held, after, limit):
    simple, real = MemoryStore(EPOCH), emptied(kind)
    for number, batch in enumerate(batches, 1):
        for store in (simple, real):
            with store.write() as writer:
                writer.save(Batch([commit(number)], [], batch.rows, batch.members, batch.holdings, []))
    assert answers(real, held, after, limit) == answers(simple, held, after, limit)
