"""Addresses of the processes, below `/office/quy-trinh/`."""

from __future__ import annotations

from django.urls import path

from motcua.processes import office

app_name = "processes_office"
urlpatterns = [
    path("", office.listing, name="list"),
    path("them/", office.create, name="create"),
    path("phien-ban/<int:version_id>/", office.show, name="version"),
    path("phien-ban/<int:version_id>/du-thao/", office.redraft, name="redraft"),
    path("phien-ban/<int:version_id>/ban-hanh/", office.publish, name="publish"),
]
