"""The sections of a service report, each from the facts of its order."""

from collections.abc import Callable, Mapping
from typing import Any

from backend.domain import quotation as domain_quotation
from backend.domain import report as domain_report
from backend.reports.report_input import (
    Asset,
    Checklist,
    ChecklistItem,
    Consent,
    Customer,
    Order,
    PartUse,
    Photo,
    Quotation,
    QuotationLine,
    Rating,
    Reading,
    Review,
    Signature,
    Site,
    Step,
    Work,
)
from backend.services.report_facts import Facts
from sync.records import Record

TEN_MILLION = 10**7


def order(facts: Facts) -> Order:
    data = facts.order.data
    engineers = [facts.person(user) for user in [data.get("assignee"), *(data.get("crew") or [])]]
    return Order(
        number=data.get("number"),
        version=facts.order.version,
        title=data.get("title"),
        type=facts.word("work_order_type", data.get("type")),
        priority=facts.word("priority", data.get("priority")),
        state=facts.word("order_state", data.get("state")),
        policy=facts.words(facts.referred("policy").get("name")),
        entitlement=facts.word("entitlement", data.get("entitlement")),
        customer_wish=data.get("customer_wish"),
        received_at=data.get("received_at"),
        appointment_start=data.get("appointment_start"),
        appointment_end=data.get("appointment_end"),
        engineers=tuple(dict.fromkeys(name for name in engineers if name)),
    )


def customer(facts: Facts) -> Customer:
    data, contact = facts.referred("customer"), facts.referred("contact")
    return Customer(data.get("name"), data.get("phone"), data.get("address"), contact.get("name"), contact.get("phone"))


def site(facts: Facts) -> Site:
    data = facts.referred("site")
    return Site(data.get("name"), data.get("address"))


def asset(facts: Facts) -> Asset:
    return machine(facts.referred("asset"))


def machine(data: Mapping[str, Any]) -> Asset:
    return Asset(*(data.get(name) for name in ("number", "maker", "model", "serial", "category", "position")))


def work(facts: Facts) -> Work:
    data, newest = facts.order.data, domain_report.newest(facts.of("report"))
    report: Mapping[str, Any] = newest.data if newest else {}
    return Work(
        fault=data.get("fault"),
        diagnosis=data.get("diagnosis"),
        cause=facts.word("responsibility_cause", data.get("cause")),
        work_done=data.get("work_done"),
        result=facts.word("report_result", report.get("result")),
        summary=report.get("summary"),
        next_visit_on=report.get("next_visit_on"),
        next_maintenance_on=data.get("next_maintenance_on"),
    )


def steps(facts: Facts) -> tuple[Step, ...]:
    return tuple(
        Step(
            facts.word("visit_event_kind", event.data["kind"]) or "",
            event.data.get("event_time") or facts.at(event, "kind"),
            facts.by(event, "kind"),
            _place(facts, event.data),
            _remarks(facts, event),
        )
        for event in facts.of("visit_event")
    )


def _remarks(facts: Facts, event: Record) -> tuple[str, ...]:
    late = "late" if any(mark.late for mark in event.marks.values()) else None
    ruled = "ruled" if event.data.get("ruled_time") else None
    doubt = None if ruled else facts.word("time_doubt", event.data.get("doubt"))
    words = (facts.word("remark", late), facts.word("remark", ruled), doubt)
    return tuple(one for one in words if one)


def _place(facts: Facts, data: Mapping[str, Any]) -> str | None:
    place = data.get("place")
    if not place:
        return facts.word("place_missing", data.get("place_missing"))
    return f"{place['lat_e7'] / TEN_MILLION:.5f}, {place['lon_e7'] / TEN_MILLION:.5f}"


def route(facts: Facts) -> list[str]:
    """The machines of an order, in the order in which they are visited."""
    data = facts.order.data
    return data.get("assets") or [one for one in [data.get("asset")] if one]


def checklists(facts: Facts) -> tuple[Checklist, ...]:
    """The checklists, machine by machine; those of no machine come last."""
    places = {machine: place for place, machine in enumerate(route(facts))}
    known = sorted(facts.of("checklist"), key=lambda one: places.get(one.data.get("asset") or "", len(places)))
    return tuple(
        Checklist(
            facts.words(one.data.get("name")) or "",
            one.data.get("template_version"),
            tuple(_item(facts, item, one.data.get(f"answers/{item['id']}") or {}) for item in one.data["items"]),
            facts.machine(one.data.get("asset")).get("number"),
            one.data.get("skipped_because"),
        )
        for one in known
    )


def _item(facts: Facts, item: Mapping[str, Any], answer: Mapping[str, Any]) -> ChecklistItem:
    return ChecklistItem(
        phase=facts.word("checklist_phase", item["phase"]) or "",
        label=facts.words(item["label"]) or "",
        verdict=answer.get("result"),
        verdict_label=facts.word("answer_result", answer.get("result")),
        value=_answer_words(facts, item, answer.get("value")),
        unit=item.get("unit"),
        minimum=item.get("minimum"),
        maximum=item.get("maximum"),
        note=answer.get("note") or answer.get("reason"),
        ratio=f"< {item['maximum']} %" if item["kind"] == "count_ratio" and item.get("maximum") else None,
    )


