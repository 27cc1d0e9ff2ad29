"""Addresses of the officers' dossier pages, below `/office/`."""

from __future__ import annotations

from django.urls import path

from motcua.dossiers.office import (
    acts,
    intake,
    leaving,
    load,
    mirrored,
    moving,
    page,
    papers,
    register,
    rights,
    search,
)

app_name = "dossiers"
urlpatterns = [
    path("so-theo-doi/", register.show, name="register"),
    path("so-theo-doi/tep/<slug:kind>/", register.export, name="register_file"),
    path("theo-doi/", mirrored.listing, name="mirrored"),
    path("theo-doi/tep/<slug:kind>/", mirrored.export, name="mirrored_file"),
    path("theo-doi/nhap/", mirrored.take_in, name="mirror_import"),
    path("theo-doi/he-thong/", mirrored.sources, name="mirror_sources"),
    path("theo-doi/he-thong/them/", mirrored.add_source, name="mirror_source_add"),
    path("theo-doi/he-thong/<str:code>/ngung/", mirrored.end_source, name="mirror_source_end"),
    path("search", search.show, name="search"),
    path("tiep-nhan/", intake.choose, name="intake"),
    path("tiep-nhan/<str:code>/", intake.receive, name="intake_form"),
    path("doi-quy-trinh/<int:version_id>/", moving.show, name="move_process"),
    path("ho-so/<int:dossier_id>/", page.show, name="page"),
    path("ho-so/<int:dossier_id>/bien-nhan/", page.received, name="received"),
    path("ho-so/<int:dossier_id>/thoi-han/", page.due, name="due"),
    path("ho-so/<int:dossier_id>/tep/<int:file_id>/", page.file, name="file"),
    path("ho-so/<int:dossier_id>/phieu/<slug:purpose>/", papers.slip, name="slip"),
    path("ho-so/<int:dossier_id>/phieu/<slug:purpose>/<int:number>/", papers.slip, name="slip"),
    path("ho-so/<int:dossier_id>/vi-sao-xem/", rights.why, name="why"),
    path("ho-so/<int:dossier_id>/ai-xem/", rights.who, name="who"),
    path("can-bo/<int:officer_id>/ban-giao/", leaving.hand_over, name="hand_over_work"),
    path("khoi-luong/", load.show, name="load"),
    path("khoi-luong/can-doi/", load.balance, name="balance"),
    path("tai-tai-quay/", load.counters, name="counters"),
    path("tai-tai-quay/nguong/", load.limit, name="counter_limit"),
    path("ho-so/<int:dossier_id>/viec/<slug:slug>/", acts.perform, name="act"),
]
