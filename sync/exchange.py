"""One exchange, the whole story: check the history, judge what was sent, then read what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sync import history
from sync.cursor import Cursor, broken, proves_restore, seal, unseal
from sync.engine import Engine, Session
from sync.protocol.reply import Reply
from sync.protocol.request import Request
from sync.pull import Page, pull
from sync.push import Answer, push
from sync.sent import Raw
from sync.store import Reader
from sync.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Start:
    """The commit a page begins after, and since when the device has everything; why it starts anew, if it does."""

    position: int = 0
    whole: int | None = None
    reset: str | None = None
    lost: str | None = None  # the epoch that a restore ended unnoticed


def exchange(engine: Engine, session: Session, request: Request, now: int) -> Reply:
    """Answer one request. `now` is the server's time in ms.

    The page is read in a transaction opened after the verdicts are committed, so an operation is never
    acknowledged without its effect being on this page or a later one.
    """
    cursor = unseal(request.cursor, engine.cursor_key) if request.cursor is not None else None
    answers = _answers(engine, session, request, cursor, now) if request.operations else []
    with engine.store.read() as reader:
        start = _start(request, cursor, reader)
        if start.lost is None:
            return _reply(engine, session, request, now, answers, start, reader)
    history.begin(engine, start.lost)
    with engine.store.read() as reader:
        return _reply(engine, session, request, now, answers, start, reader)


def _reply(
    engine: Engine,
    session: Session,
    request: Request,
    now: int,
    answers: list[Answer],
    start: _Start,
    reader: Reader,
) -> Reply:
    page = pull(reader, session.user, start.position, request.limit, start.whole)
    want = reader.wanted(session.user)
    cursor = _next_cursor(engine, page, start)
    return Reply(request.request, now, engine.pace(), answers, page, want, cursor, start.reset)


def _answers(engine: Engine, session: Session, request: Request, cursor: Cursor | None, now: int) -> list[Answer]:
    """Verdicts; a request from another history is not judged at all."""
    with engine.store.read() as reader:
        reset = _start(request, cursor, reader).reset
    if reset is not None:
        return [Answer(str(raw["id"]), held="reset") for raw in request.operations]
    return submit(engine, session, request.operations, now, now - request.device_now)


def submit(
    engine: Engine, session: Session, operations: Sequence[Raw], now: int, offset: int | None = None
) -> list[Answer]:
    """Judge operations in one transaction; the write path of devices and of the server's own writers alike.

    `offset` is the server's clock minus the device's, too large by what the request took on its way; None for the
    server's own writers, whose times are believed.
    """
    if not operations:
        return []
    with engine.store.write() as writer:
        space = Workspace(writer, engine)
        answers = push(space, engine, session, operations, now, offset)
        space.flush()
    for twin in space.batch.twins:
        engine.notice(twin)
    return answers


def _start(request: Request, cursor: Cursor | None, reader: Reader) -> _Start:
    head = reader.head()
    if request.epoch is not None and request.epoch != head.epoch:
        return _Start(reset="epoch")
    if request.cursor is None:
        return _Start()
    reason = broken(cursor, head, reader)
    if cursor is None or reason is not None:
        return _Start(reset=reason, lost=head.epoch if proves_restore(cursor, head, reason) else None)
    return _Start(cursor.position, cursor.whole)


def _next_cursor(engine: Engine, page: Page, start: _Start) -> str:
    head = page.head
    whole = start.whole if page.more and start.whole is not None else head.seq
    return seal(Cursor(head.epoch, page.through, head.seq, head.nonce, whole), engine.cursor_key)
