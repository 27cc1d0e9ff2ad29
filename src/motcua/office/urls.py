"""Addresses of the back office. Rooms bring their own lists; this file only joins them."""

from __future__ import annotations

from django.urls import path

from motcua.kit.access import public, requires
from motcua.office import views
from motcua.office.access import any_officer

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("login/", public(views.Login.as_view()), name="login"),
    path("logout/", public(views.Logout.as_view()), name="logout"),
    path("password/", requires(any_officer)(views.Password.as_view()), name="password"),
]
