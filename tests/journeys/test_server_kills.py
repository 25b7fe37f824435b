"""The server killed in the middle of a sync, a hundred times: nothing is lost and nothing happens twice."""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from threading import Timer

from tests.journeys.company import Company
from tests.journeys.program import Program
from tests.support.server import Server

ORDER = "GD-0003"
LANES, CYCLES = 2, 50


class Lane:
    """One server with its own data, one program that sends to it, and how often the two were torn apart."""

    def __init__(self, server: Server, seed: int) -> None:
        self.chance = random.Random(seed)
        self.company = Company(server.start())
        account = self.company.account("engineer1")
        self.program = Program(account, account.records(), ORDER, self.chance)
        self.program.step("accept", "dispatched")
        self.program.push()
        self.cut = 0
        self.took = 0.1

    def run(self) -> "Lane":
        """Kill, start, retry; again and again."""
        for cycle in range(CYCLES):
            self.program.work(f"第 {cycle} 次")
            self._push_until_killed()
            self.company.server.start()
            self._push()
        return self

    def _push(self) -> None:
        """Undisturbed, and timed: the next kill comes at any moment of such a push."""
        begun = time.monotonic()
        self.program.push()
        self.took = time.monotonic() - begun

    def _push_until_killed(self) -> None:
        killer = Timer(self.chance.random() * self.took, self.company.server.kill)
        killer.start()
        try:
            self.program.push()
        except (OSError, HTTPException):
            self.cut += 1
        killer.join()

    def holds_everything_once(self) -> None:
        """Every operation was applied, every file is whole, and sending it all again changes nothing."""
        reader, program = self.company.account("supervisor"), self.program
        records = reader.records()
        program.repeat()
        assert not program.waits
        assert Counter(answer["verdict"] for answer in program.answers.values()) == {"applied": len(program.made)}
        assert reader.records().rows == records.rows
        # A visit event dates the order, which is a change of its own.
        changes = [one for one in program.made if one["record"] == program.root or one["type"] == "visit_event"]
        assert records.order(ORDER)["version"] == 1 + len(changes)
        assert records.order(ORDER)["data"]["fault"] == program.fault
        notes = [note["text"] for note in records.children(program.root, "note")]
        assert sorted(notes) == sorted(f"第 {cycle} 次" for cycle in range(CYCLES))
        photos = {photo["sha256"]: photo["stored"] for photo in records.children(program.root, "photo")}
        assert photos == {sha256(photo).hexdigest(): True for photo in program.photos}
        for name in photos:
            assert sha256(reader.download(f"/api/v1/blobs/{name}")).hexdigest() == name


def test_a_hundred_kills_of_the_server_lose_nothing_and_double_nothing(
    seeded: Path, huizhi_server: Callable[..., Server], tmp_path: Path
):
    folders = [shutil.copytree(seeded, tmp_path / f"lane-{lane}") for lane in range(LANES)]
    lanes = [Lane(huizhi_server(folder), seed) for seed, folder in enumerate(folders)]
    with ThreadPoolExecutor(LANES) as pool:
        done = list(pool.map(Lane.run, lanes))
    cut = sum(lane.cut for lane in done)
    for lane in done:
        lane.holds_everything_once()
    print(f"server killed {LANES * CYCLES} times, {cut} of them during a request: 0 lost, 0 twice")
    assert cut > LANES * CYCLES / 4, "most kills came when nothing was under way"
