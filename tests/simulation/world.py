"""One schedule, played: people, devices, network and server, watched by the oracle after every step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from backend.domain.trade import FieldService
from backend.domain.upcasts import SCHEMA
from backend.domain.work_order import ON_SITE
from sync.clock import format_time
from sync.records import Record
from tests.simulation import company, desk, fieldwork, final, pending, rogue
from tests.simulation.device import Device
from tests.simulation.disk import Disk
from tests.simulation.events import Event, Schedule
from tests.simulation.hand import Hand
from tests.simulation.healing import Healing
from tests.simulation.identity import operation_id
from tests.simulation.made import Made
from tests.simulation.network import Answer, Network
from tests.simulation.oracle import Oracle
from tests.simulation.rights import visible
from tests.simulation.server import Server
from tests.simulation.tally import Counts

Duty = Callable[[Hand, dict[str, Record], Record | None], object]
OFFERED: Mapping[str, Mapping[Duty, int]] = {
    "engineer": fieldwork.ENGINEER,
    "engineer elsewhere": fieldwork.ELSEWHERE,
    "dispatcher": desk.DISPATCHER,
    "supervisor": desk.SUPERVISOR,
    "admin": desk.ADMIN,
}
NEVER_ARRIVES = {"lost_request", "signed_out", "unavailable", "portal", "slow_request"}


@dataclass
class Result(Counts):
    """What a clean run counted, and which course it took."""

    rounds: int = 0
    course: str = ""


@dataclass(frozen=True)
class Parts:
    """What a planted bug may replace."""

    server: Callable[[int], Server]
    disks: Mapping[str, Disk]
    epoch: str
    device: Callable[..., Device] = Device
    network: Callable[..., Network] = Network


class World:
    """The company with its devices at one moment."""

    def __init__(self, schedule: Schedule, parts: Parts, trade: FieldService) -> None:
        self.schedule, self.trade, self.now = schedule, trade, company.BEGIN
        self.server = parts.server(schedule.seed)
        self.network = parts.network(self.serve, self.arrive, self.server.restart)
        self.oracle = Oracle(self.server.rows_after(0), parts.epoch)
        self.caught_up: Counter[str] = Counter()  # how far each tablet has heard; -1: nothing since a restore
        self.undelivered: dict[str, dict[str, Made]] = defaultdict(dict)
        self.hidden_at: dict[str, set[str]] = {}
        self.out_of_sight: dict[str, set[str]] = defaultdict(set)
        self.result = Result(fired=self.network.fired)
        self.trace = blake2b(digest_size=16)
        self.devices = self.hired(parts, schedule)
        self.people = [device.name for device in self.devices]
        for device, new in zip(self.devices, schedule.shape["fresh"], strict=False):
            self.caught_up[device.name] = 0 if new else self.oracle.head
        self.copies = {device.name: [device] for device in self.devices}
        self.skew = Counter(dict(zip(self.people, schedule.shape["skew"], strict=False)))

    def hired(self, parts: Parts, schedule: Schedule) -> list[Device]:
        """Everyone's tablet; most have synced before, some are new."""
        shape = schedule.shape
        people = [name for name in company.PEOPLE if name != "engineer3" or shape["engineers"] == 3]
        hired = [
            parts.device(
                name, company.USERS[name], Disk() if new else parts.disks[name].copy(), shape["batch"], shape["limit"]
            )
            for name, new in zip(people, shape["fresh"], strict=False)
        ]
        for device, old in zip(hired, shape.get("old", ()), strict=False):
            device.schema = SCHEMA - (old and isinstance(device, Device))
        return hired

    # one step

    def step(self, event: Event) -> None:
        self.now = company.BEGIN + event.at
        device = self.used(event)
        getattr(self, event.kind)(device, event)
        self.result.steps += 1
        self.check_device(device)
        self.trace.update(f"{event.id}{device.disk.n}{len(device.disk.outbox)}{device.cursor}".encode())

    def used(self, event: Event) -> Device:
        """The tablet a person uses: his own, or a copy somebody made of it."""
        name = self.people[event.who % len(self.people)]
        copies = self.copies[name]
        return copies[event.picks[1] % len(copies)]

    def act(self, device: Device, event: Event) -> None:
        """The user does something on the screen, or a broken app does something behind it."""
        hand = Hand(device, self.trade, self.schedule.seed, event, self.clock_of(device), self.now)
        bad = event.picks[-1] % 1000 < self.schedule.shape["rogue"] * 1000
        order = self.order_of(hand)
        family = hand.family(order) if order else {}
        if order in family and bad:
            tricks = rogue.ROGUE if not self.schedule.shape["restores"] else rogue.ROGUE_WITH_OWN_IDS
            hand.pick(tricks)(hand, family[order])
        elif order in family or device.name.startswith("admin"):
            hand.pick(self.duties(device, family.get(order)))(hand, family, family.get(order))
        operations = hand.save(checked=not bad)
        made = self.oracle.saved(device.name, device.user, operations, bad)
        self.undelivered[device.name].update({one.id: one for one in made})

    def duties(self, device: Device, order: Record | None) -> Sequence[Duty]:
        """What the screens of this role offer for an order in this state."""
        role = company.PEOPLE[device.name.rstrip("'")][0]
        if self.schedule.shape["tug"] and role == "dispatcher":
            return desk.TUG
        if self.schedule.shape.get("quarrel") and role != "admin":
            return fieldwork.QUARREL if role == "engineer" else desk.QUARREL
        on_site = order is not None and order.data.get("state") in ON_SITE
        offered = OFFERED[role if role != "engineer" or on_site else "engineer elsewhere"]
        taste = self.schedule.shape["taste"]
        weighted = [duty for place, (duty, weight) in enumerate(offered.items()) for _ in range(weight * taste[place])]
        return weighted or list(offered)

    def order_of(self, hand: Hand) -> str | None:
        """One of the few orders this schedule is about, or another one if none of them is on the screen."""
        focus = company.ORDER_IDS[: self.schedule.shape["focus"]]
        return hand.pick([one for one in hand.orders if one in focus] or hand.orders)

    def exchange(self, device: Device, event: Event) -> None:
        self.ask(device, event.fault, event.picks[0], operation_id(self.schedule.seed, event.id, "request"))

    def ask(self, device: Device, fault: str | None, pick: int, request: str) -> None:
        clock = {"now": format_time(self.clock_of(device)), "uptime_ms": self.now - company.BEGIN}
        self.result.requests += 1
        self.network.exchange(device, device.request(request, clock), fault, pick)

    def deliver(self, device: Device, event: Event) -> None:
        self.network.deliver(event.picks[0])

    def crash(self, device: Device, event: Event) -> None:
        device.crash()
        self.network.fired["crash"] += 1

    def clock_of(self, device: Device) -> int:
        return self.now + self.skew[device.name] + self.schedule.shape.get("shift", 0)

    def clock(self, device: Device, event: Event) -> None:
        """Somebody sets the tablet's clock wrong."""
        self.skew[device.name] = event.picks[0] * 10_000 - 2**23 * 10_000

    def clone(self, device: Device, event: Event) -> None:
        """The tablet's content is copied to another one, and both go on."""
        if self.schedule.shape["clones"] and len(self.devices) == len(self.people):
            twin = type(device)(device.name + "'", device.user, device.disk.copy(), device.batch, device.limit)
            twin.schema = device.schema
            self.devices.append(twin)
            self.copies[device.name].append(twin)
            self.undelivered[twin.name] = dict(self.undelivered[device.name])
            self.caught_up[twin.name] = self.caught_up[device.name]
            self.network.fired["clone"] += 1

    def backup(self, device: Device, event: Event) -> None:
        self.server.back_up()

    def collect(self, device: Device, event: Event) -> None:
        """The server forgets what ended or was removed some time ago."""
        horizon = self.server.collect(self.now, (0, 600_000, 7_200_000)[event.picks[0] % 3])
        if horizon > self.oracle.past.horizon:
            self.network.fired["collect"] += 1
            self.oracle.past.horizon = horizon

    def restore(self, device: Device, event: Event) -> None:
        """The server's database is lost and comes back from its newest backup: with a new history by the command, or
        just copied back, which only a device can notice."""
        copied = event.picks[0] % 3 == 0
        epoch = None if copied else operation_id(self.schedule.seed, event.id, "epoch")
        if self.schedule.shape["restores"] and self.server.restore(epoch):
            self.oracle.rewind(self.server.rows_after(0), self.server.newest())
            self.network.fired["database_copied_back" if copied else "restore"] += 1
            for one in self.devices:
                self.caught_up[one.name] = -1
                kept = {**one.disk.archive, **one.disk.overlay}.keys() | one.disk.outbox.keys()
                mine = (made for made in self.oracle.made if made.user == one.user and made.answer is None)
                self.undelivered[one.name].update({made.id: made for made in mine if made.id in kept})

    def upload(self, device: Device, event: Event) -> None:
        if event.fault not in NEVER_ARRIVES:
            self.send_photo(device, event.fault, in_parts=event.picks[0] % 3 == 0)

    def send_photo(self, device: Device, fault: str | None = None, in_parts: bool = False) -> bool:
        """Send the next bytes of the queue as far as the fault lets them; False if none wait."""
        waiting = device.next_photo()
        if waiting is None:
            return False
        sha256, content = waiting
        upload = self.server.announce(device.user, sha256, len(content), self.now)
        if upload.seq is None:
            chunk = content[upload.offset : upload.offset + 200] if in_parts else content[upload.offset :]
            chunk = chunk[: len(chunk) // 2] if fault == "truncated_request" else chunk
            offset = upload.offset
            for _ in range(2 if fault == "duplicate" else 1):
                upload = self.server.append(device.user, sha256, offset, chunk, self.now)
        self.look()
        if upload.seq is not None and fault in (None, "duplicate"):
            device.photo_sent(sha256, upload.seq)
        return True

    # watching

    def serve(self, device: Device, body: bytes, die_at: int | None) -> Answer | None:
        """The server's side of one request, with the oracle looking at everything that comes out."""
        before = self.oracle.head
        answer = self.server.sync(device.user, device.name, body, self.now, die_at)
        if answer is None:
            self.network.fired["server_died"] += 1
            self.server.restart()
        states = self.look()
        if answer is not None and answer.status == 200:
            response = answer.json
            self.oracle.answered(device.user, body, response, before, states)
            self.hidden_at[response["request"]] = self.hidden_from(device)
            self.trace.update(answer.body)
        return answer

    def arrive(self, device: Device, answer: Answer) -> None:
        """An answer reaches a device; if it was the last page, everything up to it must be there now."""
        if device.receive(answer.status, answer.type, answer.body):
            self.hear(device, answer.json)
            self.check_device(device)

    def hear(self, device: Device, response: dict) -> None:
        """Note how far the device was told everything, beside what it made of it."""
        if not response.get("more", True) and response["epoch"] == self.oracle.epoch:
            self.caught_up[device.name] = response["through"]
            self.out_of_sight[device.name] = self.hidden_at[response["request"]]

    def hidden_from(self, device: Device) -> set[str]:
        """Roots this device still has work on and whose user may not see them now."""
        roots = {made.operation["root"] for made in self.undelivered[device.name].values()}
        return {root for root in roots & self.oracle.truth.keys() if not visible(self.oracle.truth, device.user, root)}

    def look(self) -> set[str]:
        return self.oracle.committed(self.server.rows_after(self.oracle.head))

    def check_device(self, device: Device) -> None:
        """No acknowledged operation vanishes from a device before its effect has arrived there."""
        disk, waiting = device.disk, self.undelivered[device.name]
        through = self.caught_up[device.name]
        pending.check_pending(self.oracle, device, through)
        gone = waiting.keys() - disk.outbox.keys() - disk.overlay.keys() - disk.needs_you.keys()
        for key in sorted(gone):
            of_another_history = through < 0 or waiting[key].void or disk.epoch != self.oracle.epoch
            if key in disk.archive and of_another_history:  # it is sent again once the device hears of the restore
                continue
            pending.check_delivered(self.oracle, device, waiting[key], through, self.out_of_sight[device.name])
            del waiting[key]

    # healing

    def finish(self) -> Result:
        """Every fault ends; everything must drain, agree and still be there."""
        healing = Healing(self)
        healing.run()
        self.result.drained = Counter(n for name, n in healing.drained.items() if name not in healing.shown)
        self.result.shown = len(healing.shown)
        self.result.rounds = healing.rounds
        for device in self.devices:
            self.check_device(device)
        final.check(self.oracle, self.server, self.devices)
        self.result.verdicts.update(made.verdict for made in self.oracle.made if made.verdict)
        self.result.checks = self.oracle.checks
        self.result.course = self.trace.hexdigest()
        return self.result


def play(schedule: Schedule, parts: Parts, trade: FieldService) -> Result:
    """Run a schedule to its end; raises Violation."""
    world = World(schedule, parts, trade)
    for event in schedule.events:
        world.step(event)
    return world.finish()
