"""The road between devices and server, with everything that happens on it; faults come from the schedule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from tests.simulation.device import Device, decoded


@dataclass(frozen=True)
class Answer:
    """An HTTP response; `json` is what the judge reads in it."""

    status: int
    type: str
    body: bytes

    @cached_property
    def json(self) -> dict:
        return decoded(self.body)


@dataclass(frozen=True)
class Request:
    """A request still on its way, the device's `asked`-th."""

    device: Device
    body: bytes
    asked: int


@dataclass(frozen=True)
class Response:
    """An answer still on its way, to the device's `asked`-th request."""

    device: Device
    answer: Answer
    asked: int


PORTAL = Answer(200, "text/html", b"<html><body>Welcome to the hotel. Please accept the terms.</body></html>")
PORTAL_JSON = Answer(200, "application/json", b'{"status":"ok","protocol":1}')
ERRORS = {
    "signed_out": Answer(401, "application/json", b'{"error":{"code":"unauthenticated"}}'),
    "unavailable": Answer(503, "application/json", b'{"error":{"code":"unavailable"}}'),
}
LATEST_IN_FLIGHT = 12


@dataclass
class Network:
    """`serve` hands a body to the server and gives its answer, None if the server died; `arrive` hands an answer to
    its device; `fired` counts faults."""

    serve: Callable[[Device, bytes, int | None], Answer | None]
    arrive: Callable[[Device, Answer], None]
    restart: Callable[[], None]
    flying: list[Request | Response] = field(default_factory=list)
    fired: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def exchange(self, device: Device, body: bytes, fault: str | None, pick: int) -> None:
        """Carry one request to the server and its answer back, as far as the fault lets it."""
        self.asked[device.name] += 1
        if fault:
            self.fired[fault] += 1
        match fault:
            case "lost_request":
                pass
            case "slow_request":
                self.fly(Request(device, body, self.asked[device.name]))
            case "portal":
                self.arrive(device, PORTAL_JSON if pick % 2 else PORTAL)
            case "signed_out" | "unavailable":
                self.arrive(device, ERRORS[fault])
            case "truncated_request":
                self.serve(device, body[: pick % len(body)], None)
            case _:
                self.answer(device, self.reach(device, body, fault, pick), fault, pick)

    def reach(self, device: Device, body: bytes, fault: str | None, pick: int) -> Answer | None:
        """The request arrives, perhaps twice, perhaps at a server that dies over it."""
        if fault == "late_copy_of_request":
            self.fly(Request(device, body, self.asked[device.name]))
        if fault == "duplicate":
            self.serve(device, body, None)
        return self.serve(device, body, pick if fault == "server_dies_before_commit" else None)

    def answer(self, device: Device, answer: Answer | None, fault: str | None, pick: int) -> None:
        if answer is None or fault == "lost_response":
            return
        match fault:
            case "server_dies_after_commit":
                self.restart()
            case "slow_response":
                self.fly(Response(device, answer, self.asked[device.name]))
            case "truncated_response":
                self.arrive(device, Answer(answer.status, answer.type, answer.body[: pick % len(answer.body)]))
            case "device_dies_before_storing":
                device.crash()
            case "late_copy_of_response":
                self.fly(Response(device, answer, self.asked[device.name]))
                self.arrive(device, answer)
            case "device_dies_after_storing":
                self.arrive(device, answer)
                device.crash()
            case _:
                self.arrive(device, answer)

    def fly(self, message: Request | Response) -> None:
        self.flying = [*self.flying, message][-LATEST_IN_FLIGHT:]

    def deliver(self, pick: int) -> None:
        """One of the messages in flight arrives, in any order; the server's answer comes back at once.

        A body names its request; a status does not, and goes with its connection when the device asks anew.
        """
        if not self.flying:
            return
        message = self.flying.pop(pick % len(self.flying))
        self.fired["delivered_late"] += 1
        answer = message.answer if isinstance(message, Response) else self.serve(message.device, message.body, None)
        if answer is not None and (answer.status == 200 or message.asked == self.asked[message.device.name]):
            self.arrive(message.device, answer)
