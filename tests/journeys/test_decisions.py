"""A supervisor settles what could not simply be applied, and the engineer sees what became of it."""

import hashlib

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.desk import ParkedScreen
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today
from tests.journeys.program import Program
from tests.journeys.stage import at_work, hired, prepare
from tests.journeys.tablet import DESK
from tests.journeys.wire import Records

CANCELLED, FORBIDDEN = "GD-0003", "GD-0001"
WISH, REASON = "周六上午施工，提前一天电话确认", "客户来电改为上午"
PICTURE = b"a picture of the terminals"


def test_work_on_a_cancelled_order_is_taken_over_with_one_tap(company: Company, make_tablet: MakeTablet):
    engineer = at_work(company, "engineer1", CANCELLED)
    cancel(hired(company, "dispatcher", CANCELLED))
    went_there(engineer)
    desk = desk_of(company, make_tablet)
    desk.reopen_and_apply(10)
    desk.is_synced()
    order = company.account("supervisor").records().order(CANCELLED)["data"]
    assert (order["state"], order["diagnosis"]) == ("diagnosing", "接触器触点粘连")
    assert told(company, "engineer1") == {"applied"}


def test_a_change_is_applied_in_other_words_and_its_author_sees_which(company: Company, make_tablet: MakeTablet):
    engineer = at_work(company, "engineer1", FORBIDDEN)
    wanted = {"priority": {"was": "urgent", "to": "general"}, "customer_wish": {"was": None, "to": "周末施工"}}
    engineer.make("work_order", engineer.root, "set", wanted)
    engineer.push()
    desk = desk_of(company, make_tablet)
    desk.edit_and_apply(WISH, left_out=0, reason=REASON)
    desk.is_synced()
    order = company.account("supervisor").records().order(FORBIDDEN)["data"]
    assert (order["priority"], order["customer_wish"]) == ("urgent", WISH)
    shows_outcome(company, make_tablet)


def test_a_photo_removed_here_and_captioned_there_comes_back_with_its_caption(
    company: Company, make_tablet: MakeTablet
):
    one, two = at_work(company, "engineer1", FORBIDDEN), hired(company, "engineer2", FORBIDDEN)
    photo = removed_photo(one)
    two.make("photo", photo, "set", {"caption": {"was": None, "to": "端子 X3"}})
    two.push()
    desk = desk_of(company, make_tablet)
    desk.brings_back("照片可用")
    desk.is_synced()
    kept = company.account("supervisor").records().rows[photo]
    assert (kept.get("gone"), kept["data"]["caption"]) == (None, "端子 X3")


def cancel(desk: Program) -> None:
    desk.make("work_order", desk.root, "set", {"cancel_reason": {"was": None, "to": "客户来电取消"}})
    desk.make("work_order", desk.root, "transition", {"name": "cancel", "from": "accepted"})
    desk.push()


def went_there(engineer: Program) -> None:
    """All the way to the diagnosis, out of reach."""
    prepare(engineer)
    for name, start in (("depart", "accepted"), ("arrive", "departed"), ("start", "arrived")):
        engineer.step(name, start)
    engineer.write("diagnosis", None, "接触器触点粘连")
    engineer.push()


def removed_photo(engineer: Program) -> str:
    values = {"sha256": hashlib.sha256(PICTURE).hexdigest(), "size": len(PICTURE), "media_type": "image/jpeg"}
    engineer.add("photo", {**values, "slot": "evidence"})
    photo: str = engineer.made[-1]["record"]
    engineer.make("photo", photo, "hide", {"reason": "拍糊了"})
    engineer.push()
    engineer.account.upload(PICTURE)
    return photo


def desk_of(company: Company, make_tablet: MakeTablet) -> ParkedScreen:
    """The supervisor at the parked operations."""
    tablet = make_tablet(**DESK)
    company.sign_in(tablet, "supervisor")
    screen = ParkedScreen(tablet.page)
    screen.open()
    return screen


def shows_outcome(company: Company, make_tablet: MakeTablet) -> None:
    tablet = make_tablet()
    company.sign_in(tablet, "engineer1")
    order: OrderScreen = Today(tablet.page).open(FORBIDDEN)
    for words in (WISH, REASON):
        order.shows(words)


def told(company: Company, username: str) -> set[str]:
    """What became of everything that was not simply applied."""
    records: Records = company.account(username).records()
    return {outcome["state"] for outcome in records.all("outcome")}
