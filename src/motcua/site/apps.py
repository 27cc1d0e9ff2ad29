from django.apps import AppConfig


class Config(AppConfig):
    """The site itself: last of all applications, so that every room is ready when they are joined."""

    name = "motcua.site"
    label = "site"

    def ready(self) -> None:
        from motcua.site.wiring import wire

        wire()
