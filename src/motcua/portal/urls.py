"""Public addresses. Rooms bring their own lists; this file only joins them."""

from __future__ import annotations

from django.urls import path

from motcua.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tiep-can/", views.accessibility, name="accessibility"),
]
