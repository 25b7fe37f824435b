"""The shared vectors about a device, held against the reference device and against the engine that answers it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from sync.clock import format_time
from sync.engine import Session
from sync.exchange import submit
from sync.records import Record
from tests.simulation import company
from tests.simulation.device import Device, Latest
from tests.simulation.disk import Disk, Photo, Settled
from tests.simulation.identity import operation_id, record_id
from tests.simulation.server import CoreServer
from tests.simulation.stage import Stage

Case = dict[str, Any]
PLAIN: Case = json.loads((Path(__file__).parent / "vectors" / "plain.json").read_text(encoding="utf-8"))
SOMEBODY = {"id": "9" * 32, "type": "user", "data": {"roles": ["dispatcher", "engineer", "supervisor"]}}


@cache
def stage() -> Stage:
    return Stage()


def padded(short: str) -> str:
    """The vectors write ids short."""
    return short.rjust(32, "0")


def operation(given: Case) -> Case:
    """A plain operation with what the case says of it; one about nothing else changes a field of its root."""
    record = given.get("record", given.get("root", "a"))
    body = {} if "do" in given else {"do": "set", "set": {}}
    made = {**PLAIN["operation"], "record": record, "root": "a", **body, **given}
    return {name: value for name, value in made.items() if name not in ("seq", "verdict", "epoch", "refused")}


def row(given: Case) -> Case:
    return {**PLAIN["row"], "root": given["id"], **given}


def disk(given: Case) -> Disk:
    """What a device keeps, as a case says it."""
    kept = {**PLAIN["device"], **given}
    made = Disk(epoch=kept["epoch"], cursor=kept["cursor"], handed_over=set(kept["handedOver"]))
    for one in kept["records"]:
        made.shelf.put(row(one))
    for one in kept["outbox"]:
        place = made.needs_you if one.get("refused") else made.outbox
        place[one["id"]] = operation(one)
    for one in kept["overlay"] + kept["archive"]:
        made.archive[one["id"]] = Settled(operation(one), one["seq"], one.get("epoch", made.epoch), "applied")
    made.overlay = {one["id"]: made.archive[one["id"]] for one in kept["overlay"]}
    made.photos = {one["sha256"]: Photo(one["root"], b"", one["seq"]) for one in kept["photos"]}
    return made


def device(given: Case) -> Device:
    """A device that starts with everything judged proven: it has applied a page that reached it."""
    kept = disk(given)
    newest = max((one.seq for one in kept.archive.values()), default=0)
    kept.seen = {"epoch": kept.epoch, "position": newest, "at": format_time(company.BEGIN)}
    tablet = Device("tablet", PLAIN["operation"]["by"], kept, 50, 500)
    kept.seen = None
    return tablet


def belief(case: Case) -> None:
    sent = {**PLAIN["request"], **case.get("sent", {})}
    tablet = device(case.get("device", {}))
    tablet.latest = Latest(case.get("latest", sent["request"]), sent["cursor"], {key: {} for key in sent["operations"]})
    response = {**PLAIN["response"], **case.get("response", {})}
    whole = {name: value for name, value in response.items() if name not in case.get("without", ())}
    text = case.get("text", json.dumps(whole))
    believed = tablet.receive(case.get("status", 200), case.get("type", "application/json"), text.encode())
    assert believed is (case["becomes"] == "usable")


def requests(case: Case) -> None:
    tablet = device({"outbox": case["outbox"]})
    tablet.batch, tablet.one_group_at_a_time = case["limit"], case["single"]
    assert [one["id"] for one in tablet.next_operations()] == case["sends"]


def responses(case: Case) -> None:
    tablet = device(case["device"])
    for given in case["responses"]:
        take(tablet, given)
    after = kept_by(tablet.disk)
    assert {name: after[name] for name in case["after"]} == case["after"]


def take(tablet: Device, given: Case) -> None:
    """Let a device apply one response."""
    changes = [row(one) for one in given.get("changes", ())]
    tablet.apply({**PLAIN["response"], **given, "changes": changes})


def kept_by(kept: Disk) -> Case:
    """What a device keeps, in the words of the vectors."""
    rows = kept.shelf.rows.values()
    return {
        "outbox": sorted(kept.outbox, key=lambda key: kept.outbox[key]["n"]),
        "overlay": sorted(kept.overlay),
        "archive": sorted(kept.archive.keys() - kept.overlay.keys()),
        "records": {one["id"]: one["version"] for one in sorted(rows, key=itemgetter("id"))},
        "gone": sorted(one["id"] for one in rows if one.get("gone")),
        "handedOver": sorted(kept.handed_over),
        "cursor": kept.cursor,
        "epoch": kept.epoch,
        "position": kept.seen and kept.seen["position"],
        "queued": sorted(kept.queue()),
        "kept": sorted(key for key, one in kept.photos.items() if one.seq is not None),
    }


def replay(case: Case) -> None:
    seen = shown(case)
    for short, wanted in case["shows"].items():
        data = seen[padded(short)].data
        assert {name: data.get(name) for name in wanted} == wanted, short
    assert sorted(key for key, one in seen.items() if one.gone) == sorted(map(padded, case.get("gone", ())))


def shown(case: Case) -> dict[str, Record]:
    """What the screen shows of the root of a case."""
    root = padded(case.get("root", "a"))
    rows = [{**one, "id": padded(one["id"]), "root": root} for one in case["records"]]
    made = [replayed(n, one, root) for n, one in enumerate(case["operations"], 1)]
    kept = disk({"records": [*rows, SOMEBODY], "outbox": made})
    return Device("tablet", SOMEBODY["id"], kept, 50, 500).family(root, stage().trade)


def replayed(n: int, given: Case, root: str) -> Case:
    """The n-th operation of a case about one root."""
    return operation({**given, "id": padded(str(n)), "n": n, "record": padded(given["record"]), "root": root})


def merges(case: Case) -> None:
    server = stage().server(0)
    for n, step in enumerate(case["steps"], 1):
        assert judged(server, step, place(case["record"], n)) == step["verdict"], n
    assert stored(server, case["record"], case["shows"]) == (case["shows"], case["disputed"])


def place(name: str, n: int) -> Case:
    """The head of the n-th operation on this record of the order under repair."""
    kind = "work_order" if name == "order" else name
    root, record = (record_id(company.BEGIN, one, "under_repair") for one in ("work_order", kind))
    return {"id": operation_id("merge", n), "n": n, "type": kind, "record": record, "root": root}


def stored(server: CoreServer, name: str, fields: Iterable[str]) -> tuple[Case, list[str]]:
    """The record's values and its disputed fields as the server holds them now."""
    with server.store.read() as reader:
        (found,) = reader.rows([place(name, 0)["record"]])
    row = json.loads(found.body)
    return {field: row["data"].get(field) for field in fields}, row.get("disputed", [])


def judged(server: CoreServer, step: Case, about: Case) -> str:
    """The verdict on one person's change."""
    user = company.USERS[step["by"]]
    changes = {field: {end: person(value) for end, value in one.items()} for field, one in step["set"].items()}
    made = {"by": user, "at": format_time(company.BEGIN), "do": "set", "set": changes, **about}
    return submit(server.engine, Session(user, "tablet"), [{**PLAIN["operation"], **made}], company.BEGIN)[0].verdict


def person(value: object) -> object:
    """`=engineer1` stands for his id."""
    return company.USERS[value[1:]] if isinstance(value, str) and value.startswith("=") else value


CHECKS = {"belief": belief, "merges": merges, "replay": replay, "requests": requests, "responses": responses}
