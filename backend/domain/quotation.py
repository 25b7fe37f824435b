"""Quotations: line amounts, totals, the hash a consent binds to, and what the customer decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sync.canonical import digest
from sync.records import Record

HUNDREDTHS = 100  # quantities carry two decimals


def amount(price: int, quantity: str) -> int:
    """The line amount in minor units, rounded half up."""
    hundredths = int(Decimal(quantity) * HUNDREDTHS)
    return (price * hundredths * 2 + HUNDREDTHS) // (2 * HUNDREDTHS)


def total(lines: Iterable[Mapping[str, Any]]) -> int:
    """The sum of the line amounts in minor units."""
    return sum(line["amount"] for line in lines)


def content_hash(order: str, quotation: Mapping[str, Any]) -> str:
    """SHA-256 of everything a consent agrees to."""
    lines = quotation.get("lines") or []
    return digest(
        {
            "order": order,
            "number": quotation.get("number"),
            "currency": quotation.get("currency"),
            "lines": lines,
            "total": total(lines),
        }
    )


def status(quotations: Iterable[Record], consents: Iterable[Record], signatures: Iterable[Record]) -> str:
    """Where the order stands with its quotations: none, draft, presented, consented or refused.

    A newer presented revision waits for a decision of its own; when it is refused, the scope consented before goes on.
    """
    known = newest_first(quotations)
    presented = [one for one in known if one.data.get("state") == "presented"]
    if not presented:
        return "draft" if known else "none"
    decisions = _decisions(presented, list(consents), consenting(signatures))
    if decisions[0] is None:
        return "presented"
    return "consented" if "yes" in decisions else "refused"


def agreed(quotations: Iterable[Record], consents: Iterable[Record], signatures: Iterable[Record]) -> Record | None:
    """The newest revision the customer consented to."""
    presented = [one for one in newest_first(quotations) if one.data.get("state") == "presented"]
    decisions = _decisions(presented, list(consents), consenting(signatures))
    return next((one for one, decision in zip(presented, decisions, strict=True) if decision == "yes"), None)


def consenting(signatures: Iterable[Record]) -> set[str]:
    """Ids of the signatures that say yes under a quotation."""
    return {
        one.id
        for one in signatures
        if one.data.get("document") == "quotation" and one.data.get("act") in ("accept", "accept_with_remarks")
    }


def newest_first(quotations: Iterable[Record]) -> list[Record]:
    """Revisions by number, the highest first."""
    return sorted(quotations, key=lambda one: (one.data.get("number") or 0, one.id), reverse=True)


def _decisions(quotations: Sequence[Record], consents: Sequence[Record], signatures: set[str]) -> list[str | None]:
    decisive = [decisive_consent(one, consents, signatures) for one in quotations]
    return [one.data["decision"] if one else None for one in decisive]


def decisive_consent(quotation: Record, consents: Iterable[Record], signatures: Collection[str]) -> Record | None:
    """The customer's last decision on this very content."""
    bound = [
        one
        for one in consents
        if one.data.get("quotation") == quotation.id
        and one.data.get("hash") == quotation.data.get("hash")
        and counts(one.data, signatures)
    ]
    return max(bound, key=lambda one: one.id, default=None)


def counts(consent: Mapping[str, Any], signatures: Collection[str]) -> bool:
    """True for a signed consent, an oral one with person and reason, or a refusal with its reason."""
    if consent.get("decision") == "no":
        return bool(consent.get("reason_text") if consent.get("reason_code") == "other" else consent.get("reason_code"))
    if consent.get("mode") == "written":
        return consent.get("signature") in signatures
    return bool(consent.get("person") and consent.get("reason_text"))
