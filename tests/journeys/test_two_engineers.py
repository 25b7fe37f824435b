"""Two engineers change one order without a network: nothing is overwritten, and a person decides what clashes."""

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.desk import ConflictsScreen
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today
from tests.journeys.tablet import DESK, Tablet

ORDER = "GD-0001"
BEFORE = "按启动键无反应，面板无显示"
ONE, TWO = "控制变压器无输出", "急停回路断开，已查明"
DIAGNOSIS, WORK_DONE = "急停按钮触点氧化", "已清洁触点并复位"
REASON = "以现场复测为准"


def test_both_engineers_keep_their_work_and_see_how_the_clash_was_decided(company: Company, make_tablet: MakeTablet):
    one, two, desk = (start(company, make_tablet, name) for name in ("engineer1", "engineer2", "supervisor"))
    take_the_job(one, two)
    one.cut_off()
    two.cut_off()
    write(one, fault=ONE, work_done=WORK_DONE)
    write(two, fault=TWO, diagnosis=DIAGNOSIS)
    for tablet in (one, two, one):
        exchange(tablet)
    for tablet, mine, other in ((one, ONE, TWO), (two, TWO, ONE)):
        sees_the_clash(tablet, mine, other)
    decide(desk, TWO)
    for tablet in (one, two):
        exchange(tablet)
        sees_the_decision(tablet)
    assert one_conflict(company) == (BEFORE, ONE, [TWO], "resolved")


def start(company: Company, make_tablet: MakeTablet, username: str) -> Tablet:
    """Somebody signed in on a device of his own."""
    tablet = make_tablet(**(DESK if username == "supervisor" else {}))
    company.sign_in(tablet, username)
    return tablet


def take_the_job(one: Tablet, two: Tablet) -> None:
    """The first accepts it, the second hears of it."""
    Today(one.page).open(ORDER).step("accept", "accepted")
    leave(one).is_synced()
    Frame(two.page).sync_now()
    Today(two.page).open(ORDER).has_state("accepted")


def write(tablet: Tablet, **texts: str) -> None:
    """Fills these texts of the order."""
    order = opened(tablet)
    for field, text in texts.items():
        order.write(field, text)


def exchange(tablet: Tablet) -> None:
    """Back on the network; everything is sent and fetched."""
    frame = leave(tablet)
    tablet.connect()
    frame.sync_now()
    frame.is_synced()
    opened(tablet)


def sees_the_clash(tablet: Tablet, mine: str, other: str) -> None:
    """What it was, what shows and what else was written, and the fields that did not clash as both wrote them."""
    order = opened(tablet)
    assert order.conflict_values() == {"was": BEFORE, "shows": ONE, "others": [TWO]}
    order.has(fault=ONE, diagnosis=DIAGNOSIS, work_done=WORK_DONE)
    assert {mine, other} == {ONE, TWO}


def decide(desk: Tablet, value: str) -> None:
    """The supervisor sees all three values and takes one."""
    conflicts = ConflictsScreen(desk.page)
    conflicts.sync_now()
    conflicts.open()
    conflicts.shows_values(BEFORE, ONE, TWO)
    conflicts.decide(value, REASON)
    conflicts.is_synced()


def sees_the_decision(tablet: Tablet) -> None:
    """No clash is left, the chosen value shows, and the history tells who decided and why."""
    order = opened(tablet)
    order.has_no_conflict()
    order.has(fault=TWO, diagnosis=DIAGNOSIS, work_done=WORK_DONE)
    order.tab("history")
    order.shows(REASON)
    order.tab("do")


def opened(tablet: Tablet) -> OrderScreen:
    """The order on this tablet's screen."""
    if "#/order/" in tablet.page.url:
        return OrderScreen(tablet.page)
    return Today(tablet.page).open(ORDER)


def leave(tablet: Tablet) -> Frame:
    """Back to the list, where the line speaks of syncing."""
    OrderScreen(tablet.page).back_to_today()
    return Frame(tablet.page)


def one_conflict(company: Company) -> tuple[str, str, list[str], str]:
    """What the server keeps of the only conflict there ever was."""
    (conflict,) = company.account("supervisor").records().all("conflict")
    others = [candidate["value"] for candidate in conflict["candidates"]]
    return conflict["was"], conflict["live"]["value"], others, conflict["state"]
