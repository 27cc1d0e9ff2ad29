"""Addresses of the processes, below `/office/quy-trinh/`."""

from __future__ import annotations

from django.urls import path

from motcua.processes.office import exchange, listing, making, steps, trial

app_name = "processes_office"
urlpatterns = [
    path("", listing.show_all, name="list"),
    path("them/", making.choose, name="choose"),
    path("them/<str:code>/", making.create, name="create"),
    path("nhap/<str:code>/", exchange.take_in, name="bpmn_in"),
    path("phien-ban/<int:version_id>/", listing.show, name="version"),
    path("phien-ban/<int:version_id>/du-thao/", making.redraft, name="redraft"),
    path("phien-ban/<int:version_id>/ban-hanh/", listing.publish, name="publish"),
    path("phien-ban/<int:version_id>/bo/", listing.discard, name="discard"),
    path("phien-ban/<int:version_id>/nguoi-va-thoi-gian/", steps.quick, name="quick"),
    path("phien-ban/<int:version_id>/chay-thu/", trial.show, name="trial"),
    path("phien-ban/<int:version_id>/bpmn/", exchange.give_out, name="bpmn_out"),
    path("phien-ban/<int:version_id>/buoc/<int:position>/", steps.edit, name="step"),
    path("phien-ban/<int:version_id>/buoc/<int:behind>/them/", steps.add, name="add_step"),
    path("phien-ban/<int:version_id>/buoc/<int:position>/len/", steps.rearrange, {"change": "len"}, name="step_up"),
    path("phien-ban/<int:version_id>/buoc/<int:position>/xuong/", steps.rearrange, {"change": "xuong"}, name="step_down"),
    path("phien-ban/<int:version_id>/buoc/<int:position>/xoa/", steps.rearrange, {"change": "xoa"}, name="step_out"),
]
