"""The checked-in description is what the code produces, and the API keeps to it whatever it is sent."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.api.tests.conftest import caller
from motcua.api.tests.description import PATH, text
from motcua.demo.cast import Cast

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 6


def test_the_checked_in_description_is_what_the_code_produces():
    assert PATH.read_text(encoding="utf-8") == text(), "run: python -m motcua.api.tests.description"


@pytest.fixture
def schema(db: None):
    """The application itself; like Django's own test client it keeps the test's connection open between requests."""
    from motcua.site.wsgi import application

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
def test_no_request_breaks_the_api_and_every_answer_is_described(schema, cast: Cast):
    headers = {"Authorization": f"Bearer {caller(cast.justice.alice).key}"}
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 25
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def send(case):
            case.call_and_validate(checks=CHECKS, headers=headers)

        send()
