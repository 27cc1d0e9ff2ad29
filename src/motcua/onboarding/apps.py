from django.apps import AppConfig


class Config(AppConfig):
    name = "motcua.onboarding"
    label = "onboarding"
    default_auto_field = "django.db.models.BigAutoField"
