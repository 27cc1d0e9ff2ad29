from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.processes"
    label = "processes"
    default_auto_field = "django.db.models.BigAutoField"
