"""Addresses of this room in the office, below `/office/nhom-ho-so/`."""

from __future__ import annotations

from django.urls import path

from motcua.groups.office import defining, filing, show

app_name = "groups_office"
urlpatterns = [
    path("", show.listing, name="list"),
    path("<int:group_id>/", show.page, name="group"),
    path("<int:group_id>/tra-ket-qua/", show.give_back, name="give_back"),
    path("<int:group_id>/rut/", show.withdraw, name="withdraw"),
    path("<int:group_id>/thu-tuc/<int:position>/mo/", show.open_child, name="open_child"),
    path("<int:group_id>/thu-tuc/<int:position>/lien-ket/", show.join, name="join"),
    path("tiep-nhan/", filing.choose, name="choose"),
    path("tiep-nhan/<int:version_id>/", filing.receive, name="receive"),
    path("dinh-nghia/", defining.listing, name="definitions"),
    path("dinh-nghia/moi/", defining.create, name="define"),
    path("dinh-nghia/<int:version_id>/", defining.show, name="definition"),
    path("dinh-nghia/<int:version_id>/du-thao/", defining.redraft, name="redraft"),
    path("dinh-nghia/<int:version_id>/cong-bo/", defining.publish, name="publish"),
    path("dinh-nghia/<int:version_id>/bai-bo/", defining.close, name="close"),
]
