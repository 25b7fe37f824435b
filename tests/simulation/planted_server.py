"""Servers with one planted bug each, made by replacing single functions of the real core."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from unittest.mock import patch

import backend.domain.scopes
import sync.disputes
import sync.exchange
import sync.judge
import sync.lateness
import sync.memory_store
import sync.pull
import sync.push
import sync.scopes
import sync.settling
from sync.exchange import submit
from sync.memory_store import MemoryStore
from sync.policy import Access
from sync.pull import pull
from sync.push import Answer
from tests.simulation import company
from tests.simulation.network import Answer as HttpAnswer
from tests.simulation.server import CoreServer, Frail, FrailStore, ServerDied, Upload


@contextmanager
def replacing(module: object, name: str, planted: object) -> Iterator[None]:
    with patch.object(module, name, planted):
        yield


@contextmanager
def together(*planted: AbstractContextManager[None]) -> Iterator[None]:
    with ExitStack() as stack:
        for one in planted:
            stack.enter_context(one)
        yield


def no_dedupe():
    return replacing(sync.push, "_stored", lambda space, session, sent: {})


def id_alone_is_the_key():
    real = sync.push._stored

    def stored(space, session, sent):
        known = {one: judged for (one, _), judged in real(space, session, sent).items()}
        return {(one.id, one.digest): known[one.id] for one in sent if one.id in known}

    return replacing(sync.push, "_stored", stored)


def cursor_steps_over_a_late_commit():
    def planted(reader, user, position, limit, whole):
        page = pull(reader, user, min(position, reader.head().seq), limit, whole)
        return replace(page, through=page.through + 1) if page.head.seq % 5 == 0 and not page.more else page

    return replacing(sync.exchange, "pull", planted)


def everything_for_everyone():
    real = sync.pull.held_now
    return replacing(sync.pull, "held_now", lambda holdings: {**real(holdings), f"branch:{company.NORTH}": 0})


def loser_dropped():
    real = sync.disputes.conflicts.extended
    return replacing(sync.disputes.conflicts, "extended", lambda conflict, live, candidates: real(conflict, live, []))


def last_writer_wins():
    return replacing(sync.disputes, "decide", lambda unit, live, *rest: sync.disputes.Outcome.APPLY)


def through_is_the_last_row_sent():
    def planted(reader, user, position, limit, whole):
        page = pull(reader, user, position, limit, whole)
        return replace(page, through=max([row.seq for row in page.rows], default=position))

    return replacing(sync.exchange, "pull", planted)


def left_as_events():
    def left(reader, holdings, held, position, through):
        return sorted(sync.scopes.lost_since(reader, holdings, position).items()) if position else []

    return replacing(sync.pull, "_left", left)


def left_remembered_as_sent():
    real, sent = sync.pull._left, set()

    def left(reader, holdings, held, position, through):
        roots = real(reader, holdings, held, position, through)
        user = holdings[0].user if holdings else ""
        fresh = [one for one in roots if (user, one[0], reader.head().epoch) not in sent]
        sent.update((user, root, reader.head().epoch) for root, _ in roots)
        return fresh

    return replacing(sync.pull, "_left", left)


def left_only_if_visible_at_the_position():
    real = sync.scopes._met

    def met(member, held, after):
        return max(member.start, held.start) <= after and real(member, held, after)

    return replacing(sync.scopes, "_met", met)


def left_never_named():
    return replacing(sync.pull, "_left", lambda *arguments: [])


def entering_on_a_later_page_not_named():
    real = sync.pull._left
    return replacing(
        sync.pull,
        "_left",
        lambda reader, holdings, held, position, through: real(reader, holdings, held, position, reader.head().seq),
    )


def left_only_if_visible_at_the_position_and_not_when_entering_later():
    return together(left_only_if_visible_at_the_position(), entering_on_a_later_page_not_named())


def entering_with_the_last_stay():
    """The plainer reading of entering: since the stay that began last, not since the first one."""

    def since(members, held):
        starts = [max(one.start, held[one.scope]) for one in members if one.end is None and one.scope in held]
        return max(starts, default=None)

    return together(replacing(sync.memory_store, "visible_since", since), replacing(sync.pull, "visible_since", since))


def held_on_a_gap():
    newest: dict[tuple[str, str, str], int] = {}

    def planted(engine, session, operations, now, offset):
        key = engine.store.store.tables.epoch, session.user, session.device
        ready = []
        for raw in operations:
            if raw["n"] <= newest.get((*key, id(engine)), 0) + 1:
                newest[*key, id(engine)] = max(newest.get((*key, id(engine)), 0), raw["n"])
                ready.append(raw)
        answers = {one.id: one for one in submit(engine, session, ready, now, offset)}
        return [answers.get(raw["id"], Answer(str(raw["id"]), held="group")) for raw in operations]

    return replacing(sync.exchange, "submit", planted)


def groups_without_a_size():
    return replacing(sync.push, "lacking", lambda unit, elsewhere=(): False)


def group_members_have_their_own_fate():
    alone = replacing(sync.push, "in_units", lambda sent: [[index] for index in range(len(sent))])
    return together(alone, replacing(sync.push, "lacking", lambda unit, elsewhere=(): False))


def no_dependency_parking():
    return replacing(sync.disputes, "_refuse_if_built_on_parked", lambda *_: None)


def page_read_before_judging():
    before: list[MemoryStore] = []

    def judging(engine, session, operations, now, offset):
        before.append(engine.store.store.copy())
        return submit(engine, session, operations, now, offset)

    def page(reader, user, position, limit, whole):
        if not before:
            return pull(reader, user, position, limit, whole)
        with before.pop().read() as old:
            return pull(old, user, position, limit, whole)

    return together(replacing(sync.exchange, "submit", judging), replacing(sync.exchange, "pull", page))


def late_facts_wait():
    return replacing(sync.lateness, "_only_adds", lambda op, kind: False)


def late_edits_are_applied():
    return replacing(sync.lateness, "_only_adds", lambda op, kind: True)


def late_facts_of_whoever_had_it_once():
    return replacing(sync.lateness, "visible_at", lambda members, holdings, position: True)


def late_facts_judged_by_the_cursor():
    """What the author held at this exchange's cursor, not when he acted."""
    cursors: list[int] = []

    def answers(engine, session, request, cursor, now):
        cursors.append(cursor.position if cursor else 0)
        return real_answers(engine, session, request, cursor, now)

    real_answers, real = sync.exchange._answers, sync.lateness.visible_at
    at_cursor = replacing(
        sync.lateness, "visible_at", lambda members, holdings, position: real(members, holdings, cursors[-1])
    )
    return together(replacing(sync.exchange, "_answers", answers), at_cursor)


