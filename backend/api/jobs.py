"""What the scheduler does, for administrators."""

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.api.bodies import Jobs
from backend.services import jobs as service

jobs = Blueprint("jobs", __name__, url_prefix="/api/v1/jobs", description="The scheduler's jobs")


@jobs.get("")
@jobs.response(200, Jobs)
def every() -> service.Overview:
    """Every job with its next run and last result, and the runs that made something or failed."""
    caller("admin")
    return service.overview(parts())
