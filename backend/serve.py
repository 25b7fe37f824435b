"""The embedded server: waitress, which survives phones that stall in mid-body, and an end that cuts nobody off."""

import resource
import signal
import threading
import time
from typing import Any

from flask import Flask
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ThreadedTaskDispatcher

from backend import process

LARGEST_REQUEST = 8 * 1024 * 1024
MOST_CONNECTIONS = 4_000  # a tablet keeps its connection between two exchanges
FILES_BESIDE = 256
PATIENCE_SECONDS = 20.0
POLL_SECONDS = 0.2
SETTINGS: dict[str, Any] = {
    "connection_limit": MOST_CONNECTIONS,
    "channel_timeout": 60,
    "max_request_body_size": LARGEST_REQUEST,
    "asyncore_use_poll": True,
    "ident": None,
    "clear_untrusted_proxy_headers": False,  # the app believes them only if it is told to trust its proxy
}


def serve(app: Flask, host: str, port: int, threads: int) -> None:
    """Serve until TERM or INT, then finish what has begun."""
    stopping = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stopping.set())
    _make_room(MOST_CONNECTIONS + FILES_BESIDE)
    sockets: dict[int, Any] = {}
    workers = ThreadedTaskDispatcher()
    workers.set_thread_count(threads)
    app.extensions["crowd"].behind = workers.queue.__len__
    process.settle()
    create_server(app, map=sockets, _dispatcher=workers, host=host, port=port, **SETTINGS)
    while not stopping.is_set():
        _turn(sockets)
    _drain(sockets)
    workers.shutdown(cancel_pending=False)


def _make_room(files: int) -> None:
    """Every connection is an open file, of which systems grant a thousand unless they are asked."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = files if hard == resource.RLIM_INFINITY else min(files, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def _drain(sockets: dict[int, Any]) -> None:
    """Take no new connection; answer every request that has begun to arrive."""
    for listener in [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]:
        listener.del_channel(sockets)
        listener.socket.close()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(_is_busy(one) for one in sockets.values()) and time.monotonic() < deadline:
        _turn(sockets)


def _is_busy(one: object) -> bool:
    return isinstance(one, HTTPChannel) and bool(one.requests or one.request or one.total_outbufs_len)


def _turn(sockets: dict[int, Any]) -> None:
    wasyncore.loop(timeout=POLL_SECONDS, use_poll=True, map=sockets, count=1)
