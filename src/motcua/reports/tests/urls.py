"""The addresses these tests need."""

from __future__ import annotations

from django.urls import include, path

from motcua.site.urls import urlpatterns as site

urlpatterns = [path("office/bao-cao/", include("motcua.reports.urls")), *site]
