from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.transfers"
    label = "transfers"
    default_auto_field = "django.db.models.BigAutoField"
