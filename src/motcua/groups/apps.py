from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"