def _answer_words(facts: Facts, item: Mapping[str, Any], value: str | None) -> str | None:
    """A chosen option in words; any other answer is text already."""
    labels = {option["code"]: option["label"] for option in item.get("options") or ()}
    return facts.words(labels.get(value)) or value


def readings(facts: Facts) -> tuple[Reading, ...]:
    labels = item_labels(facts)
    numbers = {one.id: facts.machine(one.data.get("asset")).get("number") for one in facts.of("checklist")}
    return tuple(
        Reading(
            label=labels.get((one.data.get("checklist"), one.data.get("item"))) or one.data.get("item") or "",
            value=one.data["value"],
            unit=one.data.get("unit"),
            minimum=one.data.get("minimum"),
            maximum=one.data.get("maximum"),
            verdict=one.data.get("verdict"),
            verdict_label=facts.word("answer_result", one.data.get("verdict")),
            instrument=one.data.get("instrument"),
            at=facts.at(one, "value"),
            machine=numbers.get(one.data.get("checklist") or ""),
        )
        for one in facts.of("reading")
    )


def item_labels(facts: Facts) -> dict[tuple[object, object], str | None]:
    """What each item of each checklist asks."""
    return {
        (one.id, item["id"]): facts.words(item["label"]) for one in facts.of("checklist") for item in one.data["items"]
    }


def photos(facts: Facts) -> tuple[Photo, ...]:
    """Every photo; one of a checklist's item tells which, unless somebody wrote words of his own."""
    labels = item_labels(facts)
    return tuple(
        Photo(
            facts.word("photo_slot", one.data["slot"]) or "",
            one.data.get("caption") or labels.get((one.data.get("checklist"), one.data.get("item"))),
            one.data.get("taken_at"),
            one.data["sha256"],
            _reader(facts, one),
        )
        for one in facts.of("photo")
    )


def _reader(facts: Facts, photo: Record) -> Callable[[], bytes | None]:
    return lambda: facts.photo_bytes(photo.data["sha256"]) if photo.data.get("stored") else None


def parts_used(facts: Facts) -> tuple[PartUse, ...]:
    return tuple(
        PartUse(
            one.data["name"],
            one.data["quantity"],
            facts.word("part_source", one.data.get("source")),
            facts.word("permission", one.data.get("permission")),
            facts.word("disposition", one.data.get("disposition")),
            one.data.get("old_serial"),
            one.data.get("new_serial"),
        )
        for one in facts.of("part_use")
    )


def quotation(facts: Facts) -> Quotation | None:
    """The newest revision with the customer's last word on exactly it."""
    known = domain_quotation.newest_first(facts.of("quotation"))
    if not known:
        return None
    data = known[0].data
    names = ("code", "name", "unit", "price", "quantity", "amount")
    lines = tuple(QuotationLine(*(line.get(name) for name in names)) for line in data["lines"])
    signatures = domain_quotation.consenting(facts.of("signature"))
    consent = domain_quotation.decisive_consent(known[0], facts.of("consent"), signatures)
    agreed = _consent(facts, consent) if consent else None
    return Quotation(data["number"], data["currency"], lines, data["total"], data.get("hash"), agreed)


def _consent(facts: Facts, consent: Record) -> Consent:
    data = consent.data
    return Consent(
        decision=facts.word("consent_decision", data["decision"]) or "",
        mode=facts.word("consent_mode", data.get("mode")),
        person=data.get("person"),
        role=facts.word("contact_role", data.get("role")),
        reason=data.get("reason_text") or facts.word("refusal_reason", data.get("reason_code")),
        at=facts.at(consent, "decision"),
    )


def signature(facts: Facts) -> Signature | None:
    """The newest signature under the acceptance, drawn from its points."""
    signed = [one for one in facts.of("signature") if one.data.get("document") == "acceptance"]
    if not signed:
        return None
    data = signed[-1].data
    statement: Mapping[str, Any] = data["statement"]
    signer = statement.get("signer")
    named: Mapping[str, Any] = signer if isinstance(signer, dict) else {}
    return Signature(
        act=facts.word("signature_act", data.get("act")),
        signer=_text(named.get("name")),
        role=facts.word("contact_role", named.get("role")),
        reason=data.get("reason") or _text(statement.get("remarks")),
        signed_at=facts.at(signed[-1], "statement"),
        sha256=data["sha256"],
        verification=facts.word("signature_state", data.get("state")),
        strokes=_strokes(data["ink"]),
    )


def _strokes(ink: list[object]) -> tuple[tuple[int, ...], ...]:
    """The lines of a signature; whatever is no line of whole numbers is left out, the stored ink is not touched."""
    return tuple(tuple(one) for one in ink if isinstance(one, list) and all(type(number) is int for number in one))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def rating(facts: Facts) -> Rating | None:
    newest = facts.newest("rating")
    return Rating(newest.data.get("score"), newest.data.get("comment")) if newest else None


def reviews(facts: Facts) -> tuple[Review, ...]:
    return tuple(
        Review(
            facts.word("review_decision", one.data["decision"]) or "",
            facts.by(one, "decision"),
            facts.at(one, "decision"),
            tuple(comment["text"] for comment in one.data.get("comments") or []),
        )
        for one in facts.of("review")
    )
