"""Addresses of this room in the office, below `/office/viec-can-lam/`."""

from __future__ import annotations

from django.urls import path

from motcua.worklists.office import bulk, listed, new, views

app_name = "worklists_office"
urlpatterns = [
    path("", listed.show, name="list"),
    path("tep/<slug:kind>/", listed.export, name="file"),
    path("cot/", listed.columns, name="columns"),
    path("phim-tat/", listed.keys, name="keys"),
    path("moi/", new.show, name="new"),
    path("moi/da-xem/", new.seen, name="seen"),
    path("hang-loat/", bulk.ask, name="bulk"),
    path("da-luu/", views.show, name="views"),
    path("da-luu/luu/", views.save, name="save_view"),
    path("da-luu/mo-dau/", views.begin_with, name="begin_with"),
    path("da-luu/<int:view_id>/", views.edit, name="view"),
    path("da-luu/<int:view_id>/xoa/", views.delete, name="delete_view"),
]
