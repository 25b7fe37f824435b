"""Servers that read the rules of history plainly: restores, resets, horizons and the commits of bytes."""

from __future__ import annotations

from dataclasses import replace

import sync.exchange
from sync.cursor import Cursor, seal
from sync.exchange import submit
from sync.store import Batch, BlobRef
from tests.simulation import server as simulated_server
from tests.simulation.planted_server import replacing
from tests.simulation.server import CoreServer


class RestoredUnnoticed(CoreServer):
    """The old history goes on after a restore as if nothing had been lost."""

    def restore(self, epoch: str | None) -> bool:
        return super().restore(None)


def cursors_never_checked():
    return replacing(sync.exchange, "broken", lambda *arguments: None)


def judged_amid_a_reset():
    real = sync.exchange.exchange

    def planted(engine, session, request, now):
        reply = real(engine, session, request, now)
        return (
            reply if reply.reset is None else replace(reply, answers=submit(engine, session, request.operations, now))
        )

    return replacing(simulated_server, "exchange", planted)


def only_a_cursor_ahead_is_noticed():
    """A restore shows only in a cursor beyond the newest commit."""

    def planted(cursor, head, reader):
        if cursor is None or cursor.epoch != head.epoch:
            return "epoch"
        return "ahead" if cursor.position > head.seq else None

    return replacing(sync.exchange, "broken", planted)


def cursors_prove_their_position_only():
    """The random value in a cursor is that of the commit it stands at, not of the newest one."""

    def planted(engine, page, start):
        with engine.store.read() as reader:
            nonce = reader.nonce(page.through)
        return seal(Cursor(page.head.epoch, page.through, page.through, nonce, page.head.seq), engine.cursor_key)

    return replacing(sync.exchange, "_next_cursor", planted)


def the_horizon_is_no_reason_to_start_anew():
    real = sync.exchange.broken

    def planted(cursor, head, reader):
        reason = real(cursor, head, reader)
        return None if reason == "horizon" else reason

    return replacing(sync.exchange, "broken", planted)


def bytes_before_their_words_are_no_commit():
    real = simulated_server.blob_arrived

    def planted(engine, session, sha256, now):
        with engine.store.write() as writer:
            if writer.blob_refs(sha256) or writer.granted(session.user, sha256):
                return real(engine, session, sha256, now)
            writer.save(Batch(blob_refs=[BlobRef(sha256, session.user, "", "", True)]))
            return writer.head().seq

    return replacing(simulated_server, "blob_arrived", planted)
