"""Addresses of this room in the office."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "onboarding_office"
urlpatterns: list[URLPattern] = []