def every_field_may_be_written():
    return replacing(Access, "allows", lambda *arguments, **named: True)


def nobody_asks_who_may_see():
    return replacing(sync.judge, "_may_see", lambda *arguments: True)


def approved_orders_stay():
    return replacing(backend.domain.scopes, "is_over", lambda root: False)


def families_settled_apart():
    return replacing(sync.settling, "family", lambda space, parked, upwards: [parked])


def conflicts_settled_on_an_old_view():
    real = sync.disputes.conflicts.chosen_value

    def chosen(conflict, body):
        current = [conflict.data["live"], *conflict.data["candidates"]]
        return real(conflict, {**body, "saw": [one["op"] for one in current]})

    return replacing(sync.disputes.conflicts, "chosen_value", chosen)


class AnswersBeforeCommit(CoreServer):
    """Says what it is about to store, then dies."""

    def sync(self, user: str, device: str, body: bytes, now: int, die_at: int | None = None) -> HttpAnswer | None:
        if die_at is None:
            return self.answer(user, device, body, now)
        durable, self.store.tables = self.store.tables, self.store.copy().tables
        answer = self.answer(user, device, body, now)
        self.store.tables = durable
        return answer


class HalfCommit(FrailStore):
    """Rows and verdicts are two transactions; the process may die between them."""

    @contextmanager
    def write(self) -> Iterator[object]:
        with self.store.write() as writer:
            save = writer.save
            writer.save = lambda batch: save(batch if self.calls_left is None else replace(batch, judged=[]))
            yield Frail(writer, self)
        if self.calls_left is not None:
            raise ServerDied


class VerdictsStoredLater(CoreServer):
    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.engine = replace(self.engine, store=HalfCommit(self.store))
        self.frail = self.engine.store


class BytesNotChecked(CoreServer):
    """Complete is what has arrived, whatever its hash."""

    def append(self, user: str, sha256: str, offset: int, content: bytes, now: int) -> Upload:
        with patch("tests.simulation.server.matches", lambda received, announced: True):
            return super().append(user, sha256, offset, content, now)
