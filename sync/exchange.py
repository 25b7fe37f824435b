"""One exchange, the whole story: check the history, judge what was sent, then read what changed."""

from __future__ import annotations

from collections.abc import Sequence

from sync.cursor import Cursor, broken, seal, unseal
from sync.engine import Engine, Session
from sync.protocol.reply import Reply
from sync.protocol.request import Request
from sync.pull import Page, pull
from sync.push import Answer, Raw, push
from sync.store import Reader
from sync.workspace import Workspace


def exchange(engine: Engine, session: Session, request: Request, now: int) -> Reply:
    """Answer one request. `now` is the server's time in ms.

    The page is read in a transaction opened after the verdicts are committed, so an operation is never
    acknowledged without its effect being on this page or a later one.
    """
    answers = _answers(engine, session, request, now) if request.operations else []
    with engine.store.read() as reader:
        position, reset = _start(engine, request, reader)
        page = pull(reader, session.user, position, request.limit)
        want = reader.wanted(session.user)
    return Reply(request.request, now, engine.next_sync_ms, answers, page, want, _next_cursor(engine, page), reset)


def _answers(engine: Engine, session: Session, request: Request, now: int) -> list[Answer]:
    """Verdicts; a request from another history is not judged at all."""
    with engine.store.read() as reader:
        _, reset = _start(engine, request, reader)
    if reset is not None:
        return [Answer(str(raw["id"]), held="reset") for raw in request.operations]
    return submit(engine, session, request.operations, now)


def submit(engine: Engine, session: Session, operations: Sequence[Raw], now: int) -> list[Answer]:
    """Judge operations in one transaction; the write path of devices and of the server's own writers alike."""
    if not operations:
        return []
    with engine.store.write() as writer:
        space = Workspace(writer, engine.trade, engine.encode, engine.new_nonce)
        answers = push(space, engine, session, operations, now)
        space.flush()
    return answers


def _start(engine: Engine, request: Request, reader: Reader) -> tuple[int, str | None]:
    """The position from which the page starts, and why the device has to start anew, if it has to."""
    head = reader.head()
    if request.epoch is not None and request.epoch != head.epoch:
        return 0, "epoch"
    if request.cursor is None:
        return 0, None
    cursor = unseal(request.cursor, engine.cursor_key)
    reason = broken(cursor, head, reader)
    if cursor is None or reason is not None:
        return 0, reason
    return cursor.position, None


def _next_cursor(engine: Engine, page: Page) -> str:
    head = page.head
    return seal(Cursor(head.epoch, page.through, head.seq, head.nonce), engine.cursor_key)
