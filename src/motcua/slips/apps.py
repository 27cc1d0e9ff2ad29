from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.slips"
    label = "slips"
    default_auto_field = "django.db.models.BigAutoField"
