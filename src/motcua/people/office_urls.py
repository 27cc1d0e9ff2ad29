"""Addresses of the officers' administration, below `/office/can-bo/`."""

from __future__ import annotations

from django.urls import path

from motcua.people import office

app_name = "people_office"
urlpatterns = [
    path("", office.listing, name="list"),
    path("them/", office.create, name="create"),
    path("<int:officer_id>/", office.show, name="officer"),
    path("<int:officer_id>/vi-tri/", office.position, name="position"),
    path("<int:officer_id>/mat-khau/", office.password, name="password"),
    path("<int:officer_id>/trang-thai/", office.activity, name="activity"),
    path("<int:officer_id>/khoa-api/", office.issue_key, name="issue_key"),
    path("vi-tri/<int:assignment_id>/ket-thuc/", office.end_position, name="end_position"),
    path("khoa-api/<int:token_id>/thu-hoi/", office.revoke_key, name="revoke_key"),
]
