"""Addresses of this room in the office."""

from __future__ import annotations

from django.urls import path

from motcua.transfers.office import giving, legs, linked, slips, stuck, terms

app_name = "transfers_office"
urlpatterns = [
    path("", slips.awaited, name="awaited"),
    path("giao/", giving.show, name="give"),
    path("phieu/", slips.listed, name="slips"),
    path("phieu/<int:slip_id>/", slips.show, name="slip"),
    path("phieu/<int:slip_id>/in/", slips.printed, name="slip_print"),
    path("chang/", legs.listed, name="legs"),
    path("chang/tep/<slug:kind>/", legs.export, name="legs_file"),
    path("chang/gui/<int:dossier_id>/", legs.send, name="leg_send"),
    path("chang/<int:leg_id>/", legs.show, name="leg"),
    path("chang/<int:leg_id>/nhan/", legs.receive, name="leg_receive"),
    path("chang/<int:leg_id>/ket-thuc/", legs.finish, name="leg_finish"),
    path("vuong/", stuck.listed, name="stuck"),
    path("vuong/<slug:what>/<int:number>/<slug:slug>/", stuck.act, name="stuck_act"),
    path("phut-bi-mat/", stuck.lost, name="lost"),
    path("phut-bi-mat/tep/<slug:kind>/", stuck.lost_file, name="lost_file"),
    path("lien-thong/", linked.show, name="linked"),
    path("lien-thong/tep/<slug:kind>/", linked.export, name="linked_file"),
    path("lien-thong/chang/", linked.behind, name="linked_legs"),
    path("lien-thong/chang/tep/<slug:kind>/", linked.behind_file, name="linked_legs_file"),
    path("thoi-gian/", terms.listed, name="terms"),
    path("thoi-gian/them/", terms.add, name="term_add"),
]
