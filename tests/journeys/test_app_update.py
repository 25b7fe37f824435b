"""The app is replaced under a full outbox: what the old one left is opened whole by the new one, at once or later."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.old_app import OldApp
from tests.journeys.pages.outbox import Outbox
from tests.journeys.pictures import photograph
from tests.journeys.stage import hired
from tests.journeys.tablet import Tablet
from tests.support.old_shell import unpack
from tests.support.server import Server

ORDER = "GD-0003"
FAULT, NOTE = "旧版本里记下的故障", "旧版本里写的备注"
MADE = 5  # accepting is a step and an event; then a text, a remark and a photo
EXCHANGES = "**/api/**"
TYPES_OF_0_1_0 = {
    "branch", "user", "customer", "site", "contact", "asset", "part", "price_list", "service_policy", "work_order",
    "checklist_template", "checklist", "reading", "visit_event", "photo", "note", "quotation", "consent", "part_use",
    "stock_move", "signature", "rating", "report", "review", "conflict", "parked", "outcome",
}  # fmt: skip

STORES = """async (database, all) => {
  const found = { version: database.version };
  for (const name of ['records', 'outbox', 'overlay', 'archive', 'files', 'meta']) {
    found[name] = await all(database.transaction(name).objectStore(name).getAll());
  }
  return found;
}"""

# The second record that an upgrade writes cannot be written; the next start of the page has no such trouble.
TROUBLE = """(() => {
  const put = IDBObjectStore.prototype.put;
  let count = 0;
  IDBObjectStore.prototype.put = function (...args) {
    const troubled = this.transaction.mode === 'versionchange' && !sessionStorage.getItem('repaired');
    if (troubled && ++count === 2) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, args);
  };
})()"""


@pytest.fixture
def company(seeded: Path, huizhi_server: Callable[..., Server], tmp_path: Path) -> Company:
    """A company whose server still hands out the app of release 0.1.0."""
    folder = tmp_path / "company"
    shutil.copytree(seeded, folder)
    made = Company(huizhi_server(folder).start(shell=unpack("0.1.0", tmp_path / "shell")))
    program = hired(made, "engineer1", ORDER)
    for values in ({"declined": True}, {"score": 5}):
        program.add("rating", values)
    program.push()
    return made


@pytest.fixture
def tablet(company: Company, make_tablet: MakeTablet, tmp_path: Path) -> Tablet:
    """Work that the old app could not send, on a tablet that has just heard of the new one."""
    tablet = make_tablet()
    old = OldApp(tablet.open())
    old.sign_in("engineer1", company.password("engineer1"))
    tablet.context.route(EXCHANGES, lambda route: route.abort())
    old.accept(ORDER)
    old.write("fault", FAULT)
    old.note(NOTE)
    old.photograph("before", photograph(tmp_path, "before"))
    company.server.stop()
    company.server.start()
    tablet.page.reload()
    return tablet


def stores(company: Company, tablet: Tablet) -> dict[str, Any]:
    """Everything this tablet keeps for engineer one."""
    found: dict[str, Any] = tablet.look_behind(STORES, company.account("engineer1").user)
    return found


def has_arrived(company: Company, tablet: Tablet) -> None:
    """All of it reaches the server, the photo with its bytes."""
    tablet.context.unroute(EXCHANGES)
    outbox = Outbox(tablet.page)
    outbox.sync_now()
    outbox.has_sent_everything()
    records = company.account("supervisor").records()
    order = records.order(ORDER)
    assert (order["data"]["state"], order["data"]["fault"]) == ("accepted", FAULT)
    assert [note["text"] for note in records.children(order["id"], "note")] == [NOTE]
    assert [photo["stored"] for photo in records.children(order["id"], "photo")] == [True]


def test_a_full_outbox_survives_the_update_of_the_app(company: Company, tablet: Tablet):
    before = stores(company, tablet)
    OldApp(tablet.page).update()
    outbox = Outbox(tablet.page)
    outbox.go("outbox")
    outbox.holds(MADE)
    after = stores(company, tablet)
    assert (before["version"], after["version"]) == (1, 2)
    assert (after["outbox"], after["files"]) == (before["outbox"], before["files"])
    unheard_of = [row for row in before["records"] if row["type"] not in TYPES_OF_0_1_0]
    assert unheard_of
    assert all(row in after["records"] for row in unheard_of)
    has_arrived(company, tablet)


def test_an_upgrade_that_fails_half_way_leaves_everything_and_says_so(company: Company, tablet: Tablet):
    before = stores(company, tablet)
    tablet.context.add_init_script(TROUBLE)
    OldApp(tablet.page).update()
    outbox = Outbox(tablet.page)
    outbox.shows(outbox.words("common_store_full"))
    outbox.shows(outbox.words("common_store_full_hint"))
    assert stores(company, tablet) == before
    tablet.page.evaluate("sessionStorage.setItem('repaired', 'yes')")
    outbox.button("common_retry").click()
    outbox.go("outbox")
    outbox.holds(MADE)
    has_arrived(company, tablet)


def test_a_window_of_the_old_app_holds_the_new_one_up_only_until_it_is_closed(company: Company, tablet: Tablet):
    other = tablet.context.new_page()
    other.goto(f"{tablet.url}/")
    expect(other.locator("a[href^='#/order/']").first).to_be_visible()
    OldApp(tablet.page).update()
    outbox = Outbox(tablet.page)
    outbox.shows(outbox.words("common_store_blocked"))
    other.close()
    outbox.go("outbox")
    outbox.holds(MADE)
    has_arrived(company, tablet)
