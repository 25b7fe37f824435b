"""Who may write what, in which states of the order; the names used by the record types."""

from backend.domain import complaint
from backend.domain.work_order import ADDITIVE, ON_SITE
from sync.policy import Access

OPEN_ORDER = ON_SITE | {"intake", "triaged", "remote_support", "dispatched"}
LIVE_ORDER = OPEN_ORDER | {"reported", "in_review"}

# Reference data: read-only for everyone else.
ADMINISTRATION = Access({"admin": None, "system": None})

# Deadlines and notices follow from the clock; whom a notice names may say that he has read it.
SYSTEM_ONLY = Access({"system": None})
OWN_NOTICES = Access({"engineer": None, "dispatcher": None, "supervisor": None})

# Callbacks come from the scheduler or the desk, and are carried out by whoever did not do the job.
SCHEDULING = Access({"dispatcher": None, "supervisor": None, "system": None})
CALLING = Access({"engineer": None, "dispatcher": None, "supervisor": None})

# Whoever meets the customer takes his complaint; the desk handles it until it is closed, and
# may complete its record after that.
COMPLAINING = Access({"engineer": None, "dispatcher": None, "supervisor": None, "system": None})
COMPLAINT_RECORDS = Access({"dispatcher": None, "supervisor": None, "system": None})
HANDLING = Access(dict.fromkeys(complaint.HANDLERS | {"system"}, complaint.OPEN))

# Customers and orders are made at the desk; an order that is archived or closed stays as it is.
OFFICE_DESK = Access({"dispatcher": None, "supervisor": None, "system": None})
DISPATCHING = Access({"dispatcher": LIVE_ORDER, "supervisor": LIVE_ORDER, "system": LIVE_ORDER})

# What the engineer on site knows best, and the desk may correct.
FINDINGS = Access({"engineer": ON_SITE, "dispatcher": LIVE_ORDER, "supervisor": LIVE_ORDER})
HOLDING = Access({"engineer": ADDITIVE, "dispatcher": LIVE_ORDER, "supervisor": LIVE_ORDER})
MISSING = Access({**HOLDING.states, "system": LIVE_ORDER})
MACHINE_FACTS = Access({"engineer": None, "dispatcher": None, "supervisor": None, "system": None})

# What only the engineer on site can do, as long as the order is open.
FIELD_WORK = Access({"engineer": ON_SITE})

# Facts that only add: they are welcome late.
FIELD_FACTS = Access({"engineer": ADDITIVE})
VISITING = Access({"engineer": ADDITIVE, "dispatcher": ADDITIVE, "supervisor": ADDITIVE})  # the desk: its holds
PICTURES = Access({"engineer": ADDITIVE, "supervisor": LIVE_ORDER})
TALK = Access({"engineer": ADDITIVE, "dispatcher": None, "supervisor": None, "system": None})

CHECKLISTS = Access({"engineer": ON_SITE, "dispatcher": LIVE_ORDER, "supervisor": LIVE_ORDER, "system": None})
HIDERS = Access({"engineer": ON_SITE, "supervisor": LIVE_ORDER})
CHECKLIST_HIDERS = Access({"supervisor": LIVE_ORDER})  # the order's own steps hang on it
MOVERS = Access({"engineer": ADDITIVE, "dispatcher": None, "system": None})
RULERS = Access({"supervisor": None})  # on doubtful times
REVIEWERS = Access({"supervisor": frozenset({"in_review"})})

# Who settles parked operations, and conflicts of what he may make: administrators those of reference data.
DECIDERS = Access({"supervisor": None, "dispatcher": None})
ARBITERS = Access({**DECIDERS.states, "admin": None})
