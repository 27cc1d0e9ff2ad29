"""Addresses of the reports, below `/office/bao-cao/`."""

from __future__ import annotations

from django.urls import path

from motcua.reports import office

app_name = "reports"
urlpatterns = [
    path("ii-06a/", office.settlement, name="settlement"),
    path("ii-06a/ho-so/<slug:column>/", office.dossiers, name="dossiers"),
    path("ii-06a/cap-nhat-muon/", office.late, name="late"),
    path("ii-06a/chot/", office.close, name="close"),
    path("ii-06a/tai-ve/<slug:kind>/", office.download, name="download"),
]
