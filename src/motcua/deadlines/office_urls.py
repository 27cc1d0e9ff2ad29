"""Addresses of the calendar, below `/office/lich/`."""

from __future__ import annotations

from django.urls import path

from motcua.deadlines import office

app_name = "deadlines_office"
urlpatterns = [
    path("", office.year, name="year"),
    path("khai-bao/", office.declare, name="declare"),
    path("thu-hoi/<str:day>/", office.withdraw, name="withdraw"),
    path("nam/<int:number>/xac-nhan/", office.confirm, name="confirm"),
    path("khung-gio/them/", office.add_plan, name="add_plan"),
    path("khung-gio/ket-thuc/", office.end_plan, name="end_plan"),
    path("bo-quy-tac/", office.rule_sets, name="rule_sets"),
    path("bo-quy-tac/<str:code>/", office.rule_set, name="rule_set"),
]
