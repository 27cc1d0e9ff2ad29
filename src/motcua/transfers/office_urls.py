"""Addresses of this room in the office."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "transfers_office"
urlpatterns: list[URLPattern] = []
