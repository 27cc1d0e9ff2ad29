"""Addresses of the officers' administration, below `/office/can-bo/`."""

from __future__ import annotations

from django.urls import path

from motcua.people import office, office_self, office_standing

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
    path("che-do-quan-tri/", office_self.mode, name="admin_mode"),
    path("che-do-quan-tri/tat/", office_self.leave_mode, name="leave_admin_mode"),
    path("vai-tro/", office_self.positions, name="positions"),
    path("vai-tro/chon/", office_self.choose_position, name="choose_position"),
    path("vang-mat/", office_standing.listing, name="standing"),
    path("vang-mat/ghi/", office_standing.absent, name="absent"),
    path("vang-mat/<int:absence_id>/ket-thuc/", office_standing.back, name="end_absence"),
    path("giao-ky/", office_standing.sign_for, name="sign_for"),
    path("giao-ky/<int:delegation_id>/ket-thuc/", office_standing.end_signing, name="end_signing"),
    path("nhiem-ky/", office_standing.terms, name="terms"),
    path("khoa-api/<int:token_id>/thu-hoi/", office.revoke_key, name="revoke_key"),
]
