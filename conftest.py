"""What every test may use."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = ["motcua.kit.testing.browser"]

settings.register_profile("motcua", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("motcua")

_COMMITTING = {"transactional_db", "live_server", "browse"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The test database as migrations leave it, remembered."""
    from motcua.kit.testing import browser, seeds
    from motcua.people.testing import enter_admin_mode

    browser.SIGNED_IN.append(enter_admin_mode)
    with django_db_blocker.unblock():
        seeds.remember()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After a test that commits, the seeds are put back for whoever comes next."""
    yield
    if nextitem is None:  # the test database is gone by now
        return
    marker = item.get_closest_marker("django_db")
    if _COMMITTING & set(getattr(item, "fixturenames", ())) or (marker and marker.kwargs.get("transaction")):
        from pytest_django.plugin import blocking_manager_key

        from motcua.kit.testing import seeds

        with item.config.stash[blocking_manager_key].unblock():
            seeds.put_back()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """A test may write configuration past the verbs; what an earlier test read must not answer for it."""
    from motcua.journal.remembered import forget

    forget()
