"""The company that every server holds: people, customers, and orders of 1.5 KB, 30 per engineer."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from backend.domain.upcasts import SCHEMA
from backend.services.founding import SYSTEM
from sync.clock import format_time
from sync.engine import Session
from sync.operations import OperationMaker

ORDERS_EACH = 30
ORDERS_OF_A_CUSTOMER = 10
NOW = 1_767_225_600_000
AT = "2026-01-01T00:00:00.000Z"
FAULTS = ("漏水", "异响", "跳闸", "异味", "漏电", "停机", "结冰", "高温")
WISHES = (
    "请在上午联系前台登记后进场",
    "设备在三楼机房东侧",
    "停机不得超过两小时",
    "更换的旧件请当面交还",
    "现场需要佩戴安全帽",
)
WISH_CHARACTERS = 190

Operation = dict[str, Any]


def _record(kind: int, index: int = 0) -> str:
    """An id as long as real ones."""
    return f"019b7e6a-0000-7000-8{kind:03x}-{index:012x}"


BRANCH, DISPATCHER = _record(1), _record(2)


def engineer(index: int) -> str:
    """The id of an engineer."""
    return _record(3, index)


def order(index: int) -> str:
    """The id of an order; the first 30 are the first engineer's."""
    return _record(4, index)


@dataclass
class Company:
    """`operations_each` is how many changes every order sees after it was made and accepted."""

    orders: int
    operations_each: int = 0
    seed: random.Random = field(default_factory=lambda: random.Random(1))

    @property
    def engineers(self) -> int:
        """How many engineers it takes."""
        return -(-self.orders // ORDERS_EACH)

    def history(self) -> Iterator[tuple[Session, list[Operation]]]:
        """Everything that happened, as pushes."""
        maker = OperationMaker(SYSTEM.user, AT, SCHEMA, self._id)
        for some in _batches(self._made(maker), 500):
            yield SYSTEM, some
        for index in range(self.engineers):
            work = Work(engineer(index), self._own_orders(index), self.seed.random())
            yield work.session, [work.accept(one) for one in work.orders]
            if self.operations_each:
                yield work.session, work.changes(self.operations_each * len(work.orders))

    def work(self, index: int) -> "Work":
        """What an engineer of this company does next."""
        return Work(engineer(index), self._own_orders(index), index, self.operations_each)

    def _own_orders(self, index: int) -> list[str]:
        first = index * ORDERS_EACH
        return [order(one) for one in range(first, min(first + ORDERS_EACH, self.orders))]

    def _id(self) -> str:
        return f"{self.seed.getrandbits(128):032x}"

    def _made(self, maker: OperationMaker) -> Iterator[Operation]:
        def make(kind: str, record: str, values: dict[str, object]) -> Operation:
            return maker.make(kind, record, record, "create", {"values": values})

        yield make("branch", BRANCH, {"code": "main", "name": "演示分公司"})
        yield make("user", DISPATCHER, _person("dispatcher", "演示调度员"))
        for index in range(self.engineers):
            yield make("user", engineer(index), _person("engineer", f"演示工程师{index}", index))
        for index in range(-(-self.orders // ORDERS_OF_A_CUSTOMER)):
            known = {"branch": BRANCH, "name": f"演示客户{index}", "phone": f"000-{index:06}"}
            yield make("customer", _customer(index), known)
        for index in range(self.orders):
            yield make("work_order", order(index), self._order(index))

    def _order(self, index: int) -> dict[str, object]:
        wish = "。".join(self.seed.choices(WISHES, k=24))[:WISH_CHARACTERS]
        appointment = NOW + index % 40 * 3_600_000
        return {
            "number": f"GD-{index:06}",
            "type": "repair_general",
            "priority": "general",
            "severity": "level_2",
            "customer": _customer(index // ORDERS_OF_A_CUSTOMER),
            "branch": BRANCH,
            "received_at": NOW,
            "title": f"空调维修 {index}",
            "customer_wish": wish,
            "entitlement": "free",
            "fault": FAULTS[0],
            "assignee": engineer(index // ORDERS_EACH),
            "appointment_start": appointment,
            "appointment_end": appointment + 7_200_000,
        }


class Work:
    """Small changes of an engineer's own orders, each made by somebody who saw the last one."""

    def __init__(self, user: str, orders: list[str], seed: float, made: int = 0) -> None:
        self.session = Session(user, f"device of {user}")
        self.orders = orders
        self._random = random.Random(seed)
        self._made = made * len(orders)
        self._n = 0

    def changes(self, count: int) -> list[Operation]:
        """The next changes, one order after the other."""
        return [self._change() for _ in range(count)]

    def accept(self, record: str) -> Operation:
        """The engineer takes the order on."""
        return self._operation(record, 1, "transition", {"name": "accept", "from": "dispatched"})

    def _change(self) -> Operation:
        done, index = divmod(self._made, len(self.orders))
        self._made += 1
        change = {"was": _fault(done), "to": _fault(done + 1)}
        return self._operation(self.orders[index], done + 2, "set", {"fault": change})

    def _operation(self, record: str, base: int, do: str, body: object) -> Operation:
        """With every member that the app sends."""
        self._n += 1
        return {
            "id": f"{self._random.getrandbits(128):032x}",
            "n": self._n,
            "by": self.session.user,
            "at": format_time(NOW + self._n * 1000),
            "seen": {"epoch": "e" * 32, "position": 90_180, "at": AT},
            "schema": SCHEMA,
            "type": "work_order",
            "record": record,
            "root": record,
            "base": base,
            "do": do,
            do: body,
        }


def _fault(number: int) -> str:
    return FAULTS[number % len(FAULTS)]


def _customer(index: int) -> str:
    return _record(5, index)


def _person(role: str, name: str, index: int = 0) -> dict[str, object]:
    return {"username": f"{role}{index}", "name": name, "roles": [role], "branch": BRANCH, "active": True}


def _batches(operations: Iterator[Operation], size: int) -> Iterator[list[Operation]]:
    batch: list[Operation] = []
    for one in operations:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
