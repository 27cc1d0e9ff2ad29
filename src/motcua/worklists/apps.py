from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.worklists"
    label = "worklists"
    default_auto_field = "django.db.models.BigAutoField"
