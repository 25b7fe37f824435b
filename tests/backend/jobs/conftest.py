"""A furnished company with a scheduler."""

import pytest

from tests.backend.company import Company
from tests.backend.jobs.clockwork import Clockwork


@pytest.fixture
def clockwork(company: Company) -> Clockwork:
    """The company's scheduler, with everything it looks up in place."""
    clockwork = Clockwork(company)
    clockwork.furnish()
    return clockwork
