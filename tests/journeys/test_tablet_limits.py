"""A full tablet and a denied camera: said in words, and nothing is lost."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.camera import Camera
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today
from tests.journeys.pictures import photograph
from tests.journeys.tablet import FAKE_CAMERA, Tablet
from tests.journeys.wire import Records

ORDER = "GD-0003"
FULL = "common_save_storage_full"
BEFORE, AFTER = "之前记下的", "存储满时写的"


def test_a_full_tablet_says_so_and_loses_nothing(company: Company, make_tablet: MakeTablet, tmp_path: Path):
    tablet = make_tablet()
    order = fill_up(tablet, accepted(company, tablet))
    order.fails_to_photograph("before", photograph(tmp_path, "before"), FULL)
    order.fails_to_write("fault", AFTER, FULL)
    tablet.limit_storage(None)
    order.retry_photos()
    order.save_again("fault")
    order.back_to_today()
    tablet.connect()
    Frame(tablet.page).has_sent_everything()
    has_it_all(company.account("supervisor").records())


def fill_up(tablet: Tablet, order: OrderScreen) -> OrderScreen:
    """Keeps one note, then leaves no room at the next start in flight mode."""
    tablet.wait_for_worker()
    tablet.cut_off()
    order.note(BEFORE)
    address = f"#/order/{order.id}"
    tablet.close()
    order = OrderScreen(tablet.open(address, offline=True, room=1))
    order.shows(BEFORE)
    return order


def has_it_all(records: Records) -> None:
    """What was kept before, and what was kept once there was room."""
    order = records.order(ORDER)
    assert order["data"]["fault"] == AFTER
    assert [note["text"] for note in records.children(order["id"], "note")] == [BEFORE]
    assert [photo["stored"] for photo in records.children(order["id"], "photo")] == [True]


def accepted(company: Company, tablet: Tablet) -> OrderScreen:
    """The order, taken by engineer one."""
    company.sign_in(tablet, "engineer1")
    order = Today(tablet.page).open(ORDER)
    order.step("accept", "accepted")
    return order


def test_a_denied_camera_is_said_in_words_and_a_file_does_the_same(
    company: Company, make_tablet: MakeTablet, tmp_path: Path
):
    order = accepted(company, make_tablet(arguments=[FAKE_CAMERA]))
    order.slot("before").click()
    order.shows(order.words("common_camera_denied"))
    order.shows(order.words("common_camera_denied_hint"))
    with order.saves():
        Camera(order.page).choose(photograph(tmp_path, "before"))
    expect(order.slot("before").locator("img")).to_be_visible()
