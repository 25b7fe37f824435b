"""Every screen of the app once: where it is, who sees it, and what must be touched to have it in front."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.company import Company
from tests.journeys.pages.frame import Frame
from tests.journeys.pages.handover import Handover
from tests.journeys.pages.today import Today
from tests.journeys.stage import DISPUTED, UNDER_WAY, Stage, set_up
from tests.journeys.tablet import Tablet
from tests.journeys.words import Words

CHOOSE_LANGUAGE = "locale => localStorage.setItem('PARAGLIDE_LOCALE', locale)"
CALM = {"reduced_motion": "reduce"}
Touch = Callable[[Page, Words], None]


@dataclass(frozen=True)
class Stop:
    """One screen; `path` may name an order of the stage."""

    name: str
    path: str
    touch: Touch = field(default=lambda page, words: None)


def press(selector: str) -> Touch:
    """Touches the first thing of a kind, and a sheet opens."""

    def touch(page: Page, words: Words) -> None:
        page.locator(selector).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return touch


def open_camera(page: Page, words: Words) -> None:
    press("[data-slot]")(page, words)
    expect(page.get_by_role("dialog").locator(".notice")).to_be_visible()


def open_details(page: Page, words: Words) -> None:
    page.locator("summary").first.click()


def open_plan(page: Page, words: Words) -> None:
    page.locator("[data-plan]").first.click()
    expect(page.locator("[data-preview]")).to_be_visible()


def tick(page: Page, words: Words) -> None:
    page.locator("input[type=checkbox]").first.check()


def explain(page: Page, words: Words) -> None:
    press("[data-deadlines]")(page, words)
    page.locator("[data-deadline] summary").first.click()


def speak(page: Page, words: Words) -> None:
    page.get_by_text(words("call_spoke"), exact=True).click()
    page.locator("[data-question=satisfaction]").get_by_text("2", exact=True).click()


def sign(page: Page, words: Words) -> None:
    customer = Handover(page, words)
    customer.decide("accept")
    customer.sign_by_mouse()
    customer.rate(5)


def be_thanked(page: Page, words: Words) -> None:
    sign(page, words)
    Handover(page, words).done()


FIELD = (
    Stop("today", "#/today"),
    Stop("order", "#/order/{under_way}/do"),
    Stop("deadlines", "#/order/{under_way}/do", explain),
    Stop("photos", "#/order/{reviewed}/photos"),
    Stop("parts", "#/order/{under_way}/parts"),
    Stop("part", "#/order/{under_way}/parts", press("[data-part]")),
    Stop("price-list", "#/order/{under_way}/quote"),
    Stop("quotation", "#/order/{reviewed}/quote"),
    Stop("history", "#/order/{reviewed}/history"),
    Stop("clash", "#/order/{disputed}/do"),
    Stop("complaint", "#/order/{under_way}/do", press("[data-complain]")),
    Stop("arrival", "#/order/{on_the_road}/do", press("[data-step=arrive]")),
    Stop("camera", "#/order/{under_way}/do", open_camera),
    Stop("finish-check", "#/order/{under_way}/do", press("[data-step=finish]")),
    Stop("checklist", "#/order/{under_way}/checklist/{checklist}"),
    Stop("measurement", "#/order/{under_way}/checklist/{checklist}", press("button.measure")),
    Stop("round", "#/order/{round}/do"),
    Stop("round-findings", "#/order/{round}/findings"),
    Stop("round-machine", "#/order/{round}/checklist/{stop}"),
    Stop("round-measurement", "#/order/{round}/checklist/{stop}", press("button.measure")),
    Stop("round-finding", "#/order/{round}/findings", press("[data-finding] button")),
    Stop("round-skip", "#/order/{round}/checklist/{stop}", press("[data-skip]")),
    Stop("outbox", "#/outbox"),
    Stop("settings", "#/settings"),
)
CUSTOMER = (
    Stop("customer-quotation", "#/order/{reviewed}/handover/quotation"),
    Stop("customer-acceptance", "#/order/{reviewed}/handover/acceptance"),
    Stop("customer-signature", "#/order/{reviewed}/handover/acceptance", sign),
    Stop("customer-round", "#/order/{round}/handover/acceptance"),
    Stop("customer-thanks", "#/order/{under_way}/handover/acceptance", be_thanked),
)
SUPERVISOR = (
    Stop("desk-reports", "#/desk/reports"),
    Stop("desk-report", "#/desk/report/{reviewed}"),
    Stop("desk-return", "#/desk/report/{reviewed}", tick),
    Stop("desk-round", "#/desk/orders/{round}"),
    Stop("desk-round-report", "#/desk/report/{round}"),
    Stop("desk-orders", "#/desk/orders"),
    Stop("desk-order", "#/desk/orders/{under_way}"),
    Stop("desk-new-order", "#/desk/orders/new"),
    Stop("desk-plans", "#/desk/plans"),
    Stop("desk-plan", "#/desk/plans", open_plan),
    Stop("desk-new-plan", "#/desk/plans/new"),
    Stop("desk-special-patrol", "#/desk/plans/special"),
    Stop("desk-notices", "#/desk/notices"),
    Stop("desk-complaints", "#/desk/complaints"),
    Stop("desk-complaint", "#/desk/complaints/{complaint}"),
    Stop("desk-new-complaint", "#/desk/complaints/new/{under_way}"),
    Stop("desk-callbacks", "#/desk/callbacks"),
    Stop("desk-callback", "#/desk/callbacks/{callback}", speak),
    Stop("desk-clashes", "#/desk/conflicts"),
    Stop("desk-parked", "#/desk/parked"),
)
ADMINISTRATOR = (
    Stop("admin-users", "#/desk/users"),
    Stop("admin-devices", "#/desk/devices"),
    Stop("admin-tokens", "#/desk/tokens"),
    Stop("admin-policies", "#/desk/policies", open_details),
    Stop("admin-prices", "#/desk/prices", open_details),
    Stop("admin-parts", "#/desk/parts"),
    Stop("admin-templates", "#/desk/templates", open_details),
    Stop("admin-calendars", "#/desk/calendars"),
    Stop("admin-scheduler", "#/desk/jobs"),
    Stop("admin-erasures", "#/desk/erasures"),
)
NOBODY = (Stop("sign-in", ""),)


class Guide:
    """Leads through every screen, in any language, at a company in the middle of its day."""

    def __init__(self, company: Company, make_tablet: Callable[..., Tablet], folder: Path) -> None:
        engineer, supervisor, admin, nobody = (make_tablet(**CALM) for _ in range(4))
        self.stage: Stage = set_up(company, engineer, folder)
        self._leave_the_network(engineer)
        company.sign_in(supervisor, "supervisor")
        company.sign_in(admin, "admin")
        nobody.open()
        self._stops = {engineer: (*FIELD, *CUSTOMER), supervisor: SUPERVISOR, admin: ADMINISTRATOR, nobody: NOBODY}

    def tour(self, locale: str) -> Iterator[tuple[Stop, Page]]:
        """Each screen in turn."""
        words = Words(locale)
        for tablet, stops in self._stops.items():
            self._leave(tablet)
            tablet.page.evaluate(CHOOSE_LANGUAGE, locale)
            tablet.page.reload()
            for stop in stops:
                self._go(tablet, stop, words)
                yield stop, tablet.page

    def _go(self, tablet: Tablet, stop: Stop, words: Words) -> None:
        page = tablet.page
        self._leave(tablet)
        page.goto(f"{tablet.url}/{stop.path.format(**asdict(self.stage))}")
        expect(page.locator("h1").first).to_be_visible()
        stop.touch(page, words)
        expect(page.locator(f"[aria-label$='{words('common_loading')}']")).to_have_count(0)

    def _leave(self, tablet: Tablet) -> None:
        """Closes whatever lies over the screen, and customer mode."""
        Handover(tablet.page).forget()
        tablet.page.goto(f"{tablet.url}/#/settings")

    def _leave_the_network(self, tablet: Tablet) -> None:
        """The engineer knows of the clash, and has one note that nobody else has."""
        frame = Frame(tablet.page)
        frame.sync_now()
        clash = Today(tablet.page).open(DISPUTED)
        expect(tablet.page.locator(".sides").first).to_be_visible()
        clash.back_to_today()
        tablet.wait_for_worker()
        tablet.cut_off()
        order = Today(tablet.page).open(UNDER_WAY)
        order.note("客户要求周五前完成")
        order.back_to_today()
