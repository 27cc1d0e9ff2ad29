"""What every test may use."""

import pytest
from hypothesis import settings

pytest_plugins = ["motcua.kit.testing.browser"]

settings.register_profile("motcua", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("motcua")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """A test may write configuration past the verbs; what an earlier test read must not answer for it."""
    from motcua.journal.remembered import forget

    forget()
