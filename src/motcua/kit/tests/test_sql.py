"""The busiest statements: prepared, and the first of a request renews a connection that died."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection, transaction

from motcua.kit.sql import prepared


def _kill_own_backend() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_the_first_statement_of_a_request_renews_a_dead_connection() -> None:
    _kill_own_backend()
    connection.health_check_done = False
    assert prepared("SELECT 1") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_dies_within_a_transaction_is_told_and_not_hidden() -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        _kill_own_backend()
        connection.health_check_done = False
        prepared("SELECT 1")
    connection.close()
