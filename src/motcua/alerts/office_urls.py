"""Addresses of this room in the office, below `/office/canh-bao/`."""

from __future__ import annotations

from django.urls import path

from motcua.alerts.office import backlog, configuration, letter, lists

app_name = "alerts_office"
urlpatterns = [
    path("", lists.show, {"slug": "alerts"}, name="alerts"),
    path("sap-den-han/", lists.show, {"slug": "soon"}, name="soon"),
    path("chua-xin-loi/", lists.show, {"slug": "letters"}, name="letters"),
    path("thu-can-gui/", lists.show, {"slug": "drafts"}, name="drafts"),
    path("vuong/", lists.show, {"slug": "stuck"}, name="stuck"),
    path("tep/<slug:slug>/<slug:kind>/", lists.export, name="file"),
    path("thu/<int:dossier_id>/", letter.letter, name="letter"),
    path("dau-ky/", backlog.checks, name="backlog"),
    path("dau-ky/moi/", backlog.start, name="backlog_new"),
    path("dau-ky/<int:number>/", backlog.show, name="backlog_check"),
    path("dau-ky/<int:number>/tep/<slug:kind>/", backlog.export, name="backlog_file"),
    path("cau-hinh/", configuration.listing, name="plans"),
    path("cau-hinh/dat/", configuration.edit, name="plan"),
    path("cau-hinh/bo/<int:unit_id>/", configuration.end, name="plan_end"),
]
