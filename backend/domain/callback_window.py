"""Callbacks: which days a callback may be made, and who may make it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from backend.domain.work_calendar import DAY, Span, WorkCalendar, add_months, at, ends, local_day

AFTER_REPAIR = (3, 7)  # days after the finish (004, T-140)
FOLLOW_UP_WORKING_DAYS = 2  # after a dissatisfied answer (002#7)
ATTEMPTS, HOURS_BETWEEN = 3, 24
LOW_SCORE = 2  # of 5: a score up to this opens a follow-up
UNHAPPY = ("dissatisfied", "defect_found")
UNANSWERED = ("unreachable", "rescheduled")


@dataclass(frozen=True, slots=True)
class Window:
    """The local days, first and last, on which a callback is due."""

    opens: date
    closes: date

    def span(self, zone: ZoneInfo) -> Span:
        """From the midnight that begins the first day to the one that ends the last."""
        return at(self.opens, 0, zone), ends(self.closes, zone)


def after_finish(finished_at: int, days: tuple[int, int], zone: ZoneInfo) -> Window:
    """Day `days[0]` to day `days[1]` after the device's finish time, in the site's days; the finish day is day 0."""
    finished = local_day(finished_at, zone)
    return Window(finished + days[0] * DAY, finished + days[1] * DAY)


def follow_up(answered_at: int, calendar: WorkCalendar) -> Window:
    """From the answer's day until two working days later."""
    day = local_day(answered_at, calendar.zone)
    closes, left = day, FOLLOW_UP_WORKING_DAYS
    while left:
        closes += DAY
        left -= calendar.works(closes)
    return Window(day, closes)


def period(anchor: date, months: int, number: int) -> Window:
    """The `number`-th period of so many months since the anchor, as one window: first 1 ... last day."""
    return Window(add_months(anchor, months * (number - 1)), add_months(anchor, months * number) - DAY)


def may_call(agent: str, workers: Collection[str]) -> bool:
    """Nobody calls about his own job."""
    return agent not in workers


def opens_follow_up(score: int | None, outcome: str) -> bool:
    """True if the answer asks for more work: a low score, a defect, or dissatisfaction."""
    return outcome in UNHAPPY or (score is not None and score <= LOW_SCORE)
