"""One repair under a paid policy, done through the screens as an engineer and a customer do it."""

from pathlib import Path

from tests.journeys.pages.order import OrderScreen
from tests.journeys.pages.today import Today
from tests.journeys.pictures import photograph
from tests.journeys.tablet import Tablet

ORDER = "GD-0007"
FAULT = "控制板无通信，面板黑屏，复位无效"
DIAGNOSIS = "接触器触点烧蚀，控制电源缺相"
WORK_DONE = "更换交流接触器，紧固端子，恢复通信"
EARTH, INSULATION = "4.6", "120"
WHY_FAILED = "接地极锈蚀，已建议客户整改"
NOTE = "客户要求下次提前一天电话预约"
SLOTS = ("before", "fault", "nameplate", "after")


def repair(tablet: Tablet, folder: Path) -> str:
    """The job as an engineer does it; the order's id."""
    order = Today(tablet.page).open(ORDER)
    order.step("accept", "accepted")
    order.prepare()
    order.step("depart", "departed")
    order.step("arrive", "arrived")
    order.step("start", "diagnosing")
    for slot in SLOTS[:3]:
        order.photograph(slot, photograph(folder, slot))
    order.write("fault", FAULT)
    agree_on_the_price(order)
    work(order, folder)
    sign_off(order)
    order.finish()
    return order.id


def agree_on_the_price(order: OrderScreen) -> None:
    """Quotes two lines; the customer agrees with his finger."""
    quotation = order.quotation()
    quotation.add("L-HOUR")
    quotation.add("P-CONTACTOR")
    customer = quotation.present()
    customer.decide("accept")
    customer.sign_by_finger()
    customer.done()
    customer.give_back()
    order.tab("do")
    order.has_state("consented")


def work(order: OrderScreen, folder: Path) -> None:
    """Twenty items with two measurements, one of them out of limits, one part, and what was found and done."""
    checklist = order.checklist()
    checklist.choose("appearance", "轻微")
    checklist.answer("appearance", "pass")
    checklist.measure("earth-resistance", EARTH, "fail")
    checklist.explain("earth-resistance", WHY_FAILED)
    checklist.photograph("earth-resistance", photograph(folder, "earth"))
    checklist.measure("insulation-resistance", INSULATION, "pass")
    checklist.write("error-code", "E04")
    for item in checklist.open_items():
        checklist.answer(item, "pass")
    checklist.leave()
    order.write("diagnosis", DIAGNOSIS)
    order.blame("supplier")
    order.write("work_done", WORK_DONE)
    order.use_part("P-CONTACTOR", "return_company")
    order.photograph("after", photograph(folder, "after"))
    order.note(NOTE)
    order.conclude("done")


def sign_off(order: OrderScreen) -> None:
    """The customer accepts the work with a pen and gives five stars."""
    order.has_state("acceptance")
    customer = order.hand_over()
    customer.decide("accept")
    customer.sign_by_mouse()
    customer.rate(5)
    customer.done()
    customer.give_back()
    order.has_state("settled")
