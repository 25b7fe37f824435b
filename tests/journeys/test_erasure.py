"""A customer's contact asks to be erased: the administrator does it, and the engineer's tablet keeps nothing of him."""

from tests.journeys.company import Company
from tests.journeys.conftest import MakeTablet
from tests.journeys.pages.erasures import ErasuresScreen
from tests.journeys.pages.frame import Frame
from tests.journeys.tablet import DESK, Tablet
from tests.support.polling import until

CONTACT = "演示联系人01"
REASON = "应本人要求"

# Every record and operation the tablet keeps for a user, as one text.
KEPT = """async (database, all) => {
  const names = ['records', 'shadow', 'outbox', 'overlay', 'archive'];
  const rows = await Promise.all(names.map((name) => all(database.transaction(name).objectStore(name).getAll())));
  return JSON.stringify(rows);
}"""


def test_a_contact_is_erased_and_the_engineers_tablet_follows(company: Company, make_tablet: MakeTablet):
    engineer, desk = make_tablet(), make_tablet(**DESK)
    company.sign_in(engineer, "engineer1").is_synced()
    assert CONTACT in kept(company, engineer)
    erase(company, desk)
    frame = Frame(engineer.page)
    frame.sync_now()
    frame.is_synced()
    until(lambda: CONTACT not in kept(company, engineer), "the tablet forgets the contact")


def erase(company: Company, desk: Tablet) -> None:
    """The administrator searches, looks and confirms."""
    company.sign_in(desk, "admin")
    screen = ErasuresScreen(desk.page)
    screen.open()
    screen.search(CONTACT)
    screen.choose(1)
    screen.erase(REASON)


def kept(company: Company, tablet: Tablet) -> str:
    """What the tablet keeps for the engineer."""
    return str(tablet.look_behind(KEPT, company.account("engineer1").user))
