"""What a service report prints, as plain data gathered by the caller.

Every value of a closed list (order type, verdict, disposition, ...) arrives twice where the layout needs it: as the
stable code, and as the label already in the report's language. None means "not recorded" and prints as missing; an
empty tuple means "there was none" and says so. Times are UTC milliseconds, money integer minor units, decimals strings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Locale = Literal["zh-CN", "zh-TW", "en"]
Verdict = Literal["pass", "fail", "na"]


@dataclass(frozen=True)
class Order:
    number: str | None
    version: int
    title: str | None
    type: str | None
    priority: str | None
    state: str | None
    policy: str | None
    entitlement: str | None
    customer_wish: str | None
    received_at: int | None
    appointment_start: int | None
    appointment_end: int | None
    engineers: tuple[str, ...]


@dataclass(frozen=True)
class Customer:
    name: str | None
    phone: str | None
    address: str | None
    contact_name: str | None
    contact_phone: str | None


@dataclass(frozen=True)
class Site:
    name: str | None
    address: str | None


@dataclass(frozen=True)
class Asset:
    number: str | None
    maker: str | None
    model: str | None
    serial: str | None
    category: str | None
    position: str | None


@dataclass(frozen=True)
class Work:
    fault: str | None
    diagnosis: str | None
    cause: str | None
    work_done: str | None
    result: str | None
    summary: str | None
    next_visit_on: str | None
    next_maintenance_on: str | None


@dataclass(frozen=True)
class Step:
    """`remarks` say what must not be overlooked: that it was added late, or that its time is in doubt."""

    label: str
    at: int | None
    by: str | None
    place: str | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChecklistItem:
    phase: str
    label: str
    verdict: Verdict | None
    verdict_label: str | None
    value: str | None
    unit: str | None
    minimum: str | None
    maximum: str | None
    note: str | None
    ratio: str | None = None
    """The share of a count from which on it fails, instead of limits."""


@dataclass(frozen=True)
class Checklist:
    name: str
    template_version: int | None
    items: tuple[ChecklistItem, ...]
    machine: str | None = None
    skipped_because: str | None = None


@dataclass(frozen=True)
class Finding:
    machine: str | None
    item: str | None
    severity: str | None
    action: str | None
    description: str


@dataclass(frozen=True)
class Round:
    """What a patrol has beside a repair: its machines, its days, by when its report is promised, what it found."""

    machines: tuple[Asset, ...]
    due_on: str | None
    opens_on: str | None
    closes_on: str | None
    report_due_at: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Reading:
    label: str
    value: str
    unit: str | None
    minimum: str | None
    maximum: str | None
    verdict: Verdict | None
    verdict_label: str | None
    instrument: str | None
    at: int | None
    machine: str | None = None


@dataclass(frozen=True)
class Photo:
    slot: str
    caption: str | None
    taken_at: int | None
    sha256: str
    content: Callable[[], bytes | None]  # read when it is printed: one photo in memory at a time


@dataclass(frozen=True)
class PartUse:
    name: str | None
    quantity: int
    source: str | None
    permission: str | None
    disposition: str | None
    old_serial: str | None
    new_serial: str | None


@dataclass(frozen=True)
class QuotationLine:
    code: str | None
    name: str
    unit: str | None
    price: int
    quantity: str
    amount: int


@dataclass(frozen=True)
class Consent:
    decision: str
    mode: str | None
    person: str | None
    role: str | None
    reason: str | None
    at: int | None


@dataclass(frozen=True)
class Quotation:
    revision: int
    currency: str
    lines: tuple[QuotationLine, ...]
    total: int
    hash: str | None
    consent: Consent | None


@dataclass(frozen=True)
class Signature:
    act: str | None
    signer: str | None
    role: str | None
    reason: str | None
    signed_at: int | None
    sha256: str
    verification: str | None
    strokes: tuple[tuple[int, ...], ...]
    """Each stroke is a flat run x, y, t, x, y, t, ... exactly as it was drawn."""


@dataclass(frozen=True)
class Rating:
    score: int | None
    comment: str | None


@dataclass(frozen=True)
class Review:
    decision: str
    by: str | None
    at: int | None
    comments: tuple[str, ...]


@dataclass(frozen=True)
class ReportInput:
    locale: Locale
    generated_at: int
    timezone: str
    company: str
    order: Order
    customer: Customer
    site: Site
    asset: Asset
    work: Work
    steps: tuple[Step, ...]
    checklists: tuple[Checklist, ...]
    readings: tuple[Reading, ...]
    photos: tuple[Photo, ...]
    parts: tuple[PartUse, ...]
    quotation: Quotation | None
    signature: Signature | None
    rating: Rating | None
    reviews: tuple[Review, ...]
    round: Round | None = None
