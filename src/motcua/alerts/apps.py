from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
