"""A wire between tablet and server that can be cut half way through a request or an answer."""

import socket
from contextlib import suppress
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

PIECE = 65_536
HEAD_ENDS = b"\r\n\r\n"
HOST = "127.0.0.1"
Cut = Literal["nothing", "requests", "answers"]


class Wire:
    """Listens on a port of its own; `cut` says which way breaks off, `after` bytes into a connection's first body."""

    def __init__(self, url: str) -> None:
        self._server = (HOST, int(urlsplit(url).port or 0))
        self._listener = socket.create_server((HOST, 0))
        self.url = f"http://{HOST}:{self._listener.getsockname()[1]}"
        self.cut: Cut = "nothing"
        self.after = 0
        self.cuts = 0
        self._open: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def break_off(self, cut: Cut, after: int) -> None:
        """Cuts from now on, and every connection that stands open at once."""
        self.after, self.cut = after, cut
        for one in self._open:
            _close(one)

    def close(self) -> None:
        """Nobody is let in any more."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                tablet, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                self._open += [tablet, server]
                for way, source, target in (("requests", tablet, server), ("answers", server, tablet)):
                    Thread(target=self._carry, args=(way, source, target), daemon=True).start()

    def _carry(self, way: Cut, source: socket.socket, target: socket.socket) -> None:
        """Passes bytes on in one direction until either side ends it, or the wire does."""
        passed = b""
        with suppress(OSError):
            while piece := source.recv(PIECE):
                passed += piece if way == self.cut else b""
                beyond = len(passed.partition(HEAD_ENDS)[2]) - self.after if way == self.cut else 0
                target.sendall(piece[: len(piece) - max(beyond, 0)])
                if beyond > 0:
                    self.cuts += 1
                    break
        _close(source)
        _close(target)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
