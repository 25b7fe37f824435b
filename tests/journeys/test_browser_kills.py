"""The browser killed right after it says that something is kept on this tablet: it is."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.handover import Handover
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today
from tests.journeys.pictures import photograph
from tests.journeys.tablet import Tablet

ORDER = "GD-0003"
KILLS = 25


@dataclass
class Deed:
    """Something an engineer saves, and how he sees afterwards that it is there."""

    do: Callable[[OrderScreen], None]
    holds: Callable[[OrderScreen], None]


def test_25_kills_of_the_browser_lose_nothing_that_was_said_to_be_saved(
    company: Company, make_tablet: MakeTablet, tmp_path: Path
):
    tablet = make_tablet()
    address = load_once(company, tablet)
    kept = 0
    for deed in all_deeds(tmp_path):
        survives_a_kill(tablet, address, deed)
        kept += 1
    print(f"browser killed straight after the word: nothing lost in {kept} of {KILLS} kills")
    assert kept == KILLS
    everything_arrives_once(company, tablet)


def load_once(company: Company, tablet: Tablet) -> str:
    """Signs in and closes, because a browser writes a fresh cookie late; the address of the order, in flight mode."""
    company.sign_in(tablet, "engineer1")
    address = f"#/order/{Today(tablet.page).open(ORDER).id}"
    tablet.wait_for_worker()
    tablet.close()
    tablet.open(address, offline=True)
    return address


def survives_a_kill(tablet: Tablet, address: str, deed: Deed) -> None:
    """Saves, kills at the word, opens again and looks."""
    deed.do(OrderScreen(tablet.page))
    tablet.kill()
    deed.holds(OrderScreen(tablet.open(address, offline=True)))


def all_deeds(folder: Path) -> Iterator[Deed]:
    """Steps, answers, texts, photos, notes, a measurement, a part and signatures, as they come on a job."""
    yield step("accept", "accepted")
    yield from (passed(item) for item in ("contact", "tools-and-parts", "documents"))
    yield step("depart", "departed")
    yield step("arrive", "arrived")
    yield step("start", "diagnosing")
    yield from (photo(slot, folder) for slot in ("before", "fault", "nameplate"))
    yield from (note(f"第 {number} 条备注") for number in range(1, 4))
    yield text("fault", "合闸后十秒跳闸")
    yield from (passed(item) for item in ("isolated", "covered"))
    yield measured("earth-resistance", "3.9")
    yield measured("insulation-resistance", "0.4", "fail")
    yield text("work_done", "更换断路器")
    yield part("P-BREAKER")
    yield photo("after", folder)
    yield from (signature() for _ in range(2))
    yield note("客户已签字")
    yield text("diagnosis", "断路器触点老化")


def step(name: str, reaches: str) -> Deed:
    return Deed(lambda order: order.step(name, reaches), lambda order: order.has_state(reaches))


def text(field: str, words: str) -> Deed:
    return Deed(lambda order: order.write(field, words), lambda order: order.has(**{field: words}))


def note(words: str) -> Deed:
    return Deed(lambda order: order.note(words), lambda order: order.shows(words))


def photo(slot: str, folder: Path) -> Deed:
    picture = photograph(folder, slot)
    shows = lambda order: expect(order.slot(slot).locator("img")).to_be_visible()  # noqa: E731
    return Deed(lambda order: order.photograph(slot, picture), shows)


def part(code: str) -> Deed:
    return Deed(
        lambda order: order.use_part(code, "scrap"),
        lambda order: order.shows(order.words.label("disposition", "scrap")),
    )


def passed(item: str) -> Deed:
    return answered(item, "pass", lambda order: order.checklist().answer(item, "pass"))


def measured(item: str, value: str, verdict: str = "pass") -> Deed:
    return answered(item, verdict, lambda order: order.checklist().measure(item, value, verdict))


def answered(item: str, result: str, do: Callable[[OrderScreen], None]) -> Deed:
    def holds(order: OrderScreen) -> None:
        checklist = order.checklist()
        checklist.has(item, result)
        checklist.back()

    return Deed(do, holds)


def signature() -> Deed:
    hashes: list[str] = []

    def do(order: OrderScreen) -> None:
        customer = order.hand_over()
        customer.decide("accept")
        customer.sign_by_mouse()
        customer.rate(4)
        hashes.append(customer.done())

    def holds(order: OrderScreen) -> None:
        Handover(order.page).forget()
        order.go("history")
        order.shows(hashes[0][:16])
        order.go("do")

    return Deed(do, holds)


def everything_arrives_once(company: Company, tablet: Tablet) -> None:
    """After all those kills the tablet sends what it keeps, and the server has each deed exactly once."""
    photos = tablet.stored_bytes(company.account("engineer1").user)
    OrderScreen(tablet.page).back_to_today()
    tablet.connect()
    Frame(tablet.page).has_sent_everything()
    reader = company.account("supervisor")
    records = reader.records()
    order = records.order(ORDER)["id"]
    kinds = ("visit_event", "photo", "note", "reading", "part_use", "signature", "rating")
    assert Counter({kind: len(records.children(order, kind)) for kind in kinds}) == Counter(
        visit_event=4, photo=4, note=4, reading=2, part_use=1, signature=2, rating=2
    )
    for name, content in photos.items():
        assert hashlib.sha256(content).hexdigest() == name
        assert reader.download(f"/api/v1/blobs/{name}") == content
