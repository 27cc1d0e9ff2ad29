from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
