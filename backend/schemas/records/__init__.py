"""The synced types, each declared once in the file of its noun."""

from backend.schemas.records.calendar import WorkCalendar
from backend.schemas.records.callback import Callback, CallbackAttempt, CallbackPlan, QuestionTemplate
from backend.schemas.records.catalogue import ChecklistTemplate, Part, PriceList, ServicePolicy
from backend.schemas.records.checklist import Checklist, Reading
from backend.schemas.records.complaint import Complaint
from backend.schemas.records.customer import Asset, Contact, Customer, Site
from backend.schemas.records.deadline import Deadline, Notice
from backend.schemas.records.engine import Conflict, OutcomeRecord, Parked
from backend.schemas.records.part_use import PartUse, StockMove, VanMove
from backend.schemas.records.patrol import AssetFinding, Finding, PatrolPlan
from backend.schemas.records.quotation import Consent, Quotation
from backend.schemas.records.reference import Branch, User
from backend.schemas.records.report import Report, Review
from backend.schemas.records.signoff import Rating, Signature
from backend.schemas.records.visit import Note, Photo, VisitEvent
from backend.schemas.records.work_order import WorkOrder
from backend.schemas.synced import Synced, record_type
from sync.policy import Model

SCHEMAS: tuple[type[Synced], ...] = (
    Branch, User, Customer, Site, Contact, Asset, Part, PriceList, ServicePolicy, ChecklistTemplate, WorkOrder,
    Checklist, Reading, VisitEvent, Photo, Note, Quotation, Consent, PartUse, StockMove, VanMove, Signature,
    Rating, Report, Review, Conflict, Parked, OutcomeRecord, WorkCalendar, PatrolPlan, Finding, AssetFinding,
    Deadline, Notice, QuestionTemplate, Callback, CallbackAttempt, CallbackPlan, Complaint,
)  # fmt: skip


def model() -> Model:
    """All synced types as the engine sees them."""
    return Model({schema.rules.name: record_type(schema) for schema in SCHEMAS})
