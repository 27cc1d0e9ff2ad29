"""Addresses of the administration of units, below `/office/don-vi/`."""

from __future__ import annotations

from django.urls import path

from motcua.organisation import office

app_name = "organisation_office"
urlpatterns = [
    path("", office.tree, name="tree"),
    path("mo/", office.create, name="create"),
    path("ke-thua/", office.succession, name="succession"),
    path("<int:unit_id>/", office.show, name="unit"),
    path("<int:unit_id>/thay-doi/", office.change, name="change"),
    path("<int:unit_id>/ket-thuc/", office.close, name="close"),
    path("<int:unit_id>/ke-thua/", office.succeed, name="succeed"),
    path("<int:unit_id>/tiep-nhan-thay/", office.serve, name="serve"),
]
