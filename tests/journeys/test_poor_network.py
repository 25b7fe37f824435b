"""A 2G link that stalls and breaks off: text arrives in seconds and before pictures, and no byte of a photo in vain."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.today import Today
from tests.journeys.pictures import photograph
from tests.journeys.tablet import Tablet
from tests.support.polling import until
from tests.support.proxy import FINE, TWO_G, Request, Weather, Wire

ORDER = "GD-0003"
RECEIVED_WITHIN_SECONDS = 20
MEGABYTE = 1_000_000
LARGE = 5 * MEGABYTE
CUTS = 10
LARGEST_CHUNK = 262_144
# On 2G five megabytes take a quarter of an hour (`make slow-photo`), and chunks are smaller: on a fast link a cut can
# cost most.
OFFICE = Weather(bytes_per_second=LARGE / 10, round_trip=0.05)
LINE, PATIENCE_SECONDS = (TWO_G, 2_400) if os.environ.get("PHOTO") == "2g" else (OFFICE, 240)

# A photo of five megabytes in the queue, put there behind the app's back: the camera makes smaller ones.
QUEUE_PHOTO = """async (database, all, [user, root, size]) => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  const hex = (array) => Array.from(array, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  const writing = database.transaction(['outbox', 'files', 'bytes', 'meta'], 'readwrite');
  const asking = writing.objectStore('meta').get('meta');
  asking.onsuccess = () => {
    const meta = asking.result;
    const values = { sha256, size, media_type: 'image/jpeg', slot: 'evidence' };
    const operation = { id: hex(crypto.getRandomValues(new Uint8Array(16))), n: meta.n + 1, by: user, group: null,
      at: new Date().toISOString(), seen: meta.seen, schema: 2, type: 'photo', record: crypto.randomUUID(), root,
      base: 0, do: 'append', append: { values } };
    writing.objectStore('outbox').put({ operation, bytes: 600, refused: null });
    writing.objectStore('files').put({ sha256, root, size, type: 'image/jpeg', offset: 0, state: 'queued',
      receivedAt: null, seq: null });
    writing.objectStore('bytes').put(new Blob([bytes], { type: 'image/jpeg' }), sha256);
    writing.objectStore('meta').put({ ...meta, n: meta.n + 1, revision: meta.revision + 1 }, 'meta');
  };
  await new Promise((done) => (writing.oncomplete = done));
  return sha256;
}"""


# What the tablet keeps of operations that the server has received and answered.
IS_RECEIVED = """async (database, all, text) => {
  const kept = await all(database.transaction('archive').objectStore('archive').getAll());
  return kept.some((entry) => JSON.stringify(entry.operation.set ?? null).includes(`"to":"${text}"`));
}"""


@pytest.fixture
def wire(company: Company) -> Iterator[Wire]:
    """The only way from the tablet to the server."""
    made = Wire(company.url, seed=2)
    yield made
    made.close()


@pytest.fixture
def tablet(company: Company, make_tablet: MakeTablet, wire: Wire) -> Tablet:
    """Engineer one has accepted the order; everything is sent."""
    made = make_tablet(url=wire.url)
    company.sign_in(made, "engineer1")
    made.wait_for_worker()
    order = Today(made.page).open(ORDER)
    order.step("accept", "accepted")
    order.back_to_today()
    Frame(made.page).has_sent_everything()
    wire.requests.clear()
    return made


def until_received(tablet: Tablet, user: str, text: str) -> None:
    """Waits until the tablet was told that the server has it."""
    until(lambda: tablet.look_behind(IS_RECEIVED, user, text), f"{text!r} received", seconds=60)


def until_exchanging(wire: Wire, after: int) -> None:
    """Waits until an exchange that began after so many requests is on the wire."""
    news = wire.requests
    until(lambda: any(one.path == "/api/v1/sync" and one.passed for one in news[after:]), "an exchange on the wire")


def until_uploading(wire: Wire) -> None:
    """Waits until the bytes of a photo are on their way."""
    until(lambda: any(one.passed for one in wire.uploads), "a photo on the wire")


def test_an_edit_is_received_within_twenty_seconds_while_photos_are_on_their_way(
    company: Company, tablet: Tablet, wire: Wire, tmp_path: Path
):
    """The clock runs until the tablet says *received*; every second edit's own exchange is cut as well."""
    user = company.account("engineer1").user
    order = Today(tablet.page).open(ORDER)
    wire.weather = TWO_G
    order.photograph("before", photograph(tmp_path, "before"))
    until_uploading(wire)
    took = []
    for number, text in enumerate(("不启动", "不启动，报警 E04", "不启动，报警 E04，缺相", "接触器粘连")):
        before, begun = len(wire.requests), monotonic()
        order.write("fault", text)
        if number % 2:
            until_exchanging(wire, before)
            wire.drop()
        until_received(tablet, user, text)
        took.append(monotonic() - begun)
        wire.drop()
    print("seconds until an edit was received over 2G:", ", ".join(f"{one:.1f}" for one in took))
    assert max(took) < RECEIVED_WITHIN_SECONDS
    wire.weather = FINE
    order.back_to_today()
    Frame(tablet.page).has_sent_everything()


