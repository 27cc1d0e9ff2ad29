"""Addresses of the catalogue's administration, below `/office/danh-muc/`."""

from __future__ import annotations

from django.urls import path

from motcua.catalogue.office import competence, drafts, importing, listing, merging, record

app_name = "catalogue_office"
urlpatterns = [
    path("", listing.show, name="list"),
    path("quy-trinh/", listing.processes, name="processes"),
    path("nhap/", importing.upload, name="import"),
    path("nhap/<int:run_id>/", importing.run, name="import_run"),
    path("gop/", merging.listing, name="merged"),
    path("gop/moi/", merging.merge, name="merge"),
    path("tham-quyen/", competence.listing, name="competence"),
    path("tham-quyen/giao/", competence.give, name="give_competence"),
    path("phien-ban/<int:version_id>/", record.show, name="version"),
    path("phien-ban/<int:version_id>/du-thao/", drafts.correct, name="correct"),
    path("phien-ban/<int:version_id>/thong-tin-chung/", drafts.head, name="head"),
    path("phien-ban/<int:version_id>/sua/<slug:slug>/", drafts.part, name="part"),
    path("phien-ban/<int:version_id>/cong-bo/", drafts.publish, name="publish"),
    path("phien-ban/<int:version_id>/bo/", drafts.discard, name="discard"),
    path("thu-tuc/<str:code>/bai-bo/", drafts.close, name="close"),
]
