"""Addresses of the outbox, below `/office/hop-thu-di/`."""

from __future__ import annotations

from django.urls import path

from motcua.journal import office

app_name = "journal_office"
urlpatterns = [
    path("", office.outbox, name="outbox"),
    path("gui-lai/", office.retry, name="retry"),
]