def test_all_text_of_a_day_goes_in_one_exchange_and_before_every_photo(
    company: Company, tablet: Tablet, wire: Wire, tmp_path: Path
):
    tablet.cut_off()
    work_offline(tablet, tmp_path)
    wire.weather = TWO_G
    tablet.connect()
    until_uploading(wire)
    wire.weather = FINE
    Frame(tablet.page).has_sent_everything()
    before_photos = wire.requests[: wire.requests.index(wire.uploads[0])]
    assert [one.path for one in before_photos] == ["/api/v1/sync", "/api/v1/blobs"]
    assert before_photos[0].headers["content-encoding"] == "gzip"
    words, photos = commits(company)
    assert (len(words), len(photos)) == (6, 2)
    assert max(words) < min(photos)


def work_offline(tablet: Tablet, folder: Path) -> None:
    """Two photos first, then text: what is sent first is not what was made first."""
    order = Today(tablet.page).open(ORDER)
    for slot in ("before", "fault"):
        order.photograph(slot, photograph(folder, slot))
    order.write("fault", "控制变压器无输出")
    order.write("diagnosis", "熔断器熔断")
    for text in ("已通知仓库备件", "客户下午在场"):
        order.note(text)
    order.back_to_today()


def commits(company: Company) -> tuple[list[int], list[int]]:
    """From the server's own log: the commits of the tablet's last operations, and those that brought its photos."""
    with sqlite3.connect(company.server.data_dir / "huizhi.sqlite3") as database:
        photos = [seq for (seq,) in database.execute("SELECT seq FROM records WHERE type = 'photo' AND version > 1")]
        day = "SELECT seq FROM judged WHERE device IN (SELECT device FROM judged ORDER BY seq DESC LIMIT 1)"
        words = [seq for (seq,) in database.execute(f"{day} ORDER BY seq DESC LIMIT 6")]
    return words, photos


def test_a_photo_of_five_megabytes_survives_ten_cuts_and_no_cut_costs_more_than_a_chunk(
    company: Company, tablet: Tablet, wire: Wire
):
    order = company.account("supervisor").records().order(ORDER)["id"]
    user = company.account("engineer1").user
    sha256 = tablet.look_behind(QUEUE_PHOTO, user, [user, order, LARGE])
    wire.weather = LINE
    wire.cut_uploads_at([(number + 1) * LARGE // (CUTS + 1) for number in range(CUTS)])
    tablet.page.reload()
    took = until(lambda: commits(company)[1] != [], "the whole photo on the server", PATIENCE_SECONDS)
    again = sent_again(wire.uploads)
    said = f"{took:.0f} s, {wire.cuts} cuts, {len(wire.uploads)} requests"
    print(f"{said}, bytes sent again per cut: {', '.join(map(str, again))}")
    assert wire.cuts == CUTS
    assert len(again) <= CUTS
    assert max(again) <= LARGEST_CHUNK
    assert len(company.account("supervisor").download(f"/api/v1/blobs/{sha256}")) == LARGE


def sent_again(uploads: list[Request]) -> list[int]:
    """For every chunk that repeats bytes which had already passed the wire: how many."""
    repeated, reached = [], 0
    for one in uploads:
        begun = int(one.headers["upload-offset"])
        repeated.append(max(0, min(reached, begun + one.passed) - begun))
        reached = max(reached, begun + one.passed)
    return [count for count in repeated if count]
