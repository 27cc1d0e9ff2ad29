"""Public addresses. Rooms bring the pages; this file only joins them."""

from __future__ import annotations

from django.urls import path

from motcua.alerts import portal as alerts
from motcua.catalogue import portal as catalogue
from motcua.portal import tracking, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tiep-can/", views.accessibility, name="accessibility"),
    path("thu-tuc/", catalogue.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", catalogue.procedure, name="procedure"),
    path("thu-tuc/<str:code>/qr.svg", catalogue.qr, name="procedure_qr"),
    path("thu-xin-loi/", alerts.apologies, name="apologies"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/<str:code>/", tracking.progress, name="progress"),
    path("tra-cuu/<str:code>/chi-tiet/", tracking.owner, name="owner"),
    path("tra-cuu/<str:code>/phieu/<slug:slug>/", tracking.slip, name="slip"),
    path("tra-cuu/<str:code>/phieu/<slug:slug>/<int:number>/", tracking.slip, name="slip"),
]
