"""What every test may use."""

from hypothesis import settings

pytest_plugins = ["motcua.kit.testing.browser"]

settings.register_profile("motcua", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("motcua")
