"""Generated requests, odd ones included: the server never fails, and every refusal is a catalogue entry."""

import schemathesis
from hypothesis import HealthCheck, given, settings

from sync.errors import CATALOGUE
from tests.backend.company import Company, Speaker

FEW = settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def check(case: schemathesis.Case, headers: dict[str, str]) -> None:
    answer = case.call(headers=headers)
    assert answer.status_code < 500
    if answer.status_code >= 400 and case.method.upper() != "HEAD":
        assert answer.json()["error"]["code"] in CATALOGUE


def test_no_request_breaks_the_server(company: Company, admin: Speaker):
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", company.app)
    operations = [found.ok() for found in document.get_all_operations()]
    for operation in operations:
        FEW(given(operation.as_strategy())(lambda case: check(case, admin.headers)))()
    assert operations
