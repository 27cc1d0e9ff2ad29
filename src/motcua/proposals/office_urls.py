"""Addresses of this room in the office, below `/office/de-xuat/`."""

from __future__ import annotations

from django.urls import path

from motcua.proposals.office import decide, figures, opinions, propose, queue

app_name = "proposals_office"
urlpatterns = [
    path("", queue.show, name="queue"),
    path("so-lieu/", figures.show, name="matrix"),
    path("so-lieu/ho-so/<slug:kind>/<slug:state>/", figures.dossiers, name="matrix_dossiers"),
    path("so-lieu/tep/<slug:kind>/", figures.download, name="matrix_file"),
    path("y-kien/", opinions.listing, name="opinions"),
    path("y-kien/<int:request_id>/", opinions.show, name="opinion"),
    path("y-kien/<int:request_id>/tra-loi/", opinions.answer, name="answer"),
    path("y-kien/<int:request_id>/ket-thuc/", opinions.close, name="close_opinion"),
    path("y-kien/<int:request_id>/tep/", opinions.file, name="opinion_file"),
    path("ho-so/<int:dossier_id>/y-kien/", opinions.ask, name="ask_opinion"),
    path("ho-so/<int:dossier_id>/lap/<slug:slug>/", propose.propose, name="propose"),
    path("<int:proposal_id>/", decide.show, name="show"),
    path("<int:proposal_id>/du-thao/", decide.draft, name="draft"),
    path("<int:proposal_id>/tra-cuu/", decide.lookup_file, name="lookup_file"),
    path("<int:proposal_id>/sua/", propose.change, name="change"),
    path("<int:proposal_id>/rut/", propose.take_back, name="take_back"),
    path("<int:proposal_id>/dong-y/", decide.approve, name="approve"),
    path("<int:proposal_id>/khong-dong-y/", decide.reject, name="reject"),
]
