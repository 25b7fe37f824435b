"""The service report of one order, for everybody who may see the order."""

from zoneinfo import ZoneInfo

from backend.domain.work_calendar import COMPANY_ZONE
from backend.reports.report_input import Locale, ReportInput
from backend.reports.service_report import render
from backend.services import report_sections as sections
from backend.services.parts import Parts
from backend.services.report_facts import Facts, load
from backend.services.report_round import round_
from backend.services.visibility import sees_root
from sync.errors import Fault


def print_report(parts: Parts, user: str, order: str, locale: Locale) -> tuple[str, bytes]:
    """The order's number and the report as PDF."""
    with parts.engine.store.read() as reader:
        facts = load(reader, order, lambda sha256: _photo_bytes(parts, sha256), locale)
        if facts is None or not sees_root(reader, user, order):
            raise Fault("not_found")
    return facts.order.data["number"], render(_gathered(facts, locale, parts.now()))


def _photo_bytes(parts: Parts, sha256: str) -> bytes | None:
    return parts.blobs.path(sha256).read_bytes() if sha256 in parts.blobs else None


def _zone(name: str | None) -> str:
    """The site's zone, or the company's where the world has none of that name."""
    try:
        return ZoneInfo(name or COMPANY_ZONE.key).key
    except (KeyError, ValueError, OSError):
        return COMPANY_ZONE.key


def _gathered(facts: Facts, locale: Locale, now: int) -> ReportInput:
    return ReportInput(
        locale=locale,
        generated_at=now,
        timezone=_zone(facts.referred("site").get("timezone")),
        company=facts.referred("branch").get("name") or "",
        order=sections.order(facts),
        customer=sections.customer(facts),
        site=sections.site(facts),
        asset=sections.asset(facts),
        work=sections.work(facts),
        steps=sections.steps(facts),
        checklists=sections.checklists(facts),
        readings=sections.readings(facts),
        photos=sections.photos(facts),
        parts=sections.parts_used(facts),
        quotation=sections.quotation(facts),
        signature=sections.signature(facts),
        rating=sections.rating(facts),
        reviews=sections.reviews(facts),
        round=round_(facts),
    )
